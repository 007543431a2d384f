/** Which values a percentage may be a share of. */
import { labelOf } from "../reading/labels.ts";
import { coreName, likeness } from "../reading/names.ts";
import type { Quantity } from "../reading/quantity.ts";
import { quantityOf, type Reading, type Record } from "../reading/records.ts";
import { JOINED, type Mention } from "../reading/roles.ts";
import type { Worked } from "./draft-claim.ts";
import { quotientOf } from "./quotients.ts";

/** How the text tells which whole is meant: stated right before the share, by 中有, by its name, as a task, by its place, or not. */
export type Kind = "stated" | "within" | "named" | "planned" | "before" | "any";
export type Candidate = {
  readonly worked: Worked;
  readonly part: Quantity;
  readonly whole: Quantity;
  readonly kind: Kind;
};
export type Share = {
  readonly mention: Mention;
  readonly record: Record;
  readonly candidates: readonly Candidate[];
};

const LOOK_BACK = 14;
const PARAGRAPHS_BACK = 8;

export function shareOf(reading: Reading, record: Record, mention: Mention): Share | undefined {
  const { role, quantity } = mention;
  if (role !== "share" && role !== "completion" && role !== "named-rate") return undefined;
  if (quantity.hedge === "over" || quantity.hedge === "under" || quantity.center <= 0n) return undefined;
  if (OF_BEFORE.test(quantity.lead)) return undefined;
  return { mention, record, candidates: candidatesFor(reading, record, mention) };
}

/** 占比由2012年的79.7%下降到57.4%: the share of another time, of values that are not told. */
const OF_BEFORE = /(?:由|从)[^,;。]{0,12}(?:[年月底末初]|上年|去年|同期|季度|时)的?$/;

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
export function rootOf(mention: Mention): string {
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
