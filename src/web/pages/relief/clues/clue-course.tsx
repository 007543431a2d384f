/** 办理过程: every step that was recorded, the newest first. */
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { VERDICTS } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { REASONS } from "../../../../domains/relief/core/clues/reasons.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";

type Step = ClueView["steps"][number];

export function ClueCourse({ steps }: { steps: readonly Step[] }) {
  const { t } = useSpeech();
  return (
    <section className="section" aria-labelledby="course">
      <header>
        <h2 id="course">{t.clues.course}</h2>
      </header>
      <ol className="course">
        {steps.toReversed().map((step) => (
          <li key={step.step}>
            <p className="course-head">
              <strong>{t.clues.verbs[step.verb]}</strong>
              <span>{step.by}</span>
              <span className="fine">{formatInstant(step.recordedAt)}</span>
              <span className="note">{t.clues.to(t.clues.queues[step.queue])}</span>
            </p>
            <StepDetail step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a step brought, as far as a reader can use it. */
export function StepDetail({ step }: { step: Step }) {
  const { t, lang } = useSpeech();
  const { detail } = step;
  const words = t.clues;
  const verdict = VERDICTS.find((one) => one === detail.verdict);
  const reason =
    verdict === undefined ? undefined : REASONS[verdict].find((one) => one.code === detail.reason);
  const scope = detail.scope === "household" || detail.scope === "person" ? detail.scope : undefined;
  const hasScope = scope !== undefined && (verdict === "remove" || verdict === "gone");
  const lines: [string, string | undefined][] = [
    [words.verdict, verdict === undefined ? undefined : words.verdicts[verdict]],
    [words.reason, reason?.[lang]],
    [words.scope, hasScope ? words.scopes[scope] : undefined],
    [words.visitedOn, textOf(detail.visitedOn)],
    [words.visitors, namesOf(detail.visitors)?.join(lang === "zh" ? "、" : ", ")],
    [words.objector, textOf(detail.by)],
    [words.because, textOf(detail.because)],
    [words.note, textOf(detail.note)],
    [words.due, textOf(detail.dueDay)],
    [words.draw.seed, textOf(detail.seed)],
  ];
  const shown = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== "");
  if (shown.length === 0) return null;
  return (
    <dl className="facts-list step-detail">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function namesOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
