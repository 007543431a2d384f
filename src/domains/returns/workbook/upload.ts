/**
 * A workbook comes in: read outside of any transaction, checked and entered in one, whole or not at all.
 *
 * Its content is its key: the same file for the same version is entered once, so that a retry after a lost connection
 * changes nothing. A cell that cannot be read keeps the whole file out; a rule that does not hold does not, since its filer
 * mends it on the page as well. Both are told together, by sheet and cell.
 */
import { createHash } from "node:crypto";
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import { period as readPeriod } from "../../../shared/period.ts";
import { recordAudit } from "../../audit/index.ts";
import type { FindingView, UploadProgress, UploadView, WorkbookProblem } from "../contract.ts";
import { type FormDefinition, firstRows, REGION_ROW, type ReturnRow } from "../core/form.ts";
import { isOpenPoint } from "../core/explanation.ts";
import type { ReturnsDeps } from "../deps.ts";
import { toBrief } from "../filing/brief.ts";
import { getEditable, openForEditing } from "../filing/edit-cells.ts";
import { findingsOf, readChecking, readReadyForm } from "../filing/findings.ts";
import type { Checking } from "../filing/findings.ts";
import { getReturn } from "../filing/read-return.ts";
import { deleteRows, saveRows } from "../filing/store.ts";
import type { StoredReturn, StoredRow } from "../filing/store.ts";
import { loadViewer } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { findSameFile, insertFile, toFileView } from "./files-store.ts";
import type { StoredFile } from "./files-store.ts";
import { readReturnWorkbook } from "./read-workbook.ts";
import type { ReadReturn } from "./read-workbook.ts";

export type Upload = {
  actor: Actor;
  rights: ReadonlySet<string>;
  file: { name: string; bytes: Buffer };
  tell: (progress: UploadProgress) => void;
};

/** Told and kept; the count says whether there are more. */
const MOST_PROBLEMS = 500;

/** A file that is refused does not even begin the return. @throws as `getEditable`; the refusals of ./problems.ts */
export async function uploadWorkbook(deps: ReturnsDeps, id: number, upload: Upload): Promise<UploadView> {
  const { pools, today } = deps;
  const { actor, rights, file } = upload;
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const before = await withActor(pools, actor, async (tx) => {
    const viewer = await loadViewer(tx, rights);
    const one = await getEditable(tx, id, viewer);
    const { form } = await readReadyForm(tx, one.county, one.form, one.formVersion);
    return { one, form, same: await findSameFile(tx, one, one.version, sha256) };
  });
  const { one, form, same } = before;
  if (same !== undefined) return told(same, one, today(), true);
  const read = await readReturnWorkbook({
    bytes: file.bytes,
    form,
    formVersion: one.formVersion,
    period: readPeriod(one.period),
    unitCode: one.unitCode,
    key: deps.workbookKey,
    onRows: (done) => upload.tell({ step: "reading", done, of: null }),
  });
  upload.tell({ step: "checking", done: 0, of: read.rows.length });
  return withActor(pools, actor, async (tx) => {
    const viewer = await loadViewer(tx, rights);
    return enter(tx, { deps, viewer, id, sha256, read, upload });
  });
}

type Entering = {
  deps: ReturnsDeps;
  viewer: Viewer;
  id: number;
  sha256: string;
  read: ReadReturn;
  upload: Upload;
};

async function enter(tx: Tx, entering: Entering): Promise<UploadView> {
  const { deps, viewer, id, sha256, read, upload } = entering;
  const one = await openForEditing(tx, id, viewer, deps.now());
  const same = await findSameFile(tx, one, one.version, sha256);
  if (same !== undefined) return told(same, one, deps.today(), true);
  const checking = await readChecking(tx, one, viewer);
  const rows = rowsOf(checking.form, one, read);
  const found = [...read.problems, ...(await problemsOf(checking, rows, read))];
  // Behind all that stands in the way, which so many notes would push off the list.
  const notes = found.filter(({ severity }) => severity === "note");
  const all = [...found.filter(({ severity }) => severity !== "note"), ...notes];
  const isEntered = !read.problems.some(({ severity }) => severity === "hard");
  const stored = await insertFile(tx, one, {
    version: one.version,
    name: upload.file.name,
    sha256,
    content: upload.file.bytes,
    sheet: read.sheet,
    places: read.places,
    isEntered,
    rows: read.rows.length,
    problems: all.slice(0, MOST_PROBLEMS),
    problemCount: read.problemCount + all.length - read.problems.length,
  });
  if (isEntered) {
    upload.tell({ step: "entering", done: 0, of: rows.length });
    await deleteRows(tx, one, "all");
    await saveRows(
      tx,
      one,
      rows.map((row) => (row.line === null ? row : { ...row, file: stored.id })),
    );
  }
  await recordAudit(tx, {
    action: "returns.uploadWorkbook",
    object: `return:${id}`,
    after: { file: stored.id, sha256, isEntered, rows: read.rows.length, problems: stored.problems },
  });
  return told(stored, one, deps.today(), false);
}

function told(file: StoredFile, one: StoredReturn, today: string, repeated: boolean): UploadView {
  return {
    file: toFileView(file),
    repeated,
    isEntered: file.isEntered,
    rows: file.rows,
    problems: file.problemList,
    problemCount: file.problems,
    brief: toBrief(one, today),
  };
}

/** The rows of the workbook in the form's order, and those of the form that it left out, blank. */
function rowsOf(form: FormDefinition, one: StoredReturn, read: ReadReturn): StoredRow[] {
  const found = new Map(read.rows.map((row) => [row.subject, row]));
  const own = firstRows(form, one.regionZh);
  const named = new Set(own.map(({ subject }) => subject));
  const rows: (ReturnRow & { line?: number })[] = [
    ...own.map((row) => ({ ...row, ...found.get(row.subject), name: row.name })),
    ...read.rows.filter(({ subject }) => !named.has(subject)),
  ];
  return rows.map((row, place) => ({
    subject: row.subject,
    name: row.name === "" ? row.subject : row.name,
    values: row.values,
    place,
    file: null,
    line: row.line ?? null,
    typed: [],
  }));
}

/** What the cross-checks say, at the cell it is said about. */
async function problemsOf(
  checking: Checking,
  rows: readonly StoredRow[],
  read: ReadReturn,
): Promise<WorkbookProblem[]> {
  const surroundings = { ...checking.surroundings, unreadable: read.unreadable };
  const lines = new Map(rows.map(({ subject, line }) => [subject, line]));
  const findings = await findingsOf({ ...checking, surroundings }, rows);
  return findings.filter(isOpenPoint).map((finding) => toProblem(finding, read, lines));
}

function toProblem(
  { code, severity, subject, column, zh, en }: FindingView,
  read: ReadReturn,
  lines: ReadonlyMap<string, number | null>,
): WorkbookProblem {
  const place = column === null ? undefined : read.places[column];
  const line = lines.get(subject ?? REGION_ROW) ?? null;
  const isWhole = place !== undefined && /\d$/.test(place);
  const cell = place === undefined ? null : isWhole ? place : line === null ? null : `${place}${line}`;
  return { sheet: read.sheet, cell, severity, code, subject, column, zh, en };
}

/** @throws RETURN_NOT_FOUND */
export async function requireSeen(tx: Tx, id: number, rights: ReadonlySet<string>): Promise<StoredReturn> {
  return getReturn(tx, id, await loadViewer(tx, rights));
}
