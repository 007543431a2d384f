/** 回执: what was submitted, in one number that anybody can work out again from the content. */
import { createHash } from "node:crypto";
import type { ReturnRow } from "../core/form.ts";
import type { StoredReturn } from "./store.ts";

type Of = Pick<StoredReturn, "county" | "form" | "formVersion" | "period" | "unitCode" | "version">;

/** Independent of the order of rows and cells. @returns 64 hexadecimal digits */
export function receiptOf(one: Of, rows: readonly ReturnRow[]): string {
  const { county, form, formVersion, period, unitCode, version } = one;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([county, form, formVersion, period, unitCode, version]));
  const inOrder = rows.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  for (const { subject, name, values } of inOrder) {
    const cells = Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`\n${JSON.stringify([subject, name, cells])}`);
  }
  return hash.digest("hex");
}
