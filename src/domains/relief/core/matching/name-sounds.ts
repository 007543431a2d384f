/** How names sound, without tones. A syllable is a small number. */
import { firstSound, placeholder } from "./name-marks.ts";
import { otherReadings, surnameReadings, usualReadings } from "./readings.ts";

const soundUnits = 65_536;
const numbers = new Map<string, number>();

/** By UTF-16 unit, 0 where unknown: usual reading, a second one, and reading as a surname where that differs. */
const given = new Uint16Array(soundUnits);
const other = new Uint16Array(soundUnits);
const surname = new Uint16Array(soundUnits);
fill(given, usualReadings);
fill(other, otherReadings);
fill(surname, surnameReadings);
for (const [, number] of numbers) given[firstSound + number] = number;

function fill(into: Uint16Array, readings: string): void {
  for (const [, syllable, characters] of readings.matchAll(/([A-Z]+)([^A-Z ]+)/g) as Iterable<string[]>) {
    const number = numbers.get(syllable as string) ?? numbers.size + 1;
    numbers.set(syllable as string, number);
    for (const character of characters as string) into[character.charCodeAt(0)] = number;
  }
}

/** @returns the number of a syllable, for syllables in letters within names */
export const syllableNumber = (letters: string): number | undefined => numbers.get(letters);

/** A unit's sound where a name is keyed by sound: unknown characters sound like themselves only. */
export function soundOf(unit: number, isFirst: boolean): number {
  const sound = (isFirst ? surname[unit] || given[unit] : given[unit]) as number;
  return sound === 0 ? unit + soundUnits : sound;
}

/** One reading of the one is a reading of the other. */
export function soundAlike(a: number, b: number): boolean {
  if (a === placeholder || b === placeholder) return false;
  return (
    hasReading(b, given[a] as number) ||
    hasReading(b, other[a] as number) ||
    hasReading(b, surname[a] as number)
  );
}

function hasReading(unit: number, sound: number): boolean {
  return sound !== 0 && (sound === given[unit] || sound === other[unit] || sound === surname[unit]);
}
