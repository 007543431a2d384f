/** What a run's matches would become if they were sent now: new clues, more evidence for open ones, or nothing. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import type { Rule } from "../core/clues/rules.ts";
import { mergeMatches } from "../core/clues/merge-matches.ts";
import type { ClueDraft } from "../core/clues/merge-matches.ts";
import { listRuledMatches } from "./run-store.ts";
import type { RuledRow } from "./run-store.ts";

export type PlannedClue = ClueDraft & {
  region: number;
  household: number;
  fingerprint: Buffer;
  /**
   * new: becomes a clue; joins: one on the same person and matter is still open and gets the evidence;
   * known: the very same evidence was sent before, judged or not
   */
  fate: { kind: "new" } | { kind: "joins"; clue: number } | { kind: "known"; clue: number };
};

export function fingerprintOf(
  sealer: Sealer,
  draft: Pick<ClueDraft, "person" | "matter" | "rowHashes">,
): Buffer {
  return sealer.hash(`${draft.person}\n${draft.matter}\n${draft.rowHashes.join("\n")}`, "relief.clues");
}

type Known = { clue: number; person: number; matter: string; fingerprint: string; open: boolean };

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
    return { ...draft, region, household, fingerprint, fate: fateOf(draft, fingerprint, known) };
  });
}

function toRuled(row: RuledRow, rules: readonly Rule[]) {
  const rule = rules.find(({ code }) => code === row.rule);
  if (rule === undefined) return [];
  const { match, person, matter, probability, rowHash } = row;
  const { code, effect, isConfidential } = rule;
  return [{ match, person, matter, rule: code, effect, isConfidential, probability, rowHash }];
}

function fateOf(draft: ClueDraft, fingerprint: Buffer, known: readonly Known[]): PlannedClue["fate"] {
  const own = known.filter(({ person, matter }) => person === draft.person && matter === draft.matter);
  const hex = fingerprint.toString("hex");
  const same = own.find((clue) => clue.fingerprint === hex);
  if (same !== undefined) return { kind: "known", clue: same.clue };
  const open = own.find((clue) => clue.open);
  return open === undefined ? { kind: "new" } : { kind: "joins", clue: open.clue };
}

async function listKnown(tx: Tx, persons: readonly number[]): Promise<Known[]> {
  const { rows } = await tx.query<Known>(sql`SELECT s.id AS clue, s.person, s.matter,
      encode(s.fingerprint, 'hex') AS fingerprint, s.queue <> 'closed' AS open
    FROM relief.clues s WHERE s.person = ANY (${persons}::bigint[]) ORDER BY s.id DESC`);
  return rows;
}
