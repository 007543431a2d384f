/** 研判: the derived numbers, each with its calculation in words under it. */
import type { ReactNode } from "react";
import type { IndicatorView, NumberView } from "../../../domains/indicators/contract.ts";
import type { MissingReason } from "../../../domains/indicators/core/assessment.ts";
import { formatDecimal, formatSigned } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { RankCell } from "../../shell/rank-cell.tsx";
import { MissingNote, Traced, TracedNumber } from "../../shell/traced-number.tsx";

type Maybe = NumberView | { missing: MissingReason };

/** Not every number applies to every measure; a line that cannot exist is left out, one that is lacking says why. */
const inapplicable: readonly MissingReason[] = ["NO_TARGET", "NOT_A_FLOW", "NOT_RANKED", "NO_ONE_OFFS"];

export function Derived({ view }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  const { assessment } = view;
  const words = t.indicators;
  const name = nameOf(view.measure);
  const line = (label: string, number: Maybe | undefined) =>
    number === undefined || ("missing" in number && inapplicable.includes(number.missing)) ? null : (
      <Line label={label} how={"missing" in number ? undefined : number.how}>
        <TracedNumber number={number} title={`${name} · ${label}`} />
      </Line>
    );
  const { pace, seasonalPace, growth } = assessment;
  return (
    <section className="derived" aria-labelledby="derived">
      <h2 id="derived">{words.derived}</h2>
      <p className="fine">{words.derivedNote}</p>
      <dl>
        {line(words.value, assessment.value)}
        {line(words.month, assessment.month)}
        <Line
          label={words.growth}
          aside={"missing" in growth ? undefined : words[growth.origin]}
          how={"missing" in growth ? undefined : growth.how}
        >
          <TracedNumber number={growth} title={`${name} · ${words.growth}`} />
        </Line>
        <TrendLine view={view} />
        <Targets view={view} />
        {line(words.targetGrowthDistance, assessment.targetGrowthDistance)}
        {line(words.completion, assessment.completion)}
        {!("missing" in pace) && line(words.elapsedPace, pace.expected)}
        {!("missing" in pace) && line(words.elapsedDistance, pace.distance)}
        {!("missing" in seasonalPace) && line(words.seasonalPace, seasonalPace.expected)}
        {!("missing" in seasonalPace) && line(words.seasonalDistance, seasonalPace.distance)}
        {line(words.gap, assessment.gap)}
        {line(words.required, assessment.requiredMonthly)}
        {!("missing" in assessment.requiredMonthly) && line(words.achieved, assessment.achievedMonthly)}
        <RankLine view={view} />
      </dl>
    </section>
  );
}

type LineProps = { label: string; aside?: string; how?: { zh: string; en: string }; children: ReactNode };

function Line({ label, aside, how, children }: LineProps) {
  const { say } = useSpeech();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {aside !== undefined && <span className="fine">{aside} </span>}
        {children}
      </dd>
      {how !== undefined && <dd className="how">{say(how)}</dd>}
    </div>
  );
}

function TrendLine({ view: { assessment, measure } }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  const { trend } = assessment;
  if ("missing" in trend) return null;
  const course = trend.points
    .slice(-4)
    .map((point) => `${formatDecimal(point.growth, 1)}%`)
    .join(" → ");
  return (
    <Line label={t.indicators.trend} aside={t.trend[trend.word]}>
      <Traced
        refs={trend.points.slice(-4).map((point) => point.ref)}
        title={`${nameOf(measure)} · ${t.indicators.trend}`}
        text={course}
      >
        {formatSigned(trend.change, 1)} {t.overview.points}
      </Traced>
      <span className="fine how">{course}</span>
    </Line>
  );
}

function Targets({ view: { assessment, measure } }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  return assessment.targets.map((target) => {
    const label = target.kind === "value" ? t.indicators.target : t.indicators.targetGrowth;
    return (
      <Line key={target.ref} label={label}>
        <Traced refs={[target.ref]} title={`${nameOf(measure)} · ${label}`} text={target.stated}>
          {target.stated}
        </Traced>
      </Line>
    );
  });
}

function RankLine({ view: { assessment, measure } }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  const { rank } = assessment;
  if (!("rank" in rank)) {
    return inapplicable.includes(rank.missing) ? null : (
      <Line label={t.indicators.rank}>
        <MissingNote reason={rank.missing} />
      </Line>
    );
  }
  const by = rank.by === "growth" ? t.indicators.byGrowth : t.indicators.byValue;
  return (
    <Line label={t.indicators.rank} aside={rank.tied ? `${by} · ${t.overview.tied}` : by}>
      <RankCell
        name={nameOf(measure)}
        rank={rank}
        history={assessment.rankHistory}
        period={assessment.period}
      />
      {rank.stated !== undefined && (
        <Traced
          refs={[rank.stated.ref]}
          title={`${nameOf(measure)} · ${t.indicators.stated(rank.stated.rank)}`}
          text={String(rank.stated.rank)}
          className={rank.stated.rank === rank.rank ? "fine" : "fine red"}
        >
          {rank.stated.rank === rank.rank
            ? t.indicators.stated(rank.stated.rank)
            : t.indicators.statedDiffers(rank.stated.rank)}
        </Traced>
      )}
    </Line>
  );
}
