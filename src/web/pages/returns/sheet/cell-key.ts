/** A cell of a return by what it is about, not by where it stands: rows move, subjects do not. */
export type CellPlace = { subject: string; column: string };

/** "region fai_ytd"; neither part has a space. */
export const cellKey = (subject: string, column: string): string => `${subject} ${column}`;
