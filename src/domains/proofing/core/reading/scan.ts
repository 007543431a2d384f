/**
 * One walk through the text: figures, and the clauses they stand in. Linear: every look ahead or behind is bounded.
 */
import { figureAt, numeralFigureAt } from "./figures.ts";
import { isNumeralChar } from "./numerals.ts";
import { plainText } from "./plain-text.ts";
import type { Quantity } from "./quantity.ts";
import { inheritUnits } from "./row-units.ts";
import { NO_UNIT } from "./units.ts";
import { afterWord, type Clause, isDigitCode, isLetter, REACH, type Walk } from "./walk.ts";

export type Scan = {
  /** same length and offsets as the draft */
  readonly plain: string;
  readonly quantities: readonly Quantity[];
  readonly clauses: readonly Clause[];
  /** 25.7:26.8:47.5 */
  readonly proportions: readonly (readonly Quantity[])[];
};

export function scanText(text: string): Scan {
  const plain = plainText(text);
  const walk: Walk = {
    plain,
    quantities: [],
    proportions: [],
    clauses: [],
    segment: 0,
    sentence: 0,
    paragraph: 0,
    brackets: [],
    bracketCount: 0,
    leadBefore: "",
    leadFrom: 0,
  };
  openClause(walk, 0);
  for (let at = 0; at < plain.length; ) at = step(walk, at);
  closeClause(walk, plain.length, "");
  inheritUnits(walk);
  setTails(walk);
  return {
    plain,
    quantities: walk.quantities.filter((q) => q.unit !== NO_UNIT),
    clauses: walk.clauses,
    proportions: walk.proportions,
  };
}

function step(walk: Walk, at: number): number {
  const { plain } = walk;
  const char = plain.charAt(at);
  const code = char.charCodeAt(0);
  if (code >= 48 && code <= 57) return figureAt(walk, at);
  if (isLetter(code)) return afterWord(plain, at);
  switch (char) {
    case "\n":
      return breakAt(walk, at, { paragraph: true });
    case "。":
    case "!":
    case "?":
      return breakAt(walk, at, { sentence: true });
    case ";":
    case ",":
    case "，":
    case ":":
      return breakAt(walk, at, {});
    case "(":
      return openBracket(walk, at);
    case ")":
      return closeBracket(walk, at);
    case "[":
    case "〔":
    case "【":
      return afterNote(plain, at);
    default:
      return isNumeralChar(char) || (char === "百" && plain.startsWith("百分之", at))
        ? numeralFigureAt(walk, at)
        : at + 1;
  }
}

/** [3] and 〔2016〕60号 are no figures; a longer note is read like other text. */
function afterNote(plain: string, at: number): number {
  for (let end = at + 1; end < Math.min(plain.length, at + 8); end++) {
    const char = plain.charAt(end);
    if (char === "]" || char === "〕" || char === "】") {
      let after = end + 1;
      if (char === "〕") while (isDigitCode(plain.charCodeAt(after))) after++;
      return after;
    }
    if (!isDigitCode(char.charCodeAt(0))) return at + 1;
  }
  return at + 1;
}

// --- clauses ---

function openClause(walk: Walk, at: number): void {
  walk.clauses.push({
    start: at,
    end: at,
    closedBy: "",
    sentence: walk.sentence,
    paragraph: walk.paragraph,
    bracket: walk.brackets.at(-1)?.number ?? 0,
  });
  walk.leadFrom = at;
}

function closeClause(walk: Walk, at: number, by: string): void {
  const clause = walk.clauses.at(-1);
  if (!clause) return;
  clause.end = at;
  clause.closedBy = by;
}

function breakAt(walk: Walk, at: number, what: { sentence?: boolean; paragraph?: boolean }): number {
  const char = walk.plain.charAt(at);
  closeClause(walk, at, char === "，" ? "," : char);
  if (what.sentence || what.paragraph || char === ";") walk.segment++;
  if (what.sentence || what.paragraph) walk.sentence++;
  if (what.paragraph) {
    walk.paragraph++;
    walk.brackets.length = 0;
  }
  walk.leadBefore = "";
  openClause(walk, at + 1);
  return at + 1;
}

function openBracket(walk: Walk, at: number): number {
  closeClause(walk, at, "(");
  const leadBefore = (walk.leadBefore + walk.plain.slice(walk.leadFrom, at)).slice(-REACH);
  if (walk.brackets.length < 8) walk.brackets.push({ number: ++walk.bracketCount, leadBefore });
  walk.leadBefore = "";
  openClause(walk, at + 1);
  return at + 1;
}

function closeBracket(walk: Walk, at: number): number {
  closeClause(walk, at, ")");
  walk.leadBefore = walk.brackets.pop()?.leadBefore ?? "";
  openClause(walk, at + 1);
  return at + 1;
}

function setTails(walk: Walk): void {
  const { plain, quantities, clauses } = walk;
  quantities.forEach((quantity, i) => {
    const clauseEnd = clauses[quantity.clause]?.end ?? plain.length;
    const next = quantities[i + 1];
    const until = next && next.clause === quantity.clause ? next.start : clauseEnd;
    quantity.tail = plain.slice(quantity.end, Math.min(until, quantity.end + REACH)).trim();
  });
}
