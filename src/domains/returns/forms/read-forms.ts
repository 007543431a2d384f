/** Reading forms. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { FormList, FormRow, FormView } from "../contract.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import { mayDesign, mayRemind } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { listForms, listOpenings, listVersions } from "./store.ts";
import type { StoredForm } from "./store.ts";

export async function readForms(tx: Tx, viewer: Viewer): Promise<FormList> {
  const own = viewer.unit?.code;
  return {
    items: (await listForms(tx)).map((form) => toFormRow(form, viewer)),
    owner: own !== undefined && mayDesign(viewer, own) ? own : null,
  };
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
export async function readForm(tx: Tx, code: string, viewer: Viewer, version?: number): Promise<FormView> {
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
    mayDesign: mayDesign(viewer, wanted.definition.owner),
  };
}
