/** What a verdict does to the registry: an action with the state before and after, from which status follows. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Verdict } from "../core/clues/clue-loop.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import { lockHousehold } from "../registry/household-store.ts";
import { listMembers, listSteps } from "./store.ts";
import type { ListedClue } from "./store.ts";

type Judgement = { verdict: Verdict; reason: string; scope: "person" | "household"; note: string };

/** @returns households and persons that were changed */
export async function applyVerdict(tx: Tx, clue: ListedClue, today: string): Promise<number> {
  const steps = await listSteps(tx, clue.county, clue.id);
  const last = steps.findLast(({ verb }) => verb === "judge" || verb === "rejudge");
  if (last === undefined) return 0;
  const { verdict, reason, scope, note } = last.detail as Judgement;
  if (verdict === "keep" || verdict === "again") return 0;
  // Another notice may carry a clue of the same household: what it did is read, not done a second time.
  await lockHousehold(tx, { county: clue.county, id: clue.household });
  const members = await listMembers(tx, clue.county, clue.household);
  const own = members.filter(({ id }) => scope === "household" || id === clue.person);
  const before = own.map(({ id, lastAction }) => ({ person: id, status: statusAfter(lastAction) }));
  if (verdict === "correct") {
    await insertAction(tx, clue, { kind: "amend", scope, today, reason, before, after: [{ note }] });
    return 1;
  }
  // Removed already, by another clue of the same household: nothing is removed twice. But whoever is gone leaves it.
  const isRemoved = before.every(({ status }) => status === "removed");
  if (!isRemoved) {
    const after = own.map(({ id }) => ({ person: id, status: "removed" as const }));
    await insertAction(tx, clue, { kind: "remove", scope, today, reason, before, after });
  }
  if (verdict === "gone") await endMemberships(tx, clue, scope, today);
  return isRemoved && (verdict !== "gone" || own.length === 0) ? 0 : 1;
}

type NewAction = {
  kind: "amend" | "remove";
  scope: Judgement["scope"];
  today: string;
  reason: string;
  before: object;
  after: object;
};

async function insertAction(tx: Tx, clue: ListedClue, action: NewAction): Promise<void> {
  const person = action.scope === "person" ? clue.person : null;
  await tx.query(sql`INSERT INTO relief.registry_actions
      (county, region, household, person, kind, on_day, reason, before, after, clue, recorded_by)
    VALUES (${clue.county}, ${clue.region}, ${clue.household}, ${person}, ${action.kind}, ${action.today},
      ${action.reason}, ${JSON.stringify({ members: action.before })}, ${JSON.stringify({ members: action.after })},
      ${clue.id}, ${tx.actor.post ?? 0})`);
}

/** Whoever died or moved away is no member from the day on. */
async function endMemberships(
  tx: Tx,
  clue: ListedClue,
  scope: Judgement["scope"],
  today: string,
): Promise<void> {
  const whose = scope === "person" ? sql`person = ${clue.person}` : sql`true`;
  await tx.query(sql`UPDATE relief.memberships SET to_day = greatest(from_day, ${today}::date)
    WHERE county = ${clue.county} AND household = ${clue.household} AND to_day IS NULL AND ${whose}`);
}
