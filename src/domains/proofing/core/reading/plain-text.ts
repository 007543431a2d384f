/**
 * The text as the reader of figures wants it: full-width digits, letters and signs as half-width ones, other spaces as
 * spaces, a few traditional unit characters as simplified ones. Every character becomes exactly one, so that offsets
 * into the result are offsets into the draft.
 */
const SINGLE: ReadonlyMap<number, string> = new Map(
  Object.entries({
    "　": " ",
    "\u00a0": " ",
    "\t": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "％": "%",
    "﹪": "%",
    "．": ".",
    "：": ":",
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "／": "/",
    "＋": "+",
    "－": "-",
    "−": "-",
    "﹣": "-",
    "‐": "-",
    "‑": "-",
    "–": "—",
    "―": "—",
    "─": "—",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "；": ";",
    "！": "!",
    "？": "?",
    "﹐": ",",
    "｡": "。",
    "､": "、",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    萬: "万",
    億: "亿",
    個: "个",
    戶: "户",
    噸: "吨",
    畝: "亩",
    點: "点",
    輛: "辆",
    臺: "台",
    項: "项",
    長: "长",
    減: "减",
    業: "业",
    產: "产",
    電: "电",
    鎮: "镇",
    鄉: "乡",
    貧: "贫",
    農: "农",
  }).map(([from, to]) => [from.charCodeAt(0), to]),
);

export function plainText(text: string): string {
  let out = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xa0 && code !== 9 && code !== 13) continue;
    const to =
      (code >= 0xff10 && code <= 0xff19) ||
      (code >= 0xff21 && code <= 0xff3a) ||
      (code >= 0xff41 && code <= 0xff5a)
        ? String.fromCharCode(code - 0xfee0)
        : SINGLE.get(code);
    if (to === undefined) continue;
    out += text.slice(from, at) + to;
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}
