/**
 * Who looks: the unit of the acting post, and with it whose returns it fills in, reviews and sees.
 *
 * The scope of a post is a region, and row-level security keeps to that. Within it, who may read returns sees all of them;
 * who may not (an enterprise among its neighbours) sees those of its own unit; the row policies hold to that as well.
 */
import type { Tx } from "../../platform/db/actor.ts";
import { nothing, sql } from "../../platform/db/sql.ts";
import type { Sql } from "../../platform/db/sql.ts";
import { contains, levelOf } from "../../shared/region-code.ts";
import type { ReturnState, Verb } from "./core/course.ts";
import { RIGHTS, verbsFrom } from "./core/course.ts";
import type { FormDefinition } from "./core/form.ts";

export type Viewer = {
  /** null for the system, for posts whose unit lies outside their scope, and for tokens held to less than the post's region */
  unit: { id: number; code: string; county: number } | null;
  region: number;
  /** null for the system */
  account: number | null;
  rights: ReadonlySet<string>;
};

export async function loadViewer(tx: Tx, rights: ReadonlySet<string>): Promise<Viewer> {
  const { county, post, region, account } = tx.actor;
  const { rows } = await tx.query<{ id: number; code: string; county: number }>(sql`
    SELECT u.id, u.code, u.county FROM org.posts p JOIN org.units u ON u.county = p.county AND u.id = p.unit
    WHERE p.county = ${county} AND p.id = ${post ?? 0}`);
  return { unit: rows[0] ?? null, region, account, rights };
}

/** AND what the viewer may see of returns `r`; to be put behind other conditions. */
export function sightOf(viewer: Viewer): Sql {
  if (viewer.rights.has("returns.read")) return nothing;
  return sql`AND r.county = ${viewer.unit?.county ?? 0} AND r.unit = ${viewer.unit?.id ?? 0}`;
}

export type Placed = {
  unit: number;
  region: number;
  /** the account that submitted it last */
  submittedBy: number | null;
  /** the accounts that have passed this submission at the levels before */
  passedBy: readonly number[];
};

/** No return in particular: one of some unit in the viewer's region. */
export const anyIn = ({ region }: Viewer): Placed => ({ unit: 0, region, submittedBy: null, passedBy: [] });

export function isOwn(viewer: Viewer, { unit }: Pick<Placed, "unit">): boolean {
  return viewer.unit?.id === unit && viewer.rights.has("returns.file");
}

/** Whether the same person has passed it at a level before, through whatever post: two levels are two people. */
export function hasPassed({ account }: Viewer, { passedBy }: Pick<Placed, "passedBy">): boolean {
  return account !== null && passedBy.includes(account);
}

/**
 * Whether the viewer's post is the reviewer at a level: right level of region, named unit, and not its own return. Nor one
 * that the same person has submitted, or passed at a level before, through another post.
 */
export function mayReview(viewer: Viewer, form: FormDefinition, placed: Placed, level: number): boolean {
  const wanted = form.review[level];
  if (wanted === undefined || viewer.unit === null || !viewer.rights.has("returns.review")) return false;
  if (levelOf(viewer.region) !== wanted.level || !contains(viewer.region, placed.region)) return false;
  if (viewer.unit.id === placed.unit) return false;
  if (viewer.account !== null && viewer.account === placed.submittedBy) return false;
  if (hasPassed(viewer, placed)) return false;
  return wanted.units.length === 0 || wanted.units.includes(viewer.unit.code);
}

/** own: his unit's; submitted: by himself, through another post; passed: likewise, at a level before */
export type NoReview = "own" | "submitted" | "passed";

/** Why somebody whose post reviews at this level may not review this very return; null where that is not so. */
export function whyNoReview(
  viewer: Viewer,
  form: FormDefinition,
  placed: Placed,
  { status, level }: Pick<ReturnState, "status" | "level">,
): NoReview | null {
  const ofOthers = { ...placed, unit: 0, submittedBy: null, passedBy: [] };
  if (status !== "submitted" || !mayReview(viewer, form, ofOthers, level)) return null;
  if (viewer.unit?.id === placed.unit) return "own";
  if (viewer.account !== null && viewer.account === placed.submittedBy) return "submitted";
  return hasPassed(viewer, placed) ? "passed" : null;
}

/** Verbs that lead on and that this viewer may use. */
export function verbsOf(viewer: Viewer, form: FormDefinition, placed: Placed, state: ReturnState): Verb[] {
  const own = isOwn(viewer, placed);
  const reviews = mayReview(viewer, form, placed, state.level);
  return verbsFrom(state, form.review.length).filter((verb) =>
    RIGHTS[verb] === "returns.file" ? own : reviews,
  );
}

export function mayDesign(viewer: Viewer, owner: string): boolean {
  return (
    viewer.rights.has("returns.design") && viewer.unit?.code === owner && levelOf(viewer.region) === "county"
  );
}

/** Its owner and its reviewers: other departments have no business with who is late. */
export function mayRemind(viewer: Viewer, form: FormDefinition): boolean {
  const reviews = form.review.some((_, level) => mayReview(viewer, form, anyIn(viewer), level));
  return reviews || mayDesign(viewer, form.owner);
}
