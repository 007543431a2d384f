/** Reading the organisation within a scope, and handing posts over. */
import type { Auth } from "../auth/index.ts";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor, Tx } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { FORBIDDEN, INVALID_REQUEST, NOT_FOUND } from "../../platform/problem.ts";
import { contains, countyOf, isRegionCode, lineage, subtree } from "../../shared/region-code.ts";
import { recordAudit } from "../audit/index.ts";
import { listPeopleWithAccounts } from "../auth/index.ts";
import type { Acting } from "../auth/index.ts";
import { mayHoldTogether } from "../auth/core/roles.ts";
import type { Permission } from "../auth/core/roles.ts";
import type {
  HeldPostView,
  NameQuery,
  PersonView,
  RegionPage,
  RegionQuery,
  RegionView,
  UnitView,
} from "./contract.ts";
import { EXCLUSIVE_POST, OWN_POST } from "./problems.ts";
import {
  countRegions,
  findIdByCode,
  findPerson,
  findPost,
  findRegion,
  insertPerson,
  insertPost,
  insertUnit,
  listChildRegions,
  listPeople,
  listPosts,
  listRegions,
  listRegionsByCode,
  listUnits,
  lockRolesOf,
  updateHolder,
} from "./store.ts";
import type { NewPerson, NewPost, NewUnit } from "./store.ts";

type Page<T> = { items: T[]; total: number };
const readOnly = { readOnly: true };

function requirePermission(acting: Acting, permission: Permission): void {
  if (!acting.permissions.has(permission)) throw FORBIDDEN();
}

/** A region of the actor's scope. @throws NOT_FOUND for any other, whether it exists or not */
function requireInScope(actor: Actor, code: number): void {
  if (!isRegionCode(code) || !contains(actor.region, code)) throw NOT_FOUND();
}

/** Regions of the acting post's subtree, or of a smaller one within it. @throws NOT_FOUND when `within` lies outside */
export async function searchRegions(
  pools: Pools,
  actor: Actor,
  query: RegionQuery,
): Promise<Page<RegionView>> {
  const within = query.within ?? actor.region;
  requireInScope(actor, within);
  const filter = { ...subtree(within), level: query.level, q: query.q };
  return withActor(
    pools,
    actor,
    async (tx) => {
      const [items, total] = await Promise.all([
        listRegions(tx, filter, query.limit),
        countRegions(tx, filter),
      ]);
      return { items, total };
    },
    readOnly,
  );
}

/** One region with the names above it and the regions directly below. @throws NOT_FOUND */
export async function getRegion(pools: Pools, actor: Actor, code: number): Promise<RegionPage> {
  requireInScope(actor, code);
  return withActor(
    pools,
    actor,
    async (tx) => {
      const [region, ancestors, children] = await Promise.all([
        findRegion(tx, code),
        listRegionsByCode(tx, lineage(code).slice(1)),
        listChildRegions(tx, code),
      ]);
      if (region === undefined) throw NOT_FOUND();
      return { ...region, ancestors, children };
    },
    readOnly,
  );
}

export async function searchUnits(pools: Pools, actor: Actor, query: NameQuery): Promise<Page<UnitView>> {
  return withActor(pools, actor, (tx) => listUnits(tx, query), readOnly);
}

/** @throws FORBIDDEN for all but the administrators of accounts */
export async function searchPeople(
  pools: Pools,
  acting: Acting,
  query: NameQuery,
): Promise<Page<PersonView>> {
  requirePermission(acting, "accounts.read");
  return withActor(
    pools,
    acting.actor,
    async (tx) => {
      const { items, total } = await listPeople(tx, query);
      const holders = await listPeopleWithAccounts(
        tx,
        items.map((person) => person.id),
      );
      return { items: items.map((person) => ({ ...person, hasAccount: holders.has(person.id) })), total };
    },
    readOnly,
  );
}

