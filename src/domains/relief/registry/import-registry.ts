/** Importing an export of the national system: every row is checked, and all of them enter or none. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { sql } from "../../../platform/db/sql.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { contains, countyRegion, parentOf, subtree } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import type { ImportView, ProgressView } from "../contract.ts";
import { formFieldsOf } from "../core/registry/fields.ts";
import { findHeader, headerFaults, HEADER_ROWS } from "../core/registry/find-header.ts";
import type { Header } from "../core/registry/find-header.ts";
import type { NamedRegion } from "../core/registry/village-names.ts";
import * as store from "./import-store.ts";
import { REGISTRY_REFUSED } from "./problems.ts";
import { readSheet } from "../read-sheet.ts";
import type { FileFacts, IncomingFile, SheetFacts, SheetRow } from "../read-sheet.ts";
import { headerFaultText } from "./row-problem-text.ts";
import type { Staged } from "./stage-task.ts";
import { openStaging } from "./stage-threads.ts";

/** Problems are listed up to this number; the detail says how many there are. */
const MOST_PROBLEMS = 200;
const BATCH_ROWS = 2000;

export type RegistryImport = {
  title: string;
  origin: "file" | "synthetic";
  fileName: string;
  file: IncomingFile;
  /** keep numbers that are likely wrong as they stand, instead of refusing the file */
  keepDoubts: boolean;
};

export type ImportDeps = {
  pools: Pools;
  sealer: Sealer;
  /** yyyy-mm-dd */
  today: string;
  tell: (progress: ProgressView) => void;
};

/**
 * @returns one view for each county of the file
 * @throws REGISTRY_REFUSED listing line, column and mend of each problem; FORBIDDEN
 */
export async function importRegistry(
  actor: Actor,
  incoming: RegistryImport,
  deps: ImportDeps,
): Promise<ImportView[]> {
  if (actor.door !== "taizhang_actor" || actor.access !== "write") throw FORBIDDEN();
  return withActor(
    deps.pools,
    actor,
    async (tx) => {
      const check: Check = { problems: [], errors: 0, doubts: 0, rows: 0, keepDoubts: incoming.keepDoubts };
      const facts: SheetFacts = {};
      const sheet = { header: undefined as Header | undefined };
      await store.createStaging(tx);
      // Before COPY, during which the connection answers nothing else.
      const regions = await readScopeRegions(tx);
      const pieces = stage({ incoming, deps, check, facts, sheet, regions });
      await tx.copyFrom(store.STAGING_TARGET, pieces);
      requireGood(check);
      return enter(tx, {
        incoming,
        deps,
        check,
        facts: facts.value as FileFacts,
        header: sheet.header as Header,
      });
    },
    { copy: true },
  );
}

type Check = { problems: PlaceProblem[]; errors: number; doubts: number; rows: number; keepDoubts: boolean };

type Staging = {
  incoming: RegistryImport;
  deps: ImportDeps;
  check: Check;
  facts: SheetFacts;
  sheet: { header: Header | undefined };
  regions: readonly NamedRegion[];
};

/** COPY text in pieces; after a first problem nothing more is sent, but all rows are still looked at. */
async function* stage(staging: Staging): AsyncGenerator<string> {
  const { incoming, deps, check, facts, sheet, regions } = staging;
  const rows = readSheet(incoming.file, facts, REGISTRY_REFUSED);
  const head = await takeHead(rows);
  const header = readHeader(head, check);
  sheet.header = header;
  if (header === undefined) return drain(rows);
  const threads = openStaging({ headings: header.headings, today: deps.today, regions }, deps.sealer);
  try {
    const batches = byHousehold(resume(head.slice(header.index + 1), rows), header);
    for await (const staged of threads.stageAll(batches)) {
      absorb(check, staged);
      deps.tell({ step: "sealing", done: check.rows, of: null });
      if (isGood(check) && staged.copy !== "") yield staged.copy;
    }
  } finally {
    await threads.end();
  }
}

