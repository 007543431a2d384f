/**
 * Answers kept as long as nothing they were made of has changed.
 *
 * An answer is kept under scope, question and the versions of the ledgers it read; the versions are read in the
 * transaction that would compute it, so an answer is never older than the facts. Bounded; the least used goes first.
 */
import type { Actor, Tx } from "../../platform/db/actor.ts";
import { readLedgerVersion } from "../ledger/index.ts";

/** Some 300 kB each. */
const MOST = 150;
const kept = new Map<string, { version: string; answer: unknown }>();

/**
 * @param question everything that the answer depends on besides scope and facts
 * @param counties counties whose facts the answer reads
 */
export async function answerOnce<T>(
  tx: Tx,
  question: string,
  counties: readonly number[],
  compute: () => Promise<T>,
): Promise<T> {
  const key = `${scopeKey(tx.actor)} ${question}`;
  const version = await readLedgerVersion(tx, counties);
  const found = kept.get(key);
  if (found?.version === version) {
    kept.delete(key);
    kept.set(key, found);
    return found.answer as T;
  }
  const answer = Object.freeze(await compute());
  kept.delete(key);
  kept.set(key, { version, answer });
  if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
  return answer;
}

/** Row-level security shows the same rows to two actors only when these agree. */
function scopeKey(actor: Actor): string {
  return `${actor.door} ${actor.regionFrom}-${actor.regionTo} ${actor.lineage.join(",")}`;
}
