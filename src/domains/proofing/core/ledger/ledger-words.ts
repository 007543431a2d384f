/**
 * The few words in which a draft reports an indicator. A figure is compared only where every word before it is one of these:
 * a name that only contains a measure's, a place that nobody knows, a plan or a condition then keeps it out by itself.
 */
import type { RegionCode } from "../../../../shared/region-code.ts";
import { periodAt, type SpokenPeriod } from "./period-words.ts";

/** A measure that the ledger has, as much of it as reading and comparing need. */
export type NamedMeasure = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly names: readonly string[];
  /** canonical unit: 万元 */
  readonly unit: string;
  readonly isComparable: boolean;
};

export type NamedRegion = {
  readonly code: RegionCode;
  readonly nameZh: string;
  readonly nameEn: string | null;
};

/** What a draft may speak of: plain data, since it goes to the thread that reads. */
export type LedgerNames = {
  readonly own: NamedRegion;
  /** the region that ranks the own one */
  readonly parent: NamedRegion | undefined;
  /** within the scope of the post, each by a name that no other of them has */
  readonly others: readonly NamedRegion[];
  readonly measures: readonly NamedMeasure[];
  /** the newest month of the ledger, or the one asked for: "2016-07" */
  readonly period: string;
};

export type Token =
  | { readonly kind: "measure"; readonly code: string }
  | { readonly kind: "region"; readonly code: RegionCode }
  | { readonly kind: "period"; readonly period: SpokenPeriod }
  | { readonly kind: "against"; readonly isLastYear: boolean }
  | {
      readonly kind: "adjusted" | "comparable" | "task" | "verb" | "change" | "movement" | "hedge" | "filler";
    }
  | { readonly kind: "unknown"; readonly text: string };

const WORDS: Readonly<Record<"verb" | "change" | "movement" | "hedge" | "filler", string>> = {
  verb: "完成 实现 达到 达 为 累计 累计完成 累计实现 共完成 总计 合计 总量 总额",
  change: "增长 下降 增速 增速为 增速达 增幅 降幅 跌幅 增长率 负增长 增加 减少 上升 同比增速 累计增长 增 降",
  // said of how a rate or a rank moved: the figure behind it is no rate
  movement:
    "回落 加快 放缓 收窄 扩大 提高 提升 前移 后移 持平 落后序时进度 落后时间进度 快于序时进度 超序时进度 超时间进度 距 距离 离 还有 尚有 还差 差距 缺口 位次",
  hedge: "近 约 大约 超过 突破 超 逾 不足 不到 将近 接近",
  filler: "同比 的 了 也 仍 已 则 数 额",
};

const SPACES = /^[\s:：]+/;
const ADJUSTED = /^(?:按?(?:剔除|扣除)[^,;。]{0,18}?后|同口径|还原后|剔除不可比因素|扣除不可比因素)/;
const COMPARABLE = /^按(?:可比|不变)价格?(?:计算)?/;
const TASK = /^(?:全年|年度|年初)(?:确定的?|预期|责任)?(?:目标任务|任务目标|任务|目标|计划)(?:数|值|额)?/;
const AGAINST = /^(?:比|较|与|同|和|环比)/;
const SAME_TIME =
  /^(?:上年|去年|\d{4}年)?(?:\d{1,2} ?月份?|1 ?[-—~至到]{1,2} ?\d{1,2} ?月份?|上半年|前三季度|一季度)?同期(?:数|水平)?/;
const BEFORE = /^(?:上年|去年)(?![底末初])/;
const OTHER_TIME = /^(?:上月|上季度?|上期|年初|上年[底末]|去年[底末])/;

export type Lexicon = {
  readonly names: LedgerNames;
  readonly byFirst: ReadonlyMap<string, readonly (readonly [string, Token])[]>;
  /** the words right before a rank; undefined where nothing ranks the region */
  readonly ranking: RegExp | undefined;
};

export function makeLexicon(names: LedgerNames): Lexicon {
  const rows: [string, Token][] = [];
  for (const [kind, words] of Object.entries(WORDS))
    for (const word of words.split(" ")) rows.push([word, { kind: kind as keyof typeof WORDS }]);
  for (const { code, nameZh } of names.others) rows.push([nameZh, { kind: "region", code }]);
  for (const word of ownWords(names)) rows.push([word, { kind: "region", code: names.own.code }]);
  for (const { code, names: called } of names.measures)
    for (const name of called) rows.push([name, { kind: "measure", code }]);
  const byFirst = new Map<string, [string, Token][]>();
  for (const row of rows) {
    const first = row[0].charAt(0);
    const list = byFirst.get(first);
    if (list === undefined) byFirst.set(first, [row]);
    else list.push(row);
  }
  // the longest decides; a measure goes before another word of its length
  for (const list of byFirst.values())
    list.sort(
      (a, b) =>
        b[0].length - a[0].length || Number(b[1].kind === "measure") - Number(a[1].kind === "measure"),
    );
  return { names, byFirst, ranking: rankingOf(names) };
}

