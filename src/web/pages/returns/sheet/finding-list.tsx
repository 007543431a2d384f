/** 审核: what must be mended and what must be explained, each with the way to its cell. */
import type { FindingView } from "../../../../domains/returns/contract.ts";
import { isOpenPoint } from "../../../../domains/returns/core/explanation.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { FindingNote, isBlank } from "./cell-notes.tsx";
import type { ReturnSheet } from "./use-return-sheet.ts";

const mostShown = 100;

type FindingListProps = {
  sheet: ReturnSheet;
  /** those already shown beside their cells are left out */
  isRegion: boolean;
  onGoTo: (subject: string, column: string) => void;
};

export function FindingList({ sheet, isRegion, onGoTo }: FindingListProps) {
  const r = useReturnTexts();
  const { findings, view } = sheet;
  const order = (one: FindingView): number => (one.severity === "hard" ? 0 : isOpenPoint(one) ? 1 : 2);
  const listed = findings
    .filter((one) => !isBlank(one) && (!isRegion || one.column === null))
    .toSorted((a, b) => order(a) - order(b));
  const blank = findings.find(isBlank);
  return (
    <section className="section findings" aria-labelledby="findings">
      <header>
        <h2 id="findings">{r.findings.title}</h2>
        <p className="note" role="status">
          <FindingCounts findings={findings} />
        </p>
        {view.mayEdit && blank !== undefined && (
          <button
            type="button"
            className="text-button"
            onClick={() => onGoTo(blank.subject ?? "", blank.column ?? "")}
          >
            {r.findings.firstBlank}
          </button>
        )}
      </header>
      {listed.length > 0 && (
        <ul className="finding-list">
          {listed.slice(0, mostShown).map((finding) => (
            <li key={`${finding.code} ${finding.subject} ${finding.column}`}>
              <FindingPlace finding={finding} sheet={sheet} onGoTo={onGoTo} />
              <FindingNote finding={finding} onExplain={view.mayEdit ? sheet.explain : undefined} />
            </li>
          ))}
        </ul>
      )}
      {listed.length > mostShown && <p className="fine">{r.findings.more(listed.length - mostShown)}</p>}
    </section>
  );
}

function FindingCounts({ findings }: { findings: readonly FindingView[] }) {
  const r = useReturnTexts();
  const counts = countFindings(findings);
  if (findings.length === 0) return r.findings.none;
  return (
    <>
      {[
        counts.blank > 0 ? r.findings.blank(counts.blank) : "",
        counts.hard > 0 ? r.findings.hard(counts.hard) : "",
        counts.soft > 0 ? r.findings.soft(counts.soft) : "",
        counts.explained > 0 ? r.findings.explained(counts.explained) : "",
      ]
        .filter(Boolean)
        .join(" · ")}
    </>
  );
}

/** blank: required and not filled in; soft: those still without an explanation */
export function countFindings(findings: readonly FindingView[]): {
  blank: number;
  hard: number;
  soft: number;
  explained: number;
} {
  const blank = findings.filter(isBlank).length;
  const hard = findings.filter(({ severity }) => severity === "hard").length - blank;
  const explained = findings.filter((one) => !isOpenPoint(one)).length;
  return { blank, hard, explained, soft: findings.length - blank - hard - explained };
}

type FindingPlaceProps = { finding: FindingView } & Pick<FindingListProps, "sheet" | "onGoTo">;

function FindingPlace({ finding: { subject, column }, sheet, onGoTo }: FindingPlaceProps) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const named = sheet.view.form.columns.find(({ code }) => code === column);
  const isRegion = sheet.view.form.subjects.kind === "region";
  const row =
    subject === null || isRegion
      ? ""
      : (sheet.rows.bySubject.get(subject)?.name ??
        sheet.state.added.find((one) => one.subject === subject)?.name ??
        subject);
  const words = [row, named === undefined ? "" : nameOf(named)].filter(Boolean).join(" · ");
  if (subject === null || column === null) return <span className="fine">{words || r.findings.whole}</span>;
  return (
    <button
      type="button"
      className="text-button"
      title={r.findings.goTo}
      onClick={() => onGoTo(subject, column)}
    >
      {words}
    </button>
  );
}