/** Batches of some thousands of rows, none of which ends within a household whose members stand together. */
async function* byHousehold(rows: AsyncIterable<SheetRow[]>, header: Header): AsyncGenerator<SheetRow[]> {
  const column = header.columns.findIndex((field) => field?.code === "householdNumber");
  const householdOf = (row: SheetRow | undefined): string | undefined => row?.cells[column];
  let batch: SheetRow[] = [];
  for await (const some of rows) {
    for (const row of some) {
      if (batch.length >= BATCH_ROWS && householdOf(row) !== householdOf(batch.at(-1))) {
        yield batch;
        batch = [];
      }
      batch.push(row);
    }
  }
  if (batch.length > 0) yield batch;
}

async function* resume(first: SheetRow[], rest: AsyncIterable<SheetRow[]>): AsyncGenerator<SheetRow[]> {
  yield first;
  yield* rest;
}

function absorb(check: Check, staged: Staged): void {
  check.rows += staged.rows;
  check.errors += staged.errors;
  check.doubts += staged.doubts;
  for (const { weight, place } of staged.problems) list(check, weight, place);
}

function note(check: Check, weight: "error" | "doubt", place: PlaceProblem): void {
  if (weight === "doubt") check.doubts++;
  else check.errors++;
  list(check, weight, place);
}

function list(check: Check, weight: "error" | "doubt", place: PlaceProblem): void {
  if (weight === "doubt" && check.keepDoubts) return;
  if (check.problems.length < MOST_PROBLEMS) check.problems.push(place);
}

function isGood(check: Check): boolean {
  return check.errors === 0 && (check.keepDoubts || check.doubts === 0);
}

/** The rows above and around the headings. */
async function takeHead(rows: AsyncGenerator<SheetRow[]>): Promise<SheetRow[]> {
  const head: SheetRow[] = [];
  while (head.length < HEADER_ROWS) {
    const { done, value } = await rows.next();
    if (done) break;
    head.push(...value);
  }
  return head;
}

function readHeader(head: readonly SheetRow[], check: Check): Header | undefined {
  const header = findHeader(head.slice(0, HEADER_ROWS).map(({ cells }) => cells));
  const faults = headerFaults(header);
  const line = header === undefined ? 1 : (head[header.index]?.line ?? 1);
  for (const fault of faults) note(check, "error", headerFaultText(fault, line));
  return faults.length > 0 ? undefined : header;
}

/** To the end, so that an upload is not torn off before its answer. */
async function drain(rows: AsyncGenerator<SheetRow[]>): Promise<void> {
  for await (const _ of rows) void _;
}

function requireGood(check: Check): void {
  if (check.rows === 0 && isGood(check)) {
    const [zh, en] = ["列名之下没有数据行", "There are no rows below the headings"];
    throw REGISTRY_REFUSED({ places: [{ line: 1, code: "EMPTY_FILE", zh, en }] });
  }
  if (isGood(check)) return;
  const doubts = check.keepDoubts ? 0 : check.doubts;
  const count = check.errors + doubts;
  const [zh, en] = [
    `共${count}处有误${doubts > 0 ? `，其中${doubts}处存疑（改正，或选择“存疑照录”）` : ""}`,
    `${count} problems${doubts > 0 ? `, ${doubts} of them doubts (mend them, or keep doubtful numbers as they stand)` : ""}`,
  ];
  throw REGISTRY_REFUSED({ places: check.problems, detail: { zh, en } });
}

type Entering = {
  incoming: RegistryImport;
  deps: ImportDeps;
  check: Check;
  facts: FileFacts;
  header: Header;
};

