/** What the walk through the text carries along, shared by its parts. */
import type { Quantity } from "./quantity.ts";

export type Clause = {
  readonly start: number;
  end: number;
  /** what closed it: "," ";" "。" "\n" "(" ")" ":" or "" at the end of the text */
  closedBy: string;
  readonly sentence: number;
  readonly paragraph: number;
  readonly bracket: number;
};

/** Words before and after a figure that are looked at. */
export const REACH = 48;

/** The text so far. */
export type Walk = {
  plain: string;
  quantities: Quantity[];
  proportions: Quantity[][];
  clauses: Clause[];
  segment: number;
  sentence: number;
  paragraph: number;
  brackets: { number: number; leadBefore: string }[];
  bracketCount: number;
  /** text of the clause that stood before an inserted bracket or figure */
  leadBefore: string;
  leadFrom: number;
};

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** G108, H1N1, 2x3 in a model name: letters and what is glued to them. */
export function afterWord(plain: string, at: number): number {
  let end = at;
  while (end < plain.length && end - at < 200) {
    const code = plain.charCodeAt(end);
    if (!isLetter(code) && !isDigitCode(code) && !(code === 45 && isDigitCode(plain.charCodeAt(end + 1))))
      break;
    end++;
  }
  return end;
}
