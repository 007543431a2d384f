/**
 * What a figure says, from the words around it.
 *
 * Words:
 * - value: how much there is; change: how much more or less than before; rate: the same in percent
 * - base 基数: the figure it was before; target: the figure it should become; completion: value ÷ target
 * - share 占比: value ÷ whole; named rate: 开工率, 覆盖率, whatever its own definition
 * - gap 差距: what is missing to a target; points: a distance of two percentages
 */
import type { Quantity } from "./quantity.ts";
import { isPercent } from "./units.ts";

export type Role =
  | "value"
  | "change"
  | "rate"
  | "points"
  | "share"
  | "completion"
  | "target"
  | "base"
  | "gap"
  | "rank"
  | "named-rate"
  | "percent"
  | "size";

export type Comparator = "" | "last-year" | "last-period" | "year-start" | "other";

export type Mention = {
  /** its place among all mentions of the text */
  readonly index: number;
  readonly quantity: Quantity;
  readonly role: Role;
  /** of change, rate and points: up or down; 0 when the text does not say */
  readonly sign: 1 | -1 | 0;
  readonly comparator: Comparator;
  /** 增加到, 降至: the new level, not the change */
  readonly isLevel: boolean;
  /** a rate on another basis than the printed values: 可比价, 扣除…因素, 同口径, 实际, 年均 */
  readonly isAdjusted: boolean;
  readonly isAnnual: boolean;
  /** 分别: one for each of the values before */
  readonly isEach: boolean;
  /** what the figure is of, as far as its own words say */
  readonly subject: string;
  /** of a share: what it is a share of, "" when unsaid */
  readonly whole: string;
  /** the mention directly before it in the same clause, joined by 的: 全年任务191.4亿元的41% */
  readonly of: Mention | undefined;
};

const UP = [
  "增长速度",
  "增长率",
  "净增加",
  "延长",

  "净增长",
  "增长",
  "上升",
  "提高",
  "增加",
  "上涨",
  "扩大",
  "回升",
  "攀升",
  "上扬",
  "净增",
  "增收",
  "增支",
  "提升",
  "加快",
  "升高",
  "上浮",
  "增产",
  "多收",
  "增幅",
  "增速",
  "涨幅",
  "升幅",
  "增利",
  "增值",
  "增",
  "涨",
  "升",
  "多",
  "快",
  "高",
];
const DOWN = [
  "负增长",
  "下降",
  "减少",
  "降低",
  "下跌",
  "回落",
  "减收",
  "减支",
  "收窄",
  "萎缩",
  "缩减",
  "下滑",
  "降幅",
  "减幅",
  "跌幅",
  "下浮",
  "减产",
  "压减",
  "压缩",
  "少收",
  "缩小",
  "缩短",
  "精简",
  "削减",
  "节约",

  "减",
  "降",
  "跌",
  "少",
  "慢",
  "低",
];
const VERBS = new Map<string, 1 | -1>([
  ...UP.map((w) => [w, 1] as const),
  ...DOWN.map((w) => [w, -1] as const),
]);
/** End in a verb of the list and are none of change. */
const NOT_VERBS =
  /(?:新增|至少|不少|减少数|公升|提升到|缺少|最高|最低|最多|最少|较多|较少|合计增|多增|少增|多发|增减)$/;

const FILLER =
  /(?:约为|达到|高达|均为|大约|将近|接近|超过|不足|不到|突破|近|约|逾|超|仅|只|了|为|是|达|均|都|又|也|至少|:|：| |-|\+)$/;

/** The words without what stands between a verb and its figure. */
export function bare(lead: string): string {
  let words = lead;
  for (let i = 0; i < 6; i++) {
    const shorter = words.replace(FILLER, "");
    if (shorter === words) break;
    words = shorter;
  }
  return words;
}

type Verb = { sign: 1 | -1; length: number };

