/** Shares whose whole stands nowhere: what several of them imply together. */
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times } from "../interval.ts";
import { coreName } from "../reading/names.ts";
import { quantityOf, type Reading } from "../reading/records.ts";
import { printed, type Worked } from "./draft-claim.ts";
import { quotientRarity } from "./evidence.ts";
import type { Share } from "./share-candidates.ts";

const HUNDRED = exactly(100n * ONE);
/** One slip must explain the odd share, and chance seldom. */
const RARE = 0.6;

/** 占63.35%, 占18.70%: values and shares of three or more imply one and the same whole. */
export function impliedWholes(reading: Reading, shares: readonly Share[]): readonly Worked[] {
  const found: Worked[] = [];
  const groups = new Map<string, Share[]>();
  for (const share of shares) {
    const { mention, record } = share;
    if (mention.role !== "share" || record.value?.role !== "value" || mention.of) continue;
    const key = `${mention.quantity.paragraph} ${record.value.quantity.unit.dimension} ${coreName(mention.whole)} ${mention.quantity.bracket}`;
    groups.set(key, [...(groups.get(key) ?? []), share]);
  }
  for (const group of groups.values()) {
    if (group.length < 3 || group.length > 12) continue;
    const implied = group.map(({ record, mention }) =>
      wholeOf(quantityOf(record).range, mention.quantity.range),
    );
    const agreeing = implied.map(
      (one) => implied.filter((other) => one && other && overlap(one, other)).length,
    );
    const most = Math.max(...agreeing);
    if (most < group.length - 1 || most < 2) continue;
    const at = agreeing.findIndex((count) => count < most && count === 1);
    const sample = agreeing.indexOf(most);
    const [odd, right] = [group[at], implied[sample]];
    if (!odd || !right) continue;
    const worked = ofImplied(reading, odd, { whole: right, sample: group[sample] as Share });
    if (worked && (most >= 3 || quotientRarity(worked) <= RARE)) found.push(worked);
  }
  return found;
}

/** 占全市人口的3.6%，占乡村人口的5%: of the smaller whole it is the larger share. */
export function nestedWholes(reading: Reading, shares: readonly Share[]): readonly Worked[] {
  const found: Worked[] = [];
  shares.forEach((outer, i) => {
    const inner = shares[i + 1];
    if (
      !inner ||
      inner.record !== outer.record ||
      outer.mention.role !== "share" ||
      inner.mention.role !== "share"
    )
      return;
    if (
      !/(?:全[市县区]|总)人口/.test(outer.mention.whole) ||
      !/(?:乡村|农村|农业)人口/.test(inner.mention.whole)
    )
      return;
    const [small, large] = [outer.mention.quantity, inner.mention.quantity];
    const [smallText, largeText] = [printed(reading, small), printed(reading, large)];
    const fails = small.range.lo > large.range.hi;
    found.push({
      relation: "ratio",
      stated: large,
      from: [small],
      expected: fails ? small.range : large.range,
      center: fails ? small.center : large.center,
      sum: { zh: smallText, en: smallText },
      words: {
        holds: {
          zh: `占较小整体的${largeText}不小于占较大整体的${smallText}，相符。`,
          en: `${largeText} of the smaller whole is no less than ${smallText} of the larger.`,
        },
        fails: {
          zh: `占较小整体的${largeText}小于占较大整体的${smallText}。`,
          en: `${largeText} of the smaller whole is less than ${smallText} of the larger.`,
        },
        computed: `≥${smallText}`,
      },
    });
  });
  return found;
}

function wholeOf(part: Interval, share: Interval): Interval | undefined {
  return dividedBy(times(part, HUNDRED), share);
}

type Implied = { readonly whole: Interval; readonly sample: Share };

/** The odd share, worked out from the whole that the others imply. */
function ofImplied(reading: Reading, odd: Share, { whole, sample }: Implied): Worked | undefined {
  const [part, share] = [quantityOf(odd.record), odd.mention.quantity];
  const [samplePart, sampleShare] = [quantityOf(sample.record), sample.mention.quantity];
  const expected = dividedBy(times(part.range, HUNDRED), whole);
  if (!expected || samplePart.center <= 0n) return undefined;
  const texts = [part, sampleShare, samplePart].map((quantity) => printed(reading, quantity));
  const sum = `${texts[0]}×${texts[1]}÷${texts[2]}`;
  return {
    relation: "ratio",
    stated: share,
    from: [part, samplePart, sampleShare],
    expected,
    center: roundDiv(part.center * sampleShare.center, samplePart.center),
    sum: { zh: `按其他各项推算：${sum}`, en: `as the others imply: ${sum}` },
    holds: ([r, own, other, otherShare]) => {
      const implied = other && otherShare ? wholeOf(other, otherShare) : undefined;
      const range = own && implied ? dividedBy(times(own, HUNDRED), implied) : undefined;
      return r !== undefined && range !== undefined && overlap(r, range);
    },
  };
}
