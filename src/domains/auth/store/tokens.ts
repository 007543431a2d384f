/** SQL of API tokens. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { RegionBrief, TokenView } from "../contract.ts";
import type { AccountState } from "../core/account-states.ts";
import type { Role } from "../core/roles.ts";

export type TokenRow = {
  id: number;
  account: number;
  county: number;
  post: number;
  token_region: number;
  access: "read" | "write";
  expires_at: string;
  used_at: string | null;
  revoked_at: string | null;
  username: string;
  person: number;
  state: AccountState;
  must_change: boolean;
  role: Role;
  post_region: number;
  unit: number;
  title_zh: string;
};

/** The token with its account and its post as they are now; none when the person no longer holds the post. */
export async function findToken(tx: Tx, tokenHash: Buffer): Promise<TokenRow | undefined> {
  const { rows } =
    await tx.query<TokenRow>(sql`SELECT t.id, t.account, t.county, t.post, t.region AS token_region, t.access, t.expires_at,
      t.used_at, t.revoked_at, a.username, a.person, a.state, a.must_change, p.role, p.region AS post_region, p.unit,
      p.title_zh
    FROM auth.tokens t
    JOIN auth.accounts a ON a.id = t.account
    JOIN org.posts p ON p.county = t.county AND p.id = t.post AND p.person = a.person
    WHERE t.token_hash = ${tokenHash}`);
  return rows[0];
}

export async function noteTokenUse(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(sql`UPDATE auth.tokens SET used_at = ${at.toISOString()} WHERE id = ${id}`);
}

export type NewToken = {
  tokenHash: Buffer;
  account: number;
  county: number;
  post: number;
  region: number;
  access: "read" | "write";
  name: string;
  at: Date;
  expiresAt: Date;
};

export async function insertToken(tx: Tx, token: NewToken): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(sql`INSERT INTO auth.tokens
      (token_hash, account, county, post, region, access, name, created_at, expires_at)
    VALUES (${token.tokenHash}, ${token.account}, ${token.county}, ${token.post}, ${token.region}, ${token.access}, ${token.name},
      ${token.at.toISOString()}, ${token.expiresAt.toISOString()})
    RETURNING id`);
  return (rows[0] as { id: number }).id;
}

type ListedRow = Omit<TokenView, "region"> & {
  code: number;
  level: RegionBrief["level"];
  nameZh: string;
  nameEn: string | null;
};

export async function listTokensOf(tx: Tx, account: number): Promise<TokenView[]> {
  const { rows } =
    await tx.query<ListedRow>(sql`SELECT t.id, t.name, t.post, t.access, t.created_at AS "createdAt",
      t.expires_at AS "expiresAt", t.used_at AS "usedAt", t.revoked_at AS "revokedAt",
      r.code, r.level, r.name_zh AS "nameZh", r.name_en AS "nameEn"
    FROM auth.tokens t JOIN org.regions r ON r.code = t.region
    WHERE t.account = ${account} ORDER BY t.id DESC`);
  return rows.map(({ code, level, nameZh, nameEn, ...token }) => ({
    ...token,
    region: { code, level, nameZh, nameEn },
  }));
}

/** @returns whether there was such a token of this account that was still good */
export async function revokeToken(tx: Tx, account: number, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.query(
    sql`UPDATE auth.tokens SET revoked_at = ${at.toISOString()} WHERE account = ${account} AND id = ${id} AND revoked_at IS NULL`,
  );
  return count > 0;
}

export async function revokeTokensOf(tx: Tx, account: number, at: Date): Promise<number> {
  const { count } = await tx.query(
    sql`UPDATE auth.tokens SET revoked_at = ${at.toISOString()} WHERE account = ${account} AND revoked_at IS NULL`,
  );
  return count;
}
