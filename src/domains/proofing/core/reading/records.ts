/**
 * Figures that speak of the same thing, put together: a value and what is said of it.
 *
 * Words:
 * - record: a value with its change, rate, base, target, completion, shares, as far as the text gives them; or these
 *   without a value
 */
import type { Quantity } from "./quantity.ts";
import { bare, JOINED, type Mention, readRole, subjectLeft } from "./roles.ts";
import type { Scan } from "./scan.ts";

export type Record = {
  readonly index: number;
  value: Mention | undefined;
  /** what it is of, in the text's own words */
  readonly subject: string;
  /** everything said of the value, in order of the text */
  readonly said: Mention[];
  readonly sentence: number;
  readonly paragraph: number;
  readonly bracket: number;
};

export type Reading = {
  readonly scan: Scan;
  readonly mentions: readonly Mention[];
  readonly records: readonly Record[];
  /** record of each mention, by the mention's place */
  readonly recordOf: readonly Record[];
};

export function readRecords(scan: Scan): Reading {
  const mentions = readMentions(scan.quantities.filter(isWorthReading)).map(asValue);
  const records: Record[] = [];
  const recordOf: Record[] = [];
  for (const mention of mentions) {
    const record = recordFor(mention, {
      records,
      opened: recordOf.at(-1),
      last: mentions[recordOf.length - 1],
    });
    const place =
      rowPlace(mentions, mention, { records, recordOf }) ?? ofItsDimension(mention, record, records);
    if (place.value !== mention) place.said.push(mention);
    recordOf.push(place);
  }
  return { scan, mentions, records, recordOf };
}

type Read = {
  readonly records: Record[];
  /** the record of the mention before, and that mention */
  readonly opened: Record | undefined;
  readonly last: Mention | undefined;
};

function recordFor(mention: Mention, { records, opened, last }: Read): Record {
  const isValue = mention.role === "value" || mention.role === "size";
  if (isValue && mention.isLevel && opened && isOpenedByBase(opened, mention)) {
    opened.value = mention;
    return opened;
  }
  if (isValue) return newRecord(mention, records, mention);
  const isGoingOn = last?.quantity.sentence === mention.quantity.sentence;
  return (
    openRecordFor(mention, records, isGoingOn ? opened : undefined) ?? newRecord(mention, records, undefined)
  );
}

/** 由去年的18.6万吨下降到15.9万吨: the base comes first. */
function isOpenedByBase(record: Record, mention: Mention): boolean {
  const base = record.said.at(-1);
  if (record.value !== undefined || base?.role !== "base") return false;
  const { unit, clause } = mention.quantity;
  return base.quantity.unit.dimension === unit.dimension && base.quantity.clause === clause;
}

/** 一个, 一批: words more than figures. */
function isWorthReading(quantity: Quantity): boolean {
  return !(quantity.isChinese && quantity.center === quantity.lastDigit && quantity.unit.counted);
}

/** 建设任务2985.3万亩，其中…; 累计减少15.51万人，其中…: what has parts is a value, whatever it is called. */
function asValue(mention: Mention, i: number, all: readonly Mention[]): Mention {
  const isPlan = mention.role === "target";
  const isRunning =
    mention.role === "change" && mention.comparator === "" && /累计|共|合计/.test(mention.quantity.lead);
  if (!isPlan && !isRunning) return mention;
  if (!/^[^,;。]{0,8}$/.test(mention.quantity.tail)) return mention;
  const next = all[i + 1];
  if (
    !next ||
    next.quantity.unit.dimension !== mention.quantity.unit.dimension ||
    !/其中|分别/.test(next.quantity.lead)
  )
    return mention;
  return { ...mention, role: "value", subject: bare(mention.quantity.lead) };
}

function readMentions(quantities: readonly Quantity[]): Mention[] {
  const mentions: Mention[] = [];
  quantities.forEach((quantity, i) => {
    mentions.push(readRole(quantity, { previous: mentions.at(-1), next: quantities[i + 1] }));
  });
  return mentions;
}

function newRecord(mention: Mention, records: Record[], value: Mention | undefined): Record {
  const { sentence, paragraph, bracket } = mention.quantity;
  const record = {
    index: records.length,
    value,
    subject: mention.subject,
    said: [],
    sentence,
    paragraph,
    bracket,
  };
  records.push(record);
  return record;
}

