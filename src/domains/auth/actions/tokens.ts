/** Personal API tokens: a post's reach, or less of it, for programs. */
import { withActor } from "../../../platform/db/actor.ts";
import { FORBIDDEN, INVALID_REQUEST, NOT_FOUND, OUT_OF_SCOPE } from "../../../platform/problem.ts";
import { contains } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Auth } from "../auth.ts";
import { hashSecret, makeSecret, TOKEN_PREFIX } from "../bearer-secret.ts";
import type { TokenView } from "../contract.ts";
import { accessOf } from "../core/roles.ts";
import { atTheGate } from "../principal.ts";
import type { Acting } from "../principal.ts";
import { findRegionBrief } from "../store/posts.ts";
import { insertToken, listTokensOf, revokeToken } from "../store/tokens.ts";
import { requireSession } from "./session.ts";

const DAY = 86_400_000;

export type TokenWish = { name: string; access: "read" | "write"; region?: number | undefined; days: number };

/** Tokens are managed by a person who is signed in, never by a token. @throws FORBIDDEN */
function requireKeeper(acting: Acting): void {
  requireSession(acting);
  if (!acting.permissions.has("tokens.manage")) throw FORBIDDEN();
}

/**
 * @returns the token itself too; it cannot be shown again
 * @throws FORBIDDEN, OUT_OF_SCOPE when the region lies outside the post, INVALID_REQUEST when there is no such region
 */
export async function createToken(
  auth: Auth,
  acting: Acting,
  wish: TokenWish,
): Promise<TokenView & { token: string }> {
  requireKeeper(acting);
  const region = wish.region ?? acting.actor.region;
  if (!contains(acting.actor.region, region)) throw OUT_OF_SCOPE();
  if (wish.access === "write" && accessOf(acting.role) !== "write") throw FORBIDDEN();
  const token = makeSecret(TOKEN_PREFIX);
  const at = auth.clock();
  const expiresAt = new Date(at.getTime() + wish.days * DAY);
  return withActor(auth.pools, atTheGate(acting), async (tx) => {
    const brief = await findRegionBrief(tx, region);
    if (brief === undefined) {
      throw INVALID_REQUEST({
        places: [
          { code: "UNKNOWN_REGION", field: "region", zh: "没有这个行政区", en: "There is no such region" },
        ],
      });
    }
    const { name, access } = wish;
    const { account, county, post } = acting;
    const id = await insertToken(tx, {
      tokenHash: hashSecret(token),
      account,
      county,
      post,
      region,
      access,
      name,
      at,
      expiresAt,
    });
    await recordAudit(tx, {
      action: "auth.createToken",
      object: `token:${id}`,
      after: { name, access, region, expiresAt: expiresAt.toISOString() },
    });
    return {
      id,
      name,
      post,
      region: brief,
      access,
      createdAt: at.toISOString(),
      expiresAt: expiresAt.toISOString(),
      usedAt: null,
      revokedAt: null,
      token,
    };
  });
}

/** One's own tokens, of all one's posts, newest first. */
export async function listTokens(auth: Auth, acting: Acting): Promise<TokenView[]> {
  requireKeeper(acting);
  return withActor(auth.pools, atTheGate(acting), (tx) => listTokensOf(tx, acting.account), {
    readOnly: true,
  });
}

/** @throws NOT_FOUND when it is not one's own, or was revoked already */
export async function endToken(auth: Auth, acting: Acting, id: number): Promise<void> {
  requireKeeper(acting);
  await withActor(auth.pools, atTheGate(acting), async (tx) => {
    if (!(await revokeToken(tx, acting.account, id, auth.clock()))) throw NOT_FOUND();
    await recordAudit(tx, { action: "auth.revokeToken", object: `token:${id}` });
  });
  auth.cache.dropAccount(acting.account);
}