async function enter(tx: Tx, entering: Entering): Promise<ImportView[]> {
  const { incoming, deps, check, facts, header } = entering;
  deps.tell({ step: "storing", done: 0, of: null });
  const counties = await store.lockCounties(tx);
  const earlier = await store.findSameImport(tx, facts.sha256);
  if (earlier.length > 0) return earlier.map((one) => ({ ...one, repeated: true }));
  await requireNoClash(tx, check, header);
  await store.compareStaged(tx, spokenOf(header));
  const made = await store.insertImports(tx, {
    title: incoming.title,
    origin: incoming.origin,
    fileName: incoming.fileName,
    sha256: facts.sha256,
    bytes: facts.bytes,
    doubts: check.doubts,
    places: counties.map(({ county, regionMin, regionMax }) => {
      const region = coveringRegion(regionMin, regionMax);
      return { county, region, regionTo: subtree(region).to };
    }),
  });
  await store.numberImports(tx, made);
  await store.insertNew(tx, deps.today);
  if (await store.knowsAny(tx)) await store.amendKnown(tx, deps.today);
  const total = (count: "persons" | "households" | "added" | "changed" | "absent"): number =>
    made.reduce((sum, one) => sum + one[count], 0);
  await recordAudit(tx, {
    action: "relief.importRegistry",
    object: `import:${made[0]?.id ?? 0}`,
    after: {
      title: incoming.title,
      sha256: facts.sha256,
      persons: total("persons"),
      households: total("households"),
      added: total("added"),
      changed: total("changed"),
      absent: total("absent"),
      doubts: check.doubts,
    },
  });
  return made.map(({ county: _, ...one }) => ({ ...one, repeated: false }));
}

/** @throws REGISTRY_REFUSED */
async function requireNoClash(tx: Tx, check: Check, header: Header): Promise<void> {
  const headingOf = (code: string): string | undefined =>
    header.headings[header.columns.findIndex((field) => field?.code === code)];
  const clashes = await store.findClashes(tx, MOST_PROBLEMS);
  for (const { kind, line, other, mask } of clashes) {
    const field =
      { NUMBER_REPEATED: "personNumber", HOUSEHOLD_SPLIT: "householdNumber", HEAD_REPEATED: "relation" }[
        kind as string
      ] ?? "idNumber";
    const weight = kind === "NUMBER_REPEATED" || kind === "HOUSEHOLD_SPLIT" ? "error" : "doubt";
    note(check, weight, {
      line,
      column: headingOf(field) ?? field,
      code: kind,
      ...clashWords(kind, other, mask),
    });
  }
  requireGood(check);
}

function clashWords(kind: store.StagedClash["kind"], other: number | null, mask: string | null) {
  switch (kind) {
    case "NUMBER_REPEATED":
      return { zh: `人编号与第${other}行相同`, en: `The person number stands on line ${other} already` };
    case "HOUSEHOLD_SPLIT":
      return {
        zh: `同一户编号在第${other}行是另一个村`,
        en: `The household is in another village on line ${other}`,
      };
    case "HEAD_REPEATED":
      return {
        zh: `该户在第${other}行已有户主`,
        en: `The household has its head on line ${other} already`,
      };
    case "ID_REPEATED":
      return {
        zh: `证件号码 ${mask} 与第${other}行另一人相同`,
        en: `The ID number ${mask} is another person's on line ${other}`,
      };
    default:
      return {
        zh: `证件号码 ${mask} 在台账中属于另一人`,
        en: `The ID number ${mask} is another person's in the registry`,
      };
  }
}

function spokenOf(header: Header): store.Spoken {
  const present = new Set(header.columns.flatMap((field) => (field ? [field.code] : [])));
  const forms = [...formFieldsOf("household"), ...formFieldsOf("person")];
  return {
    forms: forms.map(({ code }) => code).filter((code) => present.has(code)),
    phone: present.has("phone"),
    account: present.has("account"),
    idNumber: present.has("idNumber"),
    causes: present.has("mainCause") || present.has("otherCauses"),
  };
}

/** The smallest region with both in its subtree, not above the county. */
function coveringRegion(a: number, b: number): number {
  let region = a;
  while (!contains(region, b)) region = parentOf(region) ?? countyRegion(Math.floor(a / 1_000_000));
  return region;
}

async function readScopeRegions(tx: Tx): Promise<NamedRegion[]> {
  const { regionFrom, regionTo } = tx.actor;
  const { rows } = await tx.query<NamedRegion>(sql`SELECT code, name_zh AS "nameZh" FROM org.regions
    WHERE (code >= ${regionFrom} AND code < ${regionTo}) OR code = ${regionFrom - (regionFrom % 1_000_000)}
      OR code = ${regionFrom - (regionFrom % 1000)}`);
  return rows;
}
