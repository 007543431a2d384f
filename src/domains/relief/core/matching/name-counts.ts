/** How common surnames and given names are among all rows that were read. */
import { addGrowing, countOf, makeCounts } from "./hash.ts";
import type { Counts } from "./hash.ts";
import { firstGivenKey, givenKey, givenSoundKey, lastGivenKey } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";

/** Names that one thread has counted, and how many have each part: the key says which. */
export type NameCounts = { names: number; parts: Counts };

/** What all threads counted: sums are the same however rows were dealt out. */
export type AllNames = readonly NameCounts[];

export const makeNameCounts = (): NameCounts => ({ names: 0, parts: makeCounts(1 << 15) });

export function countName(counts: NameCounts, name: NameParts): void {
  if (name.hash === 0) return;
  counts.names++;
  const { parts } = counts;
  addGrowing(parts, name.surname, 1);
  addGrowing(parts, name.surnameSound, 1);
  addGrowing(parts, givenKey(name), 1);
  addGrowing(parts, givenSoundKey(name), 1);
  addGrowing(parts, firstGivenKey(name), 1);
  addGrowing(parts, lastGivenKey(name), 1);
}

function shareOf(all: AllNames, key: number): number {
  let [names, count] = [0, 0];
  for (const counted of all) {
    names += counted.names;
    count += countOf(counted.parts, key);
  }
  return count / Math.max(1, names);
}

export const surnameShare = (counts: AllNames, { surname }: NameParts): number => shareOf(counts, surname);
export const surnameSoundShare = (counts: AllNames, { surnameSound }: NameParts): number =>
  shareOf(counts, surnameSound);
export const givenShare = (counts: AllNames, name: NameParts): number => shareOf(counts, givenKey(name));
export const givenSoundShare = (counts: AllNames, name: NameParts): number =>
  shareOf(counts, givenSoundKey(name));

/** Of names whose given name differs in one character at most. */
export const givenNearShare = (counts: AllNames, name: NameParts): number =>
  (shareOf(counts, firstGivenKey(name)) + shareOf(counts, lastGivenKey(name))) / 2;
