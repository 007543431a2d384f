/** What a run's matches would become if they were sent now: new clues, more evidence for open ones, or nothing. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import type { Rule } from "../core/clues/rules.ts";
import type { Queue } from "../core/clues/clue-loop.ts";
import { mergeMatches } from "../core/clues/merge-matches.ts";
import type { ClueDraft } from "../core/clues/merge-matches.ts";
import { listRuledMatches } from "./run-store.ts";
import type { RuledRow } from "./run-store.ts";

export type PlannedClue = ClueDraft & {
  region: number;
  household: number;
  fingerprint: Buffer;
  /**
   * new: becomes a clue; joins: one on the same person and matter is still to be visited and gets the evidence;
   * known: all of the evidence was sent before, judged or not
   */
  fate: { kind: "new" } | { kind: "joins"; clue: number; rowHashes: readonly string[] } | { kind: "known" };
};

export function fingerprintOf(
  sealer: Sealer,
  draft: Pick<ClueDraft, "person" | "matter" | "rowHashes">,
): Buffer {
  return sealer.hash(`${draft.person}\n${draft.matter}\n${draft.rowHashes.join("\n")}`, "relief.clues");
}

type Known = {
  clue: number;
  person: number;
  matter: string;
  isConfidential: boolean;
  queue: Queue;
  /** of all the rows that it was sent with or that joined it later */
  rowHashes: string[];
};

/** Evidence that comes after the verdict would be closed with it though nobody had asked: it becomes a clue of its own. */
const TAKES_EVIDENCE: ReadonlySet<Queue> = new Set<Queue>(["township", "visit", "recheck"]);

/** @param wanted codes of the rules that are to be sent; all when absent */
export async function planClues(
  tx: Tx,
  run: { id: number; rules: readonly Rule[] },
  sealer: Sealer,
  wanted?: ReadonlySet<string>,
): Promise<PlannedClue[]> {
  const ruled = (await listRuledMatches(tx, run.id)).filter(({ rule }) => wanted?.has(rule) ?? true);
  const drafts = mergeMatches(ruled.flatMap((row) => toRuled(row, run.rules)));
  const persons = new Map(ruled.map((row) => [row.person, row]));
  const known = await listKnown(tx, [...persons.keys()]);
  return drafts.map((draft) => {
    const { region, household } = persons.get(draft.person) as RuledRow;
    const fingerprint = fingerprintOf(sealer, draft);
    return { ...draft, region, household, fingerprint, fate: fateOf(draft, known) };
  });
}

function toRuled(row: RuledRow, rules: readonly Rule[]) {
  const rule = rules.find(({ code }) => code === row.rule);
  if (rule === undefined) return [];
  const { match, person, matter, probability, rowHash } = row;
  const { code, effect, isConfidential } = rule;
  return [{ match, person, matter, rule: code, effect, isConfidential, probability, rowHash }];
}

function fateOf(draft: ClueDraft, known: readonly Known[]): PlannedClue["fate"] {
  const own = known.filter(({ person, matter }) => person === draft.person && matter === draft.matter);
  // Row by row: what was asked together with another row, or has lost one since, has not changed.
  const sent = new Set(own.flatMap(({ rowHashes }) => rowHashes));
  if (draft.rowHashes.every((hash) => sent.has(hash))) return { kind: "known" };
  const open = own.find(
    ({ queue, isConfidential }) => TAKES_EVIDENCE.has(queue) && isConfidential === draft.isConfidential,
  );
  if (open === undefined) return { kind: "new" };
  const rowHashes = [...new Set([...open.rowHashes, ...draft.rowHashes])].sort();
  return { kind: "joins", clue: open.clue, rowHashes };
}

async function listKnown(tx: Tx, persons: readonly number[]): Promise<Known[]> {
  const { rows } = await tx.query<Known>(sql`SELECT s.id AS clue, s.person, s.matter,
      s.confidential AS "isConfidential", s.queue,
      ARRAY(SELECT DISTINCT encode(m.row_hash, 'hex') FROM relief.matches m
        WHERE m.county = s.county AND m.clue = s.id ORDER BY 1) AS "rowHashes"
    FROM relief.clues s WHERE s.person = ANY (${persons}::bigint[]) ORDER BY s.id DESC`);
  return rows;
}
