/** 占比、完成率与各种率: part ÷ whole, value ÷ target. */
import type { Relation } from "../claim.ts";
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times, widthOf } from "../interval.ts";
import { labelOf } from "../reading/labels.ts";
import { coreName, likeness } from "../reading/names.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { explainBySlip } from "../slips.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { percentQuantity } from "./growth.ts";

const HUNDRED = exactly(100n * ONE);

type Quotient = { part: Quantity; whole: Quantity; percent: Quantity };

export function quotientOf(
  reading: Reading,
  relation: Relation,
  { part, whole, percent }: Quotient,
): Worked | undefined {
  if (whole.center <= 0n) return undefined;
  const over = (a: Interval, b: Interval) => dividedBy(times(a, HUNDRED), b);
  const expected = over(part.range, whole.range);
  if (!expected) return undefined;
  const stated = percentQuantity(percent);
  const factor = stated.lastDigit / percent.lastDigit;
  const [partText, wholeText] = [printed(reading, part), printed(reading, whole)];
  return {
    relation,
    stated,
    from: [part, whole],
    expected,
    center: roundDiv(part.center * 100n * ONE, whole.center),
    sum: { zh: `${partText}÷${wholeText}`, en: `${partText} ÷ ${wholeText}` },
    holds: ([r, a, b]) => {
      const range = a && b ? over(a, b) : undefined;
      return (
        r !== undefined && range !== undefined && overlap({ lo: r.lo * factor, hi: r.hi * factor }, range)
      );
    },
  };
}

/** 完成全年任务191.4亿元的41%, 占全村443户的14%: the whole stands right before the percentage. */
export function statedQuotients(reading: Reading, record: Record): readonly Worked[] {
  const found: Worked[] = [];
  for (const mention of record.said) {
    if (mention.role !== "completion" && mention.role !== "share") continue;
    const whole = mention.of?.quantity ?? targetBefore(record, mention);
    if (!whole) continue;
    const part = partFor(reading, record, { whole, mention });
    if (!part) continue;
    const worked = quotientOf(reading, mention.role === "completion" ? "completion" : "ratio", {
      part,
      whole,
      percent: mention.quantity,
    });
    if (worked) found.push(worked);
  }
  return found;
}

function targetBefore(record: Record, mention: Mention): Quantity | undefined {
  if (mention.role !== "completion") return undefined;
  const targets = record.said.filter(
    ({ role, quantity }) => role === "target" && quantity.start < mention.quantity.start,
  );
  return targets.length === 1 ? targets[0]?.quantity : undefined;
}

/** The value of the record in the whole's dimension, or the nearest such value of the sentence. */
function partFor(
  reading: Reading,
  record: Record,
  { whole, mention }: { whole: Quantity; mention: Mention },
): Quantity | undefined {
  const value = record.value?.quantity;
  if (value && value !== whole && value.unit.dimension === whole.unit.dimension) return value;
  for (let i = record.index; i >= Math.max(0, record.index - 4); i--) {
    const other = reading.records[i];
    const quantity = other?.value?.quantity;
    if (!other || other.sentence !== mention.quantity.sentence) return undefined;
    if (
      quantity &&
      quantity !== whole &&
      quantity.unit.dimension === whole.unit.dimension &&
      quantity.start < mention.quantity.start
    )
      return quantity;
  }
  return undefined;
}

/** Values a share may be a share of: how many back in the text, and in how many paragraphs. */
const LOOK_BACK = 14;
const PARAGRAPHS_BACK = 8;

/** 占75.63%, 税收占财政总收入的比重为53.79%, 开工率42.4%: the whole stands elsewhere. */
export function looseQuotients(reading: Reading, record: Record): readonly Worked[] {
  const found: Worked[] = [];
  for (const mention of record.said) {
    const isShare = mention.role === "share";
    if ((!isShare && mention.role !== "named-rate") || mention.of) continue;
    if (mention.quantity.hedge === "over" || mention.quantity.hedge === "under") continue;
    const worked = looseQuotient(reading, record, mention);
    if (worked) found.push(worked);
  }
  return found;
}

