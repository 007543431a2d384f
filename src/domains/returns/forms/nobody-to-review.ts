/** A level of review that nobody can pass: a unit never reviews its own return, and with no other it would wait for ever. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import { rolesThat } from "../../auth/index.ts";
import type { FormDefinition } from "../core/form.ts";
import { mayReview } from "../viewer.ts";
import { listFilers, listReviewingPosts } from "./store.ts";

/** Asked of the posts that there are, held by anybody or not, as a review itself is decided. @returns a place for each such level */
export async function levelsWithoutReviewer(
  tx: Tx,
  county: number,
  form: FormDefinition,
): Promise<PlaceProblem[]> {
  const filers = await listFilers(tx, county, form.filers);
  const posts = await listReviewingPosts(tx, county, rolesThat("returns.review"));
  const rights = new Set(["returns.review"]);
  const viewers = posts.map(({ unit, region }) => ({ unit, region, account: null, rights }));
  return form.review.flatMap((_, level) => {
    const left = filers.filter(({ id, region }) => {
      const placed = { unit: id, region, submittedBy: null, passedBy: [] };
      return !viewers.some((viewer) => mayReview(viewer, form, placed, level));
    });
    const [first] = left;
    if (first === undefined) return [];
    const { nameZh, nameEn } = first;
    const more = left.length - 1;
    return [
      {
        code: "NOBODY_TO_REVIEW",
        field: `review.${level}`,
        zh: `${nameZh}${more === 0 ? "" : `等 ${left.length} 个单位`}的报送在这一级没有别的单位可审：单位不审自己的报送，请换一级或另选审核单位`,
        en: `Nobody can pass the return of ${nameEn}${more === 0 ? "" : ` and ${more} more`} at this level, as no unit reviews its own: take another level or other reviewers`,
      },
    ];
  });
}
