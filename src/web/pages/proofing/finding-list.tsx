/** The findings beside the draft: what it says, what it should be, the calculation, and what to do about it. */
import { memo } from "react";
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { claimKey } from "../../../domains/proofing/core/claim-key.ts";
import { RELATION_WORDS } from "../../../domains/proofing/core/claim-words.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { Traced } from "../../shell/traced-number.tsx";
import type { Decision } from "./decisions.ts";
import type { Marked } from "./draft-paper.tsx";
import { LookMark } from "./look-mark.tsx";
import { lookOf } from "./shown-claims.ts";

export type Decide = (claim: ClaimView, decision: Decision | undefined) => void;

type FindingListProps = {
  text: string;
  /** indices of claims in the order of the text */
  order: readonly number[];
  marked: ReadonlyMap<number, Marked>;
  /** keys of claims whose figure another accepted correction changes */
  taken: ReadonlySet<string>;
  selected: number | undefined;
  onSelect: (claim: number) => void;
  onDecide: Decide;
};

export function FindingList({ text, order, marked, taken, selected, onSelect, onDecide }: FindingListProps) {
  return (
    <ol className="findings">
      {order.map((index) => {
        const mark = marked.get(index);
        if (mark === undefined) return null;
        const { claim, number, decision } = mark;
        return (
          <Finding
            key={index}
            index={index}
            claim={claim}
            number={number}
            decision={decision}
            isTaken={taken.size > 0 && taken.has(claimKey(claim))}
            replaced={claim.correction === undefined ? "" : text.slice(...claim.correction.span)}
            isSelected={index === selected}
            onSelect={onSelect}
            onDecide={onDecide}
          />
        );
      })}
    </ol>
  );
}

type FindingProps = Marked & {
  index: number;
  isTaken: boolean;
  /** what the correction takes out of the text */
  replaced: string;
  isSelected: boolean;
  onSelect: (claim: number) => void;
  onDecide: Decide;
};

/** Of hundreds only the ones that change are drawn again. */
const Finding = memo(DrawnFinding);

function DrawnFinding(props: FindingProps) {
  const { index, claim, number, decision, isSelected, onSelect } = props;
  const { t, say } = useSpeech();
  const look = lookOf(claim);
  const isFinding = look !== "consistent";
  const classes = [
    "finding",
    `finding-${look}`,
    isSelected ? "here" : "",
    decision === undefined ? "" : "decided",
  ];
  return (
    <li className={classes.filter(Boolean).join(" ")}>
      <button
        type="button"
        id={`finding-${index}`}
        className="finding-head"
        aria-current={isSelected}
        onClick={() => onSelect(index)}
      >
        {number !== undefined && <span className="finding-number">{number}</span>}
        <LookMark look={look} />
        <span className="note">{say(RELATION_WORDS[claim.relation])}</span>
        {isFinding ? (
          <span className="finding-figures" lang="zh-CN">
            <s>{claim.stated}</s>
            {claim.computed !== "" && claim.computed !== claim.stated && (
              <>
                <span aria-hidden="true">→</span>
                <span className="unseen">{t.proofing.shouldBe}</span>
                <strong>{claim.computed}</strong>
              </>
            )}
          </span>
        ) : (
          <span className="finding-figures" lang="zh-CN">
            {claim.stated}
          </span>
        )}
      </button>
      <p className="finding-how">{say(claim.message)}</p>
      {claim.refs !== undefined && claim.refs.length > 0 && (
        <p>
          <Traced refs={claim.refs} title={claim.text} text={claim.computed} how={claim.message}>
            {t.source.open}
          </Traced>
        </p>
      )}
      {isFinding && <FindingActions {...props} />}
    </li>
  );
}

function FindingActions({ claim, decision, isTaken, replaced, onDecide }: FindingProps) {
  const { t } = useSpeech();
  const { correction } = claim;
  if (decision !== undefined) {
    return (
      <p className="finding-actions">
        <span className="note">{t.proofing.decided[decision]}</span>
        <button type="button" className="text-button" onClick={() => onDecide(claim, undefined)}>
          {t.proofing.undo}
        </button>
      </p>
    );
  }
  return (
    <p className="finding-actions">
      {isTaken ? (
        <span className="note">{t.proofing.taken}</span>
      ) : (
        <button
          type="button"
          className="button small"
          onClick={() => onDecide(claim, correction === undefined ? "noted" : "accepted")}
        >
          {correction === undefined
            ? t.proofing.note
            : isOfFirst(claim)
              ? t.proofing.accept(claim.computed)
              : t.proofing.acceptOther(replaced, correction.replacement)}
        </button>
      )}
      <button type="button" className="text-button" onClick={() => onDecide(claim, "ignored")}>
        {t.proofing.ignore}
      </button>
    </p>
  );
}

/** Whether the correction changes the figure that was worked out, and not one of those it was worked out from. */
function isOfFirst({ spans, correction }: ClaimView): boolean {
  const first = spans[0];
  if (first === undefined || correction === undefined) return false;
  return first[0] <= correction.span[0] && correction.span[1] <= first[1];
}
