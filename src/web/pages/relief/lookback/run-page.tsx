/** 一次比对: how far it is, what it found by tier and register, the matches side by side, and what to send. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RunView } from "../../../../domains/relief/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { api } from "../../../api/routes.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import { columnName } from "./kind-name.ts";
import { RunMatches } from "./run-matches.tsx";
import { RunMark } from "./run-table.tsx";
import { rulesQuery } from "./rules-query.ts";
import { SendRun } from "./send-run.tsx";
import { TallyTable } from "./tally-table.tsx";

const route = getRouteApi("/lookback/runs/$id");
const isGoing = (run: RunView | undefined) => run?.state === "waiting" || run?.state === "running";

export function RunPage() {
  const { id } = route.useParams();
  const { t } = useSpeech();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const run = useQuery({
    queryKey: ["run", Number(id)],
    queryFn: ({ signal }) => api.run(undefined, { id }, signal),
    enabled: isId,
    refetchInterval: ({ state }) => (isGoing(state.data) ? 700 : false),
  });
  usePageTitle(t.lookback.run);
  if (!isId || isMissing(run.error)) return <NotFound />;
  if (run.error !== null) return <Trouble error={run.error} again={() => void run.refetch()} />;
  if (run.data === undefined) return <Waiting lines={12} />;
  return <Run key={id} run={run.data} />;
}

function Run({ run }: { run: RunView }) {
  const { t, nameOf, lang, say } = useSpeech();
  const rules = useQuery(rulesQuery);
  const ruleSet = rules.data?.rules ?? [];
  return (
    <>
      <p className="crumbs">
        <Link to="/lookback">{t.lookback.title}</Link>
      </p>
      <div className="page-head">
        <h1>
          {run.title} <span className="of-region">{nameOf(run.region)}</span>
        </h1>
        <RunMark state={run.state} />
      </div>
      <p className="note page-note">
        {t.lookback.runFacts(
          formatInstant(run.recordedAt),
          run.ruleVersion,
          run.registers.map((register) => register.title).join(lang === "zh" ? "、" : ", "),
        )}
        {run.persons !== null &&
          run.seconds !== null &&
          ` ${t.lookback.runTook(count(run.persons), run.seconds.toFixed(1))}`}
      </p>
      {isGoing(run) && <Going run={run} />}
      {run.failure !== null && (
        <div className="message bad" role="alert">
          <p className="title">{say(run.failure)}</p>
          <p>
            <Link to="/lookback">{t.lookback.backToBegin}</Link>
          </p>
        </div>
      )}
      {run.state === "sent" && (
        <p className="message good" role="status">
          {t.lookback.sentAlready(count(run.sent))}{" "}
          <Link to="/clues" search={{}}>
            {t.lookback.seeClues}
          </Link>
        </p>
      )}
      {run.silent.length > 0 && (
        <div className="message">
          <p className="title">{t.lookback.silent}</p>
          <ul>
            {run.silent.map(({ rule, column }) => {
              const known = ruleSet.find((one) => one.code === rule);
              return (
                <li key={`${rule} ${column}`}>
                  {t.lookback.silentRule(known === undefined ? rule : nameOf(known), columnName(column, t))}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {(run.state === "done" || run.state === "sent") && (
        <>
          <TallyTable run={run} rules={ruleSet} precision={rules.data?.precision ?? {}} />
          {run.toSend.length > 0 && <SendRun run={run} rules={ruleSet} />}
          <RunMatches run={run} rules={ruleSet} />
        </>
      )}
    </>
  );
}

function Going({ run }: { run: RunView }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.cancelRun(undefined, { id: run.id }),
    onSuccess: (next) => client.setQueryData(["run", run.id], next),
  });
  const { progress } = run;
  const step = progress === null ? t.lookback.states.waiting : stepName(progress.step, t.lookback.runSteps);
  return (
    <div className="going">
      <p>
        <span role="status">{step}</span>
        {progress !== null && progress.of > 0 && (
          <span className="fine"> {t.clues.ofJudged(progress.done, progress.of)}</span>
        )}
      </p>
      <progress
        aria-label={step}
        max={1}
        value={progress === null || progress.of === 0 ? undefined : progress.done / progress.of}
      />
      {cancel.error !== null && <Trouble error={cancel.error} />}
      <p className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={cancel.isPending}
          onClick={() => {
            if (!cancel.isPending) cancel.mutate();
          }}
        >
          {t.lookback.cancel}
        </button>
        <span className="fine">{t.lookback.mayLeave}</span>
      </p>
    </div>
  );
}

function stepName(step: string, names: Readonly<Record<string, string>>): string {
  return names[step] ?? step;
}
