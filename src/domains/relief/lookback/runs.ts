/** Runs: begun, looked at before anything is sent, sent to the townships, or cancelled. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { lastWorkingDay } from "../../../shared/working-days.ts";
import { recordAudit } from "../../audit/index.ts";
import { listRegionsByCode } from "../../org/index.ts";
import { readRuleBook } from "../clues/rule-book.ts";
import { recordStep } from "../clues/store.ts";
import type { BeginRunRequest, RunList, RunView, SendRunRequest } from "../contract.ts";
import { nextQueue } from "../core/clues/clue-loop.ts";
import type { Queue } from "../core/clues/clue-loop.ts";
import { fingerprintOf, planClues } from "./plan-clues.ts";
import type { PlannedClue } from "./plan-clues.ts";
import { DUE_DAY, NOTHING_TO_SEND, REGISTER_GONE, RUN_NOT_FOUND, RUN_STATE } from "./problems.ts";
import { deletePieces, listRegisters } from "./register-store.ts";
import { getRegister, requireCounty } from "./registers.ts";
import {
  countSent,
  findRun,
  insertRun,
  insertRunAction,
  listOpenRuns,
  listRuns,
  stateOf,
  tallyMatches,
} from "./run-store.ts";
import type { StoredRun } from "./run-store.ts";

export type RunProgress = { step: string; done: number; of: number };
export type ProgressOf = (run: number) => RunProgress | null;

/** @throws ONE_COUNTY, REGISTER_NOT_FOUND, REGISTER_GONE */
export async function beginRun(tx: Tx, { title, registers, key }: BeginRunRequest): Promise<number> {
  const { county, region } = requireCounty(tx.actor);
  for (const id of registers) if (!(await getRegister(tx, id)).isHeld) throw REGISTER_GONE();
  const { rules, version } = await readRuleBook(tx);
  const run = { county, region, title, registers: [...new Set(registers)], rules, ruleVersion: version, key };
  const { id, isNew } = await insertRun(tx, run);
  if (isNew)
    await recordAudit(tx, {
      action: "relief.beginRun",
      object: `run:${id}`,
      after: { title, registers: run.registers, ruleVersion: version },
    });
  return id;
}

/** @throws RUN_NOT_FOUND */
export async function getRun(tx: Tx, id: number): Promise<StoredRun> {
  const run = await findRun(tx, id);
  if (run === undefined) throw RUN_NOT_FOUND();
  return run;
}

/** @throws RUN_NOT_FOUND */
export async function readRun(tx: Tx, id: number, sealer: Sealer, progressOf: ProgressOf): Promise<RunView> {
  const run = await getRun(tx, id);
  const brief = await toBrief(tx, run, progressOf);
  const planned = brief.state === "done" || brief.state === "sent" ? await planClues(tx, run, sealer) : [];
  const known = new Set(planned.flatMap(({ fate, matches }) => (fate.kind === "known" ? matches : [])));
  const tallies = (await tallyMatches(tx, id)).map((tally) => ({ ...tally, known: 0 }));
  const keys = new Map(
    tallies.map((tally) => [`${tally.register} ${tally.tier} ${tally.rule ?? ""}`, tally]),
  );
  for (const row of await listMatchKeys(tx, id)) {
    const tally = keys.get(`${row.register} ${row.tier} ${row.rule ?? ""}`);
    if (tally !== undefined && known.has(row.id)) tally.known++;
  }
  // A run is sent once: what was left out of it comes with the next.
  const toSend = brief.state === "done" ? summarise(planned) : [];
  return { ...brief, tallies, toSend, silent: run.detail?.silent ?? [] };
}

async function listMatchKeys(
  tx: Tx,
  run: number,
): Promise<{ id: number; register: number; tier: string; rule: string | null }[]> {
  const { rows } = await tx.query<{ id: number; register: number; tier: string; rule: string | null }>(
    sql`SELECT id, register, tier, rule FROM relief.matches WHERE run = ${run} AND rule IS NOT NULL`,
  );
  return rows;
}

/** By rule: clues that are new, and the townships they go to. */
function summarise(planned: readonly PlannedClue[]): RunView["toSend"] {
  const fresh = planned.filter(({ fate }) => fate.kind === "new");
  return [...new Set(fresh.map(({ rule }) => rule))].sort().map((rule) => {
    const own = fresh.filter((clue) => clue.rule === rule);
    const townships = new Set(own.map(({ region }) => region - (region % 1000)));
    return { rule, clues: own.length, townships: townships.size };
  });
}

type Brief = RunList["items"][number];

async function toBrief(tx: Tx, run: StoredRun, progressOf: ProgressOf): Promise<Brief> {
  const [region] = await listRegionsByCode(tx, [run.region]);
  const state = stateOf(run);
  return {
    id: run.id,
    title: run.title,
    region: region ?? { code: run.region, level: "county", nameZh: String(run.region), nameEn: null },
    state,
    ruleVersion: run.ruleVersion,
    recordedAt: run.recordedAt,
    registers: await listRegisters(tx, run.registers),
    progress: state === "running" || state === "waiting" ? progressOf(run.id) : null,
    failure: run.detail?.failure ?? null,
    persons: run.detail?.persons ?? null,
    seconds: run.detail?.seconds ?? null,
    sent: await countSent(tx, run.id),
  };
}

