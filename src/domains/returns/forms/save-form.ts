/** A new version of a form, by the department that owns it, or by a pack. */
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import { conversionShift } from "../../../shared/quantity.ts";
import { countyRegion } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import { loadMeasures } from "../../ledger/index.ts";
import { checkForm } from "../core/check-form.ts";
import type { FormDefinition } from "../core/form.ts";
import { FORM_CHANGED, FORM_REFUSED } from "../problems.ts";
import { mayDesign } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { clashOfFilers } from "./clash-of-filers.ts";
import { clashesOfForms } from "./clash-of-forms.ts";
import { levelsWithoutReviewer } from "./nobody-to-review.ts";
import { findForm, insertForm, listRegionCodes, listUnitCodes } from "./store.ts";

/**
 * @param basedOn the version that was changed, 0 for a new form
 * @throws FORBIDDEN, FORM_CHANGED, FORM_REFUSED naming the field
 */
export async function saveForm(
  tx: Tx,
  { basedOn, form }: { basedOn: number; form: FormDefinition },
  viewer: Viewer,
): Promise<void> {
  const there = await findForm(tx, tx.actor.county, form.code);
  if (!mayDesign(viewer, form.owner) || (there !== undefined && !mayDesign(viewer, there.definition.owner)))
    throw FORBIDDEN();
  if (basedOn === 0 && there !== undefined) throw FORM_REFUSED({ places: [codeTaken(form.code)] });
  if ((there?.version ?? 0) !== basedOn) throw FORM_CHANGED();
  await enterForm(tx, tx.actor.county, form, basedOn + 1);
}

const codeTaken = (code: string): PlaceProblem => ({
  code: "FORM",
  field: "code",
  zh: `已有报表用了代码 ${code}，请换一个`,
  en: `There is a form ${code} already; take another code`,
});

/** A form of a pack, when there is none of its code: what a department has changed since is not put back. */
export async function ensureForm(tx: Tx, county: number, form: FormDefinition): Promise<void> {
  const there = await findForm(tx, county, form.code);
  if (there !== undefined) return;
  await enterForm(tx, county, form, 1);
}

async function enterForm(tx: Tx, county: number, form: FormDefinition, version: number): Promise<void> {
  await requireSound(tx, form);
  await requireNamed(tx, county, form);
  const stuck = await levelsWithoutReviewer(tx, county, form);
  if (stuck.length > 0) throw FORM_REFUSED({ places: stuck });
  const clash = await clashOfFilers(tx, county, form);
  if (clash !== undefined) throw FORM_REFUSED({ places: [{ code: "FORM", field: "filers", ...clash }] });
  const clashes = await clashesOfForms(tx, county, form);
  if (clashes.length > 0)
    throw FORM_REFUSED({
      places: clashes.map(({ column, zh, en }) => ({
        code: "POSTED_ELSEWHERE",
        field: `columns.${column}.posts`,
        zh,
        en,
      })),
    });
  const isNew = await insertForm(tx, { county, region: countyRegion(county), version, definition: form });
  if (!isNew) throw FORM_CHANGED();
  await recordAudit(tx, {
    action: "returns.saveForm",
    object: `form:${form.code}`,
    after: { version, columns: form.columns.length, rules: form.rules.length },
  });
}

/** A code that was mistyped would leave somebody out unnoticed. @throws FORM_REFUSED */
async function requireNamed(tx: Tx, county: number, form: FormDefinition): Promise<void> {
  const named: [string, readonly string[]][] = [
    ["filers", form.filers.units],
    ...form.review.map(({ units }, at): [string, readonly string[]] => [`review.${at}`, units]),
  ];
  const there = await listUnitCodes(
    tx,
    county,
    named.flatMap(([, codes]) => codes),
  );
  const places = named.flatMap(([field, codes]) =>
    codes
      .filter((code) => !there.has(code))
      .map((code) => ({ code: "FORM", field, zh: `没有单位 ${code}`, en: `There is no unit ${code}` })),
  );
  const within = form.filers.within ?? [];
  const regions = await listRegionCodes(tx, county, within);
  const outside = within
    .filter((code) => !regions.has(code))
    .map((code) => ({
      code: "FORM",
      field: "filers.within",
      zh: `本县以下没有行政区 ${code}`,
      en: `There is no region ${code} below this county`,
    }));
  if (places.length + outside.length > 0) throw FORM_REFUSED({ places: [...places, ...outside] });
}

/** @throws FORM_REFUSED */
export async function requireSound(tx: Tx, form: FormDefinition): Promise<void> {
  const { byCode } = await loadMeasures(tx);
  const faults = checkForm(form, {
    measures: new Set(byCode.keys()),
    fits: (unit, measure) => conversionShift(unit, byCode.get(measure)?.unit ?? "").ok,
  });
  if (faults.length > 0)
    throw FORM_REFUSED({ places: faults.map(({ field, zh, en }) => ({ code: "FORM", field, zh, en })) });
}
