/** Figures of a draft against the ledger: each becomes a claim with the facts that it was compared with. */
import { period as toPeriod, periodLabel } from "../../../../shared/period.ts";
import type { RegionCode } from "../../../../shared/region-code.ts";
import type { Claim } from "../claim.ts";
import { claimOf, digitsInPrint, inPrint, type Worked } from "../deciding/draft-claim.ts";
import { around, exactly, ONE, overlap } from "../interval.ts";
import { plainText } from "../reading/plain-text.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { LedgerEntry, LedgerNumber, LedgerRank } from "./ledger-entry.ts";
import type { NamedMeasure, NamedRegion } from "./ledger-words.ts";
import type { RecognisedFigure } from "./recognise.ts";

export type Compared = {
  readonly text: string;
  readonly figures: readonly RecognisedFigure[];
  readonly measures: readonly NamedMeasure[];
  readonly regions: readonly NamedRegion[];
  /** undefined where the ledger has nothing */
  readonly entryOf: (figure: RecognisedFigure) => LedgerEntry | undefined;
};

type Bilingual = { readonly zh: string; readonly en: string };

/** In the order of the figures; a figure that the ledger has nothing for makes no claim. */
export function claimsOfLedger({ text, figures, measures, regions, entryOf }: Compared): Claim[] {
  const plain = plainText(text);
  const regionOf = new Map<RegionCode, NamedRegion>(regions.map((region) => [region.code, region]));
  const measureOf = new Map(measures.map((measure) => [measure.code, measure]));
  return figures.flatMap((figure) => {
    const [entry, region, measure] = [
      entryOf(figure),
      regionOf.get(figure.region),
      measureOf.get(figure.measure),
    ];
    if (!entry || !region || !measure) return [];
    const said = {
      ...figure,
      says: plain.slice(figure.quantity.start, figure.quantity.end).replaceAll(" ", ""),
    };
    const compared = workedOf(said, entry, subjectOf(figure, { region, measure }));
    if (!compared) return [];
    const { correction, ...claim } = claimOf(passageOf(plain, figure), compared.worked);
    const isReplaceable = correction !== undefined && compared.isReplaceable;
    return [{ ...claim, ...(isReplaceable ? { correction } : {}), refs: compared.refs }];
  });
}

/** As much of the reading as a claim is written from: the text, and the clause of its one figure. */
function passageOf(plain: string, { quantity, clause }: RecognisedFigure): Reading {
  const clauses = [];
  clauses[quantity.clause] = clause;
  return {
    scan: { plain, clauses, quantities: [], proportions: [] },
    mentions: [],
    records: [],
    recordOf: [],
  };
}

/** 原平市2016年1—7月固定资产投资; of a target only the year. */
function subjectOf(
  { period, isMonth, aspect }: RecognisedFigure,
  { region, measure }: { region: NamedRegion; measure: NamedMeasure },
): Bilingual {
  const basis = isMonth ? "month" : "ytd";
  const when = toPeriod(aspect === "target" ? period.slice(0, 4) : period);
  return {
    zh: `${region.nameZh}${periodLabel(when, basis, "zh", true)}${measure.nameZh}`,
    en: `${measure.nameEn} of ${region.nameEn ?? region.nameZh}, ${periodLabel(when, basis, "en")},`,
  };
}

type Said = RecognisedFigure & { readonly says: string };
type Written = { worked: Worked; refs: readonly string[]; isReplaceable: boolean };

function workedOf(figure: Said, entry: LedgerEntry, subject: Bilingual): Written | undefined {
  switch (figure.aspect) {
    case "value":
      return ofNumber(figure, figure.isMonth ? entry.month : entry.value, {
        zh: (number) => `台账中${subject.zh}为${number}`,
        en: (number) => `${subject.en} is ${number} in the ledger`,
      });
    case "target":
      return ofNumber(figure, entry.target, {
        zh: (number) => `台账中${subject.zh}全年任务为${number}`,
        en: (number) => `${subject.en} has a target of ${number} in the ledger`,
      });
    case "completion":
      return ofNumber(figure, entry.completion, {
        zh: (number) => `按台账计算，${subject.zh}完成全年任务的${number}`,
        en: (number) => `${subject.en} has completed ${number} of the year's target by the ledger`,
      });
    case "growth":
      return entry.growth && ofGrowth(figure, entry.growth, subject);
    case "rank":
      return entry.rank && ofRank(figure, entry.rank, subject);
  }
}

type Sentence = { zh: (number: string) => string; en: (number: string) => string };

