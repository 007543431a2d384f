/** Signing in and out. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import type { Problem } from "../../../platform/problem.ts";
import { countyOf } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Auth } from "../auth.ts";
import { hashSecret, makeSecret } from "../bearer-secret.ts";
import {
  clearFailures,
  countFailure,
  findAcceptedStep,
  lockoutOf,
  tellLocked,
  tryPassword,
} from "../check-password.ts";
import type { SignInRequest } from "../contract.ts";
import { isLocked } from "../core/lockout.ts";
import { mayHoldTogether } from "../core/roles.ts";
import { normaliseUsername } from "../core/username.ts";
import { verifyNobody } from "../password-hash.ts";
import { atTheGate, makeGateActor } from "../principal.ts";
import type { Acting, Origin } from "../principal.ts";
import {
  ACCOUNT_DISABLED,
  ACCOUNT_PENDING,
  NO_POST,
  POSTS_CONFLICT,
  TOTP_REQUIRED,
  WRONG_CODE,
  WRONG_CREDENTIALS,
} from "../problems.ts";
import { findAccountKey, findHome, lockAccount, updateTotpStep } from "../store/accounts.ts";
import type { Account, AccountKey } from "../store/accounts.ts";
import { listPostsOf } from "../store/posts.ts";
import { insertSession, revokeSession, revokeSessionsOf } from "../store/sessions.ts";
import { requireSession } from "./session.ts";

/** `cookie` is the secret of the new session, told to nobody but the browser. */
export type StartedSession = { cookie: string };
/** Refusals are returned and not thrown inside the transaction, so that what was counted and recorded is committed. */
type Outcome = { started: StartedSession } | { refused: Problem };

/**
 * @param previous the session cookie that came along, which the new session replaces
 * @throws WRONG_CREDENTIALS, ACCOUNT_LOCKED, TOTP_REQUIRED, WRONG_CODE, ACCOUNT_PENDING, ACCOUNT_DISABLED, NO_POST,
 *   POSTS_CONFLICT, TOO_MANY_SIGN_INS
 */
export async function signIn(
  auth: Auth,
  request: SignInRequest,
  origin: Origin,
  previous?: string,
): Promise<StartedSession> {
  // The slot comes first: whoever waits for it holds no connection.
  const outcome = await auth.slots.run(async () => {
    const username = normaliseUsername(request.username);
    const gate = makeGateActor(undefined, origin);
    const key = await withActor(auth.pools, gate, (tx) => findAccountKey(tx, username), { readOnly: true });
    if (key === undefined) return refuseStranger(auth, username, request.password, origin);
    return withActor(auth.pools, makeGateActor({ ...key, account: key.id }, origin), (tx) =>
      admit(auth, tx, { key, request, origin, previous }),
    );
  });
  if ("refused" in outcome) throw outcome.refused;
  if (previous !== undefined) auth.cache.dropAll();
  return outcome.started;
}

type Attempt = { key: AccountKey; request: SignInRequest; origin: Origin; previous: string | undefined };

async function admit(auth: Auth, tx: Tx, attempt: Attempt): Promise<Outcome> {
  const account = await lockAccount(tx, attempt.key.id);
  if (account === undefined) return { refused: WRONG_CREDENTIALS() };
  const trial = await tryPassword(auth, tx, account, attempt.request.password);
  if (trial !== "right") return { refused: tellTrial(auth, account, trial) };
  const secondFactor = await tryCode(auth, tx, account, attempt.request.code);
  if (secondFactor !== undefined) return { refused: secondFactor };

  const posts = await listPostsOf(tx, account.county, [account.person]);
  const refused = refuseByState(
    account,
    posts.map((post) => post.role),
  );
  if (refused !== undefined) {
    await recordAudit(tx, {
      action: "auth.refuseSignIn",
      object: `account:${account.id}`,
      after: { reason: refused.code },
    });
    return { refused };
  }
  await clearFailures(tx, account);
  if (attempt.previous !== undefined) await revokeSession(tx, hashSecret(attempt.previous), auth.clock());
  const post = (posts[0] as { id: number }).id;
  const started = await startSession(
    auth,
    tx,
    { account: account.id, county: account.county, post },
    attempt.origin,
  );
  await recordAudit(tx, { action: "auth.signIn", object: `account:${account.id}`, after: { post } });
  return { started };
}