const ENDS = /[省市县区旗盟镇乡村]$/;

/** 原平市, 原平, 全市, 我市, 本市; of a city that is a county also 全县, 我县. */
function ownWords({ own, parent }: LedgerNames): readonly string[] {
  const end = ENDS.exec(own.nameZh)?.[0];
  if (end === undefined) return [own.nameZh];
  const stem = own.nameZh.slice(0, -1);
  const ends = end === "市" && parent !== undefined && parent.nameZh.endsWith("市") ? [end, "县"] : [end];
  return [
    own.nameZh,
    ...(stem.length >= 2 ? [stem] : []),
    ...ends.flatMap((e) => [`全${e}`, `我${e}`, `本${e}`]),
  ];
}

/** 增速居忻州市第, 忻州市排名第: the words right before a rank. */
function rankingOf({ own, parent }: LedgerNames): RegExp | undefined {
  if (parent === undefined) return undefined;
  const [mine, theirs] = [own.nameZh.at(-1), ENDS.exec(parent.nameZh)?.[0]];
  const all = theirs !== undefined && theirs !== mine ? [`全${theirs}`] : [];
  const set = [parent.nameZh, ...all].map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const verb = "位列|位居|位于|排在|排名|排位|位次|居|排|列|在";
  return new RegExp(`(?:(增速|增幅|总量|规模)|位次)?(?:为|已)?(?:${verb})?(?:${set})(?:${verb})?第? ?$`);
}

/** A piece of text as words; what is none of them comes as "unknown", whole runs at a time. */
export function readTokens({ byFirst }: Lexicon, text: string): Token[] {
  const tokens: Token[] = [];
  let unknownFrom = -1;
  const close = (at: number): void => {
    if (unknownFrom >= 0) tokens.push({ kind: "unknown", text: text.slice(unknownFrom, at) });
    unknownFrom = -1;
  };
  for (let at = 0; at < text.length; ) {
    const next = patternAt(text, at) ?? wordAt(byFirst, text, at);
    if (next === undefined) {
      if (unknownFrom < 0) unknownFrom = at;
      at++;
      continue;
    }
    close(at);
    if (next.token !== undefined) tokens.push(next.token);
    at += next.length;
  }
  close(text.length);
  return tokens;
}

type Found = { readonly token: Token | undefined; readonly length: number };

function patternAt(text: string, at: number): Found | undefined {
  const char = text.charAt(at);
  if (/[\s:：]/.test(char))
    return { token: undefined, length: SPACES.exec(text.slice(at, at + 40))?.[0].length ?? 1 };
  if ("比较与同和环".includes(char)) {
    const against = againstAt(text, at);
    if (against) return against;
  }
  if ("按剔扣同还".includes(char)) {
    const slice = text.slice(at, at + 28);
    const price = COMPARABLE.exec(slice);
    if (price) return { token: { kind: "comparable" }, length: price[0].length };
    const adjusted = ADJUSTED.exec(slice);
    if (adjusted) return { token: { kind: "adjusted" }, length: adjusted[0].length };
  }
  if (char === "全" || char === "年") {
    const task = TASK.exec(text.slice(at, at + 16));
    if (task) return { token: { kind: "task" }, length: task[0].length };
  }
  const period = periodAt(text, at);
  return period && { token: { kind: "period", period: period.period }, length: period.length };
}

/** 比上年同期, 较1—6月: what the figure is set against. */
function againstAt(text: string, at: number): Found | undefined {
  const opener = AGAINST.exec(text.slice(at, at + 2))?.[0];
  if (opener === undefined) return undefined;
  if (opener === "环比") return { token: { kind: "against", isLastYear: false }, length: 2 };
  const from = at + opener.length;
  const rest = text.slice(from, from + 24);
  const sameTime = SAME_TIME.exec(rest) ?? BEFORE.exec(rest);
  const period = sameTime ? undefined : periodAt(text, from);
  const length = sameTime?.[0].length ?? OTHER_TIME.exec(rest)?.[0].length ?? period?.length;
  if (length === undefined) return undefined;
  const behind = /^(?:相比|比)/.exec(text.slice(from + length, from + length + 2))?.[0].length ?? 0;
  return {
    token: { kind: "against", isLastYear: sameTime !== null },
    length: opener.length + length + behind,
  };
}

function wordAt(byFirst: Lexicon["byFirst"], text: string, at: number): Found | undefined {
  const row = byFirst.get(text.charAt(at))?.find(([word]) => text.startsWith(word, at));
  return row && { token: row[1], length: row[0].length };
}
