/** 未报情况: form × unit × period, with lateness in working days and how well each unit reports. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { dayInChina } from "../../../shared/china-day.ts";
import { subtree } from "../../../shared/region-code.ts";
import { scopedRegion } from "../../ledger/index.ts";
import type { BoardQuery, BoardView, Status, UnitBrief } from "../contract.ts";
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
  id: number;
  unit: number;
  period: string;
  status: Status;
  submittedAt: string | null;
  sentBack: number;
  amended: number;
  /** of its own county's opening */
  dueDay: string;
};
type UnitRow = Omit<UnitBrief, "region"> & {
  region: number;
  level: UnitBrief["region"]["level"];
  regionZh: string;
  regionEn: string | null;
};
type PeriodRow = { period: string; dueDay: string; isLocked: boolean };

/** @throws FORM_NOT_FOUND, OUT_OF_SCOPE */
export async function readBoard(
  tx: Tx,
  query: BoardQuery,
  { viewer, today }: { viewer: Viewer; today: string },
): Promise<BoardView> {
  const [form] = await listVersions(tx, query.form);
  if (form === undefined) throw FORM_NOT_FOUND();
  const range = subtree(scopedRegion(tx.actor, query.within));
  const periods = await listPeriods(tx, query);
  const rows = await listCells(tx, query.form, periods, { ...range, viewer });
  const units = await listUnits(tx, rows);
  const late = (row: Row): number => {
    const on = row.submittedAt === null ? null : dayInChina(new Date(row.submittedAt));
    return daysLate(row.dueDay, on, today);
  };
  const byUnit = groupBy(rows, (row) => row.unit);
  const byPeriod = groupBy(rows, (row) => row.period);
  return {
    form: toFormRow(form, viewer),
    periods: periods.map((period) => ({ ...period, ...sumPeriod(byPeriod.get(period.period) ?? [], late) })),
    units: units.map((unit) => {
      const own = byUnit.get(unit.id) ?? [];
      const cells = own.map((row) => ({
        id: row.id,
        period: row.period,
        status: row.status,
        daysLate: late(row),
      }));
      const filed = own.flatMap((row): FiledReturn[] => toFiled(row, late(row), today));
      const { timeliness, quality, score } = scoreUnit(filed);
      return {
        unit: toUnit(unit),
        cells,
        timeliness: round(timeliness),
        quality: round(quality),
        score: round(score),
      };
    }),
  };
}

function groupBy<K>(rows: readonly Row[], keyOf: (row: Row) => K): ReadonlyMap<K, readonly Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const round = (x: number | null): number | null => (x === null ? null : Math.round(x * 10) / 10);

/** What is not yet due says nothing about the unit, unless it has come in. */
function toFiled(row: Row, late: number, today: string): FiledReturn[] {
  const isSubmitted = row.submittedAt !== null;
  if (!isSubmitted && today <= row.dueDay) return [];
  return [{ daysLate: late, isSubmitted, sentBack: row.sentBack, amended: row.amended }];
}

function sumPeriod(rows: readonly Row[], late: (row: Row) => number) {
  return {
    due: rows.length,
    submitted: rows.filter(({ submittedAt }) => submittedAt !== null).length,
    accepted: rows.filter(({ status }) => status === "accepted").length,
    late: rows.filter((row) => late(row) > 0).length,
  };
}

async function listPeriods(tx: Tx, query: BoardQuery): Promise<PeriodRow[]> {
  const most = query.from === undefined ? USUAL : MOST;
  const { rows } = await tx.query<PeriodRow>(sql`
    SELECT period, max(due_day)::text AS "dueDay", bool_and(is_locked) AS "isLocked" FROM returns.openings
    WHERE form = ${query.form} AND period >= ${query.from ?? ""} AND period <= ${query.to ?? "9999"}
    GROUP BY period ORDER BY period DESC LIMIT ${most}`);
  return rows.reverse();
}

async function listCells(
  tx: Tx,
  form: string,
  periods: readonly PeriodRow[],
  { from, to, viewer }: { from: number; to: number; viewer: Viewer },
): Promise<Row[]> {
  const { rows } = await tx.query<Row>(sql`
    SELECT r.id, r.unit, r.period, r.status, r.submitted_at AS "submittedAt", r.sent_back AS "sentBack", r.amended,
      o.due_day::text AS "dueDay"
    FROM returns.returns r JOIN returns.openings o ON o.county = r.county AND o.form = r.form AND o.period = r.period
    WHERE r.form = ${form} AND r.period = ANY (${periods.map(({ period }) => period)}::text[])
      AND r.region >= ${from} AND r.region < ${to} ${sightOf(viewer)}
    ORDER BY r.period, r.unit`);
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
