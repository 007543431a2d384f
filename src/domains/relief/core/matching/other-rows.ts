/**
 * Who is on one register is likelier on another, and whose number stands on two rows that both look like one person is
 * likelier that person. How much likelier is counted from the run itself: some registers share their people, others do not.
 */
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { serialOf } from "./id-number.ts";
import type { Pairs } from "./find-pairs.ts";
import type { RowColumns } from "./shared-columns.ts";
import {
  codeId,
  codeName,
  noPersonNumber,
  noRowNumber,
  otherRow,
  withOtherNumber,
  withOtherRow,
} from "./pair-code.ts";

/** By `otherRow`: parts of all, or odds. */
export type ByOtherRow = [none: number, sameRegister: number, otherRegister: number];

/** Parts that have a further row: of matches, of strangers whom chance brings, and of the other namesakes. */
export type OtherRowShares = { matches: ByOtherRow; byChance: ByOtherRow; namesakes: ByOtherRow };

/** For one register: parts of sure matches, and of registered persons at random, that have a further row which is sure. */
export type SureShares = { ofMatches: ByOtherRow; ofPersons: ByOtherRow };

/** Supposed before any is seen: that all are alike. */
const supposed = 1;
/** Whatever spoils a row may spoil all rows of a person: that no other agrees says no more than this. */
const leastOfNone = 0.5;

/** How much oftener strangers have such further rows than matches. */
export function oddsOfOtherRow(
  { matches, byChance, namesakes }: OtherRowShares,
  level: number,
): { byChance: number; namesakes: number } {
  const most = level === otherRow.none ? 1 / leastOfNone : Infinity;
  const ofMatches = matches[level] as number;
  return {
    byChance: Math.min(most, (byChance[level] as number) / ofMatches),
    namesakes: Math.min(most, (namesakes[level] as number) / ofMatches),
  };
}

/** Parts of each level, when so many were supposed before any was seen. */
export function shareOf<T extends readonly number[]>(
  counts: readonly number[],
  before: T,
  ones = supposed,
): T {
  const all = counts.reduce((sum, count) => sum + count, ones);
  return before.map((share, i) => ((counts[i] as number) + ones * share) / all) as unknown as T;
}

type FoundIn = { parts: readonly { pairs: Pairs; strangers: Pairs }[] };
type Numbers = Pick<RowColumns, "region" | "birth" | "packed">;
/** A person, or a person whose own number is not known and a number that could be his. */
type Key = number | string;

/** Marks all pairs whose person, or whose number beside the same person, has a further row. */
export function markOtherRows(
  persons: number,
  registers: readonly FoundIn[],
  columns: readonly (readonly Numbers[])[],
): SureShares[] {
  const rowsOf = new Map<Key, Rows>();
  eachPair(registers, columns, "pairs", ({ code, key, register }) => {
    if (counts(code)) see(rowsOf, key, register);
  });
  const sure = registers.map((): ByOtherRow => [0, 0, 0]);
  eachPair(registers, columns, "pairs", ({ pairs, i, code, key, register }) => {
    const level = levelOf(rowsOf.get(key), register, counts(code));
    if (isSure(code)) (sure[register] as ByOtherRow)[level]++;
    pairs.code[i] = withOtherRow(code, level);
  });
  markStrangers(registers, columns, rowsOf);
  return shareSure(rowsOf, sure, persons);
}

/** Strangers are marked twice: as if the row had no number, and as if the person had none. */
function markStrangers(
  registers: readonly FoundIn[],
  columns: readonly (readonly Numbers[])[],
  rowsOf: ReadonlyMap<Key, Rows>,
): void {
  const numbers = new Map<Key, Rows>();
  eachPair(registers, columns, "strangers", ({ key, register }) => {
    see(numbers, key, register);
  });
  eachPair(registers, columns, "strangers", ({ pairs, i, code, key, register }) => {
    const ofPerson = levelOf(rowsOf.get(pairs.person[i] as number), register, false);
    pairs.code[i] = withOtherNumber(withOtherRow(code, ofPerson), levelOf(numbers.get(key), register, true));
  });
}

function see(rowsOf: Map<Key, Rows>, key: Key, register: number): void {
  const known = rowsOf.get(key);
  if (known === undefined) rowsOf.set(key, { register, isElsewhere: false, count: 1 });
  else {
    known.count++;
    known.isElsewhere ||= known.register !== register;
  }
}

type Seen = { pairs: Pairs; i: number; code: number; key: Key; register: number };

function eachPair(
  registers: readonly FoundIn[],
  columns: readonly (readonly Numbers[])[],
  of: "pairs" | "strangers",
  call: (seen: Seen) => void,
): void {
  registers.forEach(({ parts }, register) => {
    parts.forEach((part, p) => {
      const rows = columns[register]?.[p] as Numbers;
      const pairs = part[of];
      for (let i = 0; i < pairs.code.length; i++) {
        const [person, code] = [pairs.person[i] as number, pairs.code[i] as number];
        const isByNumber = of === "strangers" || isUntold(code);
        const key = isByNumber ? numberOf(person, rows, pairs.row[i] as number) : person;
        call({ pairs, i, code, key, register });
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

/** Of persons at random beside a row of each register, whom that row did not find. */
function shareSure(
  rowsOf: ReadonlyMap<Key, Rows>,
  sure: readonly ByOtherRow[],
  persons: number,
): SureShares[] {
  const onlyHere = sure.map(() => 0);
  let found = 0;
  for (const [key, { register, isElsewhere }] of rowsOf) {
    if (typeof key === "string") continue;
    found++;
    if (!isElsewhere) onlyHere[register] = (onlyHere[register] as number) + 1;
  }
  const usual: ByOtherRow = [0.98, 0.01, 0.01];
  return sure.map((ofRegister, register) => {
    const same = onlyHere[register] as number;
    const ofPersons = shareOf([Math.max(0, persons - found), same, found - same], usual);
    return { ofMatches: shareOf(ofRegister, ofPersons), ofPersons };
  });
}
