/** What is wrong with a file, by line and column, and the list to take along. */
import { csvCell } from "../../shared/csv-cell.ts";
import { problemOf } from "../api/problem.ts";
import type { Place } from "../api/problem.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Trouble } from "./trouble.tsx";

const mostShown = 200;

export function ImportProblems({ error }: { error: unknown }) {
  const { t, say } = useSpeech();
  const problem = problemOf(error);
  const places = problem.problems ?? [];
  if (places.length === 0) return <Trouble error={error} />;
  return (
    <div role="alert">
      <div className="message bad">
        <p className="title">{t.importing.problems(places.length)}</p>
        {problem.details !== undefined && <p>{say(problem.details)}</p>}
        <p>{t.importing.fix}</p>
        <p>
          <a
            download="taizhang-problems.csv"
            href={listAddress(places, [t.importing.line, t.importing.column, t.importing.problem], say)}
          >
            {t.importing.download}
          </a>
        </p>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="r">
              {t.importing.line}
            </th>
            <th scope="col">{t.importing.column}</th>
            <th scope="col">{t.importing.problem}</th>
          </tr>
        </thead>
        <tbody>
          {places.slice(0, mostShown).map((place) => (
            <tr key={`${place.line} ${place.column} ${place.field} ${place.code} ${place.zh}`}>
              <td className="r">{place.line ?? ""}</td>
              <td>{place.column ?? place.field ?? ""}</td>
              <td>{say(place)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The list as a CSV. A cell that a spreadsheet would take for a formula is made text. */
function listAddress(
  places: readonly Place[],
  head: string[],
  say: (text: { zh: string; en: string }) => string,
): string {
  const rows = places.map((place) => [
    String(place.line ?? ""),
    place.column ?? place.field ?? "",
    say(place),
  ]);
  const text = [head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${text}\r\n`)}`;
}
