/** A return in one line, as lists and pages show it. */
import { dayInChina } from "../../../shared/china-day.ts";
import type { ReturnBrief } from "../contract.ts";
import { daysLate } from "../core/due-day.ts";
import type { StoredReturn } from "./store.ts";
import { contentOf } from "./store.ts";

export function toBrief(one: StoredReturn, today: string): ReturnBrief {
  const { id, form, formVersion, formZh, formEn, period, status, step, level, levels } = one;
  const { isLocked, dueDay, submittedAt, acceptedAt, changed, explained } = one;
  const submittedOn = submittedAt === null ? null : dayInChina(new Date(submittedAt));
  return {
    id,
    form,
    formVersion,
    formZh,
    formEn,
    period,
    unit: {
      id: one.unit,
      code: one.unitCode,
      nameZh: one.unitZh,
      nameEn: one.unitEn,
      region: { code: one.region, level: one.regionLevel, nameZh: one.regionZh, nameEn: one.regionEn },
    },
    status,
    origin: one.origin,
    step,
    level,
    levels,
    version: contentOf(one),
    isAmendment: one.accepted !== null && status !== "accepted",
    isLocked,
    dueDay,
    daysLate: daysLate(dueDay, submittedOn, today),
    submittedAt,
    acceptedAt,
    changed,
    explained,
  };
}