function ofNumber(
  { quantity, says }: Said,
  number: LedgerNumber | undefined,
  sentence: Sentence,
): Written | undefined {
  if (!number) return undefined;
  const digits = shownIn(quantity, number);
  const shown = { zh: sentence.zh(digits), en: sentence.en(digits) };
  const worked = written(quantity, { number, shown, says: { zh: says, en: says } });
  return { worked, refs: number.refs, isReplaceable: true };
}

/** A fall is printed without its sign: 下降52% against −52. Where even the direction differs, no digits would mend it. */
function ofGrowth({ quantity, sign, says }: Said, number: LedgerNumber, subject: Bilingual): Written {
  const center = sign === 1 ? number.center : -number.center;
  const isOpposite = center !== 0n && quantity.center !== 0n && center < 0n !== quantity.center < 0n;
  const size = number.center < 0n ? -number.center : number.center;
  const rate = shownIn(quantity, { ...number, center: size });
  const [zh, en] = number.center < 0n ? ["下降", "fell by"] : ["增长", "grew by"];
  const how = number.isDerived
    ? { zh: "按台账计算，", en: "by the values in the ledger" }
    : { zh: "台账中", en: "in the ledger" };
  const shown = { zh: `${how.zh}${subject.zh}同比${zh}${rate}`, en: `${subject.en} ${en} ${rate} ${how.en}` };
  const computed = isOpposite ? `${zh}${inPrint(quantity, size)}` : inPrint(quantity, center);
  const isFall = sign === -1 || quantity.center < 0n;
  const told = { zh: `${isFall ? "下降" : "增长"}${says}`, en: `it ${isFall ? "fell" : "grew"} by ${says}` };
  const worked = written(quantity, { number: { ...number, center }, shown, says: told, computed });
  return { worked, refs: number.refs, isReplaceable: !isOpposite };
}

function ofRank({ quantity, rankedBy }: Said, rank: LedgerRank, subject: Bilingual): Written | undefined {
  if (rankedBy !== undefined && rankedBy !== rank.by) return undefined;
  const place = BigInt(rank.place) * ONE;
  // The draft may hold to what the prefecture printed as well as to what the figures give.
  const right = quantity.center === place ? place : BigInt(rank.printed ?? rank.place) * ONE;
  const by = rank.by === "growth" ? { zh: "增速", en: "growth" } : { zh: "总量", en: "value" };
  const shown = {
    zh: `台账中${subject.zh}${by.zh}在${rank.of}个参排单位中居第${right / ONE}位`,
    en: `${subject.en} ranks ${right / ONE} of ${rank.of} by ${by.en} in the ledger`,
  };
  const stated = String(quantity.center / ONE);
  const number = { center: right, half: 0n, isDerived: false, refs: [] };
  const says = { zh: `第${stated}位`, en: `place ${stated}` };
  // any other place is one digit away: that explains nothing
  const worked = written(quantity, { number, shown, says, mayBeSlip: false });
  return { worked, refs: rank.refs, isReplaceable: true };
}

/** In the unit of the draft, with the digits that are known and no zeros beyond those of the draft. */
function shownIn(quantity: Quantity, { center, isDerived }: LedgerNumber): string {
  const digits = digitsInPrint(quantity, center, isDerived ? 1 : 6);
  const [whole = "", fraction = ""] = digits.split(".");
  const kept = fraction.slice(0, quantity.decimals) + fraction.slice(quantity.decimals).replace(/0+$/, "");
  return `${kept === "" ? whole : `${whole}.${kept}`}${quantity.unit.name}`;
}

type Writing = {
  number: LedgerNumber;
  shown: Bilingual;
  says: Bilingual;
  computed?: string;
  mayBeSlip?: false;
};

function written(quantity: Quantity, { number, shown, says, computed, mayBeSlip }: Writing): Worked {
  const { center, half, isDerived } = number;
  // What is printed more coarsely than the ledger's source is compared exactly; what is finer, within that print.
  const isFiner = isDerived || quantity.lastDigit < 2n * half;
  const expected = isFiner ? around(center, half) : exactly(center);
  return {
    relation: "ledger",
    stated: quantity,
    from: [],
    expected,
    center,
    sum: { zh: "", en: "" },
    ...(mayBeSlip === false ? {} : { holds: ([range]) => range !== undefined && overlap(range, expected) }),
    words: {
      holds: {
        zh: `${shown.zh}，与文中${says.zh}相符。`,
        en: `${shown.en}, which agrees with the text: ${says.en}.`,
      },
      fails: {
        zh: `${shown.zh}，文中为${says.zh}，二者不符。`,
        en: `${shown.en}, but the text says ${says.en}.`,
      },
      computed: computed ?? inPrint(quantity, center),
    },
  };
}
