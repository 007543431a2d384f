/**
 * A row as an official types it → figures for the ledger, or every reason why not.
 *
 * An import runs this on a million rows, nearly all of which repeat a few hundred measures, units and periods.
 * The validator is therefore made once and remembers what it has read; a plain decimal number is converted by
 * moving its point. What is remembered is bounded: a file of a million different wrong units must not fill memory.
 */
import type { Basis, Period } from "../../../shared/period.ts";
import { shiftPoint } from "../../../shared/quantity.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { isPlainDecimal, parseQualifier, type Qualifier } from "../../../shared/typed-number.ts";
import { type Aspect, type FigureDraft, REGION_SUBJECT } from "./figure.ts";
import type { Measure } from "./measure.ts";
import type { RowField, RowProblem } from "./row-problem.ts";
import { ASPECT_WORDS, BASIS_WORDS, basisAllowed, readPeriod } from "./row-vocabulary.ts";
import { type CanonicalNumber, outOfRange, validateNumber, valueShift } from "./validate-number.ts";

/** Texts as typed; the caller has already found the region and knows that it exists. */
export type IncomingRow = {
  region: RegionCode;
  subject?: string | undefined;
  /** code or Chinese name */
  measure: string;
  aspect?: string | undefined;
  basis: string;
  period: string;
  value?: string | undefined;
  unit?: string | undefined;
  /** published growth in percent, beside the value */
  growth?: string | undefined;
  qualifier?: string | undefined;
};

/** One or two drafts: the value, the growth. */
export type RowOutcome = Result<readonly FigureDraft[], readonly RowProblem[]>;
export type RowValidator = (row: IncomingRow) => RowOutcome;

const LIMITS: readonly (readonly [keyof IncomingRow & RowField, number])[] = [
  ["subject", 60],
  ["measure", 60],
  ["aspect", 20],
  ["basis", 10],
  ["period", 20],
  ["value", 40],
  ["unit", 20],
  ["growth", 20],
  ["qualifier", 10],
];
const SUBJECT = /^(?:region|[a-z][a-z0-9-]*:[\p{L}\p{N}._-]+)$/u;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const REMEMBER_AT_MOST = 4096;

type Known = { measure: Measure; shifts: Map<string, number>; comparable: boolean };

/** `today` is an ISO date: a period that has not begun then lies in the future. */
export function makeRowValidator(measures: readonly Measure[], today: string): RowValidator {
  const known = new Map<string, Known>();
  for (const measure of measures) {
    const entry: Known = { measure, shifts: new Map(), comparable: measure.priceBasis === "comparable" };
    known.set(measure.code, entry);
    if (!known.has(measure.nameZh)) known.set(measure.nameZh, entry);
  }
  const periods = new Map<Basis, Map<string, Result<Period, RowProblem>>>();
  const subjects = new Set([REGION_SUBJECT]);

  function periodOf(text: string, basis: Basis): Result<Period, RowProblem> {
    let seen = periods.get(basis);
    if (!seen) periods.set(basis, (seen = new Map()));
    let read = seen.get(text);
    if (!read) {
      read = readPeriod(text, basis, today);
      if (seen.size < REMEMBER_AT_MOST) seen.set(text, read);
    }
    return read;
  }

  function subjectOk(subject: string): boolean {
    if (subjects.has(subject)) return true;
    if (!SUBJECT.test(subject)) return false;
    if (subjects.size < REMEMBER_AT_MOST) subjects.add(subject);
    return true;
  }

  return (row) => validateRow(row, known, periodOf, subjectOk);
}

function validateRow(
  row: IncomingRow,
  known: ReadonlyMap<string, Known>,
  periodOf: (text: string, basis: Basis) => Result<Period, RowProblem>,
  subjectOk: (subject: string) => boolean,
): RowOutcome {
  const problems: RowProblem[] = [];
  const tooLong = textProblems(row, problems);
  if (tooLong) return err(problems);
  const entry = known.get(row.measure) ?? known.get(row.measure.trim());
  const aspect = ASPECT_WORDS.get(row.aspect ?? "") ?? ASPECT_WORDS.get((row.aspect ?? "").trim());
  const basis = BASIS_WORDS.get(row.basis) ?? BASIS_WORDS.get(row.basis.trim());
  const subject = row.subject || REGION_SUBJECT;
  if (!entry) add(problems, "UNKNOWN_MEASURE", "measure", row.measure);
  if (!aspect) add(problems, "BAD_ASPECT", "aspect", row.aspect ?? "");
  if (!basis) add(problems, "BAD_BASIS", "basis", row.basis);
  if (!subjectOk(subject)) add(problems, "BAD_SUBJECT", "subject", subject);
  const period = basis && periodOf(row.period, basis);
  if (period && !period.ok) problems.push(period.error);
  if (entry && basis && !basisAllowed(entry.measure.kind, basis)) {
    problems.push({
      code: "BASIS_NOT_ALLOWED",
      field: "basis",
      params: { basis, kind: entry.measure.kind, measure: entry.measure.code },
    });
  }
  const qualifier = qualifierOf(row.qualifier, problems);
  const numbers = entry && aspect ? readNumbers(row, entry, aspect, problems) : undefined;
  if (problems.length > 0 || !entry || !aspect || !basis || !period?.ok || !numbers) return err(problems);
  const key = { region: row.region, subject, measure: entry.measure.code, basis, period: period.value };
  const drafts: FigureDraft[] = [];
  if (numbers.main) drafts.push(draft(key, aspect, numbers.main, qualifier));
  if (numbers.growth) drafts.push(draft(key, "growth", numbers.growth, null));
  return ok(drafts);
}

