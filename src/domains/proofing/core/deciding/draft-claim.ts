/** From a worked-out relation to what is said of it. */
import type { Claim, Relation, Severity, Slip, Span } from "../claim.ts";
import { fixedText, type Interval, overlap } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { type Explained, explainBySlip, type MayMend } from "../slips.ts";

type Bilingual = { readonly zh: string; readonly en: string };

export type Worked = {
  readonly relation: Relation;
  /** the figure that follows from the others */
  readonly stated: Quantity;
  readonly from: readonly Quantity[];
  /** what it would have to be, in the stated figure's base */
  readonly expected: Interval;
  readonly center: bigint;
  /** the calculation, without its result: "61个＋132个" */
  readonly sum: { readonly zh: string; readonly en: string };
  /** whether the relation holds for other values of [stated, ...from]; for finding the slip */
  readonly holds?: (ranges: readonly Interval[]) => boolean;
  /** a quick look before `holds`, where there is one */
  readonly mayMend?: MayMend;
  readonly slip?: Slip | undefined;
  /** said instead of the sum, where there is none to say: limits */
  readonly words?: { readonly holds: Bilingual; readonly fails: Bilingual; readonly computed: string };
  /** at most this loud */
  readonly atMost?: Severity;
};

export function printed(reading: Reading, quantity: Quantity): string {
  return reading.scan.plain.slice(quantity.start, quantity.end).replaceAll(" ", "");
}

/** A value in the unit and with the decimals of a printed figure, without hedge: "193个". */
export function inPrint(quantity: Quantity, center: bigint, extra = 0): string {
  return `${digitsInPrint(quantity, center, extra)}${quantity.unit.name}`;
}

export function digitsInPrint(quantity: Quantity, center: bigint, extra = 0): string {
  const places = Math.min(quantity.decimals + extra, 9);
  return fixedText((center * 100n) / quantity.unit.hundredths, places);
}

/** With up to two more decimals than are printed, where they say something: 4.734%, 839元. */
function workedOut(quantity: Quantity, center: bigint): string {
  const digits = digitsInPrint(quantity, center, quantity.isExact ? 0 : 2);
  const point = digits.indexOf(".");
  if (point < 0) return `${digits}${quantity.unit.name}`;
  const shortest = quantity.decimals === 0 ? point : point + 1 + quantity.decimals;
  let end = digits.length;
  while (end > shortest && (digits.endsWith("0", end) || digits.endsWith(".", end))) end--;
  return `${digits.slice(0, end)}${quantity.unit.name}`;
}

/** Whether the stated figure can be what follows from the others. */
export function isConsistent(worked: Worked): boolean {
  return overlap(worked.stated.range, worked.expected);
}

export function claimOf(reading: Reading, worked: Worked): Claim {
  const { stated, from, relation } = worked;
  const quantities = [stated, ...from];
  const spans = quantities.map(({ start, end }): Span => [start, end]);
  const text = passageOf(reading, quantities);
  const statedText = printed(reading, stated);
  const computed = worked.words?.computed ?? inPrint(stated, worked.center);
  const equation = {
    zh: `${worked.sum.zh}＝${workedOut(stated, worked.center)}`,
    en: `${worked.sum.en} = ${workedOut(stated, worked.center)}`,
  };
  if (isConsistent(worked)) {
    return {
      relation,
      verdict: "consistent",
      severity: "look",
      spans,
      text,
      stated: statedText,
      computed,
      message: worked.words?.holds ?? {
        zh: `${equation.zh}，与文中${statedText}相符。`,
        en: `${equation.en}, which agrees with ${statedText}.`,
      },
    };
  }
  const told = worked.slip ?? (isCutOff(worked) ? "cut-off" : undefined);
  const explained =
    worked.holds && told === undefined ? explainBySlip(quantities, worked.holds, worked.mayMend) : [];
  const likely = told === undefined ? likeliest(explained) : undefined;
  const slip = told ?? likely?.slip;
  const culprit = likely === undefined ? stated : (quantities[likely.index] as Quantity);
  const replacement = likely?.digits ?? digitsInPrint(stated, worked.center);
  const hint = slipWords(reading, { slip, culprit, replacement });
  return {
    relation,
    verdict: "inconsistent",
    severity: severityOf(worked),
    spans,
    text,
    stated: statedText,
    computed,
    message: {
      zh: (worked.words?.fails.zh ?? `${equation.zh}，文中为${statedText}，二者不符。`) + hint.zh,
      en: (worked.words?.fails.en ?? `${equation.en}, but the text says ${statedText}.`) + hint.en,
    },
    ...(slip === undefined ? {} : { slip }),
    ...(canReplace(worked, { likely, culprit, replacement })
      ? { correction: { span: [culprit.start, culprit.digitsEnd] as const, replacement } }
      : {}),
  };
}

