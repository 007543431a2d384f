/** 位次: 由第11位上升到第7位，前移4位; 15个县中排第16. */
import { exactly, ONE, overlap } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { printed, type Worked } from "./draft-claim.ts";

const FORWARD = /(?:前移|上升|提升|前进|上移|提前|进)了?$/;
const BACK = /(?:后移|下降|退后|后退|下移|退)了?$/;

export function ranksOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  reading.mentions.forEach((mention, at) => {
    const { quantity } = mention;
    if (quantity.isOrdinal) {
      const worked = withinSet(reading, at);
      if (worked) found.push(worked);
      return;
    }
    if (quantity.unit.dimension !== "位") return;
    const sign = FORWARD.test(quantity.lead) ? 1n : BACK.test(quantity.lead) ? -1n : 0n;
    const [to, from] = [reading.mentions[at - 1], reading.mentions[at - 2]];
    if (
      sign === 0n ||
      !isRank(to, mention) ||
      !isRank(from, mention) ||
      !/(?:由|从)[^,;]*$/.test(from.quantity.lead)
    )
      return;
    const center = (from.quantity.center - to.quantity.center) * sign;
    found.push({
      relation: "rank",
      stated: quantity,
      from: [from.quantity, to.quantity],
      expected: exactly(center),
      center,
      sum: {
        zh: sign === 1n ? `${rankText(from)}－${rankText(to)}` : `${rankText(to)}－${rankText(from)}`,
        en: sign === 1n ? `${rankText(from)} − ${rankText(to)}` : `${rankText(to)} − ${rankText(from)}`,
      },
      holds: ([moved, a, b]) =>
        moved !== undefined &&
        a !== undefined &&
        b !== undefined &&
        overlap(moved, exactly((a.lo - b.lo) * sign)),
    });
  });
  return found;
}

function isRank(mention: Mention | undefined, beside: Mention): mention is Mention {
  return (
    mention !== undefined &&
    mention.quantity.isOrdinal &&
    mention.quantity.sentence === beside.quantity.sentence
  );
}

function rankText({ quantity }: Mention): string {
  return String(quantity.center / ONE);
}

/** 在全省11个市中排名第12: no place beyond the number of places. */
function withinSet(reading: Reading, at: number): Worked | undefined {
  const rank = reading.mentions[at] as Mention;
  const set = reading.mentions[at - 1]?.quantity;
  if (
    !set?.isExact ||
    set.clause !== rank.quantity.clause ||
    !/^个?[县市区旗州盟单位(（、)）参]{1,10}中/.test(set.tail)
  )
    return undefined;
  if (!/排|居|列/.test(rank.quantity.lead)) return undefined;
  return within(reading, rank.quantity, set);
}

function within(reading: Reading, rank: Quantity, set: Quantity): Worked {
  const [place, places] = [printed(reading, rank), printed(reading, set)];
  return {
    relation: "rank",
    stated: rank,
    from: [set],
    expected: { lo: ONE, hi: set.range.hi },
    center: rank.center <= set.center ? rank.center : set.center,
    sum: { zh: places, en: places },
    words: {
      holds: { zh: `${places}中排第${place}，位次不超过个数，相符。`, en: `Place ${place} of ${places}.` },
      fails: { zh: `${places}中没有第${place}。`, en: `There is no place ${place} among ${places}.` },
      computed: `≤${set.center / ONE}`,
    },
    holds: ([r, n]) => r !== undefined && n !== undefined && r.lo <= n.hi,
  };
}
