/** SQL of returns: their state, course, content, explanations and files. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { CellReason, Origin } from "../contract.ts";
import type { ReturnState, Status, Verb } from "../core/course.ts";
import type { Explanation } from "../core/explanation.ts";
import type { ReturnRow } from "../core/form.ts";
import type { Viewer } from "../viewer.ts";
import { sightOf } from "../viewer.ts";

export type StoredReturn = ReturnState & {
  county: number;
  id: number;
  region: number;
  form: string;
  formVersion: number;
  period: string;
  unit: number;
  step: number;
  origin: Origin;
  submittedAt: string | null;
  /** account */
  submittedBy: number | null;
  /** accounts that have passed what is submitted */
  passedBy: readonly number[];
  acceptedAt: string | null;
  sentBack: number;
  amended: number;
  changed: number;
  explained: number;
  dueDay: string;
  isLocked: boolean;
  formZh: string;
  formEn: string;
  levels: number;
  unitCode: string;
  unitZh: string;
  unitEn: string;
  regionLevel: "country" | "province" | "prefecture" | "county" | "township" | "village";
  regionZh: string;
  regionEn: string | null;
};

const columns = sql`r.county, r.id, r.region, r.form, r.form_version AS "formVersion", r.period, r.unit, r.step, r.origin, r.status, r.level,
  r.version, r.accepted, r.submitted_at AS "submittedAt", r.submitted_by AS "submittedBy", r.passed_by AS "passedBy",
  r.accepted_at AS "acceptedAt", r.sent_back AS "sentBack", r.amended,
  r.changed, r.explained, o.due_day::text AS "dueDay", o.is_locked AS "isLocked",
  f.name_zh AS "formZh", f.name_en AS "formEn", f.levels, u.code AS "unitCode", u.name_zh AS "unitZh", u.name_en AS "unitEn",
  p.level AS "regionLevel", p.name_zh AS "regionZh", p.name_en AS "regionEn"`;
const joined = sql`JOIN returns.openings o ON o.county = r.county AND o.form = r.form AND o.period = r.period
  JOIN returns.forms f ON f.county = r.county AND f.code = r.form AND f.version = r.form_version
  JOIN org.units u ON u.county = r.county AND u.id = r.unit
  JOIN org.regions p ON p.code = r.region`;

export async function findReturn(tx: Tx, id: number, viewer: Viewer): Promise<StoredReturn | undefined> {
  const { rows } = await tx.query<StoredReturn>(sql`
    SELECT ${columns} FROM returns.returns r ${joined} WHERE r.id = ${id} ${sightOf(viewer)}`);
  return rows[0];
}

/** Whoever changes a return first holds it until the end: others wait and then see what became of it. */
export async function lockReturn(tx: Tx, { county, id }: Pick<StoredReturn, "county" | "id">): Promise<void> {
  await tx.query(sql`SELECT FROM returns.returns WHERE county = ${county} AND id = ${id} FOR UPDATE`);
}

export type ReturnFilter = {
  form?: string | undefined;
  period?: string | undefined;
  status?: string | undefined;
  unit?: number | undefined;
  /** nobody reviews his own */
  notUnit?: number | undefined;
  /** nor what he has submitted, or passed before, through another post */
  notBy?: number | undefined;
  /** forms and levels that the viewer reviews */
  waiting?: readonly { form: string; version: number; level: number }[] | undefined;
  after?: readonly [string, number] | undefined;
};

/** By what is due first. */
export async function listReturns(
  tx: Tx,
  viewer: Viewer,
  filter: ReturnFilter,
  limit: number,
): Promise<StoredReturn[]> {
  const conditions: Sql[] = [sql`true`];
  if (filter.form !== undefined) conditions.push(sql`r.form = ${filter.form}`);
  if (filter.period !== undefined) conditions.push(sql`r.period = ${filter.period}`);
  if (filter.status !== undefined) conditions.push(sql`r.status = ${filter.status}`);
  if (filter.unit !== undefined) conditions.push(sql`r.unit = ${filter.unit}`);
  if (filter.notUnit !== undefined) conditions.push(sql`r.unit <> ${filter.notUnit}`);
  if (filter.notBy !== undefined)
    conditions.push(
      sql`r.submitted_by IS DISTINCT FROM ${filter.notBy} AND NOT ${filter.notBy} = ANY (r.passed_by)`,
    );
  if (filter.waiting !== undefined)
    conditions.push(sql`r.status = 'submitted' AND (r.form, r.form_version, r.level) IN (
      SELECT * FROM unnest(${filter.waiting.map((one) => one.form)}::text[],
        ${filter.waiting.map((one) => one.version)}::integer[], ${filter.waiting.map((one) => one.level)}::integer[]))`);
  if (filter.after !== undefined)
    conditions.push(sql`(o.due_day, r.id) > (${filter.after[0]}::date, ${filter.after[1]})`);
  const { rows } = await tx.query<StoredReturn>(sql`
    SELECT ${columns} FROM returns.returns r ${joined}
    WHERE ${joinSql(conditions, " AND ")} ${sightOf(viewer)} ORDER BY o.due_day, r.id LIMIT ${limit}`);
  return rows;
}

