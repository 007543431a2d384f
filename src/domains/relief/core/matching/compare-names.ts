/** Two names side by side, unit by unit. */
import { lookAlike, surnameLength } from "./character-tables.ts";
import { soundAlike } from "./name-sounds.ts";
import type { Sounds } from "./name-sounds.ts";
import { firstSound, placeholder } from "./name-units.ts";

/** How two names agree. */
export const nameLevel = {
  /** one side has none */
  none: 0,
  /** the same after spaces, width and traditional forms */
  same: 1,
  /** every differing character sounds the same */
  homophone: 2,
  /** every differing character looks or sounds alike */
  lookAlike: 3,
  /** a placeholder, letters or nothing stands where the other has a character */
  unreadable: 4,
  /** one character of three or more differs otherwise */
  oneCharacter: 5,
  /** the surname only */
  surname: 6,
  different: 7,
  /** the row has the name of the head of this person's household */
  heads: 8,
  /** the row has the name of another member of the household */
  members: 9,
  /** the person's own name in the registry is the head's: it says nothing */
  borrowed: 10,
} as const;

export const nameLevels = 11;

/** Distinct names: units of all in one row, where each starts; one more start than names. */
export type NameUnits = { units: Uint16Array; starts: Uint32Array };

/** The same place of two names: 0 same, 1 sounds alike, 2 looks alike, 3 cannot be read, 4 differs. */
function compareUnits(sounds: Sounds, a: number, b: number): number {
  if (a === b) return 0;
  if (a === placeholder || b === placeholder) return 3;
  if (a >= firstSound || b >= firstSound) return soundAlike(sounds, a, b) ? 3 : 4;
  if (soundAlike(sounds, a, b)) return 1;
  return lookAlike(a, b) ? 2 : 4;
}

/** @param a @param b indices of two names */
export function compareNames(names: NameUnits, sounds: Sounds, a: number, b: number): number {
  if (a === b) return lengthOf(names, a) === 0 ? nameLevel.none : nameLevel.same;
  const [lengthA, lengthB] = [lengthOf(names, a), lengthOf(names, b)];
  if (lengthA === 0 || lengthB === 0) return nameLevel.none;
  const { units, starts } = names;
  const [startA, startB] = [starts[a] as number, starts[b] as number];
  if (lengthA === lengthB) {
    const level = compareSameLength(sounds, { units, startA, startB, length: lengthA });
    if (level !== nameLevel.different) return level;
  } else if (isShortened(names, a, b) || isShortened(names, b, a)) return nameLevel.unreadable;
  const isSurname = compareUnits(sounds, units[startA] as number, units[startB] as number) === 0;
  return isSurname ? nameLevel.surname : nameLevel.different;
}

type Aligned = { units: Uint16Array; startA: number; startB: number; length: number };

function compareSameLength(sounds: Sounds, { units, startA, startB, length }: Aligned): number {
  const counts = [0, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const kind = compareUnits(sounds, units[startA + i] as number, units[startB + i] as number);
    counts[kind] = (counts[kind] as number) + 1;
  }
  const [same = 0, sound = 0, look = 0, unread = 0, other = 0] = counts;
  if (other > 0)
    return other === 1 && same === length - 1 && length > 2 ? nameLevel.oneCharacter : nameLevel.different;
  // A name that nothing but placeholders and sounds agree with is no agreement.
  if (same === 0 && (unread > 0 || length < 2)) return nameLevel.different;
  if (unread > 0) return nameLevel.unreadable;
  if (look > 0) return nameLevel.lookAlike;
  return sound > 0 ? nameLevel.homophone : nameLevel.same;
}

/** The shorter one is the longer without one character of the given name. */
function isShortened({ units, starts }: NameUnits, shorter: number, longer: number): boolean {
  const [start, end] = [starts[shorter] as number, starts[shorter + 1] as number];
  const [longStart, longEnd] = [starts[longer] as number, starts[longer + 1] as number];
  if (end - start < 2 || longEnd - longStart !== end - start + 1) return false;
  let skipped = 0;
  for (let i = 0; start + i < end; ) {
    if (units[start + i] === units[longStart + i + skipped]) i++;
    else if (i < surnameLength(units, longStart, longEnd - longStart) || ++skipped > 1) return false;
  }
  return true;
}

export const lengthOf = ({ starts }: NameUnits, name: number): number =>
  (starts[name + 1] as number) - (starts[name] as number);
