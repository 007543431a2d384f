/** A figure has one source: two forms that are filed for one region cannot both post it. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { Bilingual } from "../../../platform/problem.ts";
import type { FormDefinition } from "../core/form.ts";
import { columnsPostedByBoth, followEachOther } from "../core/same-figures.ts";
import { clashOfFilers } from "./clash-of-filers.ts";
import { findSharedRegion, listForms, listFormsOpenIn } from "./store.ts";
import type { StoredForm } from "./store.ts";

/** What the forms in force post as well, each by the column of this form. */
export async function clashesOfForms(
  tx: Tx,
  county: number,
  form: FormDefinition,
): Promise<({ column: number } & Bilingual)[]> {
  const all = (await listForms(tx)).filter((one) => one.county === county && one.code !== form.code);
  const others = all.map(({ definition }) => definition).filter((one) => !followEachOther(form, one));
  return clashesWith(tx, county, form, others);
}

/** Why a period of a form cannot be opened: two of its filers, or a form that is open in it already. */
export async function clashAtOpening(
  tx: Tx,
  { county, code, definition }: StoredForm,
  period: string,
): Promise<Bilingual | undefined> {
  const clash = await clashOfFilers(tx, county, definition);
  if (clash !== undefined) return clash;
  const open = await listFormsOpenIn(tx, county, period);
  const others = open.filter((one) => one.code !== code);
  return (await clashesWith(tx, county, definition, others))[0];
}

async function clashesWith(
  tx: Tx,
  county: number,
  form: FormDefinition,
  others: readonly FormDefinition[],
): Promise<({ column: number } & Bilingual)[]> {
  const clashes: ({ column: number } & Bilingual)[] = [];
  for (const other of others) {
    const both = columnsPostedByBoth(form, other);
    const region = both.length === 0 ? undefined : await findSharedRegion(tx, county, form, other);
    if (region === undefined) continue;
    for (const at of both) {
      const column = form.columns[at];
      if (column === undefined || clashes.some((one) => one.column === at)) continue;
      clashes.push({
        column: at,
        zh: `“${other.nameZh}”也把“${column.nameZh}”入账为${region.nameZh}的同一数据：一个数据只有一个来源，只留一处入账`,
        en: `“${other.nameEn}” posts “${column.nameEn}” as the same figure of ${region.nameEn ?? region.nameZh}: a figure has one source, so let only one of them post it`,
      });
    }
  }
  return clashes;
}
