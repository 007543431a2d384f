/**
 * 占比、完成率与各种率: which value a percentage is a share of.
 *
 * The whole often stands far away or is not named. A share is recognised when any plausible whole gives it; it is doubted
 * only where the text leaves one whole: 占全村443户的14%, 62户中有40户，占…, a whole named as another value is, the task
 * named before, the same whole that its neighbours are shares of.
 */
import { coreName, likeness } from "../reading/names.ts";
import { labelOf } from "../reading/labels.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import { JOINED, type Mention } from "../reading/roles.ts";
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times } from "../interval.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { quotientRarity, UNEXPLAINED } from "./evidence.ts";
import { quotientOf } from "./quotients.ts";

const HUNDRED = exactly(100n * ONE);

type Kind = "stated" | "within" | "named" | "planned" | "before" | "any";
type Candidate = {
  readonly worked: Worked;
  readonly part: Quantity;
  readonly whole: Quantity;
  readonly kind: Kind;
};
type Share = {
  readonly mention: Mention;
  readonly record: Record;
  readonly candidates: readonly Candidate[];
};

const LOOK_BACK = 14;
const PARAGRAPHS_BACK = 8;

export function sharesOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  const open: Share[] = [];
  const settled = new Map<number, Settled[]>();
  for (const record of reading.records) {
    for (const mention of record.said) {
      const share = shareOf(reading, record, mention);
      if (!share) continue;
      const by = share.candidates.find(({ worked }) => isConsistent(worked));
      if (!by) {
        open.push(share);
        continue;
      }
      found.push(by.worked);
      const { sentence } = mention.quantity;
      settled.set(sentence, [...(settled.get(sentence) ?? []), { share, by }].slice(-12));
    }
  }
  const unsettled: Share[] = [];
  for (const share of open) {
    const { sentence, paragraph } = share.mention.quantity;
    const nearby = [sentence - 1, sentence, sentence + 1]
      .flatMap((near) => settled.get(near) ?? [])
      .filter((one) => one.share.mention.quantity.paragraph === paragraph);
    const worked = doubtOf(reading, share, nearby);
    if (worked) found.push(worked);
    else unsettled.push(share);
  }
  return [...found, ...impliedWholes(reading, unsettled), ...nestedWholes(reading, unsettled)];
}

function shareOf(reading: Reading, record: Record, mention: Mention): Share | undefined {
  const { role, quantity } = mention;
  if (role !== "share" && role !== "completion" && role !== "named-rate") return undefined;
  if (quantity.hedge === "over" || quantity.hedge === "under" || quantity.center <= 0n) return undefined;
  return { mention, record, candidates: candidatesFor(reading, record, mention) };
}

function candidatesFor(reading: Reading, record: Record, mention: Mention): readonly Candidate[] {
  const relation = mention.role === "completion" ? "completion" : "ratio";
  const candidates: Candidate[] = [];
  const add = (part: Quantity, whole: Quantity, kind: Kind): void => {
    if (part === whole || part.unit.dimension !== whole.unit.dimension) return;
    const worked = quotientOf(reading, relation, { part, whole, percent: mention.quantity });
    if (worked) candidates.push({ worked, part, whole, kind });
  };
  if (mention.of) {
    const part = partFor(reading, record, { whole: mention.of.quantity, mention });
    if (part) add(part, mention.of.quantity, "stated");
    return candidates;
  }
  if (mention.role === "completion") {
    const part = record.value?.quantity;
    if (part) for (const plan of plansBefore(reading, record, mention)) add(part, plan, "planned");
    if (candidates.length > 0 || !isOwnRate(mention)) return candidates;
  }
  const known = mention.role === "named-rate" ? knownRate(reading, record, mention) : undefined;
  if (known) {
    add(known.part, known.whole, "within");
    return candidates;
  }
  for (const part of partsFor(reading, record, mention)) {
    for (const { whole, kind } of wholesFor(reading, part, mention)) add(quantityOf(part), whole, kind);
  }
  return candidates;
}

