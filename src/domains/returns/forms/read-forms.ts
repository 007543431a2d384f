/** Reading forms. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { BlockedView, FormList, FormRow, FormView } from "../contract.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import { listBlocked } from "./openings.ts";
import { mayDesign, mayRemind } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { listForms, listOpenings, listVersions } from "./store.ts";
import type { StoredForm } from "./store.ts";

type Looking = { viewer: Viewer; today: string };

export async function readForms(tx: Tx, { viewer, today }: Looking): Promise<FormList> {
  const own = viewer.unit?.code;
  const items: FormList["items"] = [];
  for (const form of await listForms(tx))
    items.push({ ...toFormRow(form, viewer), blocked: await blockedOf(tx, form, { viewer, today }) });
  return {
    items,
    owner: own !== undefined && mayDesign(viewer, own) ? own : null,
  };
}

/** To the owner alone: he mends it. */
async function blockedOf(tx: Tx, form: StoredForm, { viewer, today }: Looking): Promise<BlockedView[]> {
  return mayDesign(viewer, form.definition.owner) ? listBlocked(tx, form, today) : [];
}

export function toFormRow({ definition, version }: StoredForm, viewer: Viewer): FormRow {
  const { code, nameZh, nameEn, owner, periodForm, columns, rules } = definition;
  return {
    code,
    version,
    nameZh,
    nameEn,
    owner,
    periodForm,
    columns: columns.length,
    rules: rules.length,
    mayDesign: mayDesign(viewer, owner),
    mayRemind: mayRemind(viewer, definition),
  };
}

/** @param version the one in force when absent @throws FORM_NOT_FOUND */
export async function readForm(
  tx: Tx,
  code: string,
  { viewer, today, version }: Looking & { version?: number | undefined },
): Promise<FormView> {
  const all = await listVersions(tx, code);
  const county = all[0]?.county;
  const versions = all.filter((one) => one.county === county);
  const wanted = version === undefined ? versions[0] : versions.find((one) => one.version === version);
  if (wanted === undefined) throw FORM_NOT_FOUND();
  const openings = await listOpenings(tx, wanted.county, code);
  return {
    form: wanted.definition as FormView["form"],
    version: wanted.version,
    versions: versions.map((one) => ({
      version: one.version,
      recordedAt: one.recordedAt,
      recordedBy: one.recordedBy,
    })),
    openings: openings.map(({ form, formVersion, period, dueDay, isLocked, units, openedAt }) => ({
      form,
      formVersion,
      period,
      dueDay,
      isLocked,
      units,
      openedAt,
    })),
    blocked: versions[0] === undefined ? [] : await blockedOf(tx, versions[0], { viewer, today }),
    mayDesign: mayDesign(viewer, wanted.definition.owner),
  };
}
