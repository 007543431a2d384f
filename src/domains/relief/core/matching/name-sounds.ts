/**
 * How names sound, without tones. A syllable is a small number; the readings come from outside (a dictionary), for the
 * characters that occur.
 */
import { firstSound, placeholder } from "./name-units.ts";

/** By UTF-16 unit, 0 where unknown. */
export type Sounds = {
  /** reading as a surname: 解 xie, 单 shan */
  surname: Uint16Array;
  /** usual reading */
  given: Uint16Array;
  /** another reading, of characters with two: 重 chong */
  other: Uint16Array;
};

export const soundUnits = 65_536;

/** Readings of one character, the usual first. */
export type ReadCharacter = (character: string) => { surname: string; readings: readonly string[] };

/** @returns the number of a syllable, for syllables in letters within names */
export function fillSounds(
  into: Sounds,
  seen: Uint8Array,
  read: ReadCharacter,
): (letters: string) => number | undefined {
  const numbers = new Map<string, number>();
  const numberOf = (syllable: string): number => {
    const key = syllable.toUpperCase().replaceAll("Ü", "V");
    if (!/^[A-Z]+$/.test(key)) return 0;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size + 1);
    return numbers.size;
  };
  for (let unit = 0x3400; unit < 0xa000; unit++) {
    if (seen[unit] !== 1) continue;
    const { surname, readings } = read(String.fromCharCode(unit));
    into.surname[unit] = numberOf(surname);
    into.given[unit] = numberOf(readings[0] ?? "");
    into.other[unit] = numberOf(readings[1] ?? "");
  }
  for (const [, number] of numbers) {
    into.surname[firstSound + number] = number;
    into.given[firstSound + number] = number;
  }
  return (letters) => numbers.get(letters);
}

/** A unit's sound where a name is keyed by sound: unknown characters sound like themselves only. */
export function soundOf(sounds: Sounds, unit: number, isFirst: boolean): number {
  const sound = (isFirst ? sounds.surname : sounds.given)[unit] as number;
  return sound === 0 ? unit + soundUnits : sound;
}

/** One reading of the one is a reading of the other. */
export function soundAlike(sounds: Sounds, a: number, b: number): boolean {
  if (a === placeholder || b === placeholder) return false;
  const { surname, given, other } = sounds;
  for (const x of [given[a], other[a], surname[a]])
    if (x !== undefined && x !== 0 && (x === given[b] || x === other[b] || x === surname[b])) return true;
  return false;
}

/** Capitals within a name become the sound that they spell: 王KUN明 is three units. Others stay. */
export function foldLetters(
  units: readonly number[],
  numberOf: (letters: string) => number | undefined,
): number[] {
  const folded: number[] = [];
  for (let i = 0; i < units.length; ) {
    let end = i;
    while (end < units.length && isCapital(units[end] as number)) end++;
    const number = end > i ? numberOf(String.fromCharCode(...units.slice(i, end))) : undefined;
    if (number === undefined) folded.push(...units.slice(i, Math.max(end, i + 1)));
    else folded.push(firstSound + number);
    i = Math.max(end, i + 1);
  }
  return folded;
}

export const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;
