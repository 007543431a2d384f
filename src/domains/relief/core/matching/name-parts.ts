/** A name taken apart: surname and given name, and hashes of what is compared and counted of them. */
import { surnameLength } from "./character-tables.ts";
import { finish, hashUnits, mix, seedOf } from "./hash.ts";
import { soundOf } from "./name-sounds.ts";

/** Units `start` to `end`; the given name begins at `given`. Hashes are 0 for an empty name. */
export type NameParts = {
  units: Uint16Array;
  start: number;
  given: number;
  end: number;
  hash: number;
  /** of its syllables */
  sound: number;
  surname: number;
  surnameSound: number;
};

export const emptyName = (): NameParts => ({
  units: new Uint16Array(0),
  start: 0,
  given: 0,
  end: 0,
  hash: 0,
  sound: 0,
  surname: 0,
  surnameSound: 0,
});

export type NameColumns = { units: Uint16Array; nameStarts: Uint32Array };

/** Takes a row's name apart into `into`, which is the caller's to use again. */
export function takeName({ units, nameStarts }: NameColumns, row: number, into: NameParts): void {
  const [start, end] = [nameStarts[row] as number, nameStarts[row + 1] as number];
  into.units = units;
  into.start = start;
  into.end = end;
  into.given = start + (start === end ? 0 : surnameLength(units, start, end - start));
  into.hash = 0;
  into.sound = 0;
  into.surname = 0;
  into.surnameSound = 0;
  if (start === end) return;
  into.hash = hashUnits(2, units, start, end);
  into.surname = hashUnits(3, units, start, into.given);
  let sound = wholeSound;
  for (let i = start; i < end; i++) {
    sound = mix(sound, soundOf(units[i] as number, i === start));
    if (i === into.given - 1) into.surnameSound = finish(sound);
  }
  into.sound = finish(sound);
}

const wholeGiven = 21;
const [wholeSound, soundGiven, firstGiven, lastGiven] = [4, 22, 23, 24].map(seedOf) as [
  number,
  number,
  number,
  number,
];

export const givenKey = ({ units, given, end }: NameParts): number =>
  hashUnits(wholeGiven, units, given, end);

export function givenSoundKey({ units, given, end }: NameParts): number {
  let hash = soundGiven;
  for (let i = given; i < end; i++) hash = mix(hash, soundOf(units[i] as number, false));
  return finish(hash);
}

/** Of given names as long as this one with the same first character, and the same last one. */
export const firstGivenKey = (name: NameParts): number => nearKey(name, firstGiven, name.given);
export const lastGivenKey = (name: NameParts): number => nearKey(name, lastGiven, name.end - 1);

function nearKey({ units, given, end }: NameParts, seed: number, at: number): number {
  const length = end - given;
  return finish(mix(mix(seed, length), length > 1 ? (units[at] as number) : 0));
}

export function isSameName(a: NameColumns, rowA: number, b: NameColumns, rowB: number): boolean {
  const [startA, startB] = [a.nameStarts[rowA] as number, b.nameStarts[rowB] as number];
  const length = (a.nameStarts[rowA + 1] as number) - startA;
  if ((b.nameStarts[rowB + 1] as number) - startB !== length) return false;
  for (let i = 0; i < length; i++) if (a.units[startA + i] !== b.units[startB + i]) return false;
  return true;
}
