/**
 * What a return is compared with: the same rows a period and a year before, and the ledger around its region.
 * A number comes from the ledger where its column is posted, so that corrections count; from the accepted return of that
 * period otherwise. What lies outside the viewer's scope is blank, and a rule over it says nothing; so is the ledger to who may not read it.
 */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import { type Decimal, dec, sum } from "../../../shared/decimal.ts";
import type { NumberRecord } from "../../../shared/expression.ts";
import {
  addPeriods,
  monthsElapsed,
  period as readPeriod,
  previousInYear,
  sameLastYear,
} from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { conversionShift, shiftPoint } from "../../../shared/quantity.ts";
import { countyOf, parentOf } from "../../../shared/region-code.ts";
import { loadMeasures } from "../../ledger/index.ts";
import type { MeasureCatalog } from "../../ledger/index.ts";
import type { ReadyRule, Surroundings } from "../core/check-return.ts";
import { numbersOf } from "../core/check-return.ts";
import { type Column, type FormDefinition, ledgerSubject, type RecordName } from "../core/form.ts";
import type { StoredReturn, StoredRow } from "./store.ts";

type About = Pick<StoredReturn, "county" | "unit" | "region" | "form" | "period">;
type Rows = Map<string, Map<string, Decimal>>;
type Asked = {
  about: About;
  seesLedger: boolean;
  form: FormDefinition;
  period: Period;
  catalog: MeasureCatalog;
};

export async function readSurroundings(
  tx: Tx,
  { about, seesLedger }: { about: About; seesLedger: boolean },
  form: FormDefinition,
  rules: readonly ReadyRule[],
): Promise<Surroundings> {
  const period = readPeriod(about.period);
  const asked = { about, seesLedger, form, period, catalog: await loadMeasures(tx) };
  const before = addPeriods(period, -1);
  const yearAgo = sameLastYear(period);
  const read = namesRead(rules);
  // Side by side: the statements travel together.
  const [posted, filed, ledger, parent, children] = await Promise.all([
    readPosted(tx, asked, [before, yearAgo]),
    readFiled(tx, asked, [before, yearAgo]),
    readMeasures(tx, asked, about.region, read.get("ledger")),
    readMeasures(tx, asked, parentOf(about.region), read.get("parent")),
    readChildren(tx, asked, read.get("children")),
  ]);
  const last = merge(filed.get(before), posted.get(before));
  if (previousInYear(period) === undefined) forgetYearToDate(last, form);
  const lastYear = merge(filed.get(yearAgo), posted.get(yearAgo));
  return { last, lastYear, ledger, parent, children, period: numbersOfPeriod(period) };
}

function numbersOfPeriod(period: Period): NumberRecord {
  const third = period.length === 9 ? Number(period.slice(8)) : 3;
  return new Map([
    ["year", dec(period.slice(0, 4))],
    ["month", dec(monthsElapsed(period))],
    ["third", dec(third)],
  ]);
}

function namesRead(rules: readonly ReadyRule[]): Map<RecordName, Set<string>> {
  const read = new Map<RecordName, Set<string>>();
  for (const { expression } of rules) {
    for (const [record, names] of expression.names) {
      const all = read.get(record as RecordName) ?? new Set();
      for (const name of names) all.add(name);
      read.set(record as RecordName, all);
    }
  }
  return read;
}

/** The later argument wins, number by number. */
function merge(under: Rows | undefined, over: Rows | undefined): Rows {
  const merged: Rows = new Map();
  for (const rows of [under, over])
    for (const [subject, numbers] of rows ?? [])
      merged.set(subject, new Map([...(merged.get(subject) ?? []), ...numbers]));
  return merged;
}

/** A running total begins anew with the year. */
function forgetYearToDate(rows: Rows, form: FormDefinition): void {
  const running = form.columns.filter(({ posts }) => posts?.basis === "ytd" && posts.aspect === "value");
  for (const numbers of rows.values()) for (const { code } of running) numbers.delete(code);
}

const currentOnly = sql`NOT EXISTS (SELECT FROM ledger.corrections c WHERE c.county = f.county AND c.superseded = f.id OFFSET 0)`;
type LedgerNumber = {
  region: number;
  period: string;
  subject: string;
  measure: number;
  aspect: string;
  basis: string;
  value: string;
};

async function readLedger(
  tx: Tx,
  where: {
    county: number;
    regions: Sql;
    periods: readonly string[];
    measures: readonly number[];
    subjects: Sql;
  },
): Promise<LedgerNumber[]> {
  if (where.measures.length === 0) return [];
  const { rows } = await tx.query<LedgerNumber>(sql`
    SELECT f.region, f.period, f.subject, f.measure, f.aspect, f.basis, f.value FROM ledger.figures f
    WHERE f.county = ${where.county} AND ${where.regions} AND f.period = ANY (${where.periods}::text[])
      AND f.measure = ANY (${where.measures}::integer[]) ${where.subjects} AND ${currentOnly}`);
  return rows;
}

const postingColumns = (form: FormDefinition): (Column & { posts: NonNullable<Column["posts"]> })[] =>
  form.columns.filter(
    (column): column is Column & { posts: NonNullable<Column["posts"]> } => column.posts !== null,
  );

const isOf = (
  column: { posts: NonNullable<Column["posts"]> },
  number: LedgerNumber,
  catalog: MeasureCatalog,
): boolean =>
  catalog.byCode.get(column.posts.measure)?.id === number.measure &&
  column.posts.basis === number.basis &&
  column.posts.aspect === number.aspect;

