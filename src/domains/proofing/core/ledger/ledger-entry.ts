/**
 * What the ledger says of one indicator in one month, in the exact intervals of this domain.
 *
 * Words:
 * - half: half a unit of the last digit that the ledger's own source printed. A draft that is more precise than that is
 *   compared within it; "55亿元" counts as 55.0, since whole figures of 亿元 and of percent drop their zero.
 */
import { type Decimal, dec } from "../../../../shared/decimal.ts";
import type { Assessment, Missing, Ref, Traced } from "../../../indicators/core/assessment.ts";
import { isMissing } from "../../../indicators/core/traced.ts";
import type { Measure } from "../../../ledger/core/measure.ts";
import { ceilDiv, DECIMALS, dividedBy, exactly, floorDiv, type Interval, ONE, times } from "../interval.ts";
import { unitAt } from "../reading/units.ts";

export type LedgerNumber = {
  /** in 10⁻¹⁰ of the base unit, as figures of a draft are; percent for a rate */
  readonly center: bigint;
  readonly half: bigint;
  /** worked out from several facts: known within `half` and not better */
  readonly isDerived: boolean;
  readonly refs: readonly Ref[];
};

export type LedgerRank = {
  readonly place: number;
  readonly of: number;
  /** as the prefecture printed it, where the ledger has that */
  readonly printed: number | undefined;
  readonly by: "growth" | "value";
  readonly refs: readonly Ref[];
};

export type LedgerEntry = {
  readonly value?: LedgerNumber;
  readonly month?: LedgerNumber;
  readonly growth?: LedgerNumber;
  readonly target?: LedgerNumber;
  readonly completion?: LedgerNumber;
  readonly rank?: LedgerRank;
};

export type EntryFacts = {
  readonly measure: Measure;
  readonly assessment: Assessment;
  readonly figures: readonly {
    readonly id: number;
    readonly stated: string | null;
    readonly qualifier: string | null;
  }[];
  /** whether every member of the comparison set may be read: else nobody here knows the rank */
  readonly isWholeSet: boolean;
};

export function entryOf(facts: EntryFacts): LedgerEntry {
  const { assessment, measure } = facts;
  const figures = new Map(facts.figures.map((figure) => [`f${figure.id}`, figure]));
  const known = (traced: Traced | Missing): traced is Traced =>
    !isMissing(traced) && traced.refs.every((ref) => !figures.get(ref)?.qualifier);
  const halfOf = (ref: Ref): bigint => printedHalf(measure, figures.get(ref)?.stated ?? null);
  const money = (traced: Traced): LedgerNumber => ({
    center: inBase(measure, traced.value),
    half: traced.refs.reduce((sum, ref) => sum + halfOf(ref), 0n),
    isDerived: traced.refs.length > 1,
    refs: traced.refs,
  });
  const value = known(assessment.value) ? money(assessment.value) : undefined;
  const target = targetOf(assessment, measure);
  const { growth, month } = assessment;
  return {
    ...(value && { value }),
    ...(known(month) && { month: money(month) }),
    ...(known(growth) && { growth: growthOf(growth, { value, halfOf }) }),
    ...(target && { target }),
    ...(value && target && known(assessment.completion) && completionOf(value, target)),
    ...rankOf(facts),
  };
}

function targetOf({ targets }: Assessment, measure: Measure): LedgerNumber | undefined {
  const target = targets.find(({ kind }) => kind === "value");
  if (!target) return undefined;
  const half = printedHalf(measure, target.stated);
  return { center: inBase(measure, target.value), half, isDerived: false, refs: [target.ref] };
}

type GrowthContext = { value: LedgerNumber | undefined; halfOf: (ref: Ref) => bigint };

/** A published rate has a decimal; one that is worked out is as good as its two values. */
function growthOf(
  growth: Exclude<Assessment["growth"], Missing>,
  { value, halfOf }: GrowthContext,
): LedgerNumber {
  const center = scaled(growth.value);
  const { refs, origin } = growth;
  if (origin === "reported") {
    return { center, half: halfDigit(Math.max(1, growth.value.decimalPlaces())), isDerived: false, refs };
  }
  const factor = center + 100n * ONE; // now ÷ before, in percent
  const [base] = refs.slice(1);
  if (!value || base === undefined || factor <= 0n) return { center, half: ONE, isDerived: true, refs };
  const before = (value.center * 100n * ONE) / factor;
  if (before <= 0n) return { center, half: ONE, isDerived: true, refs };
  const half = ceilDiv((value.half * 100n + (halfOf(base) * factor) / ONE) * ONE, before);
  return { center, half, isDerived: true, refs };
}

function completionOf(value: LedgerNumber, target: LedgerNumber): { completion: LedgerNumber } | undefined {
  const around = ({ center, half }: LedgerNumber): Interval => ({ lo: center - half, hi: center + half });
  const percent = dividedBy(times(around(value), exactly(100n * ONE)), around(target));
  if (!percent) return undefined;
  const center = (value.center * 100n * ONE) / target.center;
  const [below, above] = [center - percent.lo, percent.hi - center];
  const half = below > above ? below : above;
  return { completion: { center, half, isDerived: true, refs: [...value.refs, ...target.refs] } };
}

/** Only among all members, each with its figure; equals may be counted in more than one way. */
function rankOf({ assessment: { rank }, isWholeSet }: EntryFacts): { rank: LedgerRank } | undefined {
  if (isMissing(rank) || rank.missing.length > 0 || rank.tied || !isWholeSet) return undefined;
  const { rank: place, of, by, stated } = rank;
  const refs = stated ? [stated.ref, ...rank.refs] : rank.refs;
  return { rank: { place, of, by, printed: stated?.rank, refs } };
}

function scaled(value: Decimal): bigint {
  return BigInt(value.times(`1e${DECIMALS}`).toFixed(0));
}

/** A value in the canonical unit of the measure. */
function inBase(measure: Measure, value: Decimal): bigint {
  return scaled(value.times(dec(hundredthsOf(measure.unit).toString())).div(100));
}

function hundredthsOf(unit: string): bigint {
  return unitAt(unit, 0)?.unit.hundredths ?? 100n;
}

function halfDigit(decimals: number): bigint {
  return decimals >= DECIMALS ? 0n : 5n * 10n ** BigInt(DECIMALS - decimals - 1);
}

const PRINTED = /^\s*-?[\d,]+(?:\.(\d+))?\s*([^\d\s]*)\s*$/;

/** Of "78.5 亿元" 0.05 亿元; of a figure whose print is not kept half of the canonical unit. */
function printedHalf(measure: Measure, stated: string | null): bigint {
  const match = PRINTED.exec(stated ?? "");
  const unit = match?.[2] || measure.unit;
  const decimals = match?.[1]?.length ?? (unit === measure.displayUnit ? Math.min(1, measure.decimals) : 0);
  return floorDiv(halfDigit(decimals) * hundredthsOf(unit), 100n);
}
