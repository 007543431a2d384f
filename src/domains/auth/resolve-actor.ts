/** From a request to who is acting: by session cookie or API token. */
import type { IncomingHttpHeaders } from "node:http";
import { withActor } from "../../platform/db/actor.ts";
import { countyOf } from "../../shared/region-code.ts";
import type { Tx } from "../../platform/db/actor.ts";
import type { Auth } from "./auth.ts";
import { hashSecret, isSameSecret, TOKEN_PREFIX } from "./bearer-secret.ts";
import { accessOf, permissionsOf, tokenPermissionsOf } from "./core/roles.ts";
import { goodUntil, isAlive, mustNoteUse } from "./core/session-life.ts";
import { computeTokenScope } from "./core/token-scope.ts";
import { makeActor, makeGateActor } from "./principal.ts";
import type { Acting, Origin, Principal } from "./principal.ts";
import { FOREIGN_REQUEST } from "./problems.ts";
import { findSession, noteSessionUse } from "./store/sessions.ts";
import { findToken, noteTokenUse } from "./store/tokens.ts";

export const SESSION_COOKIE = "taizhang_session";
/** A secret is 43 characters; nothing longer is worth hashing. */
const LONGEST_SECRET = 100;
const TOKEN_NOTE_MILLISECONDS = 60_000;
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** What is needed of a request; Fastify's is one, with @fastify/cookie. */
export type IncomingRequest = {
  method: string;
  headers: IncomingHttpHeaders;
  cookies: Record<string, string | undefined>;
  ip: string;
  id: string;
  host: string;
};

export function originOf(request: IncomingRequest): Origin {
  return {
    address: request.ip,
    request: request.id,
    agent: request.headers["user-agent"]?.slice(0, 200) ?? null,
  };
}

/**
 * Who acts in this request, or undefined when it carries no credential that is good now. A token goes before a cookie.
 * @throws FOREIGN_REQUEST (CSRF, 403) when a signed-in page's request changes something without the session's token
 */
export async function resolveActor(auth: Auth, request: IncomingRequest): Promise<Acting | undefined> {
  const bearer = readBearer(request.headers.authorization);
  // A request that names a token is judged by the token alone, or a bad one would silently act as the cookie's post.
  const principal =
    bearer === undefined
      ? await findBySession(auth, request.cookies[SESSION_COOKIE])
      : await findByToken(auth, bearer);
  if (principal === undefined) return undefined;
  if (principal.csrf !== null && !SAFE_METHODS.has(request.method)) {
    requireOwnPage(auth, request);
    const given = request.headers["x-csrf-token"];
    if (typeof given !== "string" || !isSameSecret(given, principal.csrf)) throw FOREIGN_REQUEST();
  }
  const origin = originOf(request);
  const actor = { ...principal.actor, address: origin.address, request: origin.request };
  return { ...principal, actor, origin };
}

/**
 * Refuses what a browser says another site sent. Also for requests without a session: signing a stranger in is an attack too.
 * @throws FOREIGN_REQUEST
 */
export function requireOwnPage(auth: Pick<Auth, "config">, request: IncomingRequest): void {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw FOREIGN_REQUEST();
  const origin = request.headers.origin;
  if (origin === undefined || site === "same-origin") return;
  const host = URL.canParse(origin) ? new URL(origin).host : "";
  if (host === "" || (host !== request.host && host !== auth.config.publicUrl?.host)) throw FOREIGN_REQUEST();
}

function readBearer(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer +(\S+)$/i.exec(header)?.[1];
}

async function findBySession(auth: Auth, cookie: string | undefined): Promise<Principal | undefined> {
  if (cookie === undefined || cookie === "" || cookie.length > LONGEST_SECRET) return undefined;
  const tokenHash = hashSecret(cookie);
  const key = `s${tokenHash.toString("hex")}`;
  return (
    auth.cache.find(key, auth.clock().getTime()) ??
    auth.cache.load(key, auth.clock, () =>
      withActor(auth.pools, makeGateActor(undefined, undefined), (tx) => readSession(auth, tx, tokenHash)),
    )
  );
}

async function readSession(auth: Auth, tx: Tx, tokenHash: Buffer): Promise<Principal | undefined> {
  const now = auth.clock();
  const { idleMinutes } = auth.config;
  const row = await findSession(tx, tokenHash);
  if (row === undefined || row.state !== "active") return undefined;
  const times = {
    seenAt: Date.parse(row.seen_at),
    expiresAt: Date.parse(row.expires_at),
    revokedAt: row.revoked_at === null ? null : Date.parse(row.revoked_at),
  };
  if (!isAlive(times, idleMinutes, now.getTime())) return undefined;
  if (mustNoteUse(times.seenAt, idleMinutes, now.getTime())) {
    await noteSessionUse(tx, tokenHash, now);
    times.seenAt = now.getTime();
  }
  return {
    via: "session",
    account: row.account,
    person: row.person,
    county: row.county,
    post: row.post,
    role: row.role,
    permissions: permissionsOf(row.role),
    actor: makeActor({ ...row, postTitle: row.title_zh }, accessOf(row.role), undefined),
    csrf: row.csrf,
    sessionHash: tokenHash,
    mustChange: row.must_change,
    goodUntil: goodUntil(times, idleMinutes),
  };
}

async function findByToken(auth: Auth, token: string): Promise<Principal | undefined> {
  if (!token.startsWith(TOKEN_PREFIX) || token.length > LONGEST_SECRET) return undefined;
  const tokenHash = hashSecret(token);
  const key = `t${tokenHash.toString("hex")}`;
  return (
    auth.cache.find(key, auth.clock().getTime()) ??
    auth.cache.load(key, auth.clock, () =>
      withActor(auth.pools, makeGateActor(undefined, undefined), (tx) => readToken(auth, tx, tokenHash)),
    )
  );
}

async function readToken(auth: Auth, tx: Tx, tokenHash: Buffer): Promise<Principal | undefined> {
  const now = auth.clock();
  const row = await findToken(tx, tokenHash);
  if (row === undefined || row.state !== "active" || row.must_change || row.revoked_at !== null)
    return undefined;
  const expiresAt = Date.parse(row.expires_at);
  const scope = computeTokenScope(
    { region: row.token_region, access: row.access },
    { region: row.post_region, role: row.role },
  );
  if (expiresAt <= now.getTime() || scope === undefined) return undefined;
  const usedAt = row.used_at === null ? null : Date.parse(row.used_at);
  if (usedAt === null || now.getTime() - usedAt >= TOKEN_NOTE_MILLISECONDS)
    await noteTokenUse(tx, row.id, now);
  const { county, account, username, post, role } = row;
  return {
    via: "token",
    account,
    person: row.person,
    county,
    post,
    role,
    permissions: tokenPermissionsOf(role, scope.access),
    actor: makeActor(
      {
        // of the token's region, which may lie in another county than a prefecture's post
        county: countyOf(scope.region),
        region: scope.region,
        account,
        username,
        post,
        unit: row.unit,
        postTitle: row.title_zh,
        role,
      },
      scope.access,
      undefined,
    ),
    csrf: null,
    sessionHash: null,
    mustChange: false,
    goodUntil: expiresAt,
  };
}
