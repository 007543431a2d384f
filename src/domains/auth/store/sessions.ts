/** SQL of sessions. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { AccountState } from "../core/account-states.ts";
import type { Role } from "../core/roles.ts";

export type SessionRow = {
  account: number;
  county: number;
  post: number;
  csrf: string;
  seen_at: string;
  expires_at: string;
  revoked_at: string | null;
  username: string;
  person: number;
  state: AccountState;
  must_change: boolean;
  role: Role;
  region: number;
  unit: number;
  title_zh: string;
};

/** The session with its account and post; none when the person no longer holds the post. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { rows } =
    await tx.query<SessionRow>(sql`SELECT s.account, s.county, s.post, s.csrf, s.seen_at, s.expires_at, s.revoked_at,
      a.username, a.person, a.state, a.must_change, p.role, p.region, p.unit, p.title_zh
    FROM auth.sessions s
    JOIN auth.accounts a ON a.id = s.account
    JOIN org.posts p ON p.county = s.county AND p.id = s.post AND p.person = a.person
    WHERE s.token_hash = ${tokenHash}`);
  return rows[0];
}

export type NewSession = {
  tokenHash: Buffer;
  account: number;
  county: number;
  post: number;
  csrf: string;
  at: Date;
  expiresAt: Date;
  address: string | null;
  agent: string | null;
};

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const at = session.at.toISOString();
  await tx.query(sql`INSERT INTO auth.sessions (token_hash, account, county, post, csrf, created_at, seen_at, expires_at, address, agent)
    VALUES (${session.tokenHash}, ${session.account}, ${session.county}, ${session.post}, ${session.csrf}, ${at}, ${at},
      ${session.expiresAt.toISOString()}, ${session.address}, ${session.agent})`);
}

export async function noteSessionUse(tx: Tx, tokenHash: Buffer, at: Date): Promise<void> {
  const now = at.toISOString();
  await tx.query(
    sql`UPDATE auth.sessions SET seen_at = ${now} WHERE token_hash = ${tokenHash} AND seen_at < ${now}`,
  );
}

export async function updateSessionPost(
  tx: Tx,
  tokenHash: Buffer,
  next: { post: number; csrf: string },
): Promise<void> {
  await tx.query(
    sql`UPDATE auth.sessions SET post = ${next.post}, csrf = ${next.csrf} WHERE token_hash = ${tokenHash}`,
  );
}

export async function revokeSession(tx: Tx, tokenHash: Buffer, at: Date): Promise<void> {
  await tx.query(
    sql`UPDATE auth.sessions SET revoked_at = ${at.toISOString()} WHERE token_hash = ${tokenHash} AND revoked_at IS NULL`,
  );
}

/** @returns how many were still open */
export async function revokeSessionsOf(tx: Tx, account: number, at: Date): Promise<number> {
  const { count } = await tx.query(
    sql`UPDATE auth.sessions SET revoked_at = ${at.toISOString()} WHERE account = ${account} AND revoked_at IS NULL`,
  );
  return count;
}

/** Sessions that ended before `before` are of no use to anybody; the audit trail keeps the sign-ins. */
export async function deleteEndedSessions(tx: Tx, before: Date): Promise<number> {
  const { count } = await tx.query(
    sql`DELETE FROM auth.sessions WHERE expires_at < ${before.toISOString()} OR revoked_at < ${before.toISOString()}`,
  );
  return count;
}
