/** The draft set like paper, its figures marked in place. A paragraph is drawn again only when something in it changes. */
import { Fragment, memo } from "react";
import type { KeyboardEvent } from "react";
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { Decision } from "./decisions.ts";
import type { Paragraph, Run } from "./draft-marks.ts";
import { lookWords } from "./look-mark.tsx";
import { gravest } from "./shown-claims.ts";

/** What a mark tells of its claim. */
export type Marked = {
  readonly claim: ClaimView;
  /** of the finding in the list; undefined for what was found consistent */
  readonly number: number | undefined;
  readonly decision: Decision | undefined;
};

type DraftPaperProps = {
  paragraphs: readonly Paragraph[];
  marked: ReadonlyMap<number, Marked>;
  selected: number | undefined;
  onSelect: (claim: number) => void;
  label: string;
};

export function DraftPaper({ paragraphs, marked, selected, onSelect, label }: DraftPaperProps) {
  return (
    <article className="paper draft-paper" lang="zh-CN" aria-label={label}>
      {paragraphs.map((paragraph) => (
        <ParagraphView
          key={paragraph.from}
          paragraph={paragraph}
          marks={paragraph.claims.map((index) => marked.get(index))}
          selected={selected !== undefined && paragraph.claims.includes(selected) ? selected : undefined}
          onSelect={onSelect}
        />
      ))}
    </article>
  );
}

type ParagraphProps = {
  paragraph: Paragraph;
  /** of `paragraph.claims`, in their order */
  marks: readonly (Marked | undefined)[];
  selected: number | undefined;
  onSelect: (claim: number) => void;
};

const ParagraphView = memo(DrawnParagraph, (before, after) => {
  const [a, b] = [before.paragraph, after.paragraph];
  return (
    a.text === b.text &&
    a.form === b.form &&
    a.signature === b.signature &&
    before.selected === after.selected &&
    before.onSelect === after.onSelect &&
    before.marks.length === after.marks.length &&
    before.marks.every((mark, index) => {
      const other = after.marks[index];
      return (
        mark?.claim === other?.claim && mark?.number === other?.number && mark?.decision === other?.decision
      );
    })
  );
});

function DrawnParagraph({ paragraph, marks, selected, onSelect }: ParagraphProps) {
  const markOf = (claim: number) => marks[paragraph.claims.indexOf(claim)];
  const isIndented = /^[\s\u3000]/.test(paragraph.text);
  return (
    <p className={`draft-${paragraph.form}${isIndented ? " indented" : ""}`}>
      {paragraph.runs.map((run, index) => (
        <RunView key={index} run={run} markOf={markOf} selected={selected} onSelect={onSelect} />
      ))}
    </p>
  );
}

type RunProps = {
  run: Run;
  markOf: (claim: number) => Marked | undefined;
  selected: number | undefined;
  onSelect: (claim: number) => void;
};

function RunView({ run, markOf, selected, onSelect }: RunProps) {
  const { t, say } = useSpeech();
  const content = run.pieces.map((piece, index) => (
    <Fragment key={index}>
      {piece.isReplaced ? <del>{piece.text}</del> : piece.text}
      {piece.inserted !== "" && <ins>{piece.inserted}</ins>}
    </Fragment>
  ));
  const isOperand = selected !== undefined && run.operands.includes(selected);
  if (run.heads.length === 0) return isOperand ? <span className="operand">{content}</span> : content;

  const marks = run.heads.flatMap((head) => markOf(head) ?? []);
  const look = gravest(marks.map(({ claim }) => claim));
  const first = marks[0];
  const isHere = selected !== undefined && run.heads.includes(selected);
  // Pressed again, a figure of several claims shows the next of them.
  const next = run.heads[(run.heads.indexOf(selected ?? -1) + 1) % run.heads.length] as number;
  const isQuiet = look === "consistent";
  const begins = run.begins[0];
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onSelect(next);
  };
  const classes = [
    "mark",
    `mark-${look}`,
    marks.every(({ decision }) => decision !== undefined) ? "decided" : "",
    marks.every(({ decision }) => decision === "ignored") ? "ignored" : "",
    isHere ? "here" : isOperand ? "operand" : "",
  ];
  return (
    <>
      <span
        id={begins === undefined ? undefined : `mark-${begins}`}
        className={classes.filter(Boolean).join(" ")}
        role="button"
        tabIndex={isQuiet || begins === undefined ? -1 : 0}
        title={t.proofing.mark(first?.number, say(lookWords(look)))}
        onClick={() => onSelect(next)}
        onKeyDown={press}
      >
        {content}
      </span>
      {run.ends.map((claim) => {
        const number = markOf(claim)?.number;
        return number === undefined ? (
          <Fragment key={claim} />
        ) : (
          <sup key={claim} className={`mark-number look-${look}`} aria-hidden="true">
            {number}
          </sup>
        );
      })}
    </>
  );
}
