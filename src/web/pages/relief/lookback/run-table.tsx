import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { RunList, RunState } from "../../../../domains/relief/contract.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import type { Shape } from "../../../shell/status-mark.tsx";
import { count } from "../count.ts";

type Run = z.output<typeof RunList>["items"][number];

const shapes: Readonly<Record<RunState, Shape>> = {
  waiting: "plain",
  running: "plain",
  done: "ok",
  sent: "done",
  failed: "late",
  cancelled: "struck",
};

export function RunMark({ state }: { state: RunState }) {
  const { t } = useSpeech();
  return <ShapeMark shape={shapes[state]}>{t.lookback.states[state]}</ShapeMark>;
}

export function RunTable({ runs }: { runs: readonly Run[] }) {
  const { t } = useSpeech();
  const head = t.lookback;
  return (
    <section className="section" aria-labelledby="runs">
      <header>
        <h2 id="runs">{head.runs}</h2>
        {runs.length === 0 && <p className="note">{head.noRuns}</p>}
      </header>
      {runs.length > 0 && (
        <table className="table list">
          <thead>
            <tr>
              <th scope="col">{head.run}</th>
              <th scope="col">{head.state}</th>
              <th scope="col">{head.registers}</th>
              <th scope="col" className="r">
                {head.comparedPersons}
              </th>
              <th scope="col" className="r">
                {head.seconds}
              </th>
              <th scope="col" className="r">
                {head.sentClues}
              </th>
              <th scope="col">{head.ruleVersion}</th>
              <th scope="col">{head.begunAt}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunLine key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function RunLine({ run }: { run: Run }) {
  const { t, lang } = useSpeech();
  const head = t.lookback;
  return (
    <tr>
      <th scope="row">
        <Link to="/lookback/runs/$id" params={{ id: String(run.id) }} search={{}}>
          {run.title}
        </Link>
      </th>
      <td data-label={head.state}>
        <RunMark state={run.state} />
      </td>
      <td data-label={head.registers}>
        {run.registers.map((register) => register.title).join(lang === "zh" ? "、" : ", ")}
      </td>
      <td className="r" data-label={head.comparedPersons}>
        {run.persons === null ? t.app.nowhere : count(run.persons)}
      </td>
      <td className="r" data-label={head.seconds}>
        {run.seconds === null ? t.app.nowhere : run.seconds.toFixed(1)}
      </td>
      <td className="r" data-label={head.sentClues}>
        {run.sent === 0 ? t.app.nowhere : count(run.sent)}
      </td>
      <td data-label={head.ruleVersion}>{run.ruleVersion}</td>
      <td data-label={head.begunAt}>{formatInstant(run.recordedAt)}</td>
    </tr>
  );
}
