/** Changing one's own password. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import type { Problem } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Auth } from "../auth.ts";
import { clearFailures, lockoutOf, tellLocked, tryPassword } from "../check-password.ts";
import { PASSWORD_HISTORY, PASSWORD_PROBLEMS, validatePassword } from "../core/password-rules.ts";
import type { PasswordProblem } from "../core/password-rules.ts";
import { hashPassword, verifyPassword } from "../password-hash.ts";
import { atTheGate } from "../principal.ts";
import type { Acting } from "../principal.ts";
import { PASSWORD_NOT_TAKEN, WRONG_PASSWORD } from "../problems.ts";
import { lockAccount, updatePassword } from "../store/accounts.ts";
import type { Account } from "../store/accounts.ts";
import { revokeSessionsOf } from "../store/sessions.ts";
import { requireSession } from "./session.ts";
import { startSession } from "./sign-in.ts";
import type { StartedSession } from "./sign-in.ts";

type Outcome = { started: StartedSession } | { refused: Problem };

/**
 * Ends all sessions of the account, this one too, and opens a new one. Personal API tokens live on: they were made
 * by a person who was signed in, and can be revoked one by one.
 * @throws WRONG_PASSWORD (counted like a failed sign-in), ACCOUNT_LOCKED, PASSWORD_NOT_TAKEN with every rule broken
 */
export async function changePassword(
  auth: Auth,
  acting: Acting,
  change: { current: string; next: string },
): Promise<StartedSession> {
  requireSession(acting);
  const outcome = await auth.slots.run(() =>
    withActor(auth.pools, atTheGate(acting), (tx) => tryChange(auth, tx, acting, change)),
  );
  auth.cache.dropAccount(acting.account);
  if ("refused" in outcome) throw outcome.refused;
  return outcome.started;
}

async function tryChange(
  auth: Auth,
  tx: Tx,
  acting: Acting,
  change: { current: string; next: string },
): Promise<Outcome> {
  const account = await lockAccount(tx, acting.account);
  if (account === undefined) return { refused: WRONG_PASSWORD() };
  const refused = await tryPresentPassword(auth, tx, account, change.current);
  if (refused !== undefined) return { refused };
  const problems = await findPasswordProblems(account, change.next);
  if (problems.length > 0) {
    return {
      refused: PASSWORD_NOT_TAKEN({ places: problems.map((problem) => ({ ...problem, field: "next" })) }),
    };
  }
  const at = auth.clock();
  const hash = await hashPassword(change.next);
  const chosen = [hash, ...account.previous_hashes].slice(0, PASSWORD_HISTORY);
  await updatePassword(tx, account.id, { hash, chosen, at });
  await clearFailures(tx, account);
  const sessions = await revokeSessionsOf(tx, account.id, at);
  const { county, post } = acting;
  const started = await startSession(auth, tx, { account: account.id, county, post }, acting.origin);
  await recordAudit(tx, {
    action: "auth.changePassword",
    object: `account:${account.id}`,
    after: { endedSessions: sessions },
  });
  return { started };
}

/** Asks for the password of somebody who is signed in already; failures count as at sign-in. */
export async function tryPresentPassword(
  auth: Auth,
  tx: Tx,
  account: Account,
  password: string,
): Promise<Problem | undefined> {
  const trial = await tryPassword(auth, tx, account, password);
  if (trial === "right") return undefined;
  return trial === "locked" ? tellLocked(lockoutOf(account), auth.clock().getTime()) : WRONG_PASSWORD();
}

async function findPasswordProblems(account: Account, next: string): Promise<PasswordProblem[]> {
  const problems = validatePassword(next, account.username);
  if (problems.length > 0) return problems;
  // A password given by an administrator is in force without being among those chosen.
  for (const hash of new Set([account.password_hash, ...account.previous_hashes])) {
    if (await verifyPassword(hash, next)) return [PASSWORD_PROBLEMS.usedBefore];
  }
  return [];
}
