/** 百分点: distances of two percentages. Percentage points are never percent. */
import { type Interval, minus, negated, overlap } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { printed, type Worked } from "./draft-claim.ts";

/** 增长12.0%…高于全省5.4个百分点(全省增长6.6%); 由12.3%下降到4.1%，下降8.2个百分点. */
export function pointsOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  reading.mentions.forEach((mention, i) => {
    if (mention.role !== "points") return;
    const worked = betweenLevels(reading, i) ?? againstBase(reading, i) ?? againstOther(reading, i);
    if (worked) found.push(worked);
  });
  return found;
}

/** 由…%（上升、下降）到…%, then the distance, directly after. */
function betweenLevels(reading: Reading, at: number): Worked | undefined {
  const { mentions } = reading;
  const [points, to, from] = [mentions[at], mentions[at - 1], mentions[at - 2]];
  if (!points || !isPercentLike(to) || !isPercentLike(from)) return undefined;
  if (
    !to.isLevel ||
    to.quantity.sentence !== points.quantity.sentence ||
    from.quantity.clause !== to.quantity.clause
  )
    return undefined;
  if (!/(?:由|从)[^,;]*$/.test(from.quantity.lead)) return undefined;
  if (points.sign === 0) return undefined;
  const [a, b] = points.sign === 1 ? [to.quantity, from.quantity] : [from.quantity, to.quantity];
  return distance(reading, points.quantity, { larger: a, smaller: b });
}

/** 城镇化率58.2%，比2015年的56.1%提高2.1个百分点: the base stands in the clause of the distance, the level right before. */
function againstBase(reading: Reading, at: number): Worked | undefined {
  const { mentions } = reading;
  const [points, base, level] = [mentions[at], mentions[at - 1], mentions[at - 2]];
  if (!points || points.sign === 0 || !isPercentLike(base) || !isPercentLike(level)) return undefined;
  const { clause, sentence } = points.quantity;
  if (base.quantity.clause !== clause || level.quantity.sentence !== sentence) return undefined;
  if (clause - level.quantity.clause !== 1 || !/^[^,;。]{0,6}$/.test(points.quantity.lead)) return undefined;
  if (!/^(?:,|;)?(?:比|较|同)[^,;]*的?[^,;]*$/.test(base.quantity.lead)) return undefined;
  const [a, b] = points.sign === 1 ? [level.quantity, base.quantity] : [base.quantity, level.quantity];
  return distance(reading, points.quantity, { larger: a, smaller: b });
}

/** The rate said of the same record, and the other region's rate in the bracket behind the points. */
function againstOther(reading: Reading, at: number): Worked | undefined {
  const { mentions, recordOf } = reading;
  const points = mentions[at] as Mention;
  if (points.sign === 0 || !/(?:高于|低于|快于|慢于|高出|低|高|快|慢|多|少)/.test(points.quantity.lead))
    return undefined;
  const other = mentions[at + 1];
  const isBracket =
    other &&
    other.quantity.bracket > points.quantity.bracket &&
    other.quantity.sentence === points.quantity.sentence;
  if (!isBracket || !isPercentLike(other) || other.quantity.start - points.quantity.end > 24)
    return undefined;
  const record = recordOf[at];
  const own = ownRate(record?.said ?? [], points) ?? previousRate(mentions, at);
  if (!own) return undefined;
  const [mine, theirs] = [signed(own), signed(other)];
  const worked = distance(
    reading,
    points.quantity,
    points.sign === 1 ? { larger: mine, smaller: theirs } : { larger: theirs, smaller: mine },
  );
  return worked;
}

function ownRate(said: readonly Mention[], points: Mention): Mention | undefined {
  return said
    .filter(({ role, quantity }) => role === "rate" && quantity.start < points.quantity.start)
    .at(-1);
}

function previousRate(mentions: readonly Mention[], at: number): Mention | undefined {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const mention = mentions[i] as Mention;
    if (mention.quantity.sentence !== mentions[at]?.quantity.sentence) return undefined;
    if (mention.role === "rate") return mention;
  }
  return undefined;
}

function isPercentLike(mention: Mention | undefined): mention is Mention {
  return mention !== undefined && mention.quantity.unit.dimension === "percent";
}

/** 下降3.3% as −3.3. */
function signed({ quantity, sign }: Mention): Quantity {
  if (sign !== -1 || quantity.center < 0n) return quantity;
  return { ...quantity, center: -quantity.center, range: negated(quantity.range) };
}

function distance(
  reading: Reading,
  points: Quantity,
  { larger, smaller }: { larger: Quantity; smaller: Quantity },
): Worked {
  const text = (quantity: Quantity) =>
    quantity.center < 0n ? `（－${printed(reading, quantity)}）` : printed(reading, quantity);
  const flips = [larger.center < 0n, smaller.center < 0n];
  const turned = (range: Interval | undefined, i: number) =>
    range && flips[i] && range.lo >= 0n ? negated(range) : range;
  return {
    relation: "difference",
    stated: points,
    from: [larger, smaller],
    expected: minus(larger.range, smaller.range),
    center: larger.center - smaller.center,
    sum: { zh: `${text(larger)}－${text(smaller)}`, en: `${text(larger)} − ${text(smaller)}` },
    holds: ([p, a, b]) => {
      const [x, y] = [turned(a, 0), turned(b, 1)];
      return p !== undefined && x !== undefined && y !== undefined && overlap(p, minus(x, y));
    },
  };
}
