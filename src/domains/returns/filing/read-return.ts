/** Reading returns: lists, and one with everything that its page shows. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { NumberRecord } from "../../../shared/expression.ts";
import type { ReturnPage, ReturnQuery, ReturnRowView, ReturnView } from "../contract.ts";
import { compareVersions } from "../core/compare-versions.ts";
import type { Change } from "../core/compare-versions.ts";
import { EDITABLE } from "../core/course.ts";
import { firstRows, ledgerSubject } from "../core/form.ts";
import type { FormDefinition } from "../core/form.ts";
import { RETURN_NOT_FOUND } from "../problems.ts";
import { anyIn, isOwn, mayReview, verbsOf, whyNoReview } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { toBrief } from "./brief.ts";
import { listFiles } from "../workbook/files-store.ts";
import { originOfPast } from "./synthetic-past.ts";
import { findingsOf, readChecking } from "./findings.ts";
import { contentOf, findReturn, listActions, listReturns, listRows } from "./store.ts";
import type { ReturnFilter, StoredAction, StoredReturn, StoredRow } from "./store.ts";

/** @throws RETURN_NOT_FOUND, also for one that the viewer may not see */
export async function getReturn(tx: Tx, id: number, viewer: Viewer): Promise<StoredReturn> {
  const one = await findReturn(tx, id, viewer);
  if (one === undefined) throw RETURN_NOT_FOUND();
  return one;
}

export async function readReturnPage(
  tx: Tx,
  query: ReturnQuery,
  viewer: Viewer,
  today: string,
): Promise<ReturnPage> {
  const filter: ReturnFilter = {
    form: query.form,
    period: query.period,
    status: query.status,
    after: query.cursor === undefined ? undefined : readCursor(query.cursor),
  };
  if (query.of === "mine") filter.unit = viewer.unit?.id ?? 0;
  if (query.of === "review") {
    filter.waiting = await listWaiting(tx, viewer);
    filter.notUnit = viewer.unit?.id ?? 0;
    filter.notBy = viewer.account ?? 0;
  }
  const rows = await listReturns(tx, viewer, filter, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toBrief(row, today)),
    cursor: last === undefined ? null : `${last.dueDay}.${last.id}`,
  };
}

function readCursor(text: string): [string, number] | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(text);
  return match === null ? undefined : [match[1] as string, Number(match[2])];
}

/** The levels of every version of every form at which this viewer reviews. */
async function listWaiting(
  tx: Tx,
  viewer: Viewer,
): Promise<{ form: string; version: number; level: number }[]> {
  const { rows } = await tx.query<{ code: string; version: number; definition: FormDefinition }>(
    sql`SELECT code, version, definition FROM returns.forms`,
  );
  return rows.flatMap(({ code, version, definition }) =>
    definition.review.flatMap((_, level) =>
      mayReview(viewer, definition, anyIn(viewer), level) ? [{ form: code, version, level }] : [],
    ),
  );
}

export async function readReturn(
  tx: Tx,
  id: number,
  looking: { viewer: Viewer; today: string; offset?: number; limit?: number },
): Promise<ReturnView> {
  const { viewer, today, offset = 0, limit = 200 } = looking;
  const one = await getReturn(tx, id, viewer);
  const checking = await readChecking(tx, one, viewer);
  const { form, surroundings } = checking;
  const rows = await readContent(tx, one, form);
  const actions = await listActions(tx, one);
  const changes = await readChanges(tx, one, form, { rows, actions });
  return {
    brief: toBrief(one, today),
    form: form as ReturnView["form"],
    items: rows.slice(offset, offset + limit).map((row) => toRowView(row, surroundings)),
    rows: rows.length,
    past: await originOfPast(tx, one, form),
    findings: (await findingsOf(checking, rows)).slice(0, MOST_FINDINGS),
    may: one.isLocked ? [] : verbsOf(viewer, form, one, one).filter((verb) => verb !== "begin"),
    mayEdit: !one.isLocked && isOwn(viewer, one) && EDITABLE.includes(one.status),
    noReview: whyNoReview(viewer, form, one, one),
    actions,
    files: await listFiles(tx, one),
    ...changes,
    posted: await readPosted(tx, one, { form, viewer }),
  };
}

