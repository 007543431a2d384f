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
import type { Mention } from "../reading/roles.ts";
import { isConsistent, type Worked } from "./draft-claim.ts";
import { quotientRarity, UNEXPLAINED } from "./evidence.ts";
import { quotientOf } from "./quotients.ts";

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
  const settled: { share: Share; by: Candidate }[] = [];
  for (const record of reading.records) {
    for (const mention of record.said) {
      const share = shareOf(reading, record, mention);
      if (!share) continue;
      const by = share.candidates.find(({ worked }) => isConsistent(worked));
      if (by) {
        settled.push({ share, by });
        found.push(by.worked);
      } else open.push(share);
    }
  }
  for (const share of open) {
    const worked = doubtOf(reading, share, settled);
    if (worked) found.push(worked);
  }
  return found;
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
  for (const part of partsFor(reading, record, mention)) {
    for (const { whole, kind } of wholesFor(reading, part, mention)) add(quantityOf(part), whole, kind);
  }
  return candidates;
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
  for (let i = record.index; i >= Math.max(0, record.index - 4); i--) {
    const other = reading.records[i] as Record;
    if (other.sentence !== mention.quantity.sentence) break;
    if (other.value?.role !== "value" || other.bracket !== mention.quantity.bracket) continue;
    if (root === "" ? parts.length === 0 || isGlued(other, parts.at(-1)) : carries(reading, other, root))
      parts.push(other);
    else if (root === "") break;
  }
  return parts;
}

/** 743户3171人: the households right before the persons. */
function isGlued(before: Record, after: Record | undefined): boolean {
  return after !== undefined && quantityOf(after).start - quantityOf(before).end <= 1;
}

/** 已开工28个, 28个开工建设: the words of the figure name what the rate is named after. */
function carries(reading: Reading, record: Record, root: string): boolean {
  return (
    `${record.subject} ${labelOf(reading, record)}`.includes(root.slice(-2)) ||
    quantityOf(record).lead.includes(root.slice(0, 2))
  );
}

// --- wholes ---

/** Tasks and plans of the same dimension, nearest first, some sentences back. */
function plansBefore(reading: Reading, record: Record, mention: Mention): readonly Quantity[] {
  const dimension = record.value?.quantity.unit.dimension;
  const plans: Quantity[] = [];
  const at = reading.mentions.indexOf(mention);
  for (let i = at - 1; i >= Math.max(0, at - 16) && plans.length < 3; i--) {
    const other = reading.mentions[i] as Mention;
    if (mention.quantity.sentence - other.quantity.sentence > 2) break;
    if (other.quantity.unit.dimension !== dimension || other.quantity === record.value?.quantity) continue;
    if (other.role === "target" || (other.role === "value" && /计划|任务|目标|预算/.test(other.subject)))
      plans.push(other.quantity);
  }
  return plans;
}

type Whole = { readonly whole: Quantity; readonly kind: Kind };

function wholesFor(reading: Reading, part: Record, mention: Mention): readonly Whole[] {
  const value = quantityOf(part);
  const wanted = coreName(mention.whole);
  const isNamed = mention.role === "share" && wanted.length >= 2;
  const found: (Whole & { fit: number })[] = [];
  for (let i = part.index - 1; i >= Math.max(0, part.index - 40) && found.length < LOOK_BACK; i--) {
    const other = reading.records[i] as Record;
    if (part.paragraph - other.paragraph > PARAGRAPHS_BACK) break;
    const quantity = other.value?.quantity;
    if (!quantity || quantity.unit.dimension !== value.unit.dimension || quantity.per !== null) continue;
    const isFirst = found.length === 0;
    const within = isFirst && holdsExplicitly(reading, other, part);
    if (quantity.center < value.center && !within) continue;
    const kind: Kind = within ? "within" : isFirst && quantity.segment === value.segment ? "before" : "any";
    found.push({ whole: quantity, kind, fit: isNamed ? likeness(labelOf(reading, other), wanted) : 0 });
  }
  if (!isNamed) return found;
  const best = found.reduce((most, { fit }) => Math.max(most, fit), 0);
  return found
    .filter(({ fit, kind }) => fit >= 0.45 || kind === "within")
    .map((one) => (one.fit >= 0.55 && one.fit === best ? { ...one, kind: "named" as const } : one));
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

function doubtOf(
  reading: Reading,
  share: Share,
  settled: readonly { share: Share; by: Candidate }[],
): Worked | undefined {
  const { mention, candidates } = share;
  const only = (kind: Kind) => {
    const those = candidates.filter((candidate) => candidate.kind === kind);
    return those.length === 1 ? those[0]?.worked : undefined;
  };
  const stated = only("stated");
  if (stated) return stated;
  const nearby = settled.filter((one) => isBeside(one.share.mention, mention));
  const sure =
    only("within") ??
    only("named") ??
    (mention.role === "completion" ? only("planned") : undefined) ??
    byRoot(mention, candidates);
  if (sure && quotientRarity(sure) <= RARE) return sure;
  const beside = likeNeighbours(reading, share, nearby);
  return beside &&
    (quotientRarity(beside.worked) <= RARE ||
      (beside.neighbours >= 3 && quotientRarity(beside.worked) < UNEXPLAINED))
    ? beside.worked
    : undefined;
}

function byRoot(mention: Mention, candidates: readonly Candidate[]): Worked | undefined {
  if (mention.role === "share" || rootOf(mention) === "") return undefined;
  return candidates.find(({ kind }) => kind === "before" || kind === "within")?.worked;
}

function isBeside(a: Mention, b: Mention): boolean {
  return (
    a !== b &&
    a.quantity.paragraph === b.quantity.paragraph &&
    Math.abs(a.quantity.sentence - b.quantity.sentence) <= 1
  );
}

/** The whole that the neighbours are shares of, or the value in the same place as theirs. */
function likeNeighbours(
  reading: Reading,
  share: Share,
  nearby: readonly { share: Share; by: Candidate }[],
): { worked: Worked; neighbours: number } | undefined {
  const same = nearby.filter(
    ({ share: other }) =>
      other.mention.role === share.mention.role && other.mention.whole === share.mention.whole,
  );
  const before = same.filter(({ by }) => by.kind === "before").length;
  const own = share.candidates.find(({ kind }) => kind === "before");
  if (own && before > 0 && before === same.length) return { worked: own.worked, neighbours: before };
  for (const { by } of same) {
    const neighbours = same.filter((one) => one.by.whole === by.whole).length;
    const part = share.record.value?.quantity;
    if (!part || part.unit.dimension !== by.whole.unit.dimension || part === by.whole) continue;
    const worked = quotientOf(reading, "ratio", { part, whole: by.whole, percent: share.mention.quantity });
    if (worked) return { worked, neighbours };
  }
  return undefined;
}
