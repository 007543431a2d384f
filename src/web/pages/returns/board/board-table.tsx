import { Link } from "@tanstack/react-router";
import type { BoardView } from "../../../../domains/returns/contract.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import type { BoardSearch } from "../../../search-params.ts";
import { ReturnMark } from "../return-mark.tsx";

type Sort = NonNullable<BoardSearch["sort"]>;
type UnitLine = BoardView["units"][number];
const scores = ["timeliness", "quality", "score"] as const;
const sums = ["due", "submitted", "accepted", "late"] as const;

/** Units by periods. Sorted by a score, the lowest stands on top: that is whom one looks for. */
export function BoardTable({ board, sort }: { board: BoardView; sort: Sort }) {
  const { t, lang } = useSpeech();
  const r = useReturnTexts();
  const units =
    sort === "name" ? board.units : board.units.toSorted((a, b) => (a[sort] ?? 101) - (b[sort] ?? 101));
  return (
    <div className="table-wrap" tabIndex={0} role="group" aria-label={r.board.title}>
      <table className="table board-table">
        <caption className="unseen">{r.board.title}</caption>
        <thead>
          <tr>
            <SortHead by="name" name={r.unit} sort={sort} />
            {board.periods.map(({ period, dueDay, isLocked }) => (
              <th scope="col" key={period} className="c">
                {formatPeriod(period, "month", lang)}
                <span className="sub">
                  {dueDay.startsWith(period.slice(0, 4)) ? dueDay.slice(5) : dueDay}
                  {isLocked && ` ${r.locked}`}
                </span>
              </th>
            ))}
            {scores.map((by) => (
              <SortHead key={by} by={by} name={r.board[by]} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((line) => (
            <UnitRow key={line.unit.id} line={line} periods={board.periods} />
          ))}
        </tbody>
        <tfoot>
          {sums.map((sum) => (
            <tr key={sum}>
              <th scope="row">{sumName(sum, r)}</th>
              {board.periods.map((period) => (
                <td key={period.period} className={sum === "late" && period.late > 0 ? "c red" : "c"}>
                  {period[sum]}
                </td>
              ))}
              <td colSpan={scores.length}>
                <span className="unseen">{t.app.none}</span>
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}

function sumName(sum: (typeof sums)[number], r: ReturnType<typeof useReturnTexts>): string {
  const names = {
    due: r.board.dueUnits,
    submitted: r.board.submitted,
    accepted: r.board.accepted,
    late: r.board.lateUnits,
  };
  return names[sum];
}

function UnitRow({ line, periods }: { line: UnitLine; periods: BoardView["periods"] }) {
  const { t, lang, nameOf } = useSpeech();
  const r = useReturnTexts();
  const byPeriod = new Map(line.cells.map((cell) => [cell.period, cell]));
  return (
    <tr>
      <th scope="row">{nameOf(line.unit)}</th>
      {periods.map(({ period }) => {
        const cell = byPeriod.get(period);
        if (cell === undefined)
          return (
            <td key={period} className="c">
              <span className="unseen">{r.board.notDue}</span>
            </td>
          );
        const isSynthetic = cell.origin === "synthetic";
        const words = [
          r.status[cell.status],
          cell.daysLate > 0 ? r.lateDays(cell.daysLate) : "",
          isSynthetic ? r.synthetic : "",
        ]
          .filter(Boolean)
          .join(" ");
        const label = r.board.cell(nameOf(line.unit), formatPeriod(period, "month", lang), words);
        return (
          <td key={period} className="c">
            <Link
              to="/returns/$id"
              params={{ id: String(cell.id) }}
              title={label}
              aria-label={label}
              className={isSynthetic ? "synthetic" : undefined}
            >
              <ReturnMark status={cell.status} daysLate={cell.daysLate} wordless />
            </Link>
          </td>
        );
      })}
      {scores.map((score) => (
        <td key={score} className="r">
          {line[score] === null ? t.app.nowhere : line[score].toFixed(1)}
        </td>
      ))}
    </tr>
  );
}

function SortHead({ by, name, sort }: { by: Sort; name: string; sort: Sort }) {
  const r = useReturnTexts();
  return (
    <th
      scope="col"
      className={by === "name" ? undefined : "r"}
      aria-sort={by === sort ? "ascending" : "none"}
    >
      <Link
        from="/returns/board"
        to="/returns/board"
        search={(before) => ({ ...before, sort: by })}
        className="sort"
        title={r.board.sortBy(name)}
        resetScroll={false}
      >
        {name}
        <span className="arrow" aria-hidden="true">
          ▲
        </span>
      </Link>
    </th>
  );
}
