/** SQL of accounts as administrators see them: within their scope, and never a password hash or an authenticator secret. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { RegionBrief } from "../contract.ts";
import type { AccountState } from "../core/account-states.ts";

export type ListedAccount = {
  id: number;
  county: number;
  person: number;
  username: string;
  displayName: string;
  state: AccountState;
  lockedUntil: string | null;
  totp: boolean;
  createdBy: number | null;
  sessions: number;
  region: RegionBrief;
};

type Row = Omit<ListedAccount, "region"> & {
  code: number;
  level: RegionBrief["level"];
  nameZh: string;
  nameEn: string | null;
};

/** `seenAfter`: a session used before that has gone idle and is not counted. */
export type Moment = { now: Date; seenAfter: Date };
export type AccountFilter = { q?: string | undefined; state?: AccountState | undefined; limit: number };

export async function listAccountsInScope(
  tx: Tx,
  filter: AccountFilter,
  moment: Moment,
): Promise<ListedAccount[]> {
  const rows = await selectAccounts(
    tx,
    conditionsOf(tx, filter),
    moment,
    sql`ORDER BY a.username LIMIT ${filter.limit}`,
  );
  return rows;
}

export async function countAccountsInScope(tx: Tx, filter: AccountFilter): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(sql`SELECT count(*) AS n FROM auth.accounts a
    JOIN org.people p ON p.county = a.county AND p.id = a.person WHERE ${joinSql(conditionsOf(tx, filter), " AND ")}`);
  return rows[0]?.n ?? 0;
}

export async function findAccountInScope(
  tx: Tx,
  id: number,
  moment: Moment,
): Promise<ListedAccount | undefined> {
  const rows = await selectAccounts(tx, [...conditionsOf(tx, {}), sql`a.id = ${id}`], moment, sql``);
  return rows[0];
}

function conditionsOf(tx: Tx, filter: { q?: string | undefined; state?: AccountState | undefined }): Sql[] {
  const conditions = [sql`a.region >= ${tx.actor.regionFrom} AND a.region < ${tx.actor.regionTo}`];
  if (filter.state !== undefined) conditions.push(sql`a.state = ${filter.state}`);
  if (filter.q !== undefined && filter.q !== "") {
    conditions.push(sql`(strpos(a.username, lower(${filter.q})) > 0 OR strpos(p.name, ${filter.q}) > 0)`);
  }
  return conditions;
}

async function selectAccounts(
  tx: Tx,
  conditions: Sql[],
  moment: Moment,
  tail: Sql,
): Promise<ListedAccount[]> {
  const { rows } =
    await tx.query<Row>(sql`SELECT a.id, a.county, a.person, a.username, p.name AS "displayName", a.state,
      CASE WHEN a.locked_until > ${moment.now.toISOString()}::timestamptz THEN a.locked_until END AS "lockedUntil",
      a.totp_confirmed AS totp, a.created_by AS "createdBy",
      (SELECT count(*) FROM auth.sessions s WHERE s.account = a.id AND s.revoked_at IS NULL
        AND s.expires_at > ${moment.now.toISOString()}::timestamptz
        AND s.seen_at > ${moment.seenAfter.toISOString()}::timestamptz) AS sessions,
      r.code, r.level, r.name_zh AS "nameZh", r.name_en AS "nameEn"
    FROM auth.accounts a
    JOIN org.people p ON p.county = a.county AND p.id = a.person
    JOIN org.regions r ON r.code = a.region
    WHERE ${joinSql(conditions, " AND ")} ${tail}`);
  return rows.map(({ code, level, nameZh, nameEn, ...row }) => ({
    ...row,
    region: { code, level, nameZh, nameEn },
  }));
}

export type PersonKey = { id: number; county: number; region: number; has_account: boolean };

export async function findPersonInScope(tx: Tx, id: number): Promise<PersonKey | undefined> {
  const { rows } = await tx.query<PersonKey>(sql`SELECT p.id, p.county, p.region,
      EXISTS (SELECT FROM auth.accounts a WHERE a.county = p.county AND a.person = p.id) AS has_account
    FROM org.people p
    WHERE p.id = ${id} AND p.region >= ${tx.actor.regionFrom} AND p.region < ${tx.actor.regionTo}`);
  return rows[0];
}

export type NewAccount = {
  county: number;
  region: number;
  person: number;
  username: string;
  hash: string;
  state: AccountState;
  mustChange: boolean;
  createdBy: number | null;
  at: Date;
};

export async function insertAccount(tx: Tx, account: NewAccount): Promise<number> {
  const at = account.at.toISOString();
  // A password that need not be changed was chosen, and belongs to the history.
  const chosen = account.mustChange ? [] : [account.hash];
  const { rows } = await tx.query<{
    id: number;
  }>(sql`INSERT INTO auth.accounts (county, region, person, username, password_hash,
      password_changed_at, must_change, previous_hashes, state, created_by, created_at)
    VALUES (${account.county}, ${account.region}, ${account.person}, ${account.username}, ${account.hash}, ${at},
      ${account.mustChange}, ${chosen}, ${account.state}, ${account.createdBy}, ${at})
    RETURNING id`);
  return (rows[0] as { id: number }).id;
}

/** @returns whether the account was still in the state `from` */
export async function updateAccountState(
  tx: Tx,
  id: number,
  change: { from: AccountState; to: AccountState },
): Promise<boolean> {
  const { count } = await tx.query(
    sql`UPDATE auth.accounts SET state = ${change.to} WHERE id = ${id} AND state = ${change.from}`,
  );
  return count > 0;
}

export async function clearLock(tx: Tx, id: number): Promise<void> {
  await tx.query(sql`UPDATE auth.accounts SET failures = 0, locked_until = NULL WHERE id = ${id}`);
}

/** Also takes the authenticator away: who lost both proves who he is to the administrator. */
export async function setOneTimePassword(tx: Tx, id: number, hash: string, at: Date): Promise<void> {
  await tx.query(sql`UPDATE auth.accounts SET password_hash = ${hash}, must_change = true, password_changed_at = ${at.toISOString()},
      failures = 0, locked_until = NULL, totp_secret = NULL, totp_confirmed = false, totp_last_step = NULL WHERE id = ${id}`);
}

export async function findAccountIds(tx: Tx, usernames: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: number; username: string }>(
    sql`SELECT id, username FROM auth.accounts WHERE username = ANY (${usernames}::text[])`,
  );
  return new Map(rows.map((row) => [row.username, row.id]));
}

/** Which of these people of a county have an account. */
export async function listPeopleWithAccounts(tx: Tx, people: readonly number[]): Promise<Set<number>> {
  const { rows } = await tx.query<{ person: number }>(
    sql`SELECT person FROM auth.accounts WHERE person = ANY (${people}::bigint[])`,
  );
  return new Set(rows.map((row) => row.person));
}
