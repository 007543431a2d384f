/**
 * The mark that a workbook of ours carries in a hidden sheet: which form, version, period and unit it was made for, signed,
 * so that a workbook of another month or of a neighbour is not entered by mistake.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Period } from "../../../shared/period.ts";

export const MARK_SHEET = "_taizhang";
/** Grows when the lay-out changes so that an older workbook would be misread. */
const LAYOUT = "1";
const NAMES = ["form", "version", "period", "unit", "layout"] as const;
const SIGNATURE = "signature";

export type BookMark = { form: string; version: number; period: Period; unit: string };
type MarkFields = Readonly<Record<(typeof NAMES)[number], string>>;

/** Names and values as they stand in the hidden sheet, the signature last. */
export function markRows(mark: BookMark, key: Buffer): [string, string][] {
  const fields = fieldsOf(mark);
  return [...NAMES.map((name): [string, string] => [name, fields[name]]), [SIGNATURE, sign(fields, key)]];
}

export type MarkFault = "TAMPERED" | "WRONG_FORM" | "WRONG_VERSION" | "WRONG_PERIOD" | "WRONG_UNIT";

/** @param rows names and values of the hidden sheet */
export function checkMark(
  rows: ReadonlyMap<string, string>,
  expected: BookMark,
  key: Buffer,
): MarkFault | undefined {
  const entries = NAMES.map((name) => [name, rows.get(name) ?? ""]);
  const found = Object.fromEntries(entries) as MarkFields;
  if (!isSame(rows.get(SIGNATURE) ?? "", sign(found, key))) return "TAMPERED";
  const wanted = fieldsOf(expected);
  if (found.form !== wanted.form) return "WRONG_FORM";
  if (found.version !== wanted.version || found.layout !== wanted.layout) return "WRONG_VERSION";
  if (found.period !== wanted.period) return "WRONG_PERIOD";
  return found.unit === wanted.unit ? undefined : "WRONG_UNIT";
}

function fieldsOf({ form, version, period, unit }: BookMark): MarkFields {
  return { form, version: String(version), period, unit, layout: LAYOUT };
}

function sign(fields: MarkFields, key: Buffer): string {
  const text = JSON.stringify(NAMES.map((name) => fields[name]));
  return createHmac("sha256", key).update(`taizhang return workbook\n${text}`).digest("hex");
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
