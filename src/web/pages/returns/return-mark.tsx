/** How a return stands: by shape, by colour, and in words. */
import type { Status } from "../../../domains/returns/contract.ts";
import { useReturnTexts } from "../../i18n/returns.ts";

const shapes: Readonly<Record<Status, string>> = {
  due: "M6 1a5 5 0 1 0 .001 0zm0 1.7a3.3 3.3 0 1 1-.001 0z", // ○
  draft: "M6 1a5 5 0 1 0 .001 0zm0 1.7a3.3 3.3 0 0 1 0 6.6z", // half-filled
  submitted: "M6 1a5 5 0 1 0 .001 0z", // ●
  "sent-back": "M5 1.2v2.6h3.2a2.9 2.9 0 0 1 0 5.9H4V8.2h4.2a1.4 1.4 0 0 0 0-2.9H5v2.5L1 4.5z", // an arrow turning back
  accepted: "M1 6.5 2.4 5l2.3 2.2L9.8 1.7l1.4 1.3L4.8 9.6z", // ✓
  amending: "M6 1.2 11 10.4H1zm0 3L3.6 8.9h4.8z", // △
};

type ReturnMarkProps = {
  status: Status;
  /** working days */
  daysLate?: number;
  /** the words are for readers of the page's text only */
  wordless?: boolean;
};

/** What is in time or done is calm; what is late is red, whatever its shape. */
export function ReturnMark({ status, daysLate = 0, wordless = false }: ReturnMarkProps) {
  const r = useReturnTexts();
  const isLate = daysLate > 0 && status !== "accepted";
  return (
    <span className={`return-mark return-${status}${isLate ? " late" : ""}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[status]} fill="currentColor" />
      </svg>
      <span className={wordless ? "unseen" : undefined}>{r.status[status]}</span>
      {daysLate > 0 && (
        <span className="days-late">
          {wordless ? <span aria-hidden="true">{daysLate}</span> : r.late(daysLate)}
          {wordless && <span className="unseen">{r.lateDays(daysLate)}</span>}
        </span>
      )}
    </span>
  );
}
