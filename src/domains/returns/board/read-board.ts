/** 未报情况: form × unit × period, with lateness in working days and how well each unit reports. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { subtree } from "../../../shared/region-code.ts";
import { scopedRegion } from "../../ledger/index.ts";
import type { BoardQuery, BoardView, Origin, Status, UnitBrief } from "../contract.ts";
import { daysLate } from "../core/due-day.ts";
import { scoreUnit } from "../core/unit-score.ts";
import type { FiledReturn } from "../core/unit-score.ts";
import { toFormRow } from "../forms/read-forms.ts";
import { listVersions } from "../forms/store.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import { sightOf } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";

/** Periods shown when none are asked for, and at most. */
const USUAL = 12;
const MOST = 60;

type Row = {
  county: number;
  id: number;
  unit: number;
  period: string;
  status: Status;
  origin: Origin;
  /** day in China of the first submission */
  submittedOn: string | null;
  sentBack: number;
  amended: number;
};
/** dueDay: of its own county's opening; late: working days */
type Cell = Row & { dueDay: string; late: number };
type UnitRow = Omit<UnitBrief, "region"> & {
  region: number;
  level: UnitBrief["region"]["level"];
  regionZh: string;
  regionEn: string | null;
};
type Opening = { county: number; period: string; dueDay: string; isLocked: boolean };

/** @throws FORM_NOT_FOUND, OUT_OF_SCOPE */
export async function readBoard(
  tx: Tx,
  query: BoardQuery,
  { viewer, today }: { viewer: Viewer; today: string },
): Promise<BoardView> {
  const [form] = await listVersions(tx, query.form);
  if (form === undefined) throw FORM_NOT_FOUND();
  const range = subtree(scopedRegion(tx.actor, query.within));
  const byOpening = groupBy(await listOpenings(tx, query), ({ period }) => period);
  const periods = [...byOpening.keys()];
  const rows = await listRows(tx, query.form, periods, { ...range, viewer });
  const byPeriod = groupBy(toCells(rows, [...byOpening.values()].flat(), today), ({ period }) => period);
  const units = await listUnits(tx, rows);
  // through the periods, so that the cells of a unit are in their order
  const byUnit = groupBy(
    periods.flatMap((period) => byPeriod.get(period) ?? []),
    ({ unit }) => unit,
  );
  return {
    form: toFormRow(form, viewer),
    periods: [...byOpening].map(([period, openings]) => ({
      period,
      ...mergeOpenings(openings),
      ...sumPeriod(byPeriod.get(period) ?? []),
    })),
    units: units.map((unit) => {
      const own = byUnit.get(unit.id) ?? [];
      const filed = own.flatMap((cell) => toFiled(cell, today));
      const { timeliness, quality, score } = scoreUnit(filed);
      return {
        unit: toUnit(unit),
        cells: own.map(({ id, period, status, origin, late }) => ({
          id,
          period,
          status,
          origin,
          daysLate: late,
        })),
        timeliness: round(timeliness),
        quality: round(quality),
        score: round(score),
      };
    }),
  };
}

/** A board has thousands of cells and a handful of days: counting over the calendar is done once for each pair of days. */
function toCells(rows: readonly Row[], openings: readonly Opening[], today: string): Cell[] {
  const dueDays = new Map(openings.map(({ county, period, dueDay }) => [`${county} ${period}`, dueDay]));
  const known = new Map<string, number>();
  return rows.map((row) => {
    const dueDay = dueDays.get(`${row.county} ${row.period}`);
    if (dueDay === undefined) throw new Error(`return ${row.id} of a period that was never opened`);
    const days = `${dueDay} ${row.submittedOn}`;
    const late = known.get(days) ?? daysLate(dueDay, row.submittedOn, today);
    known.set(days, late);
    return Object.assign(row, { dueDay, late });
  });
}

/** Over counties: what is due last, and locked when it is locked everywhere. */
function mergeOpenings(openings: readonly Opening[]) {
  const dueDay = openings.map((one) => one.dueDay).reduce((one, other) => (one > other ? one : other));
  return { dueDay, isLocked: openings.every((one) => one.isLocked) };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const round = (x: number | null): number | null => (x === null ? null : Math.round(x * 10) / 10);

/** What is not yet due says nothing about the unit, unless it has come in. */
function toFiled({ dueDay, submittedOn, sentBack, amended, late }: Cell, today: string): FiledReturn[] {
  const isSubmitted = submittedOn !== null;
  if (!isSubmitted && today <= dueDay) return [];
  return [{ daysLate: late, isSubmitted, sentBack, amended }];
}

function sumPeriod(cells: readonly Cell[]) {
  return {
    due: cells.length,
    submitted: cells.filter(({ submittedOn }) => submittedOn !== null).length,
    accepted: cells.filter(({ status }) => status === "accepted").length,
    late: cells.filter(({ late }) => late > 0).length,
  };
}

/** By period. */
async function listOpenings(tx: Tx, query: BoardQuery): Promise<Opening[]> {
  const most = query.from === undefined ? USUAL : MOST;
  const { rows } = await tx.query<Opening>(sql`
    SELECT o.county, o.period, o.due_day::text AS "dueDay", o.is_locked AS "isLocked"
    FROM returns.openings o JOIN (
      SELECT DISTINCT period COLLATE "C" AS period FROM returns.openings
      WHERE form = ${query.form} AND period >= ${query.from ?? ""} AND period <= ${query.to ?? "9999"}
      ORDER BY 1 DESC LIMIT ${most}) latest ON latest.period = o.period
    WHERE o.form = ${query.form} ORDER BY latest.period, o.county`);
  return rows;
}

/** Without the openings: under their row policies a join costs more than all the rest. */
async function listRows(
  tx: Tx,
  form: string,
  periods: readonly string[],
  { from, to, viewer }: { from: number; to: number; viewer: Viewer },
): Promise<Row[]> {
  const { rows } = await tx.query<Row>(sql`
    SELECT r.county, r.id, r.unit, r.period, r.status, r.origin, r.sent_back AS "sentBack", r.amended,
      (r.submitted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "submittedOn"
    FROM returns.returns r
    WHERE r.form = ${form} AND r.period = ANY (${periods}::text[])
      AND r.region >= ${from} AND r.region < ${to} ${sightOf(viewer)}`);
  return rows;
}

async function listUnits(tx: Tx, rows: readonly Row[]): Promise<UnitRow[]> {
  const ids = [...new Set(rows.map(({ unit }) => unit))];
  const { rows: units } = await tx.query<UnitRow>(sql`
    SELECT u.id, u.code, u.name_zh AS "nameZh", u.name_en AS "nameEn", u.region, p.level, p.name_zh AS "regionZh",
      p.name_en AS "regionEn"
    FROM org.units u JOIN org.regions p ON p.code = u.region WHERE u.id = ANY (${ids}::bigint[]) ORDER BY u.region, u.id`);
  return units;
}

function toUnit({ id, code, nameZh, nameEn, region, level, regionZh, regionEn }: UnitRow): UnitBrief {
  return { id, code, nameZh, nameEn, region: { code: region, level, nameZh: regionZh, nameEn: regionEn } };
}
