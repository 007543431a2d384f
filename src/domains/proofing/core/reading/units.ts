/** Units and counters of running text, longest first. */
import type { TextUnit } from "./quantity.ts";

/** name → dimension, hundredths of its base. 亩 is no power of ten of the square metre and has a base of its own. */
const MEASURES: Readonly<Record<string, readonly (readonly [string, bigint])[]>> = {
  money: [
    ["元", 100n],
    ["块钱", 100n],
    ["元人民币", 100n],
    ["角", 10n],
  ],
  dollar: [["美元", 100n]],
  euro: [["欧元", 100n]],
  hkd: [
    ["港元", 100n],
    ["港币", 100n],
  ],
  mass: [
    ["吨", 100_000_000n],
    ["公吨", 100_000_000n],
    ["公斤", 100_000n],
    ["千克", 100_000n],
    ["kg", 100_000n],
    ["斤", 50_000n],
    ["克", 100n],
  ],
  traces: [
    ["微克", 100n],
    ["毫克", 100_000n],
  ],
  coal: [
    ["吨标准煤", 100n],
    ["吨标煤", 100n],
  ],
  energy: [
    ["千瓦时", 100n],
    ["度", 100n],
    ["兆瓦时", 100_000n],
    ["千瓦·时", 100n],
  ],
  power: [
    ["千瓦", 100n],
    ["兆瓦", 100_000n],
    ["千伏安", 100n],
  ],
  area: [
    ["平方米", 100n],
    ["平米", 100n],
    ["㎡", 100n],
    ["公顷", 1_000_000n],
    ["平方公里", 100_000_000n],
    ["平方千米", 100_000_000n],
    ["hm2", 1_000_000n],
    ["hm²", 1_000_000n],
    ["km2", 100_000_000n],
  ],
  mu: [
    ["亩", 100n],
    ["亩地", 100n],
    ["亩次", 100n],
  ],
  length: [
    ["米", 100n],
    ["千米", 100_000n],
    ["公里", 100_000n],
    ["延米", 100n],
    ["里", 50_000n],
  ],
  volume: [
    ["立方米", 100n],
    ["立方", 100n],
    ["方", 100n],
    ["升", 100n],
  ],
  percent: [
    ["%", 100n],
    ["‰", 10n],
    ["个百分点儿", 100n],
  ],
  points: [
    ["个百分点", 100n],
    ["百分点", 100n],
  ],
  fold: [["倍", 100n]],
  tenths: [["成", 100n]],
  days: [
    ["天", 100n],
    ["个工作日", 100n],
    ["个日历天", 100n],
  ],
  months: [["个月", 100n]],
  years: [["年", 100n]],
  hours: [
    ["小时", 100n],
    ["分钟", 100n],
    ["秒", 100n],
  ],
};

/** Counters: exact unless 万 or 亿 stands before them. Those of one row count the same things. */
const COUNTERS: readonly (readonly string[])[] = [
  ["人", "名", "口人"],
  ["人次"],
  ["户", "户次"],
  ["户·次"],
  ["个", "家", "座", "处", "所"],
  ["项"],
  ["件", "件次"],
  ["起"],
  ["例"],
  ["条"],
  ["辆", "辆次"],
  ["台", "台套"],
  ["台次"],
  ["套"],
  ["间"],
  ["栋", "幢"],
  ["头", "头只"],
  ["只", "羽"],
  ["匹"],
  ["株"],
  ["棵"],
  ["口"],
  ["眼"],
  ["批", "批次"],
  ["次"],
  ["场", "场次"],
  ["期"],
  ["门"],
  ["类"],
  ["种"],
  ["宗"],
  ["笔"],
  ["份"],
  ["张"],
  ["册"],
  ["部"],
  ["支"],
  ["架次"],
  ["班次"],
  ["班"],
  ["位"],
  ["床"],
  ["张床位"],
  ["箱"],
  ["艘"],
  ["盏"],
  ["块"],
  ["组"],
  ["标箱"],
  ["对"],
  ["孔"],
  ["段"],
  ["个次"],
  ["篇"],
  ["款"],
  ["方面"],
  ["大类"],
  ["点"],
  ["步"],
  ["级"],
  ["层"],
  ["排"],
  ["片"],
  ["群"],
  ["盘"],
  ["桩"],
  ["枚"],
  ["卷"],
  ["首"],
  ["本"],
  ["封"],
  ["把"],
  ["尾"],
  ["袋"],
  ["瓶"],
  ["粒"],
  ["颗"],
  ["村"],
  ["镇"],
  ["乡"],
  ["县"],
  ["车次"],
  ["站"],
  ["道"],
  ["根"],
  ["筐"],
  ["窝"],
  ["亩次"],
  ["字"],
  ["线路"],
  ["标段"],
  ["学时"],
  ["课时"],
];

