/** Cells of the overview: a number or a dash, growth with like-for-like below it, completion as bar and number. */
import type { AssessmentView } from "../../../domains/indicators/contract.ts";
import { CompletionBar } from "../../charts/completion-bar.tsx";
import { useSpeech } from "../../i18n/language.tsx";
import { Traced, TracedNumber } from "../../shell/traced-number.tsx";

type Maybe = AssessmentView["gap"];
type NumberCellProps = {
  label: string;
  number: Maybe;
  title: string;
  className?: string;
  /** points: one decimal, so a narrower fraction than amounts have */
  isPercent?: boolean;
};

/** The unit stands in the head or beside the row's value. In the dense table a dash is enough (on a phone nothing at all); the indicator's own page says why. */
export function NumberCell({ label, number, title, className, isPercent = false }: NumberCellProps) {
  const { t } = useSpeech();
  if ("missing" in number) return <td className="r fine nothing">{t.app.nowhere}</td>;
  return (
    <td className={isPercent ? "r pct" : "r"} data-label={label}>
      <TracedNumber number={number} title={title} className={className} hideUnit />
    </td>
  );
}

export function GrowthFigure({ name, assessment }: { name: string; assessment: AssessmentView }) {
  const { t } = useSpeech();
  const { growth, likeForLike } = assessment;
  return (
    <span>
      <TracedNumber number={growth} title={`${name} · ${t.overview.growth}`} />
      {!("missing" in likeForLike) && (
        <span className="sub">
          {t.indicators.likeForLike}{" "}
          <TracedNumber number={likeForLike.growth} title={`${name} · ${t.indicators.adjustedGrowth}`} />
        </span>
      )}
    </span>
  );
}

export function CompletionCells({ name, assessment }: { name: string; assessment: AssessmentView }) {
  const { t, say } = useSpeech();
  const { completion, pace, targets, targetGrowthDistance } = assessment;
  if ("missing" in completion) {
    const target = targets.find((one) => one.kind === "growth");
    if (target === undefined || targetGrowthDistance === undefined) {
      return (
        <td colSpan={2} className="fine nothing">
          {t.missing[completion.missing]}
        </td>
      );
    }
    return (
      <td colSpan={2} className="wide">
        <GrowthTarget name={name} target={target.value} distance={targetGrowthDistance} />
      </td>
    );
  }
  const elapsed = "missing" in pace ? undefined : pace.expected;
  const label = [
    `${name} ${t.indicators.completion} ${say(completion.text)}`,
    elapsed === undefined ? "" : t.overview.elapsed(say(elapsed.text)),
  ];
  return (
    <>
      <td className="bar-cell wide">
        <CompletionBar
          done={Number(completion.value)}
          pace={elapsed === undefined ? undefined : Number(elapsed.value)}
          isLate={["late", "severe"].includes(assessment.standing)}
          label={label.filter(Boolean).join(", ")}
        />
      </td>
      <td className="r pct" data-label={t.indicators.completion}>
        <TracedNumber number={completion} title={`${name} · ${t.indicators.completion}`} />
      </td>
    </>
  );
}

type GrowthTargetProps = { name: string; target: string; distance: Maybe };

/** "增速任务 6%，高 0.5 个百分点" */
function GrowthTarget({ name, target, distance }: GrowthTargetProps) {
  const { t, say } = useSpeech();
  const goal = t.overview.growthTarget(`${target}%`);
  if ("missing" in distance) return <span className="note">{goal}</span>;
  const text = say(distance.text);
  return (
    <span className="note">
      {goal}
      {distance.value.startsWith("-") ? t.overview.below : t.overview.above}{" "}
      <Traced
        refs={distance.refs}
        how={distance.how}
        title={`${name} · ${t.indicators.targetGrowthDistance}`}
        text={text}
      >
        {text.replace(/^[−-]/, "")}
      </Traced>
    </span>
  );
}
