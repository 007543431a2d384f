/** 各乡镇进度: in which queue the clues of each township are, how many are late, and what was found. */
import { Link } from "@tanstack/react-router";
import type { ClueSummary } from "../../../../domains/relief/contract.ts";
import { QUEUES } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { count } from "../count.ts";

type Row = ClueSummary["total"];

export function ProgressTable({ summary }: { summary: ClueSummary }) {
  const { t } = useSpeech();
  const head = t.clues;
  const ranked = summary.townships.toSorted((a, b) => b.late - a.late || b.total - a.total);
  return (
    <section className="section" aria-labelledby="progress">
      <header>
        <h2 id="progress">{head.progress}</h2>
        <p className="note">{head.progressHint}</p>
      </header>
      <table className="table list blocks">
        <thead>
          <tr>
            <th scope="col">{head.township}</th>
            <th scope="col" className="r">
              {head.total}
            </th>
            <th scope="col" className="r">
              {head.late}
            </th>
            {QUEUES.map((queue) => (
              <th key={queue} scope="col" className="r">
                {head.queues[queue]}
              </th>
            ))}
            <th scope="col" className="r">
              {head.borneOut}
            </th>
          </tr>
        </thead>
        <tbody>
          {ranked.map((row) => (
            <ProgressLine key={row.region.code} row={row} />
          ))}
          <ProgressLine row={summary.total} isTotal />
        </tbody>
      </table>
    </section>
  );
}

function ProgressLine({ row, isTotal = false }: { row: Row; isTotal?: boolean }) {
  const { t, nameOf } = useSpeech();
  const head = t.clues;
  const { remove, correct, keep, gone } = row.verdicts;
  const judged = remove + correct + keep + gone;
  return (
    <tr className={isTotal ? "here" : undefined}>
      <th scope="row">
        {isTotal ? (
          head.total
        ) : (
          <Link
            from="/clues"
            to="/clues"
            search={(before) => ({ ...before, within: row.region.code })}
            resetScroll={false}
          >
            {nameOf(row.region)}
          </Link>
        )}
      </th>
      <td className="r" data-label={head.total}>
        {count(row.total)}
      </td>
      <td className="r" data-label={head.late}>
        {row.late === 0 ? "0" : <ShapeMark shape="late">{count(row.late)}</ShapeMark>}
      </td>
      {QUEUES.map((queue) => (
        <td key={queue} className="r" data-label={head.queues[queue]}>
          {count(row.queues[queue])}
        </td>
      ))}
      <td className="r" data-label={head.borneOut}>
        {judged === 0 ? t.app.nowhere : head.ofJudged(remove + correct + gone, judged)}
      </td>
    </tr>
  );
}
