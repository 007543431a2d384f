/** How many of the units that there are now would file a form. */
import type { Filers } from "../../../../domains/returns/core/form.ts";
import { contains } from "../../../../shared/region-code.ts";

type Unit = { code: string; kind: string; region: { code: number } };

export function countFilers({ kinds, within = [], units }: Filers, all: readonly Unit[]): number {
  const lies = (code: number): boolean =>
    within.length === 0 || within.some((outer) => contains(outer, code));
  return all.filter(
    ({ code, kind, region }) => units.includes(code) || (kinds.includes(kind) && lies(region.code)),
  ).length;
}
