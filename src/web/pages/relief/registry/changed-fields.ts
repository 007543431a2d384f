/** What an action of the registry changed, field by field, in words. */
import { CAUSES } from "../../../../domains/relief/core/registry/causes.ts";
import type { RegistryActionView, RegistryStatus } from "../../../../domains/relief/contract.ts";
import type { Language, Messages } from "../../../i18n/language.tsx";
import { fieldName } from "./form-fields.ts";

export type ChangedField = { name: string; was: string; is: string };

type State = Readonly<Record<string, unknown>>;
/** A verdict tells the members it concerns: each with the status, or a note on what is to be mended. */
type MemberState = { person?: number; status?: RegistryStatus; note?: string };

type Words = { t: Messages; lang: Language; nameOfPerson: (id: number) => string };

export function changedFields({ before, after }: RegistryActionView, words: Words): ChangedField[] {
  const was: State = before ?? {};
  const is: State = after ?? {};
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => field !== "members",
  );
  return [
    ...memberChanges(membersOf(was), membersOf(is), words),
    ...fields.map((field) => ({
      name: nameOfField(field, words),
      was: textOf(field, was[field], words),
      is: textOf(field, is[field], words),
    })),
  ];
}

function membersOf(state: State): MemberState[] {
  return Array.isArray(state.members) ? (state.members as MemberState[]) : [];
}

function memberChanges(
  was: readonly MemberState[],
  is: readonly MemberState[],
  { t, nameOfPerson }: Words,
): ChangedField[] {
  const status = (one: MemberState | undefined) =>
    one?.status === undefined ? t.app.nowhere : t.relief.status[one.status];
  const changes = was.flatMap((one): ChangedField[] => {
    const then = is.find(({ person }) => person === one.person);
    if (one.person === undefined || then === undefined) return [];
    return [{ name: nameOfPerson(one.person), was: status(one), is: status(then) }];
  });
  const notes = is.flatMap(({ note }): ChangedField[] =>
    note === undefined || note === "" ? [] : [{ name: t.clues.note, was: t.app.nowhere, is: note }],
  );
  return [...changes, ...notes];
}

function nameOfField(field: string, { t, lang }: Words): string {
  const others: Readonly<Record<string, string>> = {
    region: t.app.region,
    causes: t.relief.causes,
    household: t.relief.household,
    status: t.relief.statusLabel,
  };
  return others[field] ?? fieldName(field, lang) ?? field;
}

function textOf(field: string, value: unknown, { t, lang }: Words): string {
  if (value === null || value === undefined || value === "") return t.app.nowhere;
  if (typeof value !== "string") return JSON.stringify(value);
  if (field === "causes")
    return value
      .split(",")
      .map((code) => CAUSES.find((cause) => cause.code === code)?.[lang] ?? code)
      .join(lang === "zh" ? "、" : ", ");
  if (field === "status") return t.relief.status[value as RegistryStatus] ?? value;
  if (field === "sex") return t.relief.sexes[value as "male" | "female"] ?? value;
  return value;
}