/**
 * The record that an attribute belongs to: the newest of its sentence and bracket, unless it names another subject. What
 * a bracket says without a subject is said of the figure before the bracket.
 */
function openRecordFor(
  mention: Mention,
  records: readonly Record[],
  opened: Record | undefined,
): Record | undefined {
  const { quantity } = mention;
  const own = subjectLeft(mention.subject);
  for (let i = records.length - 1; i >= Math.max(0, records.length - 8); i--) {
    const record = records[i] as Record;
    if (record.sentence !== quantity.sentence && record !== opened && !goesOn(mention, own, record))
      return undefined;
    const isInserted = record.bracket !== quantity.bracket;
    if (isInserted && (quantity.bracket === 0 || record.bracket > quantity.bracket)) continue;
    if (record.value?.role === "size") return undefined;
    if (own.length < 2) return record;
    return !isInserted && isSameSubject(own, record) ? record : undefined;
  }
  return undefined;
}

/** 较上月增收755万元 at the beginning of a sentence: said of what the sentence before was about. */
function goesOn(mention: Mention, own: string, record: Record): boolean {
  const { quantity } = mention;
  if (quantity.sentence - record.sentence !== 1 || quantity.paragraph !== record.paragraph) return false;
  return (
    own.length < 2 && record.value?.role === "value" && /^(?:同比|环比|较|比)/.test(quantity.lead.trim())
  );
}

function isSameSubject(own: string, record: Record): boolean {
  const theirs = subjectLeft(record.subject);
  return theirs.includes(own) || (theirs.length >= 2 && own.includes(theirs));
}

function isContinued(mention: Mention): boolean {
  return JOINED.test(mention.quantity.lead.trim());
}

/** 事故644起，死亡2695人，同比减少26起、443人: a change is of the newest value of its own dimension. */
function ofItsDimension(mention: Mention, record: Record, records: readonly Record[]): Record {
  const { dimension } = mention.quantity.unit;
  if (mention.role !== "change" || record.value === undefined || record.value === mention) return record;
  if (record.value.quantity.unit.dimension === dimension) return record;
  for (let i = record.index - 1; i >= Math.max(0, record.index - 4); i--) {
    const other = records[i] as Record;
    if (other.sentence !== record.sentence || other.bracket !== record.bracket) break;
    if (other.value?.role === "value" && other.value.quantity.unit.dimension === dimension) return other;
  }
  return record;
}

const LONGEST_ROW = 12;

/** 分别增长3%、4%、5% after three values: the second rate is of the second value. */
function rowPlace(
  mentions: readonly Mention[],
  mention: Mention,
  { records, recordOf }: { records: readonly Record[]; recordOf: readonly Record[] },
): Record | undefined {
  if (mention.role === "value" || mention.role === "size") return undefined;
  const at = recordOf.length;
  let first = at;
  while (first > 0 && at - first < LONGEST_ROW && isContinued(mentions[first] as Mention)) first--;
  let end = at + 1;
  while (end < mentions.length && end - first < LONGEST_ROW && isContinued(mentions[end] as Mention)) end++;
  const length = end - first;
  if (length < 2) return undefined;
  const start = mentions[first] as Mention;
  const targets: Record[] = [];
  for (let i = records.length - 1; i >= 0 && targets.length < length; i--) {
    const record = records[i] as Record;
    if (start.quantity.sentence - record.sentence > 0 || record.index < records.length - 2 * LONGEST_ROW)
      break;
    if (
      record.value?.role === "value" &&
      record.bracket === start.quantity.bracket &&
      record.value.quantity.start < start.quantity.start
    )
      targets.unshift(record);
  }
  // 366亿元和370亿元，同比增加40亿元和54亿元: two rows of one length need no 分别
  const isRow = targets.slice(1).every(({ value }) => value !== undefined && isContinued(value));
  if (!mention.isEach && !(isRow && (mention.role === "change" || mention.role === "rate"))) return undefined;
  const target = targets.length === length ? targets[at - first] : undefined;
  if (!target || mention.role !== "change") return target;
  return target.value?.quantity.unit.dimension === mention.quantity.unit.dimension ? target : undefined;
}

/** The figure of a record that has a value; throws where there is none. */
export function quantityOf(record: Record): Quantity {
  if (record.value === undefined) throw new RangeError("a record without a value has no figure");
  return record.value.quantity;
}