// ── Course ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type StateChange = ReturnState & {
  submittedAt: string | null;
  submittedBy: number | null;
  passedBy: readonly number[];
  acceptedAt: string | null;
  sentBack: number;
  amended: number;
  changed: number;
  explained: number;
};

/** @returns false when somebody else took this step first */
export async function saveStep(
  tx: Tx,
  one: StoredReturn,
  to: StateChange,
  action: { verb: Verb; reason: string | null; cells: readonly CellReason[]; receipt?: string },
): Promise<boolean> {
  const { county, id, step } = one;
  const { count } = await tx.query(sql`
    UPDATE returns.returns SET step = ${step + 1}, status = ${to.status}, level = ${to.level}, version = ${to.version},
      accepted = ${to.accepted}, submitted_at = ${to.submittedAt}, submitted_by = ${to.submittedBy}, passed_by = ${to.passedBy}::bigint[],
      accepted_at = ${to.acceptedAt}, sent_back = ${to.sentBack}, amended = ${to.amended}, changed = ${to.changed}, explained = ${to.explained}
    WHERE county = ${county} AND id = ${id} AND step = ${step}`);
  if (count !== 1) return false;
  await tx.query(sql`
    INSERT INTO returns.return_actions (county, return, step, region, unit, verb, status, version, reason, cells,
      receipt, recorded_by, recorded_by_title)
    VALUES (${county}, ${id}, ${step + 1}, ${one.region}, ${one.unit}, ${action.verb}, ${to.status}, ${contentOf(one)},
      ${action.reason}, ${JSON.stringify(action.cells)}, ${action.receipt ?? null}, ${tx.actor.post ?? 0}, ${tx.actor.postTitle ?? ""})`);
  return true;
}

/** The version that counts in a state: what was accepted stands until the next is. */
export function contentOf({ status, version, accepted }: ReturnState): number {
  return status === "accepted" ? (accepted ?? version) : version;
}

export type StoredAction = {
  step: number;
  verb: Verb;
  status: Status;
  version: number;
  reason: string | null;
  cells: CellReason[];
  receipt: string | null;
  by: string;
  at: string;
};

export async function listActions(
  tx: Tx,
  { county, id }: Pick<StoredReturn, "county" | "id">,
): Promise<StoredAction[]> {
  const { rows } = await tx.query<StoredAction>(sql`
    SELECT step, verb, status, version, reason, cells, receipt, recorded_by_title AS by, recorded_at AS at
    FROM returns.return_actions WHERE county = ${county} AND return = ${id} ORDER BY step`);
  return rows;
}

// ── Content ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type StoredRow = ReturnRow & {
  place: number;
  file: number | null;
  line: number | null;
  typed: readonly string[];
};

/** Rows in one statement. */
const AT_ONCE = 5000;
const rowColumns = sql`subject, name, cells AS values, place, file, line, typed`;

export async function listRows(
  tx: Tx,
  { county, id }: Pick<StoredReturn, "county" | "id">,
  version: number,
): Promise<StoredRow[]> {
  const all: StoredRow[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last === undefined ? sql`` : sql`AND (place, subject) > (${last.place}, ${last.subject})`;
    // In pieces: reading a very long return must not keep the server from everybody else.
    const { rows } = await tx.query<StoredRow>(sql`
      SELECT ${rowColumns} FROM returns.rows WHERE county = ${county} AND return = ${id} AND version = ${version} ${after}
      ORDER BY place, subject LIMIT ${AT_ONCE}`);
    all.push(...rows);
    if (rows.length < AT_ONCE) return all;
  }
}

