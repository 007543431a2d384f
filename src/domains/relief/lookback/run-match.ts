/**
 * The work of a run: registry and registers opened in memory, compared, and what was found stored sealed.
 * A run that was broken off is made again from the beginning; nothing of it was sent.
 */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { Problem } from "../../../platform/problem.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { openCsvRows } from "../../../shared/csv-rows.ts";
import type { CsvPiece } from "../../../shared/csv-rows.ts";
import { OUR_COLUMNS, tellUnit } from "../core/clues/register-columns.ts";
import { ruleFor, silentRules } from "../core/clues/rules.ts";
import { matchSources } from "../matching/match-sources.ts";
import type { FoundClue } from "../matching/match-sources.ts";
import { readRegistryTable } from "./registry-table.ts";
import type { RegistryTable } from "./registry-table.ts";
import { REGISTRY_EMPTY } from "./problems.ts";
import { listRegisters, readMapping } from "./register-store.ts";
import type { KeptMapping } from "./register-table.ts";
import { openRegister } from "./registers.ts";
import type { RunProgress } from "./runs.ts";
import { deleteMatches, findRun, insertMatches, insertRunAction, stateOf } from "./run-store.ts";
import type { NewMatch, StoredRun } from "./run-store.ts";
import { sealRow } from "./sealed-row.ts";
import type { KeptRow } from "./sealed-row.ts";

/** Matches less likely than this are not kept: nobody would look at them. */
const LEAST_PROBABILITY = 0.3;
const BATCH = 500;
const SLICE = 1 << 18;

export type Matching = {
  pools: Pools;
  sealer: Sealer;
  /** the program itself, within the county of the run */
  actor: Actor;
  threads: number;
  signal: AbortSignal;
  progress: (progress: RunProgress) => void;
};

/** @throws nothing that the run does not record: a failure is its last step */
export async function carryOutRun(id: number, matching: Matching): Promise<void> {
  const { pools, actor } = matching;
  const began = performance.now();
  const run = await withActor(pools, actor, (tx) => takeUp(tx, id));
  if (run === undefined) return;
  try {
    const found = await findMatches(run, matching);
    const seconds = Math.round((performance.now() - began) / 10) / 100;
    await withActor(pools, actor, (tx) => store(tx, run, found, seconds));
  } catch (error) {
    if (matching.signal.aborted) return;
    const failure = tellFailure(error);
    await withActor(pools, actor, (tx) => insertRunAction(tx, run, "fail", { failure }));
    if (!(error instanceof Problem)) throw error;
  }
}

/** Marks the run as begun, once; one that was broken off is taken up where it stands. */
async function takeUp(tx: Tx, id: number): Promise<StoredRun | undefined> {
  const run = await findRun(tx, id);
  if (run === undefined) return undefined;
  const state = stateOf(run);
  if (state === "running") return run;
  if (state !== "waiting" || !(await insertRunAction(tx, run, "begin"))) return undefined;
  return { ...run, step: run.step + 1, kind: "begin" };
}

function tellFailure(error: unknown): { zh: string; en: string } {
  if (error instanceof Problem) return error.detail ?? error.title;
  return {
    zh: "比对没有完成，原因记在服务器日志里；可以再次发起",
    en: "The run did not finish; the server log says why. It can be begun again",
  };
}

type Found = { matches: NewMatch[]; persons: number; silent: { rule: string; column: string }[] };
type OpenRegister = { id: number; kind: string; mapping: KeptMapping; bytes: Buffer };

async function findMatches(run: StoredRun, matching: Matching): Promise<Found> {
  const { pools, actor, sealer, threads, signal, progress } = matching;
  progress({ step: "open", done: 0, of: run.registers.length + 1 });
  const { people, registers } = await withActor(
    pools,
    actor,
    async (tx) => ({
      people: await readRegistryTable(tx, sealer),
      registers: await openRegisters(tx, run, sealer),
    }),
    { readOnly: true },
  );
  if (people.persons.size === 0) throw REGISTRY_EMPTY();
  const found = await matchSources({
    registry: { name: "registry", bytes: people.bytes },
    against: registers.map(({ id, bytes }) => ({ name: String(id), bytes })),
    threads,
    signal,
    least: LEAST_PROBABILITY,
    relativesOn: registers
      .filter(({ kind }) =>
        run.rules.some((rule) => rule.registers.includes(kind) && rule.tiers.household !== undefined),
      )
      .map(({ id }) => String(id)),
    progress: (step, done, of) => progress({ step, done, of }),
  });
  const matches: NewMatch[] = [];
  for (const register of registers) {
    const own = found.clues.filter((clue) => clue.register === String(register.id));
    const rows = await pickRows(register, new Set(own.map((clue) => clue.rowId)));
    for (const clue of own) matches.push(toMatch(clue, { register, rows, people, run, sealer }));
  }
  const silent = silentRules(
    run.rules,
    registers.map(({ kind, mapping }) => ({ kind, columns: Object.keys(mapping.columns) })),
  );
  return { matches, persons: people.persons.size, silent };
}

