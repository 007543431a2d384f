/** 其中: a part is no larger than its whole. */
import { overlap } from "../interval.ts";
import type { Reading } from "../reading/records.ts";
import { printed, type Worked } from "./draft-claim.ts";
import { additive, listsOf } from "./lists.ts";
import { quantityOf, type Sum } from "./sums.ts";

/** The first part after each 其中 or 中有, with its whole, where the two are not in a sum already told. */
export function subsetsOf(reading: Reading, sums: readonly Sum[]): readonly Worked[] {
  const told = new Set(
    sums.flatMap(({ list, parts }) => parts.map((part) => `${list.whole.index} ${part.index}`)),
  );
  const found: Worked[] = [];
  for (const values of additive(reading).values()) {
    for (const { whole, parts, trigger, distance, isAfter, opening } of listsOf(reading, values)) {
      const first = parts[0];
      if (!first || trigger !== "among" || distance > 0 || isAfter) continue;
      if (first.bracket !== whole.bracket && !/其中/.test(opening)) continue;
      if (first.sentence - whole.sentence > 1 || /累计|计划|总投资|总额|年度/.test(opening)) continue;
      const isPlain = PLAIN.test(opening) && whole.sentence === first.sentence;
      if (told.has(`${whole.index} ${first.index}`)) continue;
      const [w, p] = [quantityOf(whole), quantityOf(first)];
      if (p.range.lo <= w.range.hi || isPlain) found.push(subsetOf(reading, w, p));
    }
  }
  return found;
}

const PLAIN = /中[,，]?(?:有|已|的|,)*[^,;。]{0,4}$|其中[:：,，]?[^,;。]{0,24}$/;

function subsetOf(reading: Reading, w: Worked["stated"], p: Worked["stated"]): Worked {
  const atMost = { lo: 0n, hi: w.range.hi };
  return {
    relation: "subset",
    stated: p,
    from: [w],
    expected: atMost,
    center: p.center <= w.center ? p.center : w.center,
    sum: {
      zh: `其中的数不大于${printed(reading, w)}：最大`,
      en: `a part of ${printed(reading, w)} is no larger: at most`,
    },
    holds: ([part, whole]) =>
      part !== undefined && whole !== undefined && overlap(part, { lo: 0n, hi: whole.hi }),
  };
}