/** Of the counters, those whose row is known by this name wherever people are told apart from other things. */
const SCALES: readonly (readonly [string, bigint])[] = [
  ["万亿", 1_000_000_000_000n],
  ["千亿", 100_000_000_000n],
  ["百亿", 10_000_000_000n],
  ["千万", 10_000_000n],
  ["百万", 1_000_000n],
  ["十万", 100_000n],
  ["亿", 100_000_000n],
  ["万", 10_000n],
  ["千", 1000n],
  ["百", 100n],
];

type Named = { readonly dimension: string; readonly hundredths: bigint; readonly counted: boolean };
const NAMED = new Map<string, Named>();
for (const [dimension, rows] of Object.entries(MEASURES))
  for (const [name, hundredths] of rows) NAMED.set(name, { dimension, hundredths, counted: false });
for (const [first = "", ...others] of COUNTERS)
  for (const name of [first, ...others])
    NAMED.set(name, { dimension: first, hundredths: 100n, counted: true });

const BY_FIRST = new Map<string, string[]>();
for (const name of NAMED.keys()) {
  const first = name.charAt(0);
  BY_FIRST.set(
    first,
    [...(BY_FIRST.get(first) ?? []), name].sort((a, b) => b.length - a.length),
  );
}

/** Where a figure could go on after 元 or 吨 without saying anything new: 元/吨, 元每吨. */
const DENOMINATOR =
  /^(?:\/|每)(?:千瓦时|hm2|hm²|公顷|平方公里|平方千米|平方米|立方米|公斤|公里|公顷|万元|人|吨|亩|度|户|月|年|天|日|斤|头|只|套|个|米|股|件|人·年|人次|辆|台|箱|升|小时)/;

export type FoundUnit = { readonly unit: TextUnit; readonly length: number; readonly scaled: boolean };

/** The unit that begins at `at`; spaces before it are part of its length. Undefined where none begins. */
export function unitAt(text: string, at: number): FoundUnit | undefined {
  let from = at;
  while (text.charCodeAt(from) === 32 && from - at < 2) from++;
  const plain = namedAt(text, from);
  const scale = plain ? undefined : scaleAt(text, from);
  if (!plain && !scale) return undefined;
  let end = from;
  let factor = 1n;
  let name = plain;
  if (scale) {
    end += scale[0].length;
    factor = scale[1];
    if (isSome(text.charAt(end))) end++;
    while (text.charCodeAt(end) === 32 && end - at < 8) end++;
    name = namedAt(text, end);
  }
  const found = name === undefined ? undefined : NAMED.get(name);
  end += name?.length ?? 0;
  const below = DENOMINATOR.exec(text.slice(end, end + 6))?.[0] ?? "";
  end += below.length;
  const unit: TextUnit = {
    name: text.slice(from, end).replaceAll(" ", ""),
    dimension: found ? found.dimension + below.replace("每", "/") : "bare",
    hundredths: (found?.hundredths ?? 100n) * factor,
    counted: found !== undefined && found.counted && scale === undefined && below === "",
  };
  return { unit, length: end - at, scaled: scale !== undefined };
}

/** 多、余、来、几 behind a figure: a little more than it says. */
export function isSome(char: string): boolean {
  return char === "多" || char === "余" || char === "来" || char === "几";
}

export const NO_UNIT: TextUnit = { name: "", dimension: "bare", hundredths: 100n, counted: false };

function namedAt(text: string, at: number): string | undefined {
  const names = BY_FIRST.get(text.charAt(at));
  return names?.find((name) => text.startsWith(name, at));
}

function scaleAt(text: string, at: number): readonly [string, bigint] | undefined {
  return SCALES.find(([name]) => text.startsWith(name, at));
}

/** Units that stand for a rate, a share or a distance of rates. */
export function isPercent(unit: TextUnit): boolean {
  return unit.dimension === "percent";
}