async function openRegisters(tx: Tx, run: StoredRun, sealer: Sealer): Promise<OpenRegister[]> {
  const views = await listRegisters(tx, run.registers);
  const registers: OpenRegister[] = [];
  for (const { id, kind } of views.toSorted((a, b) => a.id - b.id))
    registers.push({
      id,
      kind,
      mapping: await readMapping(tx, id),
      bytes: await openRegister(tx, id, sealer),
    });
  return registers;
}

type Making = {
  register: OpenRegister;
  rows: ReadonlyMap<string, KeptRow>;
  people: RegistryTable;
  run: StoredRun;
  sealer: Sealer;
};

function toMatch(clue: FoundClue, { register, rows, people, run, sealer }: Making): NewMatch {
  const row = rows.get(clue.rowId) ?? { cells: {}, values: {} };
  const person = people.persons.get(clue.personId) as { id: number; region: number };
  const rule = ruleFor(run.rules, {
    kind: register.kind,
    tier: clue.tier,
    probability: clue.probability,
    row: row.values,
  });
  return {
    region: person.region,
    register: register.id,
    person: person.id,
    relative: clue.relativeId === undefined ? null : (people.persons.get(clue.relativeId)?.id ?? null),
    // Some files are numbered by ID numbers.
    rowKey: sealer.hash(clue.rowId, "relief.row_key").toString("hex"),
    tier: clue.tier,
    probability: clue.probability,
    evidence: clue.evidence,
    ...sealRow(sealer, row, register.mapping.columns["row"]),
    rule: rule?.code ?? null,
    matter: rule?.matter ?? null,
  };
}

/** The rows that were matched, read once more out of the canonical form. */
async function pickRows(
  { bytes, mapping }: OpenRegister,
  wanted: ReadonlySet<string>,
): Promise<Map<string, KeptRow>> {
  const rows = new Map<string, KeptRow>();
  if (wanted.size === 0) return rows;
  const reader = openCsvRows();
  const decoder = new TextDecoder();
  const keep = (piece: CsvPiece): void => {
    for (const { cells } of piece.rows)
      if (wanted.has(cells[0] as string)) rows.set(cells[0] as string, toKeptRow(cells, mapping));
  };
  for (let at = 0; at < bytes.length; at += SLICE) {
    keep(reader.push(decoder.decode(bytes.subarray(at, at + SLICE), { stream: true })));
    // Requests in between are answered.
    await new Promise((resolve) => setImmediate(resolve));
  }
  keep(reader.end());
  return rows;
}

function toKeptRow(record: readonly string[], { columns, extras }: KeptMapping): KeptRow {
  const cells: Record<string, string> = {};
  const values: Record<string, string> = {};
  OUR_COLUMNS.forEach((column, i) => {
    const [heading, cell] = [columns[column], record[i] ?? ""];
    if (heading !== undefined && cell !== "") cells[heading] = values[column] = cell;
  });
  extras.forEach((heading, i) => {
    const cell = record[OUR_COLUMNS.length + i] ?? "";
    if (cell === "") return;
    cells[heading] = cell;
    for (const [column, from] of Object.entries(columns))
      if (from === heading) values[column] = tellUnit(heading, cell);
  });
  return { cells, values };
}

async function store(tx: Tx, run: StoredRun, found: Found, seconds: number): Promise<void> {
  // Cancelled meanwhile, or finished by another process: then nothing of this is kept.
  const { persons, silent } = found;
  if (!(await insertRunAction(tx, run, "done", { persons, seconds, silent, matches: found.matches.length })))
    return;
  await deleteMatches(tx, run.id);
  for (let i = 0; i < found.matches.length; i += BATCH)
    await insertMatches(tx, run, found.matches.slice(i, i + BATCH));
}
