/** Status in the registry follows from what happened last. */

export type RegistryStatus = "registered" | "exited" | "returned" | "removed";
export type ActionKind = "register" | "exit" | "return" | "remove" | "restore";

const AFTER: Readonly<Record<ActionKind, RegistryStatus>> = {
  register: "registered",
  exit: "exited",
  return: "returned",
  remove: "removed",
  restore: "registered",
};

/** @param kind of the last action that is no amendment; null before there was any: whoever is in the registry is registered */
export function statusAfter(kind: string | null): RegistryStatus {
  return AFTER[(kind ?? "register") as ActionKind];
}
