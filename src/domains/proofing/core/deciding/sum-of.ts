/** A whole and its parts, worked out: of values, and of the changes beside them. */
import { type Interval, negated, overlap, total } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { mendsSum } from "../slips.ts";
import { printed, type Worked } from "./draft-claim.ts";
import type { Sum } from "./lists.ts";

export function sumOf(reading: Reading, whole: Quantity, parts: readonly Quantity[]): Worked {
  const center = parts.reduce((sum, part) => sum + part.center, 0n);
  const texts = parts.map((part) => printed(reading, part));
  return {
    relation: "sum",
    stated: whole,
    from: parts,
    expected: total(parts.map(({ range }) => range)),
    center,
    sum: { zh: texts.join("＋"), en: texts.join(" + ") },
    mayMend: mendsSum([whole, ...parts]),
    holds: ([w, ...rest]) => w !== undefined && overlap(w, total(rest)),
  };
}

/** 比上年增收1284万元, 减收2354万元: where the values add up, their changes do, with their signs. */
export function changesOf(reading: Reading, sum: Sum): Worked | undefined {
  const whole = changeOf(sum.list.whole);
  const parts = sum.parts.map(changeOf);
  if (!whole || parts.length < 2) return undefined;
  const signed: Interval[] = [];
  let center = 0n;
  const texts: string[] = [];
  for (const part of parts) {
    if (
      !part ||
      part.quantity.unit.dimension !== whole.quantity.unit.dimension ||
      part.comparator !== whole.comparator
    )
      return undefined;
    signed.push(part.sign === -1 ? negated(part.quantity.range) : part.quantity.range);
    center += part.sign === -1 ? -part.quantity.center : part.quantity.center;
    texts.push(`${part.sign === -1 ? "－" : texts.length > 0 ? "＋" : ""}${printed(reading, part.quantity)}`);
  }
  const flip = whole.sign === -1;
  const sumRange = total(signed);
  const signs = parts.map((part) => part?.sign ?? 1);
  const combine = (ranges: readonly Interval[]): Interval => {
    const added = total(ranges.map((range, i) => (signs[i] === -1 ? negated(range) : range)));
    return flip ? negated(added) : added;
  };
  const zh = flip ? `－（${texts.join("")}）` : texts.join("");
  return {
    relation: "sum",
    stated: whole.quantity,
    from: parts.map((part) => (part as Mention).quantity),
    expected: flip ? negated(sumRange) : sumRange,
    center: flip ? -center : center,
    sum: {
      zh,
      en: zh
        .replaceAll("－", " − ")
        .replaceAll("＋", " + ")
        .replaceAll("（", "(")
        .replaceAll("）", ")")
        .trim(),
    },
    holds: ([w, ...rest]) => w !== undefined && overlap(w, combine(rest)),
  };
}

function changeOf(record: Record): Mention | undefined {
  const changes = record.said.filter(({ role, sign }) => role === "change" && sign !== 0);
  return changes.length === 1 ? changes[0] : undefined;
}
