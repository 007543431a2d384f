/**
 * Wholes and their parts: which figures may be the parts of which.
 *
 * Words:
 * - list: the values that follow one another, of one dimension, after a whole (其中, 分…看) or before it (合计)
 * - trigger: the words that open a list; "none" where nothing does
 * - natural end: where a reader would say that the list is over
 */
import type { Reading, Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isComplete, labelOf } from "../reading/labels.ts";

export type Trigger = "among" | "each" | "by" | "colon" | "none";

export type List = {
  readonly whole: Record;
  /** all values that might be parts, in order */
  readonly parts: readonly Record[];
  /** how many of them the reader would take */
  readonly natural: number;
  readonly trigger: Trigger;
  /** words between the whole and the first part */
  readonly opening: string;
  /** how many values of the dimension lie between the whole and the first part */
  readonly distance: number;
  readonly isAfter: boolean;
};

/** A list that adds up; not meant where chance may have made it. */
export type Sum = {
  readonly list: List;
  readonly parts: readonly Record[];
  readonly isMeant: boolean;
  /** the parts are those that a reader takes, and not just some that fit */
  readonly isOwn: boolean;
};

const MOST_PARTS = 14;
/** How many values are looked at for parts: what is in other brackets is passed over. */
const FARTHEST = 40;
const LOOK_BACK = 7;

/** Values that can be added up, by dimension, in order of the text. */
function additive(reading: Reading): Map<string, Record[]> {
  const byDimension = new Map<string, Record[]>();
  for (const record of reading.records) {
    const value = record.value;
    if (value?.role !== "value" || value.quantity.per !== null || value.quantity.unit.dimension === "bare")
      continue;
    const { dimension } = value.quantity.unit;
    if (dimension.includes("/") || NOT_ADDITIVE.test(value.subject) || UNADDED.has(dimension)) continue;
    const rows = byDimension.get(dimension);
    if (rows) rows.push(record);
    else byDimension.set(dimension, [record]);
  }
  return byDimension;
}

const NOT_ADDITIVE = /[人户亩次头件村]均|平均|均价|单价|价格|单产|指数|每[一-龥]|标准为?$|标准的?$|起征/;
const UNADDED = new Set([
  "percent",
  "points",
  "fold",
  "tenths",
  "rank",
  "days",
  "months",
  "years",
  "hours",
  "方面",
  "大类",
  "点",
  "级",
  "层",
]);

/** Every list of the text, whether it adds up or not. */
export function readLists(reading: Reading): readonly List[] {
  return [...additive(reading).values()].flatMap((values) => listsOf(reading, values));
}

function listsOf(reading: Reading, values: readonly Record[]): readonly List[] {
  const lists: List[] = [];
  values.forEach((first, i) => {
    const opening = openingOf(reading, values[i - 1], first);
    const trigger = isInserted(values[i - 1], first) ? "among" : triggerOf(opening);
    const parts = followers(values, i);
    const natural = naturalEnd(reading, parts);
    const labels = parts.slice(0, 3).map((part) => labelOf(reading, part));
    const namesAll = isComplete(labels.slice(0, 2)) || isComplete(labels);
    const back = trigger === "none" && !namesAll ? 1 : LOOK_BACK;
    let distance = -1;
    for (let j = i - 1; j >= 0 && distance + 1 < back && i - j <= 3 * LOOK_BACK; j--) {
      const whole = values[j] as Record;
      if (first.paragraph - whole.paragraph > 8) break;
      if (!canHold(whole, first)) continue;
      // 脱贫169户 is no whole of 一般贫困户560户: the next one back is as near
      const isTooSmall =
        distance >= 0 ||
        (first.value as Mention).quantity.range.lo <= (whole.value as Mention).quantity.range.hi;
      if (isTooSmall || trigger !== "among") distance++;
      else {
        lists.push({ whole, parts, natural, trigger, opening, distance: 0, isAfter: false });
        continue;
      }
      lists.push({ whole, parts, natural, trigger, opening, distance, isAfter: false });
    }
    const after = listBefore(reading, values, i);
    if (after) lists.push(after);
  });
  return lists;
}

/** 总投资4493.8万元（中央和省级1578.22万元，…）: a bracket right behind the whole. */
function isInserted(before: Record | undefined, first: Record): boolean {
  if (before?.value === undefined || first.bracket <= before.bracket) return false;
  return (
    before.sentence === first.sentence && (first.value?.quantity.start ?? 0) - before.value.quantity.end <= 16
  );
}

/** A whole stands outside the bracket of its parts or in the same. */
function canHold(whole: Record, part: Record): boolean {
  if (whole.bracket === part.bracket) return true;
  return whole.bracket === 0 && part.sentence - whole.sentence <= 1;
}