function draft(
  key: Omit<FigureDraft, "aspect" | "value" | "qualifier" | "stated">,
  aspect: Aspect,
  number: CanonicalNumber,
  qualifier: Qualifier | null,
): FigureDraft {
  return {
    region: key.region,
    subject: key.subject,
    measure: key.measure,
    aspect,
    basis: key.basis,
    period: key.period,
    value: number.value,
    qualifier: qualifier ?? number.qualifier,
    stated: number.stated,
  };
}

function add(problems: RowProblem[], code: RowProblem["code"], field: RowField, text: string): void {
  problems.push({ code, field, params: { text } });
}

/** True when a text is too long to be looked at any further. */
function textProblems(row: IncomingRow, problems: RowProblem[]): boolean {
  for (const [field, limit] of LIMITS) {
    const text = row[field];
    if (text === undefined || text === "") continue;
    if (text.length > limit) {
      problems.push({
        code: "TEXT_TOO_LONG",
        field,
        params: { limit: String(limit), length: String(text.length) },
      });
    } else if (mayBeUnprintable(text) && UNPRINTABLE.test(text)) {
      problems.push({ code: "BAD_TEXT", field, params: {} });
    }
  }
  return problems.length > 0;
}

/** Cheap look before the expression: controls lie below the space and from 0x7f to 0x9f, surrogates from 0xd800. */
function mayBeUnprintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff)) return true;
  }
  return false;
}

function qualifierOf(text: string | undefined, problems: RowProblem[]): Qualifier | null {
  if (!text) return null;
  const parsed = parseQualifier(text);
  if (parsed.ok) return parsed.value;
  add(problems, "BAD_QUALIFIER", "qualifier", text);
  return null;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text === "" || text.trim() === "";
}

/** The number of the row and the growth beside it; problems go into the list. */
function readNumbers(
  row: IncomingRow,
  entry: Known,
  aspect: Aspect,
  problems: RowProblem[],
): { main: CanonicalNumber | undefined; growth: CanonicalNumber | undefined } {
  const hasMain = !isBlank(row.value);
  const hasGrowth = !isBlank(row.growth);
  const main = hasMain ? take(readMain(row.value ?? "", row.unit ?? "", entry, aspect), problems) : undefined;
  const growth = hasGrowth ? take(readGrowth(row.growth ?? "", entry.measure), problems) : undefined;
  if (!hasMain && !(hasGrowth && aspect === "value")) add(problems, "NO_NUMBER", "value", "");
  if (hasGrowth && aspect !== "value") add(problems, "GROWTH_NOT_ALLOWED", "growth", row.growth ?? "");
  if (hasMain && !hasGrowth && aspect === "value" && entry.comparable) {
    problems.push({
      code: "COMPARABLE_GROWTH_MISSING",
      field: "growth",
      params: { measure: entry.measure.code },
    });
  }
  return { main, growth };
}

function take(
  read: Result<CanonicalNumber, RowProblem>,
  problems: RowProblem[],
): CanonicalNumber | undefined {
  if (read.ok) return read.value;
  problems.push(read.error);
  return undefined;
}

function readMain(
  text: string,
  unit: string,
  entry: Known,
  aspect: Aspect,
): Result<CanonicalNumber, RowProblem> {
  const shift = aspect === "value" && isPlainDecimal(text) ? shiftOf(entry, unit) : undefined;
  if (shift === undefined) return validateNumber(entry.measure, aspect, text, unit);
  const value = shiftPoint(text, shift);
  const problem = outOfRange(entry.measure, aspect, value);
  if (problem) return err({ code: problem, field: "value", params: { text } });
  return ok({ value, qualifier: null, stated: `${text} ${unit}` });
}

/** Remembered power of ten of a unit that is right for the measure; undefined sends the row the careful way. */
function shiftOf(entry: Known, unit: string): number | undefined {
  const seen = entry.shifts.get(unit);
  if (seen !== undefined) return seen;
  if (unit.trim() === "") return undefined;
  const shift = valueShift(entry.measure, unit);
  if (!shift.ok) return undefined;
  if (entry.shifts.size < REMEMBER_AT_MOST) entry.shifts.set(unit, shift.value);
  return shift.value;
}

function readGrowth(text: string, measure: Measure): Result<CanonicalNumber, RowProblem> {
  if (!isPlainDecimal(text)) return validateNumber(measure, "growth", text, "");
  const value = shiftPoint(text, 0);
  const problem = outOfRange(measure, "growth", value);
  if (problem) return err({ code: problem, field: "growth", params: { text } });
  return ok({ value, qualifier: null, stated: `${text}%` });
}
