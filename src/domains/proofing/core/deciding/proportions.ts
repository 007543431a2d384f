/** 构成: shares of one whole make a hundred, and agree with the values they are shares of. */
import { around, ONE, overlap, total } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import { quantityOf, type Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isComplete } from "../reading/labels.ts";
import { printed, type Worked } from "./draft-claim.ts";
import { quotientRarity, rarity } from "./evidence.ts";
import { quotientOf } from "./quotients.ts";
import type { Sum } from "./lists.ts";

const HUNDRED = 100n * ONE;

export function proportionsOf(reading: Reading, sums: readonly Sum[]): readonly Worked[] {
  const found: Worked[] = [];
  for (const shares of reading.scan.proportions) {
    const whole = wholeHundred(reading, shares);
    if (!whole) continue;
    found.push(whole);
    found.push(...ofValues(reading, shares, sums));
  }
  found.push(...namedRows(reading), ...contributions(reading, sums));
  return found;
}

const INDUSTRIES = /产业(?:增加值)?(?:结构|比例|比重|构成|占比|之?比)/;

/** 25.7:26.8:47.5 — only where it is a division of a hundred at all, by its sum or, above 1:5:4, by its name. */
function wholeHundred(reading: Reading, shares: readonly Quantity[]): Worked | undefined {
  const center = shares.reduce((sum, { center: one }) => sum + one, 0n);
  const isNear = center >= 80n * ONE && center <= 120n * ONE;
  const isIndustry = INDUSTRIES.test(shares[0]?.lead ?? "") && center >= 20n * ONE;
  return isNear || isIndustry ? hundred(reading, shares) : undefined;
}

/** The first share worked out from the others. */
function hundred(reading: Reading, shares: readonly Quantity[]): Worked | undefined {
  const [first, ...rest] = shares;
  if (!first || rest.length === 0) return undefined;
  const others = total(rest.map(({ range }) => range));
  const texts = rest.map((share) => printed(reading, share));
  return {
    relation: "sum",
    stated: first,
    from: rest,
    expected: { lo: HUNDRED - others.hi, hi: HUNDRED - others.lo },
    center: HUNDRED - rest.reduce((sum, { center }) => sum + center, 0n),
    sum: {
      zh: `各占比合计为100：100－${texts.join("－")}`,
      en: `the shares make 100: 100 − ${texts.join(" − ")}`,
    },
    holds: (ranges) => overlap(total(ranges), around(HUNDRED, 0n)),
  };
}

/** 三次产业结构比: each share and the value it belongs to, in a sum of as many parts shortly before. */
function ofValues(reading: Reading, shares: readonly Quantity[], sums: readonly Sum[]): readonly Worked[] {
  const { paragraph, lead } = shares[0] as Quantity;
  if (/(?:由|从|上年|去年)[^,;。]{0,6}$/.test(lead)) return [];
  for (const { list, parts } of sums) {
    if (parts.length !== shares.length || Math.abs(list.whole.paragraph - paragraph) > 2) continue;
    const whole = quantityOf(list.whole);
    if (whole.unit.dimension !== "money") continue;
    const worked = parts.flatMap(
      (part, i) =>
        quotientOf(reading, "ratio", { part: quantityOf(part), whole, percent: shares[i] as Quantity }) ?? [],
    );
    const wrong = worked.filter((one) => !overlap(one.stated.range, one.expected));
    if (wrong.length === 0) return worked;
    if (wrong.length === 1 && worked.length >= 3 && quotientRarity(wrong[0] as Worked) <= 0.6) return worked;
  }
  return [];
}

const ROW_WORDS =
  /([一-龥、和()]{2,24})(?:占比|比重|比例|占[^,;]{1,12}的?比重)(?:依次)?分别(?:为|是|达|达到)?$/;

/** 三次 is read as a count, and stands before the words of the row. */
const THREE_INDUSTRIES = /三次产业[^,;:。]*$/;

/** 轻、重工业占比分别为30.6%和69.4% */
function namedRows(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  const { mentions } = reading;
  mentions.forEach((mention, at) => {
    const names =
      mention.quantity.unit.dimension === "percent" ? ROW_WORDS.exec(mention.quantity.lead)?.[1] : undefined;
    if (names === undefined) return;
    const row = [mention.quantity];
    for (
      let i = at + 1;
      i < mentions.length && /^[、和与及]$/.test((mentions[i] as Mention).quantity.lead.trim());
      i++
    )
      row.push((mentions[i] as Mention).quantity);
    const labels = names.split(/[、和与及]/).filter((name) => name !== "");
    const isIndustries =
      row.length === 3 && THREE_INDUSTRIES.test(reading.scan.plain.slice(0, row[0]?.start).slice(-40));
    if (!isIndustries && (row.length !== labels.length || !isComplete(withEnding(labels)))) return;
    const worked = hundred(reading, row);
    if (worked) found.push(worked);
  });
  return found;
}

/** 轻、重工业 as 轻工业、重工业 */
function withEnding(labels: readonly string[]): readonly string[] {
  const ending = (labels.at(-1) ?? "").slice(1);
  return labels.map((label) => (label.length <= 2 ? label + ending : label));
}

/** The contributions of all parts to the growth of their whole make a hundred. */
function contributions(reading: Reading, sums: readonly Sum[]): readonly Worked[] {
  const found: Worked[] = [];
  for (const { parts } of sums) {
    const shares = parts.flatMap((part) =>
      part.said
        .filter(({ quantity }) => /贡献率[^,;]{0,4}$/.test(quantity.lead))
        .map(({ quantity }) => quantity),
    );
    if (shares.length !== parts.length) continue;
    const worked = hundred(reading, shares);
    if (!worked?.holds) continue;
    if (
      overlap(worked.stated.range, worked.expected) ||
      rarity(shares, worked.holds, { size: HUNDRED }) < 0.5
    )
      found.push(worked);
  }
  return found;
}
