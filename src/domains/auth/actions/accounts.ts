/** Accounts, for the administrators: 系统管理员 creates, 安全管理员 approves; both within their region only. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN, INVALID_REQUEST, NOT_FOUND } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Auth } from "../auth.ts";
import type { AccountView } from "../contract.ts";
import { decideAccountState } from "../core/account-states.ts";
import type { AccountRefusal, AccountVerb } from "../core/account-states.ts";
import type { Permission } from "../core/roles.ts";
import { isUsername, normaliseUsername } from "../core/username.ts";
import { generatePassword, hashPassword } from "../password-hash.ts";
import type { Acting } from "../principal.ts";
import {
  ACCOUNT_STATE_CONFLICT,
  OWN_ACCOUNT,
  OWN_CREATION,
  PERSON_HAS_ACCOUNT,
  USERNAME_TAKEN,
} from "../problems.ts";
import {
  clearLock,
  countAccountsInScope,
  findAccountInScope,
  findPersonInScope,
  insertAccount,
  listAccountsInScope,
  setOneTimePassword,
  updateAccountState,
} from "../store/accounts-admin.ts";
import type { AccountFilter, ListedAccount, Moment } from "../store/accounts-admin.ts";
import { listPostsOf } from "../store/posts.ts";
import { revokeSessionsOf } from "../store/sessions.ts";
import { revokeTokensOf } from "../store/tokens.ts";
import { toPostView } from "./session.ts";

function requirePermission(acting: Acting, permission: Permission): void {
  if (!acting.permissions.has(permission)) throw FORBIDDEN();
}

function momentOf(auth: Auth): Moment {
  const now = auth.clock();
  return { now, seenAfter: new Date(now.getTime() - auth.config.idleMinutes * 60_000) };
}

/** @throws FORBIDDEN */
export async function listAccounts(
  auth: Auth,
  acting: Acting,
  filter: AccountFilter,
): Promise<{ items: AccountView[]; total: number }> {
  requirePermission(acting, "accounts.read");
  return withActor(
    auth.pools,
    acting.actor,
    async (tx) => {
      const [accounts, total] = await Promise.all([
        listAccountsInScope(tx, filter, momentOf(auth)),
        countAccountsInScope(tx, filter),
      ]);
      return { items: await viewAccounts(tx, accounts), total };
    },
    { readOnly: true },
  );
}

async function viewAccounts(tx: Tx, accounts: readonly ListedAccount[]): Promise<AccountView[]> {
  const counties = [...new Set(accounts.map((account) => account.county))];
  const lists = await Promise.all(
    counties.map((county) =>
      listPostsOf(
        tx,
        county,
        accounts.filter((account) => account.county === county).map((account) => account.person),
      ),
    ),
  );
  const posts = lists.flat();
  return accounts.map(({ county: _county, person, createdBy: _createdBy, ...account }) => ({
    ...account,
    posts: posts.filter((post) => post.person === person).map(toPostView),
  }));
}

async function viewAccount(auth: Auth, tx: Tx, id: number): Promise<AccountView> {
  const account = await findAccountInScope(tx, id, momentOf(auth));
  if (account === undefined) throw NOT_FOUND();
  return (await viewAccounts(tx, [account]))[0] as AccountView;
}

/**
 * A new account, pending until the security administrator approves it, with a one-time password shown once.
 * @throws FORBIDDEN, INVALID_REQUEST (no such person in the scope), PERSON_HAS_ACCOUNT, USERNAME_TAKEN
 */
export async function createAccount(
  auth: Auth,
  acting: Acting,
  wish: { username: string; person: number },
): Promise<AccountView & { password: string }> {
  requirePermission(acting, "accounts.create");
  const username = normaliseUsername(wish.username);
  if (!isUsername(username)) throw INVALID_REQUEST();
  const password = generatePassword();
  const hash = await auth.slots.run(() => hashPassword(password));
  const view = await withActor(auth.pools, acting.actor, async (tx) => {
    const person = await findPersonInScope(tx, wish.person);
    if (person === undefined) {
      throw INVALID_REQUEST({
        places: [
          {
            code: "UNKNOWN_PERSON",
            field: "person",
            zh: "范围内没有此人",
            en: "No such person in your scope",
          },
        ],
      });
    }
    if (person.has_account) throw PERSON_HAS_ACCOUNT();
    const { county, region } = person;
    const account = { county, region, person: person.id, username, hash, mustChange: true, at: auth.clock() };
    const id = await insertAccount(tx, { ...account, state: "pending", createdBy: acting.account });
    const made = await viewAccount(auth, tx, id);
    await recordAudit(tx, {
      action: "auth.createAccount",
      object: `account:${id}`,
      after: { username, person: person.id, state: "pending" },
    });
    return made;
  }).catch(tellTaken);
  return { ...view, password };
}

