/** Accounts that come with an installation or a pack: made by the program and not by an administrator. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { recordAudit } from "../../audit/index.ts";
import { isUsername, normaliseUsername } from "../core/username.ts";
import {
  findAccountIds,
  findPersonInScope,
  insertAccount,
  setOneTimePassword,
} from "../store/accounts-admin.ts";
import { deleteEndedSessions, revokeSessionsOf } from "../store/sessions.ts";
import { revokeTokensOf } from "../store/tokens.ts";
import { makeGateActor } from "../principal.ts";
import type { AccountState } from "../core/account-states.ts";

export type LoadedAccount = {
  username: string;
  /** id of the person */
  person: number;
  /** hash of the password, from `hashPassword`; computed outside the transaction, since it takes its time */
  passwordHash: string;
  state: AccountState;
  /** false only where the password is public anyway, as in a demonstration */
  mustChange: boolean;
};

/**
 * Makes the accounts that are not there yet; one that is there is left as it is, password and all.
 * `tx` must have been entered as a system actor with the door taizhang_admin.
 * @returns account ids by user name
 * @throws Error when a user name or a person is not as it should be
 */
export async function loadAccounts(
  tx: Tx,
  accounts: readonly LoadedAccount[],
  at: Date,
): Promise<Map<string, number>> {
  const ids = await findAccountIds(
    tx,
    accounts.map((account) => normaliseUsername(account.username)),
  );
  for (const account of accounts) {
    const username = normaliseUsername(account.username);
    if (ids.has(username)) continue;
    if (!isUsername(username))
      throw new Error(
        `"${account.username}" is no user name: letters, digits, . _ -, beginning with a letter`,
      );
    const person = await findPersonInScope(tx, account.person);
    if (person === undefined)
      throw new Error(`account ${username}: there is no person ${account.person} in the scope`);
    const { county, region } = person;
    const { state, mustChange, passwordHash } = account;
    const id = await insertAccount(tx, {
      county,
      region,
      person: person.id,
      username,
      hash: passwordHash,
      state,
      mustChange,
      at,
      createdBy: null,
    });
    ids.set(username, id);
    await recordAudit(tx, {
      action: "auth.createAccount",
      object: `account:${id}`,
      after: { username, person: person.id, state },
    });
  }
  return ids;
}

/**
 * For whoever runs the program, when no security administrator can help: a one-time password for an account.
 * `tx` must have been entered as a system actor with the door taizhang_admin. @returns false when there is no such account
 */
export async function resetAccount(
  tx: Tx,
  username: string,
  passwordHash: string,
  at: Date,
): Promise<boolean> {
  const id = (await findAccountIds(tx, [normaliseUsername(username)])).get(normaliseUsername(username));
  if (id === undefined) return false;
  await setOneTimePassword(tx, id, passwordHash, at);
  const ended = { sessions: await revokeSessionsOf(tx, id, at), tokens: await revokeTokensOf(tx, id, at) };
  await recordAudit(tx, { action: "auth.resetPassword", object: `account:${id}`, after: ended });
  return true;
}

/** Housekeeping: forgets sessions that ended more than 30 days ago. */
export async function forgetEndedSessions(pools: Pools, now: Date): Promise<number> {
  const before = new Date(now.getTime() - 30 * 86_400_000);
  return withActor(pools, makeGateActor(undefined, undefined), (tx) => deleteEndedSessions(tx, before));
}
