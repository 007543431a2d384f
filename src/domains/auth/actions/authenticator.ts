/** The optional second factor: an authenticator app (TOTP, RFC 6238). */
import { Secret } from "otpauth";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { sealSecret } from "../../../platform/data-key.ts";
import type { Problem } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Auth } from "../auth.ts";
import { findAcceptedStep, makeTotp, totpPurpose } from "../check-password.ts";
import { atTheGate } from "../principal.ts";
import type { Acting } from "../principal.ts";
import { CODE_NOT_TAKEN, TOTP_ALREADY_ON, TOTP_NOT_STARTED, WRONG_PASSWORD } from "../problems.ts";
import { confirmTotp, lockAccount, updateTotp } from "../store/accounts.ts";
import { tryPresentPassword } from "./change-password.ts";
import { requireSession } from "./session.ts";

const SECRET_BYTES = 20;

/** A new secret, not in force until a code of it is confirmed. @throws TOTP_ALREADY_ON */
export async function startTotp(auth: Auth, acting: Acting): Promise<{ uri: string; secret: string }> {
  requireSession(acting);
  return withActor(auth.pools, atTheGate(acting), async (tx) => {
    const account = await lockAccount(tx, acting.account);
    if (account === undefined || account.totp_confirmed) throw TOTP_ALREADY_ON();
    const secret = new Secret({ size: SECRET_BYTES });
    const sealed = sealSecret(auth.dataKey, Buffer.from(secret.bytes), totpPurpose(account.id));
    await updateTotp(tx, account.id, { secret: sealed, confirmed: false });
    await recordAudit(tx, { action: "auth.startAuthenticator", object: `account:${account.id}` });
    return { uri: makeTotp(secret, account.username).toString(), secret: secret.base32 };
  });
}

/** From now on sign-in asks for a code. @throws TOTP_NOT_STARTED, TOTP_ALREADY_ON, CODE_NOT_TAKEN */
export async function finishTotp(auth: Auth, acting: Acting, code: string): Promise<void> {
  requireSession(acting);
  await withActor(auth.pools, atTheGate(acting), async (tx) => {
    const account = await lockAccount(tx, acting.account);
    if (account === undefined || account.totp_secret === null) throw TOTP_NOT_STARTED();
    if (account.totp_confirmed) throw TOTP_ALREADY_ON();
    const step = findAcceptedStep(auth, account, code);
    if (step === undefined) throw CODE_NOT_TAKEN();
    await confirmTotp(tx, account.id, step);
    await recordAudit(tx, { action: "auth.enableAuthenticator", object: `account:${account.id}` });
  });
}

/**
 * Sign-in asks for no code any more. A wrong password is counted and committed, hence returned and thrown afterwards.
 * @throws WRONG_PASSWORD, ACCOUNT_LOCKED
 */
export async function stopTotp(auth: Auth, acting: Acting, password: string): Promise<void> {
  requireSession(acting);
  const refused = await auth.slots.run(() =>
    withActor(auth.pools, atTheGate(acting), (tx) => tryToStop(auth, tx, acting.account, password)),
  );
  if (refused !== undefined) throw refused;
}

async function tryToStop(auth: Auth, tx: Tx, id: number, password: string): Promise<Problem | undefined> {
  const account = await lockAccount(tx, id);
  if (account === undefined) return WRONG_PASSWORD();
  const refused = await tryPresentPassword(auth, tx, account, password);
  if (refused !== undefined) return refused;
  await updateTotp(tx, account.id, { secret: null, confirmed: false });
  await recordAudit(tx, {
    action: "auth.disableAuthenticator",
    object: `account:${account.id}`,
    before: { confirmed: account.totp_confirmed },
  });
  return undefined;
}
