/**
 * Rows of registry and registers as columns, in memory that threads share.
 *
 * A place is a number into a table of distinct ones; the ID number is three columns (id-number.ts).
 */

export type RowColumns = {
  rows: number;
  /** names as `readName` reads them: units of all, and where each starts; one more start than rows */
  units: Uint16Array;
  nameStarts: Uint32Array;
  /** distinct place of the chunk */
  place: Uint32Array;
  region: Uint32Array;
  birth: Uint32Array;
  /** serial, check and kind: `packSerial` */
  packed: Uint32Array;
  /** hash of the digits, 0 where there is none */
  phone: Uint32Array;
  /** `mark` bits */
  marks: Uint8Array;
  /** person_id or row_id: bytes of all, and where each starts; one more start than rows */
  keys: Uint8Array;
  keyStarts: Uint32Array;
  /** what odd ID numbers were read as, by row */
  odd: ReadonlyMap<number, readonly number[]>;
};

/** Only the registry has these. */
export type HouseholdColumns = {
  /** two hashes of household_id */
  householdA: Uint32Array;
  householdB: Uint32Array;
  relation: Uint8Array;
};

/** 与户主关系, as far as matching uses it. */
export const relation = { other: 0, head: 1, spouse: 2, parent: 3, child: 4 } as const;

export const mark = {
  /** bits 0 and 1: 1 man, 2 woman */
  sex: 3,
  nameTidied: 4,
  idTidied: 8,
  /** the head's ID number stands on a member's row */
  idBorrowed: 16,
  nameBorrowed: 32,
  /** several households have this phone */
  phoneShared: 64,
} as const;

export function uint32s(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

export function uint8s(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length));
}

export function uint16s(length: number): Uint16Array<SharedArrayBuffer> {
  return new Uint16Array(new SharedArrayBuffer(length * 2));
}

export function float64s(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

export function float32s(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

/** The same values where all threads see them. */
export function share<T extends Uint32Array | Float64Array | Float32Array>(
  into: T,
  values: ArrayLike<number>,
): T {
  into.set(values);
  return into;
}

export function add(into: Float64Array, at: number, by: number): void {
  into[at] = (into[at] as number) + by;
}
