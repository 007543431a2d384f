/**
 * Who is on one register is likelier on another, and whose number stands on two rows that both look like one person is
 * likelier that person. How much likelier is counted from the run itself: some registers share their people, others do not.
 */
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { codeId, codeName, noPersonNumber, noRowNumber, otherRow, withOtherRow } from "./find-pairs.ts";
import { serialOf } from "./id-number.ts";
import type { Pairs } from "./find-pairs.ts";
import type { RowColumns } from "./shared-columns.ts";

/** By `otherRow`: parts of all, or odds. */
export type ByOtherRow = [none: number, sameRegister: number, otherRegister: number];

/** Parts of matches, and of registered persons at random, that have a further row which is sure. */
export type OtherRowShares = { ofMatches: ByOtherRow; ofPersons: ByOtherRow };

/** Supposed before any is seen: that matches are as others are. */
const supposed = 1;
/** Whatever spoils a row may spoil all rows of a person: that no other agrees says no more than this. */
const leastOfNone = 0.5;

/** How much likelier a match is, by its further rows. */
export function weighOtherRows(ofMatches: ByOtherRow, ofOthers: ByOtherRow): ByOtherRow {
  const [none, ...further] = ofMatches.map((share, i) => share / (ofOthers[i] as number)) as ByOtherRow;
  return [Math.max(leastOfNone, none), ...further];
}

export function shareOf(counts: Readonly<ByOtherRow>, before: ByOtherRow): ByOtherRow {
  const all = counts[0] + counts[1] + counts[2] + supposed;
  return counts.map((count, i) => (count + supposed * (before[i] as number)) / all) as ByOtherRow;
}

type FoundIn = { parts: readonly { pairs: Pairs }[] };
type Numbers = Pick<RowColumns, "region" | "birth" | "packed">;
/** A person, or a person whose own number is not known and a number that could be his. */
type Key = number | string;

/** Marks all pairs whose person, or whose number beside the same person, has a further row. */
export function markOtherRows(
  persons: number,
  registers: readonly FoundIn[],
  columns: readonly (readonly Numbers[])[],
): OtherRowShares {
  const rowsOf = new Map<Key, Rows>();
  eachPair(registers, columns, (pairs, i, key, register) => {
    if (!counts(pairs.code[i] as number)) return;
    const known = rowsOf.get(key);
    if (known === undefined) rowsOf.set(key, { register, isElsewhere: false, count: 1 });
    else {
      known.count++;
      known.isElsewhere ||= known.register !== register;
    }
  });
  const sure: ByOtherRow = [0, 0, 0];
  eachPair(registers, columns, (pairs, i, key, register) => {
    const code = pairs.code[i] as number;
    const level = levelOf(rowsOf.get(key), register, counts(code));
    if (isSure(code)) sure[level]++;
    pairs.code[i] = withOtherRow(code, level);
  });
  return shareSure(rowsOf, sure, persons);
}

function eachPair(
  registers: readonly FoundIn[],
  columns: readonly (readonly Numbers[])[],
  call: (pairs: Pairs, i: number, key: Key, register: number) => void,
): void {
  registers.forEach(({ parts }, register) => {
    parts.forEach(({ pairs }, part) => {
      const rows = columns[register]?.[part] as Numbers;
      for (let i = 0; i < pairs.code.length; i++) {
        const person = pairs.person[i] as number;
        const isNumbered = isUntold(pairs.code[i] as number);
        call(pairs, i, isNumbered ? numberOf(person, rows, pairs.row[i] as number) : person, register);
      }
    });
  });
}

type Rows = { register: number; isElsewhere: boolean; count: number };

function levelOf(rows: Rows | undefined, register: number, isOneOfThem: boolean): 0 | 1 | 2 {
  if (rows === undefined || rows.count <= (isOneOfThem ? 1 : 0)) return otherRow.none;
  return rows.isElsewhere || rows.register !== register ? otherRow.otherRegister : otherRow.sameRegister;
}

const isSure = (code: number): boolean =>
  codeId(code) === idLevel.same && codeName(code) >= nameLevel.same && codeName(code) <= nameLevel.unreadable;

/** The row has a number, the person has none to compare it with. */
export const isUntold = (code: number): boolean => (code & (noPersonNumber | noRowNumber)) === noPersonNumber;

/** Whether it is a row beside which others are further ones. */
const counts = (code: number): boolean => isUntold(code) || isSure(code);

const numberOf = (person: number, { region, birth, packed }: Numbers, row: number): string =>
  `${person} ${region[row]} ${birth[row]} ${serialOf(packed[row] as number)}`;

/** Of persons at random beside a row at random, whom that row did not find. */
function shareSure(rowsOf: ReadonlyMap<Key, Rows>, sure: ByOtherRow, persons: number): OtherRowShares {
  const rows = new Map<number, number>();
  const single = new Map<number, number>();
  let [found, all] = [0, 0];
  for (const [key, { register, isElsewhere, count }] of rowsOf) {
    if (typeof key === "string") continue;
    found++;
    all += count;
    rows.set(register, (rows.get(register) ?? 0) + count);
    if (!isElsewhere) single.set(register, (single.get(register) ?? 0) + 1);
  }
  let same = 0;
  for (const [register, count] of single) same += (count * (rows.get(register) ?? 0)) / all;
  const ofPersons = shareOf([Math.max(0, persons - found), same, found - same], [0.98, 0.01, 0.01]);
  return { ofMatches: shareOf(sure, ofPersons), ofPersons };
}