type Pair = { worked: Worked; isStrong: boolean };

function looseQuotient(reading: Reading, record: Record, mention: Mention): Worked | undefined {
  const pairs: Pair[] = [];
  for (const part of partsNamed(reading, record, mention)) {
    for (const { whole, isStrong } of wholesFor(reading, { part, mention })) {
      const worked = quotientOf(reading, "ratio", {
        part: (part.value as Mention).quantity,
        whole,
        percent: mention.quantity,
      });
      if (!worked) continue;
      if (isConsistent(worked)) return worked;
      pairs.push({ worked, isStrong });
    }
  }
  const strong = pairs.filter(({ isStrong }) => isStrong);
  if (strong.length !== 1) return undefined;
  const worked = strong[0]?.worked as Worked;
  return isSlip(worked) ? worked : undefined;
}

/** One slip explains it, and chance would seldom be explained so. */
function isSlip(worked: Worked): boolean {
  if (!worked.holds) return false;
  const all = [worked.stated, ...worked.from];
  const explained = explainBySlip([{ ...worked.stated }, ...worked.from], worked.holds);
  if (explained.length === 0) return false;
  const width = widthOf(worked.stated.range) + widthOf(worked.expected);
  return worked.stated.center > 0n && Number(width) * all.length < Number(worked.stated.center) * 2;
}

function partsNamed(reading: Reading, record: Record, mention: Mention): readonly Record[] {
  const own = coreName(mention.subject);
  if (mention.role === "share" && own.length >= 2) {
    for (let i = record.index; i >= Math.max(0, record.index - LOOK_BACK); i--) {
      const other = reading.records[i] as Record;
      if (other.value && likeness(labelOf(reading, other), own) >= 0.8) return [other];
    }
  }
  if (!record.value) return [];
  const before = reading.records[record.index - 1];
  const isGlued = before?.value && before.value.quantity.end === record.value.quantity.start;
  return isGlued ? [record, before] : [record];
}

function wholesFor(
  reading: Reading,
  { part, mention }: { part: Record; mention: Mention },
): readonly { whole: Quantity; isStrong: boolean }[] {
  const value = (part.value as Mention).quantity;
  const wanted = coreName(mention.whole);
  const isNamed = mention.role === "share" && wanted.length >= 2;
  const found: { whole: Quantity; isStrong: boolean; fit: number }[] = [];
  for (let i = part.index - 1; i >= 0 && found.length < LOOK_BACK; i--) {
    const other = reading.records[i] as Record;
    if (part.paragraph - other.paragraph > PARAGRAPHS_BACK || part.index - i > 40) break;
    const quantity = other.value?.quantity;
    if (!quantity || quantity.unit.dimension !== value.unit.dimension || quantity.per !== null) continue;
    if (quantity.center < value.center && !holdsExplicitly(reading, other, part)) continue;
    const fit = isNamed ? likeness(labelOf(reading, other), wanted) : 0;
    const isStrong = isNamed ? fit >= 0.8 : found.length === 0 && holdsExplicitly(reading, other, part);
    found.push({ whole: quantity, isStrong, fit });
  }
  if (!isNamed) return mention.role === "named-rate" ? found.filter(({ isStrong }) => isStrong) : found;
  const close = found.filter(({ fit }) => fit >= 0.5);
  const first = close.find(({ isStrong }) => isStrong);
  return close.map((one) => ({ ...one, isStrong: one === first }));
}

/** 62户贫困户中有40户: the next value of the dimension, in the same sentence, opened by 中 or 其中. */
function holdsExplicitly(reading: Reading, whole: Record, part: Record): boolean {
  if (whole.sentence !== part.sentence) return false;
  const words = reading.scan.plain.slice(
    (whole.value as Mention).quantity.end,
    (part.value as Mention).quantity.start,
  );
  return words.length < 40 && /中[,，]?(?:有|已|的|,)?|其中|已有|已经有/.test(words);
}
