import type { ReactNode } from "react";
import type { ReturnView, UploadView, WorkbookProblem } from "../../../../domains/returns/contract.ts";
import { returnDownloads } from "../../../api/returns.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";

type UploadOutcomeProps = { outcome: UploadView; view: ReturnView };

/** What became of a workbook: entered, or what to mend, by sheet and cell. */
export function UploadOutcome({ outcome, view }: UploadOutcomeProps) {
  const r = useReturnTexts();
  const words = !outcome.isEntered
    ? r.workbook.notEntered(outcome.problemCount)
    : outcome.problemCount > 0
      ? r.workbook.withProblems(outcome.problemCount)
      : r.workbook.entered(formatDecimal(String(outcome.rows)));
  return (
    <div className={outcome.isEntered ? "message good" : "message bad"} role="status">
      <p className="title">{outcome.repeated ? `${r.workbook.repeated}${words}` : words}</p>
      {outcome.problemCount > 0 && (
        <>
          <p>
            <a href={returnDownloads.marked(view.brief.id, outcome.file.id)} download className="button">
              {r.workbook.marked}
            </a>{" "}
            <span className="note">{r.workbook.markedHint}</span>
          </p>
          <ProblemTable problems={outcome.problems} view={view} />
          {outcome.problems.length < outcome.problemCount && (
            <p className="fine">{r.workbook.shownOf(outcome.problems.length, outcome.problemCount)}</p>
          )}
        </>
      )}
    </div>
  );
}

const SHAPES = { hard: "severe", soft: "watch", note: "plain" } as const;

function ProblemTable({ problems, view }: { problems: readonly WorkbookProblem[]; view: ReturnView }) {
  const { say } = useSpeech();
  const r = useReturnTexts();
  return (
    <div className="problem-table" tabIndex={0} role="group" aria-label={r.workbook.problem}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{r.workbook.sheet}</th>
            <th scope="col">{r.workbook.cell}</th>
            <th scope="col">{r.workbook.problem}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr key={`${problem.sheet} ${problem.cell} ${problem.code} ${problem.zh}`}>
              <td>{problem.sheet}</td>
              <td>{placeLink(problem, view)}</td>
              <td>
                <ShapeMark shape={SHAPES[problem.severity]}>{say(problem)}</ShapeMark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Leads to the same cell on the page, which shows what is there now. */
function placeLink({ cell, subject, column }: WorkbookProblem, view: ReturnView): ReactNode {
  const across = view.form.columns.findIndex(({ code }) => code === column);
  const isRegion = view.form.subjects.kind === "region";
  const down = view.items.findIndex((row) => row.subject === subject);
  const spot = isRegion ? `${across},0` : `${down},${across}`;
  if (cell === null || across < 0 || (!isRegion && down < 0)) return cell;
  return (
    <button
      type="button"
      className="text-button"
      onClick={() => document.querySelector<HTMLElement>(`[data-spot="${spot}"]`)?.focus()}
    >
      {cell}
    </button>
  );
}