/** The words between the value before and this one, of this sentence, at most 90 of them; on through a line that ends in a colon. */
function openingOf(reading: Reading, before: Record | undefined, first: Record): string {
  const { plain } = reading.scan;
  const start = first.value?.quantity.start ?? 0;
  const words = plain.slice(Math.max(before?.value?.quantity.end ?? 0, start - 90), start);
  const sentence = words.slice(words.lastIndexOf("。") + 1);
  const line = sentence.lastIndexOf("\n");
  if (line < 0) return sentence;
  const isIntroduced = sentence.slice(0, line).trimEnd().endsWith(":");
  return isIntroduced ? sentence.slice(Math.max(0, line - 40)) : sentence.slice(line + 1);
}

function triggerOf(opening: string): Trigger {
  if (/分别(?:为|是|有|达|完成|安排)?[^,;。]{0,6}$/.test(opening)) return "each";
  if (/其中|包括|含|分为|分成|组成|构成|里面|中[,有，]/.test(opening)) return "among";
  if (/(?:分|按|从)[^,;。]{1,12}(?:看|分|来看|划分|统计|分类|为|是)|分[^,;。]{1,8}情况/.test(opening))
    return "by";
  return /[:：]/.test(opening) ? "colon" : "none";
}

function followers(values: readonly Record[], from: number): Record[] {
  const first = values[from] as Record;
  const parts: Record[] = [];
  const until = Math.min(values.length, from + FARTHEST);
  for (let i = from; i < until && parts.length < MOST_PARTS; i++) {
    const record = values[i] as Record;
    if (record.bracket !== first.bracket) continue;
    if (record.paragraph - (parts.at(-1)?.paragraph ?? first.paragraph) > 1) break;
    parts.push(record);
  }
  return parts;
}

/** To the end of the sentence, and on through sentences that go on alike. */
function naturalEnd(reading: Reading, parts: readonly Record[]): number {
  const first = parts[0] as Record;
  let end = 1;
  for (; end < parts.length; end++) {
    const record = parts[end] as Record;
    if (record.sentence === first.sentence) continue;
    if (opensAnew(reading, parts[end - 1] as Record, record)) break;
    if (!goesOn(reading, first, record)) break;
  }
  return end;
}

/** The sentence of this value begins a list of its own. */
function opensAnew(reading: Reading, before: Record, record: Record): boolean {
  const opening = openingOf(reading, before, record);
  return triggerOf(opening.slice(opening.lastIndexOf("。") + 1)) !== "none";
}

/** 第二产业增加值 after 第一产业增加值: the same ending of the name. */
function goesOn(reading: Reading, first: Record, record: Record): boolean {
  const ending = (label: string) => (label.split(" ")[0] ?? "").slice(-2);
  const a = ending(labelOf(reading, first));
  return a.length === 2 && a === ending(labelOf(reading, record));
}

const CLOSING = /(?:共计|合计|总计|总共|累计|一共|共有|共|总数|总额|总量|总)[^,;。]{0,10}$/;

/** 共有项目73个，投资额212亿元: what is said of the number holds for the amount beside it. */
function isClosedBeside(reading: Reading, whole: Record): boolean {
  const beside = reading.records[whole.index - 1];
  if (beside?.value === undefined || beside.sentence !== whole.sentence || whole.value === undefined)
    return false;
  if (beside.value.quantity.unit.dimension === whole.value.quantity.unit.dimension) return false;
  return (
    whole.value.quantity.clause - beside.value.quantity.clause <= 1 &&
    CLOSING.test(beside.value.quantity.lead)
  );
}

/** 36个，加上37个，共73个: the whole comes last. */
function listBefore(reading: Reading, values: readonly Record[], at: number): List | undefined {
  const whole = values[at] as Record;
  const lead = whole.value?.quantity.lead ?? "";
  if (!CLOSING.test(lead) && !isClosedBeside(reading, whole)) return undefined;
  const parts: Record[] = [];
  for (let i = at - 1; i >= Math.max(0, at - FARTHEST) && parts.length < MOST_PARTS; i--) {
    const record = values[i] as Record;
    if (record.sentence !== whole.sentence) break;
    if (record.bracket === whole.bracket) parts.unshift(record);
  }
  if (parts.length < 2) return undefined;
  const opening = reading.scan.plain
    .slice(parts[0]?.value?.quantity.end ?? 0, whole.value?.quantity.start ?? 0)
    .slice(-160);
  return { whole, parts, natural: parts.length, trigger: "none", opening, distance: 0, isAfter: true };
}
