/** The session that is open: what it shows, and switching posts. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN, NOT_FOUND, UNAUTHENTICATED } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import { todayOf } from "../auth.ts";
import type { Auth } from "../auth.ts";
import { hashSecret, makeSecret } from "../bearer-secret.ts";
import type { PostView, SessionView } from "../contract.ts";
import { mayHoldTogether, permissionsOf } from "../core/roles.ts";
import { atTheGate, makeGateActor } from "../principal.ts";
import type { Acting } from "../principal.ts";
import { POSTS_CONFLICT } from "../problems.ts";
import { findAccountSummary, findHome } from "../store/accounts.ts";
import { listPostsOf } from "../store/posts.ts";
import type { HeldPost } from "../store/posts.ts";
import { findSession, updateSessionPost } from "../store/sessions.ts";

/** A token has no session. @throws FORBIDDEN */
export function requireSession(acting: Acting): Acting & { sessionHash: Buffer; csrf: string } {
  const { sessionHash, csrf } = acting;
  if (sessionHash === null || csrf === null) throw FORBIDDEN();
  return { ...acting, sessionHash, csrf };
}

export async function getSession(auth: Auth, acting: Acting): Promise<SessionView> {
  const { sessionHash } = requireSession(acting);
  return withActor(auth.pools, atTheGate(acting), (tx) => viewSession(auth, tx, sessionHash));
}

/** The view of a session that was opened a moment ago, by its cookie. */
export async function getStartedSession(auth: Auth, cookie: string): Promise<SessionView> {
  return withActor(auth.pools, makeGateActor(undefined, undefined), (tx) =>
    viewSession(auth, tx, hashSecret(cookie)),
  );
}

async function viewSession(auth: Auth, tx: Tx, sessionHash: Buffer): Promise<SessionView> {
  const session = await findSession(tx, sessionHash);
  if (session === undefined) throw UNAUTHENTICATED();
  const [account, home, posts] = await Promise.all([
    findAccountSummary(tx, session.account),
    findHome(tx),
    listPostsOf(tx, session.county, [session.person]),
  ]);
  const post = posts.find((one) => one.id === session.post);
  if (account === undefined || post === undefined) throw UNAUTHENTICATED();
  return {
    account: {
      id: session.account,
      username: account.username,
      displayName: account.display_name,
      mustChangePassword: account.must_change,
      totp: account.totp_confirmed,
    },
    post: toPostView(post),
    posts: posts.map(toPostView),
    permissions: [...permissionsOf(post.role)],
    csrf: session.csrf,
    idleMinutes: auth.config.idleMinutes,
    demo: auth.demo,
    today: todayOf(auth),
    county: home
      ? { code: home.code, nameZh: home.name_zh, nameEn: home.name_en }
      : { code: post.region.code, nameZh: post.region.nameZh, nameEn: post.region.nameEn },
  };
}

export function toPostView({ person: _person, ...post }: HeldPost): PostView {
  return post;
}

/**
 * Acts through another of one's own posts from now on, with a new token against forged requests.
 * @throws NOT_FOUND when the post is not one's own, POSTS_CONFLICT
 */
export async function switchPost(auth: Auth, acting: Acting, post: number): Promise<SessionView> {
  const { sessionHash } = requireSession(acting);
  const view = await withActor(auth.pools, atTheGate(acting), async (tx) => {
    const posts = await listPostsOf(tx, acting.county, [acting.person]);
    if (!posts.some((one) => one.id === post)) throw NOT_FOUND();
    if (!mayHoldTogether(posts.map((one) => one.role))) throw POSTS_CONFLICT();
    await updateSessionPost(tx, sessionHash, { post, csrf: makeSecret() });
    const seen = await viewSession(auth, tx, sessionHash);
    await recordAudit(tx, {
      action: "auth.switchPost",
      object: `account:${acting.account}`,
      before: { post: acting.post },
      after: { post },
    });
    return seen;
  });
  auth.cache.dropAccount(acting.account);
  return view;
}