export async function readRuns(tx: Tx, progressOf: ProgressOf): Promise<Brief[]> {
  const items: Brief[] = [];
  for (const run of await listRuns(tx)) items.push(await toBrief(tx, run, progressOf));
  return items;
}

/** Before anything was sent. @throws RUN_NOT_FOUND, RUN_STATE */
export async function cancelRun(tx: Tx, id: number): Promise<void> {
  let run = await getRun(tx, id);
  // The run itself goes on in the meantime: when it takes the step first, the next one is tried.
  while (isOpen(run) && !(await insertRunAction(tx, run, "cancel"))) run = await getRun(tx, id);
  if (!isOpen(run)) throw RUN_STATE();
  await forgetRows(tx, run);
  await recordAudit(tx, { action: "relief.cancelRun", object: `run:${id}`, before: { state: stateOf(run) } });
}

/** The same file is kept once, so that another run may still have to read it; that one forgets it when it is over. */
async function forgetRows(tx: Tx, run: StoredRun): Promise<void> {
  const needed = new Set((await listOpenRuns(tx)).flatMap(({ registers }) => registers));
  await deletePieces(
    tx,
    run.registers.filter((register) => !needed.has(register)),
  );
}

const isOpen = (run: StoredRun): boolean => ["waiting", "running", "done"].includes(stateOf(run));

const DUE_DAY_BEHIND = {
  zh: "办理期限不能早于今天；遇休息日提前到前一个工作日",
  en: "The deadline cannot lie behind; on a day of rest it is the working day before",
};

/**
 * Matches become clues and go to their townships, all in one transaction; the rows of the registers are deleted.
 * @throws DUE_DAY, RUN_NOT_FOUND, RUN_STATE, NOTHING_TO_SEND
 */
export async function sendRun(
  tx: Tx,
  id: number,
  { rules, dueDay }: SendRunRequest,
  { sealer, today }: { sealer: Sealer; today: string },
): Promise<{ sent: number; joined: number }> {
  // A deadline on a day of rest is kept on the working day before.
  const due = lastWorkingDay(dueDay);
  if (due < today) throw DUE_DAY({ places: [{ code: "DUE_DAY", field: "dueDay", ...DUE_DAY_BEHIND }] });
  const run = await getRun(tx, id);
  if (stateOf(run) !== "done") throw RUN_STATE();
  if (!(await insertRunAction(tx, run, "send", { rules, dueDay }))) throw RUN_STATE();
  const planned = await planClues(tx, run, sealer, new Set(rules));
  const fresh = planned.filter(({ fate }) => fate.kind !== "known");
  if (fresh.length === 0) throw NOTHING_TO_SEND();
  let sent = 0;
  for (const clue of fresh) {
    if (clue.fate.kind === "joins") await joinClue(tx, clue, clue.fate, sealer);
    else sent += await insertClue(tx, run, clue, { dueDay: due, on: today });
  }
  await forgetRows(tx, run);
  const joined = fresh.length - sent;
  await recordAudit(tx, {
    action: "relief.sendRun",
    object: `run:${id}`,
    after: { rules, dueDay: due, sent, joined },
  });
  return { sent, joined };
}

async function joinClue(
  tx: Tx,
  { person, matter, matches }: PlannedClue,
  { clue, rowHashes }: { clue: number; rowHashes: readonly string[] },
  sealer: Sealer,
): Promise<void> {
  const fingerprint = fingerprintOf(sealer, { person, matter, rowHashes });
  await tx.query(sql`UPDATE relief.clues SET fingerprint = ${fingerprint} WHERE id = ${clue}`);
  await tx.query(sql`UPDATE relief.matches SET clue = ${clue} WHERE id = ANY (${matches}::bigint[])`);
}

async function insertClue(
  tx: Tx,
  run: StoredRun,
  clue: PlannedClue,
  { dueDay, on }: { dueDay: string; on: string },
): Promise<number> {
  const { region, person, household, matter, rule, effect, isConfidential, fingerprint, probability } = clue;
  const queue = nextQueue(undefined, "send", { isConfidential }) as Queue;
  const { rows } = await tx.query<{
    id: number;
  }>(sql`INSERT INTO relief.clues (county, region, person, household, matter,
      rule, rule_version, effect, confidential, run, fingerprint, probability, due_day, step, verb, queue)
    VALUES (${run.county}, ${region}, ${person}, ${household}, ${matter}, ${rule}, ${run.ruleVersion}, ${effect},
      ${isConfidential}, ${run.id}, ${fingerprint}, ${probability}, ${dueDay}, 1, 'send', ${queue})
    ON CONFLICT ON CONSTRAINT clues_once DO NOTHING RETURNING id`);
  const id = rows[0]?.id;
  // Sent by somebody else in the same moment.
  if (id === undefined) return 0;
  await tx.query(sql`UPDATE relief.matches SET clue = ${id} WHERE id = ANY (${clue.matches}::bigint[])`);
  const sent = { county: run.county, id, region, confidential: isConfidential };
  await recordStep(tx, { clue: sent, step: 1, verb: "send", queue, detail: { run: run.id, dueDay, on } });
  return 1;
}