/** Rates whose name says what is divided by what. */
const KNOWN_RATES: readonly { readonly name: RegExp; readonly part: RegExp; readonly whole: RegExp }[] = [
  { name: /资产负债率[^,;]{0,4}$/, part: /负债/, whole: /资产/ },
  { name: /城镇化率[^,;]{0,4}$/, part: /城镇/, whole: /常住人口|总人口/ },
  { name: /存贷比[^,;]{0,4}$/, part: /贷款/, whole: /存款/ },
  { name: /产销率[^,;]{0,4}$/, part: /销售产值/, whole: /总产值/ },
];

/** The nearest values of these names; only where each name is borne by one value. */
function knownRate(
  reading: Reading,
  record: Record,
  mention: Mention,
): { part: Quantity; whole: Quantity } | undefined {
  const rate = KNOWN_RATES.find(({ name }) => name.test(mention.quantity.lead));
  if (!rate) return undefined;
  const near: Record[] = [];
  for (let i = record.index; i >= Math.max(0, record.index - 8); i--) {
    const other = reading.records[i] as Record;
    if (mention.quantity.sentence - other.sentence > 2) break;
    if (other.value?.role === "value") near.push(other);
  }
  const bearing = (name: RegExp) => near.filter((one) => name.test(labelOf(reading, one)));
  const [parts, wholes] = [bearing(rate.part), bearing(rate.whole)];
  const [part, whole] = [parts[0], wholes[0]];
  return part && whole && parts.length === 1 && wholes.length === 1
    ? { part: quantityOf(part), whole: quantityOf(whole) }
    : undefined;
}

function quantityOf(record: Record): Quantity {
  return (record.value as Mention).quantity;
}

// --- parts ---

/** The value of the record in the whole's dimension, or the nearest such value of the sentence. */
function partFor(
  reading: Reading,
  record: Record,
  { whole, mention }: { whole: Quantity; mention: Mention },
): Quantity | undefined {
  const value = record.value?.quantity;
  if (value && value !== whole && value.unit.dimension === whole.unit.dimension) return value;
  for (let i = record.index; i >= Math.max(0, record.index - 5); i--) {
    const other = reading.records[i] as Record;
    if (other.sentence !== mention.quantity.sentence) return undefined;
    const quantity = other.value?.quantity;
    if (!quantity || quantity === whole || other.bracket !== mention.quantity.bracket) continue;
    if (quantity.unit.dimension === whole.unit.dimension && quantity.start < mention.quantity.start)
      return quantity;
  }
  return undefined;
}

/** 完成率, 开工率, 整改率: a rate named after what was done. */
function isOwnRate(mention: Mention): boolean {
  return rootOf(mention) !== "";
}

/** 开工 of 开工率, 集中供养 of 集中供养率. */
function rootOf(mention: Mention): string {
  return (
    /([一-龥]{2,5})率(?:为|达|达到|是|约|均)?$/
      .exec(mention.quantity.lead.trim())?.[1]
      ?.replace(/^(?:的|其中)/, "") ?? ""
  );
}

function partsFor(reading: Reading, record: Record, mention: Mention): readonly Record[] {
  const own = mention.role === "share" ? coreName(mention.subject) : "";
  if (own.length >= 2) {
    for (let i = record.index; i >= Math.max(0, record.index - LOOK_BACK); i--) {
      const other = reading.records[i] as Record;
      if (other.value?.role === "value" && likeness(labelOf(reading, other), own) >= 0.8) return [other];
    }
  }
  const root = mention.role === "share" ? "" : rootOf(mention);
  const parts: Record[] = [];
  const exact: Record[] = [];
  for (let i = record.index; i >= Math.max(0, record.index - 4); i--) {
    const other = reading.records[i] as Record;
    if (other.sentence !== mention.quantity.sentence) break;
    if (other.value?.role !== "value" || other.bracket !== mention.quantity.bracket) continue;
    if (root !== "") {
      if (nameOf(reading, other).includes(root)) exact.push(other);
      else if (carries(reading, other, root)) parts.push(other);
    } else if (parts.length === 0 || isGlued(other, parts.at(-1))) parts.push(other);
    else break;
  }
  return exact.length > 0 ? exact : parts;
}