/** @throws FORBIDDEN for all but the administrators of accounts */
export async function searchPosts(
  pools: Pools,
  acting: Acting,
  query: NameQuery,
): Promise<Page<HeldPostView>> {
  requirePermission(acting, "accounts.read");
  return withActor(pools, acting.actor, (tx) => listPosts(tx, query), readOnly);
}

/**
 * Gives a post to another person of the same county, or leaves it vacant. The security administrator does it, since it
 * is a grant of power. Whoever held the post can act through it no more, nor can his tokens.
 * @throws FORBIDDEN, NOT_FOUND, OWN_POST, EXCLUSIVE_POST, INVALID_REQUEST when there is no such person
 */
export async function handOverPost(
  auth: Pick<Auth, "pools" | "cache">,
  acting: Acting,
  wish: { post: number; person: number | null },
): Promise<HeldPostView> {
  requirePermission(acting, "accounts.approve");
  const view = await withActor(auth.pools, acting.actor, async (tx) => {
    const post = await findPost(tx, wish.post);
    if (post === undefined) throw NOT_FOUND();
    if (post.holder?.id === acting.person || wish.person === acting.person) throw OWN_POST();
    if (wish.person !== null) await requireHolder(tx, post, wish.person);
    await updateHolder(tx, post.id, wish.person);
    const after = (await findPost(tx, post.id)) as HeldPostView;
    await recordAudit(tx, {
      action: "org.handOverPost",
      object: `post:${post.id}`,
      before: { person: post.holder?.id ?? null },
      after: { person: wish.person },
    });
    return after;
  });
  auth.cache.dropAll();
  return view;
}

async function requireHolder(tx: Tx, post: HeldPostView, person: number): Promise<void> {
  const found = await findPerson(tx, person);
  const county = countyOf(post.region.code);
  if (found === undefined || found.county !== county) {
    throw INVALID_REQUEST({
      places: [
        {
          code: "UNKNOWN_PERSON",
          field: "person",
          zh: "本县范围内没有此人",
          en: "No such person in this county",
        },
      ],
    });
  }
  const roles = await lockRolesOf(tx, county, person, post.id);
  if (!mayHoldTogether([...roles, post.role])) throw EXCLUSIVE_POST();
}

type Placed<T> = Omit<T, "county">;

/** For `init` and loading, in a transaction of a system actor: makes a unit, or finds the one of this code. */
export async function ensureUnit(tx: Tx, unit: Placed<NewUnit>): Promise<number> {
  const county = countyOf(unit.region);
  const id = await insertUnit(tx, { ...unit, county });
  if (id === undefined) return (await findIdByCode(tx, "unit", county, unit.code)) as number;
  await recordAudit(tx, {
    action: "org.createUnit",
    object: `unit:${id}`,
    after: { code: unit.code, region: unit.region },
  });
  return id;
}

/** As ensureUnit, for a person. */
export async function ensurePerson(tx: Tx, person: Placed<NewPerson>): Promise<number> {
  const county = countyOf(person.region);
  const id = await insertPerson(tx, { ...person, county });
  if (id === undefined) return (await findIdByCode(tx, "person", county, person.code)) as number;
  await recordAudit(tx, { action: "org.createPerson", object: `person:${id}`, after: { code: person.code } });
  return id;
}

/** As ensureUnit, for a post. @throws EXCLUSIVE_POST */
export async function ensurePost(tx: Tx, post: Placed<NewPost>): Promise<number> {
  const county = countyOf(post.region);
  const there = await findIdByCode(tx, "post", county, post.code);
  if (there !== undefined) return there;
  if (post.person !== null) {
    const roles = await lockRolesOf(tx, county, post.person, null);
    if (!mayHoldTogether([...roles, post.role])) throw EXCLUSIVE_POST();
  }
  const id = await insertPost(tx, { ...post, county });
  if (id === undefined) return (await findIdByCode(tx, "post", county, post.code)) as number;
  const { code, role, region, person } = post;
  await recordAudit(tx, {
    action: "org.createPost",
    object: `post:${id}`,
    after: { code, role, region, person },
  });
  return id;
}
