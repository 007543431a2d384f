/** What the acting post may do with a clue now: the usual step first, the others folded below. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import type { Verb } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { ClueSearch } from "../../../search-params.ts";
import { Trouble } from "../../../shell/trouble.tsx";
import { StepDetail } from "./clue-course.tsx";
import { useClueStep } from "./use-clue-step.ts";
import type { ClueStep } from "./use-clue-step.ts";
import { VisitForm } from "./visit-form.tsx";
import { VisitorsForm } from "./visitors-form.tsx";
import { ObjectionForm, WordsForm } from "./words-form.tsx";

/** HTTP: another step came first. */
const conflict = 409;

type ClueActionsProps = { clue: ClueView; next: number | undefined; search: ClueSearch };

const usual: readonly Verb[] = ["assign", "judge", "sign", "approve", "rejudge"];
/** Done on other pages: drawn from the queue of reviews, posted and taking effect with a notice. */
const elsewhere: readonly Verb[] = ["send", "draw", "post", "takeEffect"];

export function ClueActions({ clue, next, search }: ClueActionsProps) {
  const { t } = useSpeech();
  const step = useClueStep(clue, next, search);
  const verbs = clue.may.filter((verb) => !elsewhere.includes(verb));
  const first = usual.find((verb) => verbs.includes(verb));
  return (
    <>
      <h2>{first === undefined ? t.clues.queues[clue.queue] : t.clues.verbs[first]}</h2>
      <p className="note">{t.clues.queueHints[clue.queue]}</p>
      {clue.notice !== null && (
        <p>
          <Link to="/notices/$id" params={{ id: String(clue.notice.id) }}>
            {t.clues.onNotice(clue.notice.title, clue.notice.endsOn)}
          </Link>
        </p>
      )}
      <LastFinding clue={clue} />
      <StepError clue={clue} step={step} />
      {first !== undefined && <StepForm key={`${first} ${clue.step}`} verb={first} clue={clue} step={step} />}
      {verbs
        .filter((verb) => verb !== first)
        .map((verb) => (
          <Folded key={verb} title={t.clues.verbs[verb]}>
            <StepForm key={clue.step} verb={verb} clue={clue} step={step} />
          </Folded>
        ))}
    </>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="unfolding">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** Who signs or reviews has before them what the visit found. */
function LastFinding({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const found = clue.steps.findLast((one) => one.verb === "judge" || one.verb === "rejudge");
  if (found === undefined) return null;
  return (
    <div className="finding-before">
      <h3>{t.clues.found(t.clues.verbs[found.verb])}</h3>
      <StepDetail step={found} />
    </div>
  );
}

function StepError({ clue, step: { error, variables } }: { clue: ClueView; step: ClueStep }) {
  const { t } = useSpeech();
  if (error === null) return null;
  // The form of the visit says itself that it is unsent.
  const isKept = variables?.verb === "judge" || variables?.verb === "rejudge";
  if (isKept && problemOf(error).status === 0) return null;
  const newest = clue.steps.at(-1);
  if (problemOf(error).status !== conflict || newest === undefined) return <Trouble error={error} />;
  return (
    <div className="message bad" role="alert">
      <p className="title">{t.clues.conflict}</p>
      <p>{t.clues.conflictHow(newest.by, t.clues.verbs[newest.verb], t.clues.queues[clue.queue])}</p>
    </div>
  );
}

function StepForm({ verb, clue, step }: { verb: Verb; clue: ClueView; step: ClueStep }) {
  switch (verb) {
    case "assign":
    case "handOver":
      return <VisitorsForm verb={verb} clue={clue} step={step} />;
    case "judge":
    case "rejudge":
      return <VisitForm verb={verb} clue={clue} step={step} />;
    case "sign":
    case "approve":
    case "sendBack":
    case "withdraw":
      return <WordsForm verb={verb} clue={clue} step={step} />;
    case "object":
      return <ObjectionForm clue={clue} step={step} />;
    default:
      return null;
  }
}