function tellTrial(auth: Auth, account: Account, trial: "wrong" | "locked"): Problem {
  return trial === "locked" ? tellLocked(lockoutOf(account), auth.clock().getTime()) : WRONG_CREDENTIALS();
}

async function tryCode(
  auth: Auth,
  tx: Tx,
  account: Account,
  code: string | undefined,
): Promise<Problem | undefined> {
  if (!account.totp_confirmed) return undefined;
  if (code === undefined) return TOTP_REQUIRED();
  const step = findAcceptedStep(auth, account, code);
  if (step === undefined) {
    const counted = await countFailure(auth, tx, account, "code");
    return counted === "locked" ? tellTrial(auth, account, "locked") : WRONG_CODE();
  }
  await updateTotpStep(tx, account.id, step);
  return undefined;
}

function refuseByState(account: Account, roles: Parameters<typeof mayHoldTogether>[0]): Problem | undefined {
  if (account.state === "pending") return ACCOUNT_PENDING();
  if (account.state === "disabled") return ACCOUNT_DISABLED();
  if (roles.length === 0) return NO_POST();
  return mayHoldTogether(roles) ? undefined : POSTS_CONFLICT();
}

/** The answer to an unknown user name: same words, same time, same lock as for a known one. */
async function refuseStranger(
  auth: Auth,
  username: string,
  password: string,
  origin: Origin,
): Promise<Outcome> {
  const before = auth.strangers.find(username);
  const locked = isLocked(before, auth.clock().getTime());
  if (!locked) await verifyNobody(password);
  const now = auth.clock().getTime();
  const after = locked ? { locked, state: before } : auth.strangers.fail(username, now);
  await recordStranger(auth, origin);
  return { refused: after.locked ? tellLocked(after.state, now) : WRONG_CREDENTIALS() };
}

/** The name itself is not recorded: people type passwords into the wrong box. */
async function recordStranger(auth: Auth, origin: Origin): Promise<void> {
  const gate = makeGateActor(undefined, origin);
  const home = await withActor(auth.pools, gate, (tx) => findHome(tx), { readOnly: true });
  const subject = home && { county: countyOf(home.code), region: home.code, account: null, username: null };
  await withActor(auth.pools, makeGateActor(subject, origin), (tx) =>
    recordAudit(tx, {
      action: "auth.refuseSignIn",
      object: "account:unknown",
      after: { reason: "password" },
    }),
  );
}

type NewSessionOf = { account: number; county: number; post: number };

/** Opens a session; the caller records why. */
export async function startSession(
  auth: Auth,
  tx: Tx,
  of: NewSessionOf,
  origin: Origin,
): Promise<StartedSession> {
  const cookie = makeSecret();
  const at = auth.clock();
  await insertSession(tx, {
    ...of,
    tokenHash: hashSecret(cookie),
    csrf: makeSecret(),
    at,
    expiresAt: new Date(at.getTime() + auth.config.sessionHours * 3_600_000),
    address: origin.address,
    agent: origin.agent,
  });
  return { cookie };
}

/** @throws FORBIDDEN for a token, which has no session to end */
export async function signOut(auth: Auth, acting: Acting): Promise<void> {
  const { sessionHash } = requireSession(acting);
  await withActor(auth.pools, atTheGate(acting), async (tx) => {
    await revokeSession(tx, sessionHash, auth.clock());
    await recordAudit(tx, { action: "auth.signOut", object: `account:${acting.account}` });
  });
  auth.cache.dropAccount(acting.account);
}

/** Ends every session of one's own account, this one too. @throws FORBIDDEN for a token */
export async function signOutEverywhere(auth: Auth, acting: Acting): Promise<void> {
  requireSession(acting);
  await withActor(auth.pools, atTheGate(acting), async (tx) => {
    const sessions = await revokeSessionsOf(tx, acting.account, auth.clock());
    await recordAudit(tx, {
      action: "auth.signOutEverywhere",
      object: `account:${acting.account}`,
      after: { sessions },
    });
  });
  auth.cache.dropAccount(acting.account);
}
