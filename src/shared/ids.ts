/**
 * Row ids of the database, told apart by type: a FigureId cannot be passed where a SourceId is wanted.
 * All are positive whole numbers within the safe range of a double.
 */
declare const brand: unique symbol;
type Id<Name extends string> = number & { readonly [brand]: Name };

export type FigureId = Id<"figure">;
export type TargetId = Id<"target">;
export type OneOffId = Id<"one-off">;
export type SourceId = Id<"source">;
export type MeasureId = Id<"measure">;
export type UnitId = Id<"unit">;
export type PersonId = Id<"person">;
export type PostId = Id<"post">;
export type AccountId = Id<"account">;

/** `toId<PostId>("12")`: an id from outside (SQL, a path, JSON); undefined when it cannot be one. */
export function toId<T extends Id<string>>(raw: number | string | bigint): T | undefined {
  if (typeof raw === "string" && !/^[1-9]\d{0,15}$/.test(raw)) return undefined;
  const id = Number(raw);
  return Number.isSafeInteger(id) && id > 0 ? (id as T) : undefined;
}
