/** part ÷ whole in percent, worked out. */
import type { Relation } from "../claim.ts";
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { mendsQuotient } from "../slips.ts";
import { printed, type Worked } from "./draft-claim.ts";
import { percentQuantity } from "./growth.ts";

const HUNDRED = exactly(100n * ONE);

export type Quotient = { readonly part: Quantity; readonly whole: Quantity; readonly percent: Quantity };

/** Undefined where the whole is not positive. */
export function quotientOf(reading: Reading, relation: Relation, quotient: Quotient): Worked | undefined {
  const { part, whole, percent } = quotient;
  if (whole.center <= 0n) return undefined;
  const over = (a: Interval, b: Interval) => dividedBy(times(a, HUNDRED), b);
  const expected = over(part.range, whole.range);
  if (!expected) return undefined;
  const stated = percentQuantity(percent);
  const [partText, wholeText] = [printed(reading, part), printed(reading, whole)];
  return {
    relation,
    stated,
    from: [part, whole],
    expected,
    center: roundDiv(part.center * 100n * ONE, whole.center),
    sum: { zh: `${partText}÷${wholeText}`, en: `${partText} ÷ ${wholeText}` },
    mayMend: mendsQuotient([stated, part, whole]),
    holds: ([r, a, b]) => {
      const range = a && b ? over(a, b) : undefined;
      return r !== undefined && range !== undefined && overlap(r, range);
    },
  };
}
