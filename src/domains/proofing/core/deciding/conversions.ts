/** 换算: the same amount in another unit, in brackets right behind: 11606.4万公顷(174096万亩), 15亿元（150000万元）. */
import { ceilDiv, floorDiv, type Interval, overlap, roundDiv } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { Worked } from "./draft-claim.ts";
import { printed } from "./draft-claim.ts";

/** How many of the second base make some of the first: 15亩 are 10000平方米. */
type Factor = { readonly of: bigint; readonly to: bigint };

export function conversionsOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  const { plain, quantities } = reading.scan;
  for (let i = 1; i < quantities.length; i++) {
    const [first, second] = [quantities[i - 1] as Quantity, quantities[i] as Quantity];
    if (
      second.bracket <= first.bracket ||
      second.start - first.end > 4 ||
      first.unit.name === second.unit.name
    )
      continue;
    const opening = plain.slice(first.end, second.start);
    if (!/^ ?\( ?(?:约|合|折合|即|约合)?$/.test(opening) || plain.charAt(second.end) !== ")") continue;
    if (first.hedge !== "none" || (second.hedge !== "none" && second.hedge !== "about")) continue;
    const factor = factorBetween(first, second);
    if (factor) found.push(conversion(reading, { first, second, factor }));
  }
  return found;
}

function factorBetween(first: Quantity, second: Quantity): Factor | undefined {
  const [a, b] = [first.unit.dimension, second.unit.dimension];
  if (a === "bare" || first.unit.counted || first.isOrdinal) return undefined;
  if (a === b) return a === "percent" || a === "points" ? undefined : { of: 1n, to: 1n };
  if (a === "area" && b === "mu") return { of: 10_000n, to: 15n };
  if (a === "mu" && b === "area") return { of: 15n, to: 10_000n };
  return undefined;
}

function conversion(
  reading: Reading,
  { first, second, factor }: { first: Quantity; second: Quantity; factor: Factor },
): Worked {
  const converted = (range: Interval): Interval => ({
    lo: floorDiv(range.lo * factor.to, factor.of),
    hi: ceilDiv(range.hi * factor.to, factor.of),
  });
  return {
    relation: "product",
    stated: second,
    from: [first],
    expected: converted(first.range),
    center: roundDiv(first.center * factor.to, factor.of),
    sum: { zh: `${printed(reading, first)}换算`, en: `${printed(reading, first)} converted` },
    holds: ([b, a]) => a !== undefined && b !== undefined && overlap(b, converted(a)),
  };
}