/** From the ledger's unit to the column's. Growth stays in percent. */
function inUnit(number: LedgerNumber, unit: string | null, catalog: MeasureCatalog): Decimal | undefined {
  const measure = catalog.byId.get(number.measure);
  if (number.aspect !== "value" || measure === undefined || unit === null) return dec(number.value);
  const shift = conversionShift(measure.unit, unit);
  return shift.ok ? dec(shiftPoint(dec(number.value).toFixed(), shift.value)) : undefined;
}

async function readPosted(
  tx: Tx,
  { about, seesLedger, form, catalog }: Asked,
  periods: readonly Period[],
): Promise<Map<string, Rows>> {
  if (!seesLedger) return new Map();
  const columns = postingColumns(form);
  const measures = columns.flatMap(({ posts }) => catalog.byCode.get(posts.measure)?.id ?? []);
  const prefix = form.subjects.kind === "list" ? `${form.subjects.prefix}:` : "";
  const subjects =
    prefix === ""
      ? sql`AND f.subject = ${ledgerSubject(form, "")}`
      : sql`AND starts_with(f.subject, ${prefix})`;
  const regions = sql`f.region = ${about.region}`;
  const numbers = await readLedger(tx, { county: about.county, regions, periods, measures, subjects });
  const byPeriod = new Map<string, Rows>();
  for (const number of numbers) {
    const column = columns.find((one) => isOf(one, number, catalog));
    const value = column && inUnit(number, column.unit, catalog);
    if (column === undefined || value === undefined) continue;
    const rows = byPeriod.get(number.period) ?? new Map<string, Map<string, Decimal>>();
    byPeriod.set(number.period, rows);
    const subject = number.subject.slice(prefix.length);
    const row = rows.get(subject) ?? new Map<string, Decimal>();
    rows.set(subject, row.set(column.code, value));
  }
  return byPeriod;
}

/** What the same unit's accepted returns of those periods say. */
async function readFiled(
  tx: Tx,
  { about, form }: Asked,
  periods: readonly Period[],
): Promise<Map<string, Rows>> {
  const { rows } = await tx.query<Pick<StoredRow, "subject" | "values"> & { period: string }>(sql`
    SELECT r.period, w.subject, w.cells AS values FROM returns.returns r
    JOIN returns.rows w ON w.county = r.county AND w.return = r.id AND w.version = r.accepted
    WHERE r.county = ${about.county} AND r.form = ${about.form} AND r.unit = ${about.unit}
      AND r.period = ANY (${periods}::text[])`);
  const byPeriod = new Map<string, Rows>();
  for (const row of rows) {
    const of = byPeriod.get(row.period) ?? new Map<string, Map<string, Decimal>>();
    byPeriod.set(row.period, of.set(row.subject, new Map(numbersOf(form, row))));
  }
  return byPeriod;
}

/** Measures of a region as rules name them: in the unit and basis of the column that posts them, else the ledger's own. */
async function readMeasures(
  tx: Tx,
  { seesLedger, form, period, catalog }: Asked,
  region: number | undefined,
  names: ReadonlySet<string> | undefined,
): Promise<NumberRecord> {
  const found = new Map<string, Decimal>();
  if (!seesLedger || region === undefined || names === undefined) return found;
  const measures = [...names].flatMap((name) => catalog.byCode.get(name)?.id ?? []);
  const numbers = await readLedger(tx, {
    county: countyOf(region),
    regions: sql`f.region = ${region}`,
    periods: [period],
    measures,
    subjects: sql`AND f.subject = 'region' AND f.aspect = 'value'`,
  });
  const columns = postingColumns(form).filter(({ posts }) => posts.aspect === "value");
  for (const number of numbers) {
    const measure = catalog.byId.get(number.measure);
    if (measure === undefined) continue;
    const column =
      columns.find(({ posts }) => posts.measure === measure.code && posts.basis === "ytd") ??
      columns.find(({ posts }) => posts.measure === measure.code);
    const basis = column?.posts.basis ?? (measure.kind === "stock" ? "point" : "ytd");
    const value = inUnit(number, column?.unit ?? measure.unit, catalog);
    if (number.basis === basis && value !== undefined) found.set(measure.code, value);
  }
  return found;
}

/** Sums over the regions right below; blank unless every one of them has the figure: a sum of some proves nothing. */
async function readChildren(
  tx: Tx,
  { about, seesLedger, form, catalog }: Asked,
  names: ReadonlySet<string> | undefined,
): Promise<NumberRecord> {
  const sums = new Map<string, Decimal>();
  if (!seesLedger || names === undefined) return sums;
  const columns = postingColumns(form).filter(
    ({ code, posts }) => names.has(code) && posts.aspect === "value",
  );
  const { rows: children } = await tx.query<{ code: number }>(
    sql`SELECT code FROM org.regions WHERE parent = ${about.region}`,
  );
  if (children.length === 0) return sums;
  const codes = children.map(({ code }) => code);
  const numbers = await readLedger(tx, {
    county: about.county,
    regions: sql`f.region = ANY (${codes}::bigint[])`,
    periods: [about.period],
    measures: columns.flatMap(({ posts }) => catalog.byCode.get(posts.measure)?.id ?? []),
    subjects: sql`AND f.subject = 'region'`,
  });
  for (const column of columns) {
    const own = numbers.filter((number) => isOf(column, number, catalog));
    const values = own.flatMap((number) => inUnit(number, column.unit, catalog) ?? []);
    if (values.length === children.length) sums.set(column.code, sum(values));
  }
  return sums;
}
