/** Making and asking for traced numbers. A derived number carries each fact it came from once, nearest first. */
import type { Decimal } from "../../../shared/decimal.ts";
import type { Missing, MissingReason, Ref, Traced } from "./assessment.ts";

export function missing(reason: MissingReason): Missing {
  return { missing: reason };
}

export function isMissing(x: object): x is Missing {
  return "missing" in x && typeof x.missing === "string";
}

export function traced(value: Decimal, ...from: readonly (readonly Ref[])[]): Traced {
  const only = from[0];
  if (from.length === 1 && only) return { value, refs: only };
  return { value, refs: [...new Set(from.flat())] };
}
