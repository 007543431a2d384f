/** What became of several that were accepted at once: of each refused one why, where, how it stands now, and the way to it. */
import { Link } from "@tanstack/react-router";
import type { BulkStepView, RefusedStep, ReturnBrief } from "../../../../domains/returns/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ReturnMark } from "../return-mark.tsx";
import { useReturnNames } from "../return-words.ts";

export type Outcome = { view: BulkStepView; sent: readonly ReturnBrief[] };

type BulkOutcomeProps = {
  outcome: Outcome;
  waiting: readonly ReturnBrief[];
  onRetry: (items: readonly ReturnBrief[]) => void;
};

export function BulkOutcome({ outcome: { view, sent }, waiting, onRetry }: BulkOutcomeProps) {
  const r = useReturnTexts();
  const { done, refused } = view;
  const again = retryable(refused, sent, waiting);
  return (
    <div className={refused.length > 0 ? "message bad" : "message good"} role="status">
      <p className="title">
        {r.review.done(done.length)}
        {refused.length > 0 && ` · ${r.review.refused(refused.length)}`}
      </p>
      {refused.length > 0 && (
        <ul className="refusal-list">
          {refused.map((one) => (
            <Refusal key={one.id} refused={one} sent={sent.find(({ id }) => id === one.id)} />
          ))}
        </ul>
      )}
      {again.length > 0 && (
        <p>
          <button type="button" className="button" onClick={() => onRetry(again)}>
            {r.review.retry(again.length)}
          </button>
        </p>
      )}
    </div>
  );
}

/** Those that wait still, as they were when they were chosen: what somebody has changed since is looked at first. */
export function retryable(
  refused: readonly RefusedStep[],
  sent: readonly ReturnBrief[],
  waiting: readonly ReturnBrief[],
): ReturnBrief[] {
  const tried = new Set(refused.map(({ id }) => id));
  const steps = new Map(sent.map(({ id, step }) => [id, step]));
  return waiting.filter(({ id, step }) => tried.has(id) && steps.get(id) === step);
}

function Refusal({ refused, sent }: { refused: RefusedStep; sent: ReturnBrief | undefined }) {
  const { nameOf, say } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames();
  const { id, title, detail, places, placeCount, now } = refused;
  const brief = now ?? sent;
  const isMoved = now !== null && now.step !== sent?.step;
  return (
    <li>
      <p>
        <Link to="/returns/$id" params={{ id: String(id) }}>
          {brief === undefined ? id : `${nameOf(brief.unit)} ${names(brief).form} ${names(brief).period}`}
        </Link>{" "}
        {now !== null && <ReturnMark status={now.status} daysLate={now.daysLate} />}
        {now?.isLocked === true && <span className="badge">{r.locked}</span>}
      </p>
      <p>{say(title)}</p>
      {detail !== null && <p>{say(detail)}</p>}
      {isMoved && <p>{r.review.lookFirst}</p>}
      {places.length > 0 && (
        <ul className="problem-list">
          {places.map((place) => (
            <li key={`${place.field} ${place.code} ${place.zh}`}>{say(place)}</li>
          ))}
        </ul>
      )}
      {placeCount > places.length && <p className="fine">{r.findings.more(placeCount - places.length)}</p>}
    </li>
  );
}