export function verbAtEnd(words: string): Verb | undefined {
  if (NOT_VERBS.test(words)) return undefined;
  for (let length = Math.min(4, words.length); length >= 1; length--) {
    const sign = VERBS.get(words.slice(-length));
    if (sign !== undefined) return { sign, length };
  }
  return undefined;
}

/** 比上年同期多出栏1.9万头: what grew stands between the verb and the figure; only behind a comparison. */
function verbWithObject(words: string): Verb | undefined {
  const found = /(?:同比|上年|去年|同期|上月|年初)[^,;]{0,4}?(?<!新)(多|少|增加|减少)([一-龥]{1,4})$/.exec(
    words,
  );
  if (!found?.[1] || !found[2]) return undefined;
  return { sign: /^(?:少|减少)$/.test(found[1]) ? -1 : 1, length: found[1].length + found[2].length };
}

const ADJUSTED = /可比|不变价|扣除|剔除|同口径|实际增|实际下|还原|自然增长率|调整|考虑|价格因素/;
const ANNUAL = /年平均|年均|平均每年|年递增|复合/;
const PLAN = /(?:任务|计划|目标|预算|指标|预期|任务数|责任目标|年度投资)(?:数|值|额|总额|总数|总量)?的?$/;
const PLAN_BEFORE_PERCENT =
  /(?:(?:任务|计划|目标|预算|指标|预期)(?:数|值|额|总额|总数|总量|开工|投资|完成|建设)?|投资(?:额|总额)?)的?$/;
const COMPLETION_WORD = /(?:完成率|执行率|进度|完成比例|完成度|兑现率)$/;
const NAMED_RATE = /([一-龥]{1,10}(?:率|比例|覆盖面|占有率|普及率))$/;
const BASE_WORD =
  /(?:上年同期|去年同期|上年|去年|同期|年初|上月|上年末|去年底|前年)(?:数|值|水平)?(?:的|为|是|是)?$/;
const BASE_OPENER = /(?:由|从|比|较|与|同)([^,;]{0,30})$/;
const GAP_WORD = /(?:差|缺口|差距|欠|短月进度|短进度|短收|尚缺|还缺|缺|尚欠|相差)$/;

export type RoleContext = { readonly previous: Mention | undefined; readonly next: Quantity | undefined };

export function readRole(quantity: Quantity, { previous, next }: RoleContext): Mention {
  const lead = quantity.lead;
  const row = rowBefore(quantity, previous);
  if (row) return { ...row, index: row.index + 1, quantity, sign: row.sign, of: undefined };
  const isTo =
    /(?:[^达得]到|[^甚以]至|^至|^到)$/.test(bareHedges(lead)) &&
    !/(?:截至|截止到|止到|得到|收到|达到)$/.test(bareHedges(lead));
  const words = bare(isTo ? lead.replace(/(?:到|至)[^到至]*$/, "") : lead);
  const verb = verbAtEnd(words) ?? verbWithObject(words);
  const joined =
    previous !== undefined && previous.quantity.clause === quantity.clause && /^的?$/.test(lead.trim())
      ? previous
      : undefined;
  const role = roleOf(quantity, { words, verb, isTo, joined, next });
  return {
    index: previous === undefined ? 0 : previous.index + 1,
    quantity,
    role,
    sign: signOf(quantity, role, verb),
    comparator: comparatorIn(lead),
    isLevel: isTo,
    isAdjusted: ADJUSTED.test(lead),
    isAnnual: ANNUAL.test(lead),
    isEach: /分别|依次/.test(lead),
    subject: subjectOf(role, words, verb),
    whole: role === "share" ? wholeOf(words) : "",
    of: joined,
  };
}

/** A figure that only a 、 or 和 parts from the one before. */
export const JOINED = /^(?:、|和|及|与|以及)(?:占|增长|下降|增加|减少)?$/;

