/** Two ID numbers side by side: the same, one slip apart, or two persons'. */
import { checkOf, idKind, kindOf, noCheck, serialOf } from "./id-number.ts";

/** How two numbers agree, from one row and one registered person. */
export const idLevel = {
  /** one side has none */
  missing: 0,
  /** the same seventeen digits; check right, or one of the two has fifteen digits */
  same: 1,
  /** the same seventeen, another check character on one side */
  checkSlip: 2,
  /** one digit differs, and the check character proves one of the two wrong */
  oneDigit: 3,
  /** two neighbours changed places, proved likewise */
  swapped: 4,
  /** one ends in 000, as a spreadsheet that keeps fifteen figures leaves it; the first fifteen are the same */
  cut: 5,
  /** the seventeenth, which tells the sex, is another's; both check */
  sexDigit: 6,
  /** a character too few or too many, or one unreadable */
  lengthSlip: 7,
  /** one slip between fifteen digits and eighteen, or between two failed numbers: nothing proves it */
  unprovedSlip: 8,
  /** further apart, and a number that fails its check is among the two */
  farFailed: 9,
  /** two sound numbers: two persons */
  conflict: 10,
  /** the row has the number of the head of this person's household */
  headsNumber: 11,
  /** the row has the number of another member, and this head's or member's name */
  membersNumber: 12,
  /** the person's own number in the registry is the head's: it says nothing */
  borrowed: 13,
} as const;

export const idLevels = 14;

/** A number in the columns: region, birth, and serial with check and kind packed. */
export type PackedId = { region: number; birth: number; packed: number };

export function compareIds(a: PackedId, b: PackedId): number {
  const [kindA, kindB] = [kindOf(a.packed), kindOf(b.packed)];
  if (kindA === idKind.none || kindB === idKind.none) return idLevel.missing;
  if (kindA === idKind.odd || kindB === idKind.odd) return idLevel.farFailed;
  const [serialA, serialB] = [serialOf(a.packed), serialOf(b.packed)];
  const isRegion = a.region === b.region;
  const isBirth = a.birth === b.birth;
  const isSerial = serialA === serialB;
  if (isRegion && isBirth && isSerial) {
    if (checkOf(a.packed) === checkOf(b.packed)) return idLevel.same;
    // Whole but for the check character, or the last three lost of one whose serial ends in 00: the weaker is supposed.
    if (isCut(a.packed, b.packed) || isCut(b.packed, a.packed)) return idLevel.cut;
    return idLevel.checkSlip;
  }
  const isFailed = kindA === idKind.failed || kindB === idKind.failed;
  const far = isFailed ? idLevel.farFailed : idLevel.conflict;
  if (!isRegion && !isBirth && !isSerial) return far;
  if (isRegion && isBirth) {
    if (isCut(a.packed, b.packed) || isCut(b.packed, a.packed)) return idLevel.cut;
    const isOtherSex = Math.floor(serialA / 10) === Math.floor(serialB / 10) && (serialA - serialB) % 2 !== 0;
    if (!isFailed && isOtherSex && kindA === kindB) return idLevel.sexDigit;
  }
  // No slip turns one sound number into another.
  if (kindA === idKind.valid && kindB === idKind.valid) return idLevel.conflict;
  const slip = slipBetween(a, b);
  if (slip === 0) return far;
  return judgeSlip(a.packed, b.packed, slip);
}

/** One of the two must fail its check, and the check character must be the same, for a slip to explain the difference. */
function judgeSlip(a: number, b: number, slip: number): number {
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA === idKind.old || kindB === idKind.old) return idLevel.unprovedSlip;
  if (kindA === kindB) return idLevel.unprovedSlip;
  if (checkOf(a) !== checkOf(b)) {
    // The last digit and the check character may have changed places.
    const isLastSwap = serialOf(a) % 10 === checkOf(b) && serialOf(b) % 10 === checkOf(a);
    return slip === 1 && isLastSwap && Math.floor(serialOf(a) / 10) === Math.floor(serialOf(b) / 10)
      ? idLevel.swapped
      : idLevel.farFailed;
  }
  return slip === 1 ? idLevel.oneDigit : idLevel.swapped;
}

/** One in eleven of those cut checks all the same. */
function isCut(cut: number, whole: number): boolean {
  return (
    (kindOf(cut) === idKind.failed || kindOf(cut) === idKind.valid) &&
    checkOf(cut) === 0 &&
    serialOf(cut) % 100 === 0 &&
    Math.floor(serialOf(cut) / 100) === Math.floor(serialOf(whole) / 100)
  );
}

const digitsA = new Uint8Array(18);
const digitsB = new Uint8Array(18);

/** @returns 0 further apart, 1 one digit, 2 two neighbours swapped, over the first seventeen */
export function slipBetween(a: PackedId, b: PackedId): number {
  writeDigits(a, digitsA);
  writeDigits(b, digitsB);
  let first = -1;
  let last = -1;
  let count = 0;
  for (let i = 0; i < 17; i++) {
    if (digitsA[i] === digitsB[i]) continue;
    if (first < 0) first = i;
    last = i;
    if (++count > 2) return 0;
  }
  if (count === 1) return 1;
  const isSwap = last === first + 1 && digitsA[first] === digitsB[last] && digitsA[last] === digitsB[first];
  return isSwap ? 2 : 0;
}

/** Where one slip stands, 1–18, for the evidence; 0 when there is none. */
export function placeOfSlip(a: PackedId, b: PackedId): number {
  writeDigits(a, digitsA);
  writeDigits(b, digitsB);
  for (let i = 0; i < 18; i++) if (digitsA[i] !== digitsB[i]) return i + 1;
  return 0;
}

function writeDigits({ region, birth, packed }: PackedId, into: Uint8Array): void {
  writeNumber(region, 5, 0, into);
  writeNumber(birth, 13, 6, into);
  writeNumber(serialOf(packed), 16, 14, into);
  into[17] = checkOf(packed);
}

function writeNumber(value: number, last: number, first: number, into: Uint8Array): void {
  let rest = value;
  for (let i = last; i >= first; i--) {
    into[i] = rest % 10;
    rest = Math.floor(rest / 10);
  }
}

/** An odd number against a sound one: one character too few, too many, or unreadable. */
export function isLengthSlip(odd: readonly number[], whole: PackedId): boolean {
  if (kindOf(whole.packed) !== idKind.valid && kindOf(whole.packed) !== idKind.failed) return false;
  writeDigits(whole, digitsA);
  const length = odd.length;
  if (length === 18) {
    let wrong = 0;
    for (let i = 0; i < 18; i++) if (odd[i] !== digitsA[i]) wrong++;
    return wrong <= 1;
  }
  if (length !== 17 && length !== 19) return false;
  const [shorter, longer] = length === 17 ? [odd, digitsA] : [digitsA, odd];
  let skipped = 0;
  for (let i = 0; i < shorter.length; ) {
    if (shorter[i] === longer[i + skipped]) i++;
    else if (++skipped > 1) return false;
  }
  return true;
}

export const isComparable = (packed: number): boolean =>
  kindOf(packed) !== idKind.none && kindOf(packed) !== idKind.odd && checkOf(packed) !== noCheck;