type Replacing = { likely: Explained | undefined; culprit: Quantity; replacement: string };

/** No digits mend 上升 where it fell, and a limit (no more than the whole) does not say which figure is meant; the ledger does. */
function canReplace(
  { stated, words, relation }: Worked,
  { likely, culprit, replacement }: Replacing,
): boolean {
  if (stated.isRange || culprit.isChinese) return false;
  if (words && !likely && relation !== "ledger") return false;
  return !replacement.startsWith("-") || culprit.center < 0n;
}

/** Off by one of the last printed digit, as after rounding twice or cutting off; a bare count has no such excuse. */
function severityOf({ stated, center, atMost }: Worked): Severity {
  if (atMost === "look") return "look";
  const off = center > stated.center ? center - stated.center : stated.center - center;
  const isLastDigit = !stated.isExact && off <= stated.lastDigit + stated.lastDigit / 2n;
  return isLastDigit ? "last-digit" : (atMost ?? "wrong");
}

/** The last printed digit is that of the figure cut off, where rounding gives the next. */
function isCutOff({ stated, center }: Worked): boolean {
  if (stated.isExact || stated.lastDigit === 0n || center < 0n) return false;
  return (center / stated.lastDigit) * stated.lastDigit === stated.center;
}

/** A slip is named only when it is the one explanation of its kind: swapped digits, a moved point, or a single digit. */
function likeliest(explained: readonly Explained[]): Explained | undefined {
  const first = explained[0];
  if (first === undefined) return undefined;
  const alike = explained.filter(({ slip }) => slip === first.slip);
  return alike.length === 1 ? first : undefined;
}

type Hint = { slip: Slip | undefined; culprit: Quantity; replacement: string };

function slipWords(reading: Reading, { slip, culprit, replacement }: Hint): { zh: string; en: string } {
  const is = printed(reading, culprit);
  const be = `${replacement}${culprit.unit.name}`;
  switch (slip) {
    case undefined:
      return { zh: "", en: "" };
    case "transposed-digits":
      return {
        zh: `疑为数字颠倒：${is}似应为${be}。`,
        en: ` Two digits may have changed places: ${is} for ${be}.`,
      };
    case "one-digit":
      return { zh: `疑为一位数字之误：${is}似应为${be}。`, en: ` One digit may be wrong: ${is} for ${be}.` };
    case "decimal-point":
      return {
        zh: `疑为小数点错位：${is}似应为${be}。`,
        en: ` The decimal point may have moved: ${is} for ${be}.`,
      };
    case "unit":
      return { zh: `疑为单位之误（万、亿）：${is}。`, en: ` The unit may be wrong (万 or 亿): ${is}.` };
    case "divided-by-current":
      return {
        zh: "疑为误以本期数作除数，应除以上年同期数。",
        en: " It seems to be divided by the current value instead of last year's.",
      };
    case "cut-off":
      return { zh: "疑为截尾而未四舍五入。", en: " It seems to be cut off instead of rounded." };
    case "direction":
      return { zh: "增减方向前后不一。", en: " One figure says up, the other down." };
  }
}

/** The clauses from the first figure to the last. */
function passageOf(reading: Reading, quantities: readonly Quantity[]): string {
  const { clauses, plain } = reading.scan;
  let first = quantities[0] as Quantity;
  let last = first;
  for (const quantity of quantities) {
    if (quantity.start < first.start) first = quantity;
    if (quantity.end > last.end) last = quantity;
  }
  const from = clauses[first.clause]?.start ?? first.start;
  const to = Math.max(clauses[last.clause]?.end ?? last.end, last.end);
  const passage = plain.slice(from, to).trim();
  return passage.length <= LONGEST_PASSAGE ? passage : `${passage.slice(0, LONGEST_PASSAGE - 1)}…`;
}

const LONGEST_PASSAGE = 400;
