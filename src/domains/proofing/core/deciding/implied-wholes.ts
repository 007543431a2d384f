/** Shares whose whole stands nowhere: what several of them imply together. */
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times, total } from "../interval.ts";
import { isComplete, labelOf } from "../reading/labels.ts";
import { coreName } from "../reading/names.ts";
import type { Quantity } from "../reading/quantity.ts";
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
    const group = groups.get(key);
    if (group) group.push(share);
    else groups.set(key, [share]);
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
    if (!worked) continue;
    const others = group.filter((share) => share !== odd).map(({ mention }) => mention.quantity.range);
    const isSure = most >= 3 || overlap(total([worked.expected, ...others]), HUNDRED);
    if (isSure || quotientRarity(worked) <= RARE) found.push(worked);
  }
  return found;
}

/**
 * 男性…，占51.2%；女性…，占48.8%: values that are all the kinds there are make up the whole of their shares. One share that
 * does not fit while the others do, or values that do not fit shares which make a hundred, are wrong.
 */
export function sharesOfAllKinds(reading: Reading, shares: readonly Share[]): readonly Worked[] {
  const found: Worked[] = [];
  shares.forEach((first, i) => {
    for (const size of [2, 3]) {
      const group = shares.slice(i, i + size);
      if (group.length < size || !isDivision(reading, group, first)) continue;
      const parts = group.map(({ record }) => quantityOf(record));
      const whole = parts.reduce((sum, { center }) => sum + center, 0n);
      const range = total(parts.map((part) => part.range));
      const wrong = group.filter(({ mention }, at) => {
        const expected = dividedBy(times((parts[at] as Quantity).range, HUNDRED), range);
        return !expected || !overlap(expected, mention.quantity.range);
      });
      const [odd] = wrong;
      const makeHundred = overlap(total(group.map(({ mention }) => mention.quantity.range)), HUNDRED);
      if (!odd || whole <= 0n || (wrong.length > 1 && !makeHundred)) continue;
      found.push(ofAllKinds(reading, odd, { parts, range, whole }));
    }
  });
  return found;
}

/** Neighbours in one sentence, of one dimension and one whole, whose names are all the kinds of a division. */
function isDivision(reading: Reading, group: readonly Share[], first: Share): boolean {
  const labels = group.map(({ record }) => labelOf(reading, record));
  return (
    group.every(
      ({ record, mention }) =>
        mention.role === "share" &&
        record.value?.role === "value" &&
        quantityOf(record).sentence === quantityOf(first.record).sentence &&
        quantityOf(record).unit.dimension === quantityOf(first.record).unit.dimension &&
        coreName(mention.whole) === coreName(first.mention.whole),
    ) && isComplete(labels)
  );
}

type Kinds = { readonly parts: readonly Quantity[]; readonly range: Interval; readonly whole: bigint };

function ofAllKinds(reading: Reading, odd: Share, { parts, range, whole }: Kinds): Worked {
  const part = quantityOf(odd.record);
  const others = parts.filter((one) => one !== part);
  const texts = parts.map((one) => printed(reading, one));
  const expected = dividedBy(times(part.range, HUNDRED), range) as Interval;
  return {
    relation: "ratio",
    stated: odd.mention.quantity,
    from: [part, ...others],
    expected,
    center: roundDiv(part.center * 100n * ONE, whole),
    sum: {
      zh: `${printed(reading, part)}÷（${texts.join("＋")}）`,
      en: `${printed(reading, part)} ÷ (${texts.join(" + ")})`,
    },
    holds: ([share, own, ...rest]) => {
      if (!share || !own) return false;
      const ratio = dividedBy(times(own, HUNDRED), total([own, ...rest]));
      return ratio !== undefined && overlap(ratio, share);
    },
  };
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