const MOST_FINDINGS = 500;
const MOST_CHANGES = 500;

/** The rows that count now; the form's own before anything was filled in. */
export async function readContent(tx: Tx, one: StoredReturn, form: FormDefinition): Promise<StoredRow[]> {
  if (one.version > 0) return listRows(tx, one, contentOf(one));
  return firstRows(form, one.regionZh).map((row, place) => ({
    ...row,
    place,
    file: null,
    line: null,
    typed: [],
  }));
}

function toRowView(
  row: StoredRow,
  around: { last: ReadonlyMap<string, NumberRecord>; lastYear: ReadonlyMap<string, NumberRecord> },
): ReturnRowView {
  const { subject, name, values, line } = row;
  return {
    subject,
    name,
    values,
    last: toTexts(around.last.get(subject)),
    lastYear: toTexts(around.lastYear.get(subject)),
    line,
  };
}

function toTexts(numbers: NumberRecord | undefined): Record<string, string> {
  return Object.fromEntries([...(numbers ?? [])].map(([code, value]) => [code, value.toFixed()]));
}

type Compared = { changes: Change[]; changesOf: { from: number; to: number } | null };

/** Against the newest version that was submitted before the one that counts. */
async function readChanges(
  tx: Tx,
  one: StoredReturn,
  form: FormDefinition,
  { rows, actions }: { rows: readonly StoredRow[]; actions: readonly StoredAction[] },
): Promise<Compared> {
  const to = contentOf(one);
  const from = submittedBefore(actions, to);
  if (from === undefined) return { changes: [], changesOf: null };
  const changes = compareVersions(form, await listRows(tx, one, from), rows);
  return { changes: changes.slice(0, MOST_CHANGES), changesOf: { from, to } };
}

/** The newest version below this one that was submitted. */
export function submittedBefore(actions: readonly StoredAction[], version: number): number | undefined {
  return actions.findLast((action) => action.verb === "submit" && action.version < version)?.version;
}

/**
 * What the return's acceptances put into the ledger, with what stood there before. To who may not read figures the ledger is
 * blank here as well, but for what this very return has put there.
 */
async function readPosted(
  tx: Tx,
  one: StoredReturn,
  { form, viewer }: { form: FormDefinition; viewer: Viewer },
): Promise<ReturnView["posted"]> {
  if (one.accepted === null) return [];
  const seesLedger = viewer.rights.has("figures.read");
  const { subjects } = form;
  const subject = subjects.kind === "region" ? ledgerSubject(form, "") : undefined;
  const afterPrefix = subjects.kind === "region" ? null : subjects.prefix.length + 2;
  // The name of the row is worked out within: in the join, under row-level security, it would keep the index from being used.
  const { rows } = await tx.query<ReturnView["posted"][number]>(sql`
    SELECT q.*, w.name AS "rowName" FROM (SELECT m.code AS measure, m.name_zh AS "nameZh", m.name_en AS "nameEn", f.subject, f.basis, f.aspect,
      CASE WHEN ${seesLedger} OR own.return IS NOT NULL THEN old.value END AS before, f.value AS after,
      CASE WHEN f.aspect = 'growth' THEN '%' ELSE m.unit END AS unit, f.id AS figure, p.version,
      substr(f.subject, ${afterPrefix}::integer) AS row
    FROM returns.postings p
    JOIN ledger.figures f ON f.county = p.county AND f.source = p.source AND f.region = ${one.region} AND f.period = ${one.period}
    JOIN ledger.measures m ON m.id = f.measure
    LEFT JOIN ledger.corrections c ON c.county = f.county AND c.replacement = f.id
    LEFT JOIN ledger.figures old ON old.county = c.county AND old.id = c.superseded
    LEFT JOIN returns.postings own ON own.county = old.county AND own.return = p.return AND own.source = old.source
    WHERE p.county = ${one.county} AND p.return = ${one.id} AND (${subject ?? null}::text IS NULL OR f.subject = ${subject ?? null})
    ORDER BY f.id LIMIT 200) q
    LEFT JOIN returns.rows w ON w.county = ${one.county} AND w.return = ${one.id} AND w.version = q.version
      AND w.subject = q.row ORDER BY q.figure`);
  return rows;
}
