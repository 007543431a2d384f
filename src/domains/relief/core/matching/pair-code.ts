/** How the fields of a pair agree, packed into one number. */
import { idLevel, idLevels } from "./compare-ids.ts";

export const phoneLevel = { none: 0, same: 1, shared: 2, different: 3 } as const;
export const phoneLevels = 4;
export const sexLevel = { none: 0, same: 1, different: 2 } as const;

// oxlint-disable-next-line eslint/max-params -- five levels of one pair
export const packCode = (id: number, name: number, place: number, phone: number, sex: number): number =>
  id | (name << 4) | (place << 8) | (phone << 12) | (sex << 14);
/** Further bits: the row, the person, has no number that says whose it is. */
export const noRowNumber = 1 << 16;
export const noPersonNumber = 1 << 17;
/** Whether another row agrees too, on the same register or another: written when all are compared, by `markOtherRows`. */
export const otherRow = { none: 0, sameRegister: 1, otherRegister: 2 } as const;
export const codeOtherRow = (code: number): number => (code >> 18) & 3;
export const withOtherRow = (code: number, level: number): number => (code & ~(3 << 18)) | (level << 18);
/** Of strangers: whether the row's number stands on another row beside the same person. */
export const codeOtherNumber = (code: number): number => (code >> 20) & 3;
export const withOtherNumber = (code: number, level: number): number => (code & ~(3 << 20)) | (level << 20);
export const codeId = (code: number): number => code & 15;
export const codeName = (code: number): number => (code >> 4) & 15;
export const codePlace = (code: number): number => (code >> 8) & 15;
export const codePhone = (code: number): number => (code >> 12) & 3;
export const codeSex = (code: number): number => (code >> 14) & 3;

/** How the two numbers fail to tell, beyond `idLevel`: on whose side. */
export const idGroups = idLevels + 3;
export const rowMissing = idLevel.missing;
export const personMissing = idLevels;
export const bothMissing = idLevels + 1;
export const personBorrowed = idLevels + 2;

export function groupOf(code: number): number {
  const id = codeId(code);
  if (id !== idLevel.missing && id !== idLevel.borrowed) return id;
  if ((code & noRowNumber) === 0) return id === idLevel.missing ? personMissing : personBorrowed;
  return (code & noPersonNumber) === 0 ? rowMissing : bothMissing;
}