/** User names are unique over the whole installation; the answer tells no more than that. */
function tellTaken(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== "23505") throw error;
  throw constraint === "accounts_one_per_person" ? PERSON_HAS_ACCOUNT() : USERNAME_TAKEN();
}

const REFUSALS: Readonly<Record<AccountRefusal, () => Error>> = {
  WRONG_STATE: ACCOUNT_STATE_CONFLICT,
  OWN_CREATION,
  OWN_ACCOUNT,
};

/**
 * Approves, disables or enables an account. Disabling ends its sessions and tokens.
 * @throws FORBIDDEN, NOT_FOUND, OWN_ACCOUNT, OWN_CREATION, ACCOUNT_STATE_CONFLICT
 */
export async function changeAccountState(
  auth: Auth,
  acting: Acting,
  id: number,
  verb: AccountVerb,
): Promise<AccountView> {
  return administer(auth, acting, id, async (tx, account) => {
    const decision = decideAccountState(verb, account, acting.account);
    if ("refused" in decision) throw REFUSALS[decision.refused]();
    const change = { from: account.state, to: decision.to };
    if (!(await updateAccountState(tx, id, change))) throw ACCOUNT_STATE_CONFLICT();
    const ended = verb === "disable" ? await endAccess(auth, tx, id) : {};
    return {
      action: `auth.${verb}Account`,
      before: { state: change.from },
      after: { state: change.to, ...ended },
    };
  });
}

async function endAccess(
  auth: Auth,
  tx: Tx,
  id: number,
): Promise<{ endedSessions: number; endedTokens: number }> {
  const at = auth.clock();
  return { endedSessions: await revokeSessionsOf(tx, id, at), endedTokens: await revokeTokensOf(tx, id, at) };
}

/** Ends a lock before its time. @throws FORBIDDEN, NOT_FOUND */
export async function unlockAccount(auth: Auth, acting: Acting, id: number): Promise<AccountView> {
  return administer(auth, acting, id, async (tx, account) => {
    await clearLock(tx, id);
    return {
      action: "auth.unlockAccount",
      before: { lockedUntil: account.lockedUntil },
      after: { lockedUntil: null },
    };
  });
}

/** Ends all sessions of an account. @throws FORBIDDEN, NOT_FOUND */
export async function revokeAccountSessions(auth: Auth, acting: Acting, id: number): Promise<AccountView> {
  return administer(auth, acting, id, async (tx) => {
    const endedSessions = await revokeSessionsOf(tx, id, auth.clock());
    return { action: "auth.revokeSessions", after: { endedSessions } };
  });
}

/**
 * Gives a one-time password, shown once; ends sessions, tokens and a lock, and takes the authenticator away.
 * @throws FORBIDDEN, NOT_FOUND, OWN_ACCOUNT
 */
export async function resetPassword(
  auth: Auth,
  acting: Acting,
  id: number,
): Promise<AccountView & { password: string }> {
  requirePermission(acting, "accounts.approve");
  if (id === acting.account) throw OWN_ACCOUNT();
  const password = generatePassword();
  const hash = await auth.slots.run(() => hashPassword(password));
  const view = await administer(auth, acting, id, async (tx) => {
    await setOneTimePassword(tx, id, hash, auth.clock());
    return { action: "auth.resetPassword", after: await endAccess(auth, tx, id) };
  });
  return { ...view, password };
}

type Deed = { action: string; before?: unknown; after?: unknown };

/** The frame of every change by the security administrator: permission, scope, change, audit, and no stale cache. */
async function administer(
  auth: Auth,
  acting: Acting,
  id: number,
  change: (tx: Tx, account: ListedAccount) => Promise<Deed>,
): Promise<AccountView> {
  requirePermission(acting, "accounts.approve");
  const view = await withActor(auth.pools, acting.actor, async (tx) => {
    const account = await findAccountInScope(tx, id, momentOf(auth));
    if (account === undefined) throw NOT_FOUND();
    const deed = await change(tx, account);
    const after = await viewAccount(auth, tx, id);
    await recordAudit(tx, { ...deed, object: `account:${id}` });
    return after;
  });
  auth.cache.dropAccount(id);
  return view;
}
