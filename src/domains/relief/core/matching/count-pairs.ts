/** Counts over all pairs from which the weights are drawn. */
import { idLevel } from "./compare-ids.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { alikeOf, alikes, cellOf, cells, chanceBin, chanceBins, isAlike } from "./find-pairs.ts";
import type { Pairs } from "./find-pairs.ts";
import { add } from "./shared-columns.ts";
import { placeLevel, placeLevels } from "./places.ts";
import { isClose } from "./weights.ts";
import type { RegisterPairs } from "./weights.ts";
import {
  codeId,
  codeName,
  codePhone,
  codePlace,
  codeSex,
  idGroups,
  phoneLevels,
  sexLevel,
} from "./pair-code.ts";

/** Parts of the registry's persons: without a comparable number, with the head's, with one that fails, with fifteen digits. */
export type RegistryKinds = { absent: number; borrowed: number; failed: number; old: number };

/** How many pairs, and how many of them are of the same village or phone. */
export type Close = [all: number, close: number];

export type Counted = {
  /** by register: pairs of the same number and name */
  same: Float64Array;
  /** matches by cell and bin, by register */
  matches: Float64Array[];
  conflicts: Float64Array[];
  names: Float64Array;
  sexes: [number, number];
  conflictSexes: [number, number];
  /** by place: certain non-matches of the same name that are born within a year of one another */
  conflictBirths: Float64Array;
  /** by register */
  farNamesakes: Float64Array[];
  comparable: Float64Array;
  failed: Float64Array;
  old: Float64Array;
  absent: Float64Array;
  /** same village, names that are alike: by register, `alikeOf` and bin */
  alikeMatches: Float64Array[];
  alikeConflicts: Float64Array[];
  /** same number, other name, nothing explains it: those with the same surname, and the others */
  sameSurname: Close;
  otherName: Close;
  /** numbers one slip apart, which nothing proves, and the same name */
  unproved: number;
  /** by register, numbers one slip apart that are certainly two persons' */
  near: Close[];
  close: Close;
};

const isNamedLike = (level: number): boolean => level >= nameLevel.same && level <= nameLevel.different;

export function countPairs(registers: readonly RegisterPairs[]): Counted {
  const size = cells * chanceBins;
  const counted: Counted = {
    same: new Float64Array(registers.length),
    matches: registers.map(() => new Float64Array(size)),
    conflicts: registers.map(() => new Float64Array(size)),
    names: new Float64Array(nameLevels),
    sexes: [0, 0],
    conflictSexes: [0, 0],
    conflictBirths: new Float64Array(placeLevels),
    farNamesakes: registers.map(() => new Float64Array(idGroups)),
    comparable: new Float64Array(registers.length),
    failed: new Float64Array(registers.length),
    absent: new Float64Array(registers.length),
    old: new Float64Array(registers.length),
    alikeMatches: registers.map(() => new Float64Array(alikes * chanceBins)),
    alikeConflicts: registers.map(() => new Float64Array(alikes * chanceBins)),
    sameSurname: [0, 0],
    otherName: [0, 0],
    unproved: 0,
    near: registers.map(() => [0, 0]),
    close: [0, 0],
  };
  registers.forEach(({ parts }, r) => {
    for (const { pairs, conflicts, conflictSexes, conflictBirths, ...part } of parts) {
      const { alikeConflicts, farNamesakes, nearConflicts, rowKinds } = part;
      farNamesakes.forEach((count, group) => add(counted.farNamesakes[r] as Float64Array, group, count));
      add(counted.comparable, r, rowKinds[0]);
      add(counted.failed, r, rowKinds[1]);
      add(counted.old, r, rowKinds[2]);
      add(counted.absent, r, rowKinds[3]);
      const near = counted.near[r] as Close;
      near[0] += nearConflicts[0];
      near[1] += nearConflicts[1];
      alikeConflicts.forEach((count, at) => add(counted.alikeConflicts[r] as Float64Array, at, count));
      conflictBirths.forEach((count, place) => add(counted.conflictBirths, place, count));
      counted.conflictSexes[0] += conflictSexes[0];
      counted.conflictSexes[1] += conflictSexes[1];
      const into = counted.conflicts[r] as Float64Array;
      for (let i = 0; i < size; i++) add(into, i, conflicts[i] as number);
      for (let i = 0; i < pairs.code.length; i++) countSame(counted, r, pairs, i);
    }
    foldCells(counted.matches[r] as Float64Array);
    foldCells(counted.conflicts[r] as Float64Array);
  });
  return counted;
}

function countSame(counted: Counted, register: number, pairs: Pairs, i: number): void {
  const code = pairs.code[i] as number;
  const name = codeName(code);
  if (codeId(code) === idLevel.unprovedSlip && name === nameLevel.same) counted.unproved++;
  if (codeId(code) !== idLevel.same) return;
  if (!isNamedLike(name)) return;
  if (name >= nameLevel.surname) {
    const into = name === nameLevel.surname ? counted.sameSurname : counted.otherName;
    into[0]++;
    if (isClose(code)) into[1]++;
    return;
  }
  add(counted.names, name, 1);
  const bin = chanceBin(pairs.chance[i] as number);
  if (isAlike(name) && codePlace(code) === placeLevel.village)
    add(counted.alikeMatches[register] as Float64Array, alikeOf(name, codePhone(code)) * chanceBins + bin, 1);
  if (name !== nameLevel.same) return;
  add(counted.same, register, 1);
  counted.close[0]++;
  if (isClose(code)) counted.close[1]++;
  if (codeSex(code) !== sexLevel.none) counted.sexes[codeSex(code) === sexLevel.same ? 0 : 1]++;
  const cell = cellOf(codePlace(code), codePhone(code));
  add(counted.matches[register] as Float64Array, cell * chanceBins + bin, 1);
}

/** Rows without a number do not tell a region: their levels hold what the two told apart hold together. */
function foldCells(counts: Float64Array): void {
  const parts = [
    [placeLevel.none, placeLevel.homeRegion, placeLevel.otherRegion],
    [placeLevel.elsewhereUnknown, placeLevel.elsewhere, placeLevel.elsewhereHome],
  ] as const;
  for (const [whole, ...halves] of parts)
    for (let phone = 0; phone < phoneLevels; phone++)
      for (let bin = 0; bin < chanceBins; bin++)
        for (const half of halves)
          add(
            counts,
            cellOf(whole, phone) * chanceBins + bin,
            counts[cellOf(half, phone) * chanceBins + bin] as number,
          );
}
