/** How common surnames and given names are among all rows that were read. */
import { addGrowing, countOf, makeCounts } from "./hash.ts";
import type { Counts } from "./hash.ts";
import { firstGivenKey, givenKey, givenSoundKey, lastGivenKey } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";

/** Names, and how many have each part: the key says which. */
export type NameCounts = { names: number; parts: Counts };

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

/** What several threads counted, together: sums are the same however rows were dealt out. */
export function addUp(all: readonly NameCounts[]): NameCounts {
  const [first = makeNameCounts(), ...rest] = [...all].sort((a, b) => b.parts.used - a.parts.used);
  for (const { names, parts } of rest) {
    first.names += names;
    for (let i = 0; i < parts.keys.length; i++)
      if (parts.keys[i] !== 0) addGrowing(first.parts, parts.keys[i] as number, parts.counts[i] as number);
  }
  return first;
}

const shareOf = ({ names, parts }: NameCounts, key: number): number =>
  countOf(parts, key) / Math.max(1, names);

export const surnameShare = (counts: NameCounts, { surname }: NameParts): number => shareOf(counts, surname);
export const surnameSoundShare = (counts: NameCounts, { surnameSound }: NameParts): number =>
  shareOf(counts, surnameSound);
export const givenShare = (counts: NameCounts, name: NameParts): number => shareOf(counts, givenKey(name));
export const givenSoundShare = (counts: NameCounts, name: NameParts): number =>
  shareOf(counts, givenSoundKey(name));

/** Of names whose given name differs in one character at most. */
export const givenNearShare = (counts: NameCounts, name: NameParts): number =>
  (shareOf(counts, firstGivenKey(name)) + shareOf(counts, lastGivenKey(name))) / 2;