/** 20.2%、13.7%: the next of a row says what the first says. */
function rowBefore(quantity: Quantity, previous: Mention | undefined): Mention | undefined {
  if (previous === undefined || !JOINED.test(quantity.lead.trim())) return undefined;
  const { unit, clause } = previous.quantity;
  if (clause !== quantity.clause || quantity.isOrdinal) return undefined;
  // 减少26起、5人、22人: other units, the same word
  const isOther = unit.dimension !== quantity.unit.dimension;
  if (isOther && (previous.role !== "change" || isPercent(quantity.unit))) return undefined;
  return previous.role === "value" || previous.role === "size" ? undefined : previous;
}

function bareHedges(lead: string): string {
  return lead.replace(/(?:大约|将近|接近|超过|不足|不到|近|约|逾|超|仅|了| )+$/, "");
}

type Seen = {
  words: string;
  verb: Verb | undefined;
  isTo: boolean;
  joined: Mention | undefined;
  next: Quantity | undefined;
};

function roleOf(quantity: Quantity, seen: Seen): Role {
  const { words, verb, isTo, next } = seen;
  if (quantity.isOrdinal) return "rank";
  if (quantity.isThreshold) return "size";
  switch (quantity.unit.dimension) {
    case "points":
      return "points";
    case "percent":
    case "fold":
    case "tenths":
      return percentRole(quantity, seen);
    default:
      if (PLAN.test(words) && !/(?:新增|下达)[^,]*$/.test(words) && (joinsPercent(quantity, next) || !isTo))
        return "target";
      if (joinsPercent(quantity, next) && PLAN_BEFORE_PERCENT.test(words)) return "target";
      if (isBase(quantity, words, verb)) return "base";
      if (/(?:多增|少增)$/.test(words)) return "gap";
      if (GAP_WORD.test(words) || /^的?(?:差距|缺口)/.test(quantity.tail)) return "gap";
      return verb && !isTo ? "change" : "value";
  }
}

function joinsPercent(quantity: Quantity, next: Quantity | undefined): boolean {
  return (
    next !== undefined &&
    next.clause === quantity.clause &&
    next.unit.dimension === "percent" &&
    next.start - quantity.end <= 3
  );
}

function percentRole(quantity: Quantity, seen: Seen): Role {
  const { words, verb, isTo, joined } = seen;
  if (joined) {
    if (joined.role === "target") return "completion";
    return joined.quantity.unit.dimension === "percent" ? "percent" : "share";
  }
  if (BASE_WORD.test(words)) return "base";
  if (/占(?:[^增减]{0,24})$/.test(words) && !/占[^,]*(?:增长|下降|提高)$/.test(words)) {
    return PLAN_BEFORE_PERCENT.test(words) ? "completion" : "share";
  }
  if (PLAN_BEFORE_PERCENT.test(words) && /(?:完成|为|达|占|实现|相当)/.test(words)) return "completion";
  if (COMPLETION_WORD.test(words)) return "completion";
  if (verb && !isTo) return "rate";
  if (/(?:比重|份额|占比)$/.test(words)) return "share";
  if (/(?:同比|环比|比上年同期|比上年|比去年|较上年|较去年同期)$/.test(words)) return "rate";
  if (NAMED_RATE.test(words)) return "named-rate";
  return quantity.unit.dimension === "percent" ? "percent" : "value";
}

/** 较去年同期的2530元下跌, 与2010年的725482人相比, 由去年的18.6万吨下降到, 上年同期为200元 */
function isBase(quantity: Quantity, words: string, verb: Verb | undefined): boolean {
  if (verb !== undefined) return false;
  if (BASE_WORD.test(words)) return true;
  if (!BASE_OPENER.test(words)) return false;
  return /^(?:[^,;]{0,4}(?:增|减|上|下|提|降|跌|涨|升|回落|多|少|调|扩|缩|发展|到|至)|[^,;]{0,6}相比)/.test(
    quantity.tail,
  );
}