export async function countRows(
  tx: Tx,
  { county, id, version }: Pick<StoredReturn, "county" | "id" | "version">,
): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM returns.rows WHERE county = ${county} AND return = ${id} AND version = ${version}`);
  return rows[0]?.n ?? 0;
}

export async function findRows(
  tx: Tx,
  { county, id, version }: Pick<StoredReturn, "county" | "id" | "version">,
  subjects: readonly string[],
): Promise<StoredRow[]> {
  const { rows } = await tx.query<StoredRow>(sql`
    SELECT ${rowColumns} FROM returns.rows
    WHERE county = ${county} AND return = ${id} AND version = ${version} AND subject = ANY (${subjects}::text[])`);
  return rows;
}

type Keyed = Pick<StoredReturn, "county" | "id" | "region" | "unit" | "version">;

/** Adds rows, or puts them in the place of those with the same subject. */
export async function saveRows(tx: Tx, one: Keyed, rows: readonly StoredRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    const chunk = rows.slice(i, i + AT_ONCE);
    await tx.query(sql`
      INSERT INTO returns.rows (county, return, version, subject, region, unit, place, name, cells, file, line, typed)
      SELECT ${one.county}::integer, ${one.id}::bigint, ${one.version}::integer, k.subject, ${one.region}::bigint,
        ${one.unit}::bigint, k.place, k.name, k.cells, k.file, k.line, coalesce(string_to_array(nullif(k.typed, ''), ','), '{}')
      FROM unnest(${chunk.map((row) => row.subject)}::text[], ${chunk.map((row) => row.place)}::integer[],
        ${chunk.map((row) => row.name)}::text[], ${chunk.map((row) => JSON.stringify(row.values))}::jsonb[],
        ${chunk.map((row) => row.file)}::bigint[], ${chunk.map((row) => row.line)}::integer[],
        ${chunk.map((row) => row.typed.join(","))}::text[]) AS k(subject, place, name, cells, file, line, typed)
      ON CONFLICT ON CONSTRAINT rows_pk DO UPDATE SET name = excluded.name, cells = excluded.cells, file = excluded.file,
        line = excluded.line, typed = excluded.typed`);
  }
}

export async function deleteRows(tx: Tx, one: Keyed, subjects: readonly string[] | "all"): Promise<void> {
  const which = subjects === "all" ? sql`` : sql`AND subject = ANY (${subjects}::text[])`;
  await tx.query(sql`DELETE FROM returns.rows
    WHERE county = ${one.county} AND return = ${one.id} AND version = ${one.version} ${which}`);
}

/** What was filled in goes on in the next version; the old one stays as it is. */
export async function copyContent(tx: Tx, one: Keyed, to: number): Promise<void> {
  await tx.query(sql`
    INSERT INTO returns.rows (county, return, version, subject, region, unit, place, name, cells, file, line, typed)
    SELECT county, return, ${to}::integer, subject, region, unit, place, name, cells, file, line, typed FROM returns.rows
    WHERE county = ${one.county} AND return = ${one.id} AND version = ${one.version}`);
  // One whose numbers are not known counts in the version that is frozen, and has to be given again in this one.
  await tx.query(sql`
    INSERT INTO returns.explanations (county, return, version, code, subject, region, unit, text, numbers, recorded_by,
      recorded_by_title, recorded_at)
    SELECT county, return, ${to}::integer, code, subject, region, unit, text, coalesce(numbers, ''), recorded_by,
      recorded_by_title, recorded_at FROM returns.explanations
    WHERE county = ${one.county} AND return = ${one.id} AND version = ${one.version}`);
}

// ── Explanations ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of the version that counts. */
export async function listExplanations(tx: Tx, one: StoredReturn): Promise<Explanation[]> {
  const { rows } = await tx.query<Explanation>(sql`
    SELECT code, subject, text, numbers FROM returns.explanations
    WHERE county = ${one.county} AND return = ${one.id} AND version = ${contentOf(one)}`);
  return rows;
}

export async function saveExplanation(
  tx: Tx,
  one: StoredReturn,
  { code, subject, text, numbers }: Explanation,
): Promise<void> {
  const { post, postTitle } = tx.actor;
  await tx.query(sql`
    INSERT INTO returns.explanations (county, return, version, code, subject, region, unit, text, numbers, recorded_by, recorded_by_title)
    VALUES (${one.county}, ${one.id}, ${one.version}, ${code}, ${subject}, ${one.region}, ${one.unit}, ${text}, ${numbers},
      ${post ?? 0}, ${postTitle ?? ""})
    ON CONFLICT ON CONSTRAINT explanations_pk DO UPDATE SET text = excluded.text, numbers = excluded.numbers, recorded_by = excluded.recorded_by,
      recorded_by_title = excluded.recorded_by_title, recorded_at = clock_timestamp()`);
}

/** @returns its text; undefined when there was none */
export async function deleteExplanation(
  tx: Tx,
  one: StoredReturn,
  { code, subject }: Pick<Explanation, "code" | "subject">,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ text: string }>(sql`DELETE FROM returns.explanations
    WHERE county = ${one.county} AND return = ${one.id} AND version = ${one.version} AND code = ${code} AND subject = ${subject} RETURNING text`);
  return rows[0]?.text;
}