/** 743户3171人: the households right before the persons. */
function isGlued(before: Record, after: Record | undefined): boolean {
  return after !== undefined && quantityOf(after).start - quantityOf(before).end <= 1;
}

function nameOf(reading: Reading, record: Record): string {
  return `${record.subject} ${labelOf(reading, record)}`;
}

/** Words for the same being done. */
const DONE = /完成|完工|竣工|办结|整改|建成/;

/** 已开工28个, 28个开工建设: the words of the figure name what the rate is named after. */
function carries(reading: Reading, record: Record, root: string): boolean {
  const name = nameOf(reading, record);
  return (
    name.includes(root.slice(-2)) || name.includes(root.slice(0, 2)) || (DONE.test(root) && DONE.test(name))
  );
}

// --- wholes ---

/** Tasks and plans of the same dimension, nearest first, some sentences back. */
function plansBefore(reading: Reading, record: Record, mention: Mention): readonly Quantity[] {
  const dimension = record.value?.quantity.unit.dimension;
  const plans: Quantity[] = [];
  const at = mention.index;
  for (let i = at - 1; i >= Math.max(0, at - 16) && plans.length < 3; i--) {
    const other = reading.mentions[i] as Mention;
    if (mention.quantity.sentence - other.quantity.sentence > 2) break;
    if (other.quantity.unit.dimension !== dimension || other.quantity === record.value?.quantity) continue;
    if (
      i === at - 1 &&
      other.quantity.bracket > mention.quantity.bracket &&
      mention.quantity.start - other.quantity.end < 4
    )
      plans.push(other.quantity);
    else if (other.role === "target" || (other.role === "value" && isPlan(other.subject)))
      plans.push(other.quantity);
  }
  return plans;
}

/** 一般公共预算 names an account, not a plan. */
function isPlan(words: string): boolean {
  return /计划|任务|目标|预算/.test(
    words.replace(/(?:一般)?公共(?:财政)?预算|基金预算|经营预算|预算(?:收入|支出|内)/g, ""),
  );
}

type Whole = { readonly whole: Quantity; readonly kind: Kind };

function wholesFor(reading: Reading, part: Record, mention: Mention): readonly Whole[] {
  const value = quantityOf(part);
  const wanted = wholeNamed(reading, mention);
  const isNamed = mention.role === "share" && coreName(wanted).length >= 2;
  const found: (Whole & { fit: number })[] = [];
  for (let i = part.index - 1; i >= Math.max(0, part.index - 40) && found.length < LOOK_BACK; i--) {
    const other = reading.records[i] as Record;
    if (part.paragraph - other.paragraph > PARAGRAPHS_BACK) break;
    const quantity = other.value?.quantity;
    if (!quantity || quantity.unit.dimension !== value.unit.dimension || quantity.per !== null) continue;
    const isFirst = found.length === 0;
    const within = isFirst && holdsExplicitly(reading, other, part);
    const isTold = within || (isFirst && quantity.segment === value.segment && mention.role !== "share");
    const fit = isNamed ? likeness(labelOf(reading, other), wanted) : 0;
    if (quantity.center < value.center && !isTold && fit < 0.8) continue;
    const kind: Kind = within ? "within" : isFirst && quantity.segment === value.segment ? "before" : "any";
    found.push({ whole: quantity, kind, fit });
  }
  if (!isNamed) return found;
  const best = found.reduce((most, { fit }) => Math.max(most, fit), 0);
  return found
    .filter(({ fit, kind }) => fit >= 0.45 || kind === "within")
    .map((one) =>
      one.fit >= 0.55 && wanted.length >= 3 && one.fit === best ? { ...one, kind: "named" as const } : one,
    );
}

/** 分别占总户数和总人口的93.51%和97.66%: the second share is of the second whole. */
function wholeNamed(reading: Reading, mention: Mention): string {
  const names = mention.whole.split(/[、和与及]/);
  if (names.length < 2 || !mention.isEach) return mention.whole;
  let place = 0;
  while (
    place < names.length &&
    JOINED.test(reading.mentions[mention.index - place]?.quantity.lead.trim() ?? "")
  )
    place++;
  return names[place] ?? "";
}

