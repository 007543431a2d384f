/** Figures that share a unit with their neighbour. */
import { ONE } from "../interval.ts";
import { intervalOf } from "./hedges.ts";
import type { Quantity, TextUnit } from "./quantity.ts";
import { NO_UNIT } from "./units.ts";
import type { Walk } from "./walk.ts";

/** 2.16和1.66个百分点, 300到400元: a figure without a unit takes the one of its neighbour; a range becomes one figure. */
export function inheritUnits(walk: Walk): void {
  const { plain, quantities } = walk;
  for (let i = quantities.length - 2; i >= 0; i--) {
    const left = quantities[i] as Quantity;
    const right = quantities[i + 1] as Quantity;
    const between = plain.slice(left.end, Math.min(right.start, left.end + 4)).trim();
    if (right.start - left.end > 3 || right.unit === NO_UNIT) continue;
    const isRange = /^(?:-|—|~|到|至|——)$/.test(between);
    if (isRange && (left.unit === NO_UNIT || left.unit.dimension === right.unit.dimension)) {
      if (/[由从自]$/.test(left.lead)) {
        if (left.unit === NO_UNIT) quantities[i] = withUnit(left, right.unit);
        continue;
      }
      const low = left.unit === NO_UNIT ? withUnit(left, right.unit) : left;
      quantities.splice(i, 2, joinRange(low, right));
    } else if (left.unit === NO_UNIT && /^(?:、|和|与|及|或|以及|,)$/.test(between)) {
      quantities[i] = withUnit(left, right.unit);
    }
  }
}

function withUnit(quantity: Quantity, unit: TextUnit): Quantity {
  const lastDigit = (10n ** BigInt(10 - quantity.decimals) * unit.hundredths) / 100n;
  const center = (quantity.center / (quantity.lastDigit === 0n ? ONE : quantity.lastDigit)) * lastDigit;
  const isExact = unit.counted && quantity.decimals === 0 && quantity.hedge === "none";
  return {
    ...quantity,
    unit,
    lastDigit,
    center,
    isExact,
    range: intervalOf(quantity.hedge, { center, lastDigit, lastSaid: lastDigit, isExact }),
  };
}

/** 3到5个, and 5到3个 too, whatever was meant by it. */
function joinRange(first: Quantity, last: Quantity): Quantity {
  const [low, high] = first.center <= last.center ? [first, last] : [last, first];
  return {
    ...first,
    end: last.end,
    digitsEnd: last.digitsEnd,
    center: (low.center + high.center) / 2n,
    range: { lo: low.range.lo, hi: high.range.hi },
    unit: last.unit,
    isExact: false,
    isRange: true,
    hedge: "about",
    tail: last.tail,
  };
}
