/**
 * A draft as statements: clauses with the figures in them, what stands in brackets taken out.
 *
 * Words:
 * - piece: the text before a figure, from the figure before it; the last piece is what follows the last figure
 * - heading: a paragraph of one statement without figures
 */
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import type { Scan } from "../reading/scan.ts";

export type Clause = Scan["clauses"][number];

export type Statement = {
  /** one more than there are mentions */
  readonly pieces: readonly string[];
  readonly mentions: readonly Mention[];
  /** what stands in brackets before the statement goes on */
  readonly notes: readonly string[];
  /** what ended it: "," ";" "。" "\n" ":" or "" at the end of the text */
  readonly closedBy: string;
  readonly clause: Clause;
};

type Open = {
  pieces: string[];
  mentions: Mention[];
  notes: { text: string; from: number }[];
  clause: Clause;
};

/** The statements of each paragraph that has any words. */
export function readParagraphs(reading: Reading): Statement[][] {
  const { clauses, plain } = reading.scan;
  const mentionsOf = groupByClause(reading);
  const paragraphs: Statement[][] = [];
  let [current, paragraph]: [Statement[], number] = [[], 0];
  let open: Open | undefined;
  clauses.forEach((clause, index) => {
    if (clause.bracket !== 0) {
      open?.notes.push({ text: plain.slice(clause.start, clause.end), from: wordsIn(open) });
      return;
    }
    open ??= { pieces: [""], mentions: [], notes: [], clause };
    addClause(open, { clause, plain, mentions: mentionsOf.get(index) ?? [] });
    if (clause.closedBy === "(") return;
    if (clause.paragraph !== paragraph && current.length > 0) {
      paragraphs.push(current);
      current = [];
    }
    paragraph = clause.paragraph;
    if (wordsIn(open) > 0 || open.mentions.length > 0) current.push(closeStatement(open, clause.closedBy));
    open = undefined;
  });
  if (open !== undefined && wordsIn(open) > 0) current.push(closeStatement(open, ""));
  if (current.length > 0) paragraphs.push(current);
  return paragraphs;
}

/** 前7个月 and the like are read as text: they say when, not how much. */
function groupByClause({ mentions }: Reading): Map<number, Mention[]> {
  const groups = new Map<number, Mention[]>();
  for (const mention of mentions) {
    const { clause, unit, bracket } = mention.quantity;
    if (unit.dimension === "months" || bracket !== 0) continue;
    const group = groups.get(clause);
    if (group === undefined) groups.set(clause, [mention]);
    else group.push(mention);
  }
  return groups;
}

type Adding = { clause: Clause; plain: string; mentions: readonly Mention[] };

function addClause(open: Open, { clause, plain, mentions }: Adding): void {
  let from = clause.start;
  for (const mention of mentions) {
    open.pieces[open.pieces.length - 1] += plain.slice(from, mention.quantity.start);
    open.pieces.push("");
    open.mentions.push(mention);
    from = Math.max(from, mention.quantity.end);
  }
  open.pieces[open.pieces.length - 1] += plain.slice(from, clause.end);
}

function wordsIn({ pieces }: Open): number {
  return pieces.reduce((sum, piece) => sum + piece.trim().length, 0);
}

function closeStatement(open: Open, closedBy: string): Statement {
  const { pieces, mentions, clause } = open;
  const all = wordsIn(open);
  // a bracket at the end describes and changes nothing: 第15位（末位）
  const notes = open.notes.filter(({ from }) => from < all).map(({ text }) => text);
  return { pieces, mentions, notes, closedBy, clause };
}

export function isHeading(paragraph: readonly Statement[]): boolean {
  const [only, ...more] = paragraph;
  return more.length === 0 && only?.mentions.length === 0 && (only.closedBy === "\n" || only.closedBy === "");
}
