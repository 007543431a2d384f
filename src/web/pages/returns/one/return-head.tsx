import { Link } from "@tanstack/react-router";
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { DueWords } from "../due-words.tsx";
import { ReturnMark } from "../return-mark.tsx";
import { useReturnNames } from "../return-words.ts";

/** What it is, of whom, when it is due, how it stands; and why it came back. */
export function ReturnHead({ view }: { view: ReturnView }) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const { brief } = view;
  const names = useReturnNames()(brief);
  const submitted = view.actions.findLast(({ verb }) => verb === "submit");
  return (
    <>
      <p className="crumbs">
        <Link to="/returns">{r.title}</Link>
        {" › "}
        {names.period}
      </p>
      <div className="page-head return-head">
        <h1>
          {names.form} <span className="of-region">{nameOf(brief.unit)}</span>
        </h1>
        <DueWords brief={brief} />
      </div>
      <p className="return-facts">
        <ReturnMark status={brief.status} />
        {brief.status === "submitted" && brief.levels > 1 && (
          <span className="note">{r.level(brief.level + 1, brief.levels)}</span>
        )}
        {brief.origin === "synthetic" && <span className="badge badge-synthetic">{r.synthetic}</span>}
        {brief.isAmendment && <span className="badge">{r.amendment}</span>}
        {brief.isLocked && <span className="badge">{r.locked}</span>}
        {submitted !== undefined && (
          <span className="note">
            {r.receipt.submitted(formatInstant(submitted.at), submitted.by)}
            {" · "}
            {r.receipt.number(brief.id, submitted.version)}
          </span>
        )}
      </p>
      {brief.origin === "synthetic" && <p className="note">{r.syntheticNote}</p>}
      {view.noReview !== null && <p className="note">{r.noReview[view.noReview]}</p>}
      <SentBack view={view} />
    </>
  );
}

function SentBack({ view }: { view: ReturnView }) {
  const r = useReturnTexts();
  if (view.brief.status !== "sent-back") return null;
  const last = view.actions.findLast(({ verb }) => verb === "sendBack");
  if (last === undefined) return null;
  return (
    <div className="message bad">
      <p className="title">
        {last.reason === null ? r.sentBackWith(last.cells.length) : r.sentBackBecause(last.reason)}
      </p>
      <p className="fine">
        {last.by} {formatInstant(last.at)}
        {last.reason !== null && last.cells.length > 0 && ` · ${r.sentBackWith(last.cells.length)}`}
      </p>
    </div>
  );
}