function signOf(quantity: Quantity, role: Role, verb: Verb | undefined): 1 | -1 | 0 {
  if (role !== "change" && role !== "rate" && role !== "points") return 0;
  if (verb) return quantity.center < 0n ? (verb.sign === 1 ? -1 : 1) : verb.sign;
  if (role === "rate") return quantity.center < 0n ? -1 : 1;
  if (/(?:高于|快于|多于|领先|超出|超过|高出|好于)/.test(quantity.lead)) return 1;
  if (/(?:低于|慢于|少于|落后)/.test(quantity.lead)) return -1;
  return 0;
}

function comparatorIn(lead: string): Comparator {
  if (/同比|上年同|去年同|同期/.test(lead)) return "last-year";
  if (/环比|上月|上季|上期|上半年|[0-9一二三四五六七八九十]月份?/.test(lead) && /比|较|环/.test(lead))
    return "last-period";
  if (/(?:比|较|与)(?:年初|上年末|去年末|上年底|去年底)/.test(lead)) return "year-start";
  if (/(?:比|较|与|同)(?:上年|去年)/.test(lead)) return "last-year";
  return /(?:比|较|与|同)[^,;]{2,}/.test(lead) && !/(?:占比|比重|比例|同时|比较|相比之下)/.test(lead)
    ? "other"
    : "";
}

/** Words of comparison, time and manner: what is left over is a subject of its own. */
const NOT_A_SUBJECT =
  /同比|环比|名义|实际|累计|当月|本月|当年|本年|分别|平均|年均|相比|比|较|与|同|上年|去年|前年|同期|上月|年初|年末|全年|今年|增速|增幅|降幅|涨幅|跌幅|按自然口径|自然口径|按[^,]{0,12}计算|扣除[^,]{0,16}后|剔除[^,]{0,16}后|按?可比(?:价格?|口径)?|同口径|因素|后|增长|增加|下降|减少|上升|提高|回落|降低|相应|继续|保持|实现|其|已|仅|只|共|净|均|也|又|还|再|并|且|则|而|的|了|为|是|由|从|到|约|近|达|上|下|等|均|数|\d+年?月?份?|[—-]|[、,;:：()“”"'\s]/g;

export function subjectLeft(words: string): string {
  return words.replace(NOT_A_SUBJECT, "");
}

function subjectOf(role: Role, words: string, verb: Verb | undefined): string {
  if (role === "target") return words.replace(TARGET_WORDS, "");
  if (role === "base") return words.replace(/(?:由|从|比|较|与|同)[^,;]*$/, "").replace(BASE_WORD, "");
  if (role === "value" || role === "size") return words;
  const before = verb ? words.slice(0, words.length - verb.length) : words;
  if (role === "change" || role === "rate" || role === "points")
    return before.replace(/(?:比|较|与|同)[^,;]*$/, "");
  if (role === "share") return before.replace(/(?:合计|共|约)?占[^占]*$/, "").replace(/比重$/, "");
  if (role === "named-rate" || role === "gap") return "";
  if (role === "completion") return before.replace(/(?:完成|为|占|达|实现|相当)[^,]*$/, "");
  return before;
}

const TARGET_WORDS =
  /(?:^|(?<=[一-龥]))(?:完成|占|为|达到?|实现|相当于|距离?|离|超过?)[^,;]*(?:任务|计划|目标|预算|指标|预期)(?:数|值|额|总额|总数|总量|投资)?的?$|(?:全年|年初|年度|本年|当年|年|预期|调整|变动|市里?|省里?|县里?|上级|下达|总|投资|收入|支出|财政|一般公共|的)*(?:任务|计划|目标|预算|指标|预期)(?:数|值|额|总额|总数|总量|投资)?的?$/;

function wholeOf(words: string): string {
  const found = /占([^占]*)$/.exec(words)?.[1] ?? "";
  return found
    .replace(/^(?:到|了|全部|据)+/, "")
    .replace(/(?:的)?(?:比重|比例|份额|比)?$/, "")
    .replace(/的$/, "");
}