/** 62户贫困户中有40户: the next value of the dimension, in the same sentence, opened by 中 or 其中. */
function holdsExplicitly(reading: Reading, whole: Record, part: Record): boolean {
  if (whole.sentence !== part.sentence) return false;
  const words = reading.scan.plain.slice(quantityOf(whole).end, quantityOf(part).start);
  return words.length < 40 && /中[,，]?(?:有|已|的|,)?|其中|已有|已经有/.test(words);
}

// --- doubts ---

/** One slip must explain the contradiction, and chance seldom. */
const RARE = 0.6;

type Settled = { readonly share: Share; readonly by: Candidate };

function doubtOf(reading: Reading, share: Share, nearby: readonly Settled[]): Worked | undefined {
  const { mention, candidates } = share;
  const only = (kind: Kind) => {
    const those = candidates.filter((candidate) => candidate.kind === kind);
    return those.length === 1 ? those[0]?.worked : undefined;
  };
  const stated = only("stated");
  if (stated) return stated;
  const sure =
    only("within") ?? only("named") ?? (mention.role === "completion" ? nearestPlan(share) : undefined);
  if (sure && quotientRarity(sure) <= RARE) return sure;
  const plain = onlyNamed(candidates);
  if (plain) return plain;
  const beside = likeNeighbours(reading, share, nearby);
  if (beside) {
    const rare = quotientRarity(beside.worked);
    if (rare <= RARE || (beside.neighbours >= 3 && rare < UNEXPLAINED)) return beside.worked;
  }
  const own = byRoot(mention, candidates);
  return own && quotientRarity(own) < UNEXPLAINED ? own : undefined;
}

/** The only task, or the one that stands right before its value: 预算数318.61亿元，决算数308.33亿元，完成预算的96.8%. */
function nearestPlan({ record, candidates }: Share): Worked | undefined {
  const plans = candidates.filter(({ kind }) => kind === "planned");
  const [first] = plans;
  if (!first || plans.length === 1) return first?.worked;
  const isNext =
    first.whole.segment === record.value?.quantity.segment && first.whole.start < first.part.start;
  return isNext && first.part.start - first.whole.end < 24 ? first.worked : undefined;
}

/** A whole of that very name in the same sentence, and no other: no slip is needed to be sure. */
function onlyNamed(candidates: readonly Candidate[]): Worked | undefined {
  const named = candidates.filter(({ kind }) => kind === "named");
  const [only] = named;
  return only && named.length === 1 && only.whole.sentence === only.part.sentence ? only.worked : undefined;
}

function byRoot(mention: Mention, candidates: readonly Candidate[]): Worked | undefined {
  if (mention.role === "share" || rootOf(mention) === "") return undefined;
  return candidates.find(({ kind }) => kind === "before" || kind === "within")?.worked;
}

/** The whole that the neighbours are shares of, or the value in the same place as theirs. */
function likeNeighbours(
  reading: Reading,
  share: Share,
  nearby: readonly Settled[],
): { worked: Worked; neighbours: number } | undefined {
  const isShare = (mention: Mention) => mention.role === "share";
  const same = nearby.filter(
    ({ share: { mention } }) =>
      isShare(mention) === isShare(share.mention) && mention.whole === share.mention.whole,
  );
  const before = same.filter(({ by }) => by.kind === "before").length;
  const own = share.candidates.find(({ kind }) => kind === "before");
  if (own && before > 0 && before === same.length && isShare(share.mention))
    return { worked: own.worked, neighbours: before };
  for (const { by } of same) {
    const neighbours = same.filter((one) => one.by.whole === by.whole).length;
    const part = share.record.value?.quantity;
    if (!part || part.unit.dimension !== by.whole.unit.dimension || part === by.whole) continue;
    const worked = quotientOf(reading, "ratio", { part, whole: by.whole, percent: share.mention.quantity });
    if (worked) return { worked, neighbours };
  }
  return undefined;
}

// --- shares whose whole is nowhere ---

/** 占63.35%, 占18.70%: values and shares of three or more imply one and the same whole. */
function impliedWholes(reading: Reading, shares: readonly Share[]): readonly Worked[] {
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
function nestedWholes(reading: Reading, shares: readonly Share[]): readonly Worked[] {
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
