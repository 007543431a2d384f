/** The one place where a password or one-time code is tried, and failures are counted. */
import { Secret, TOTP } from "otpauth";
import type { Tx } from "../../platform/db/actor.ts";
import type { Problem } from "../../platform/problem.ts";
import { openSecret } from "../../platform/data-key.ts";
import { recordAudit } from "../audit/index.ts";
import type { Auth } from "./auth.ts";
import { decideLockout, isLocked, LOCK_MINUTES, minutesLeft } from "./core/lockout.ts";
import type { Lockout } from "./core/lockout.ts";
import { mayAcceptStep, stepAt, TOTP_STEP_SECONDS, TOTP_WINDOW } from "./core/totp-step.ts";
import { verifyPassword } from "./password-hash.ts";
import { ACCOUNT_LOCKED } from "./problems.ts";
import { updateFailures } from "./store/accounts.ts";
import type { Account } from "./store/accounts.ts";

export function lockoutOf(account: Pick<Account, "failures" | "locked_until">): Lockout {
  return {
    failures: account.failures,
    lockedUntil: account.locked_until === null ? null : Date.parse(account.locked_until),
  };
}

export function tellLocked(state: Lockout, now: number): Problem {
  const minutes = Math.max(1, minutesLeft(state, now));
  return ACCOUNT_LOCKED({
    detail: {
      zh: `连续输错，账号已锁定，请 ${minutes} 分钟后再试`,
      en: `Locked after repeated failures; try again in ${minutes} minute${minutes === 1 ? "" : "s"}`,
    },
    headers: { "retry-after": String(minutes * 60) },
  });
}

export type Trial = "locked" | "wrong" | "right";

/**
 * Tries the password of an account whose row this transaction has locked. While the account is locked nothing is tried.
 * A wrong one is counted and recorded; a right one leaves the count alone, since a code may still follow.
 */
export async function tryPassword(auth: Auth, tx: Tx, account: Account, password: string): Promise<Trial> {
  if (isLocked(lockoutOf(account), auth.clock().getTime())) {
    await recordAudit(tx, {
      action: "auth.refuseSignIn",
      object: `account:${account.id}`,
      after: { reason: "locked" },
    });
    return "locked";
  }
  if (await verifyPassword(account.password_hash, password)) return "right";
  return countFailure(auth, tx, account, "password");
}

/** Counts one failure; the fifth in a row locks. @returns "locked" when this one locked */
export async function countFailure(
  auth: Auth,
  tx: Tx,
  account: Account,
  reason: "password" | "code",
): Promise<"wrong" | "locked"> {
  const now = auth.clock().getTime();
  const next = decideLockout(lockoutOf(account), "wrong", now);
  const lockedUntil = next.lockedUntil === null ? null : new Date(next.lockedUntil);
  account.failures = next.failures;
  account.locked_until = lockedUntil?.toISOString() ?? null;
  await updateFailures(tx, account.id, next.failures, lockedUntil);
  const object = `account:${account.id}`;
  await recordAudit(tx, { action: "auth.refuseSignIn", object, after: { reason, failures: next.failures } });
  if (lockedUntil === null) return "wrong";
  await recordAudit(tx, {
    action: "auth.lockAccount",
    object,
    after: { minutes: LOCK_MINUTES, until: lockedUntil.toISOString() },
  });
  return "locked";
}

/** A full success ends the row of failures. */
export async function clearFailures(tx: Tx, account: Account): Promise<void> {
  if (account.failures !== 0 || account.locked_until !== null) await updateFailures(tx, account.id, 0, null);
}

/** What the encrypted authenticator secret of an account is bound to. */
export function totpPurpose(account: number): string {
  return `totp:${account}`;
}

export function makeTotp(secret: Secret, username: string): TOTP {
  return new TOTP({
    issuer: "台账 Taizhang",
    label: username,
    algorithm: "SHA1",
    digits: 6,
    period: TOTP_STEP_SECONDS,
    secret,
  });
}

/** The time step of a code that may be taken now, or undefined. */
export function findAcceptedStep(auth: Auth, account: Account, code: string): number | undefined {
  if (account.totp_secret === null) return undefined;
  const bytes = openSecret(auth.dataKey, account.totp_secret, totpPurpose(account.id));
  // Secret takes an ArrayBuffer; a Buffer's own may be a shared pool, hence the copy.
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  const now = auth.clock().getTime();
  const delta = makeTotp(secret, account.username).validate({
    token: code,
    timestamp: now,
    window: TOTP_WINDOW,
  });
  if (delta === null) return undefined;
  const step = stepAt(now) + delta;
  return mayAcceptStep(step, account.totp_last_step, now) ? step : undefined;
}
