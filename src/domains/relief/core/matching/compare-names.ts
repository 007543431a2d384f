/** Two names side by side, unit by unit. */
import { lookAlike, surnameLength } from "./character-tables.ts";
import { firstSound, placeholder } from "./name-marks.ts";
import type { NameParts } from "./name-parts.ts";
import { soundAlike } from "./name-sounds.ts";

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

/** The same place of two names: 0 same, 1 sounds alike, 2 looks alike, 3 cannot be read, 4 differs. */
function compareUnits(a: number, b: number): number {
  if (a === b) return 0;
  if (a === placeholder || b === placeholder) return 3;
  if (a >= firstSound || b >= firstSound) return soundAlike(a, b) ? 3 : 4;
  if (soundAlike(a, b)) return 1;
  return lookAlike(a, b) ? 2 : 4;
}

type Name = Pick<NameParts, "units" | "start" | "end">;

export function compareNames(a: Name, b: Name): number {
  const [lengthA, lengthB] = [a.end - a.start, b.end - b.start];
  if (lengthA === 0 || lengthB === 0) return nameLevel.none;
  if (lengthA === lengthB) {
    const level = compareSameLength(a, b);
    if (level !== nameLevel.different) return level;
  } else if (isShortened(a, b) || isShortened(b, a)) return nameLevel.unreadable;
  const isSurname = compareUnits(a.units[a.start] as number, b.units[b.start] as number) === 0;
  return isSurname ? nameLevel.surname : nameLevel.different;
}

function compareSameLength(a: Name, b: Name): number {
  const length = a.end - a.start;
  let [same, sound, look, unread, other] = [0, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const kind = compareUnits(a.units[a.start + i] as number, b.units[b.start + i] as number);
    if (kind === 0) same++;
    else if (kind === 1) sound++;
    else if (kind === 2) look++;
    else if (kind === 3) unread++;
    else other++;
  }
  if (other > 0)
    return other === 1 && same === length - 1 && length > 2 ? nameLevel.oneCharacter : nameLevel.different;
  // A name that nothing but placeholders and sounds agree with is no agreement.
  if (same === 0 && (unread > 0 || length < 2)) return nameLevel.different;
  if (unread > 0) return nameLevel.unreadable;
  if (look > 0) return nameLevel.lookAlike;
  return sound > 0 ? nameLevel.homophone : nameLevel.same;
}

/** The shorter one is the longer without one character of the given name. */
function isShortened(shorter: Name, longer: Name): boolean {
  const length = shorter.end - shorter.start;
  if (longer.end - longer.start !== length + 1) return false;
  const surname = surnameLength(longer.units, longer.start, length + 1);
  let skipped = 0;
  for (let i = 0; i < length; ) {
    if (shorter.units[shorter.start + i] === longer.units[longer.start + i + skipped]) i++;
    else if (i < surname || ++skipped > 1) return false;
  }
  return true;
}
