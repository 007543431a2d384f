/** SQL of accounts as the gate sees them: signing in, passwords, authenticators. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { AccountState } from "../core/account-states.ts";

export type AccountKey = { id: number; county: number; region: number; username: string };

export async function findAccountKey(tx: Tx, username: string): Promise<AccountKey | undefined> {
  const { rows } = await tx.query<AccountKey>(
    sql`SELECT id, county, region, username FROM auth.accounts WHERE username = ${username}`,
  );
  return rows[0];
}

export type Account = AccountKey & {
  person: number;
  password_hash: string;
  previous_hashes: string[];
  must_change: boolean;
  state: AccountState;
  failures: number;
  locked_until: string | null;
  totp_secret: Buffer | null;
  totp_confirmed: boolean;
  totp_last_step: number | null;
};

/** Locks the account's row until the transaction ends: guesses in parallel are counted one after the other. */
export async function lockAccount(tx: Tx, id: number): Promise<Account | undefined> {
  const { rows } =
    await tx.query<Account>(sql`SELECT id, county, region, username, person, password_hash, previous_hashes,
      must_change, state, failures, locked_until, totp_secret, totp_confirmed, totp_last_step
    FROM auth.accounts WHERE id = ${id} FOR UPDATE`);
  return rows[0];
}

export async function updateFailures(
  tx: Tx,
  id: number,
  failures: number,
  lockedUntil: Date | null,
): Promise<void> {
  await tx.query(
    sql`UPDATE auth.accounts SET failures = ${failures}, locked_until = ${lockedUntil?.toISOString() ?? null} WHERE id = ${id}`,
  );
}

export async function updatePassword(tx: Tx, id: number, next: NewPassword): Promise<void> {
  await tx.query(sql`UPDATE auth.accounts SET password_hash = ${next.hash}, previous_hashes = ${next.chosen},
      password_changed_at = ${next.at.toISOString()}, must_change = false WHERE id = ${id}`);
}
/** `chosen`: hashes of the passwords that the person chose, newest first, this one among them. */
export type NewPassword = { hash: string; chosen: string[]; at: Date };

export async function updateTotp(
  tx: Tx,
  id: number,
  totp: { secret: Buffer | null; confirmed: boolean },
): Promise<void> {
  await tx.query(sql`UPDATE auth.accounts SET totp_secret = ${totp.secret}, totp_confirmed = ${totp.confirmed},
      totp_last_step = NULL WHERE id = ${id}`);
}

export async function confirmTotp(tx: Tx, id: number, step: number): Promise<void> {
  await tx.query(
    sql`UPDATE auth.accounts SET totp_confirmed = true, totp_last_step = ${step} WHERE id = ${id}`,
  );
}

export async function updateTotpStep(tx: Tx, id: number, step: number): Promise<void> {
  await tx.query(sql`UPDATE auth.accounts SET totp_last_step = ${step} WHERE id = ${id}`);
}

export type AccountSummary = {
  username: string;
  display_name: string;
  must_change: boolean;
  totp_confirmed: boolean;
};

export async function findAccountSummary(tx: Tx, id: number): Promise<AccountSummary | undefined> {
  const { rows } =
    await tx.query<AccountSummary>(sql`SELECT a.username, p.name AS display_name, a.must_change, a.totp_confirmed
    FROM auth.accounts a JOIN org.people p ON p.county = a.county AND p.id = a.person WHERE a.id = ${id}`);
  return rows[0];
}

export type Home = { code: number; name_zh: string; name_en: string | null };

/** The region that this installation was made for. */
export async function findHome(tx: Tx): Promise<Home | undefined> {
  const { rows } = await tx.query<Home>(
    sql`SELECT r.code, r.name_zh, r.name_en FROM org.installation i JOIN org.regions r ON r.code = i.county`,
  );
  return rows[0];
}
