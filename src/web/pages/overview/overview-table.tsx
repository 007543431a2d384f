/** The one dense table: value, growth, rank, completion against pace, gap, what is needed a month. */
import { Link } from "@tanstack/react-router";
import type { AssessmentView, OverviewView } from "../../../domains/indicators/contract.ts";
import { CompletionBar } from "../../charts/completion-bar.tsx";
import { Sparkline } from "../../charts/sparkline.tsx";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { RankCell } from "../../shell/rank-cell.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TracedNumber } from "../../shell/traced-number.tsx";

type Row = OverviewView["rows"][number];

export function OverviewTable({ view }: { view: OverviewView }) {
  const { t, lang } = useSpeech();
  const head = t.overview;
  return (
    <table className="table list overview-table">
      <caption>
        {formatPeriod(view.period, "ytd", lang)} · {head.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">{head.indicator}</th>
          <th scope="col">{head.standing}</th>
          <th scope="col" className="r">
            {head.ytd}
          </th>
          <th scope="col" className="r">
            {head.growth}
          </th>
          <th scope="col">{head.trend}</th>
          <th scope="col" className="r">
            {head.rank}
          </th>
          <th scope="col" colSpan={2}>
            {head.completion}
          </th>
          <th scope="col" className="r">
            {head.distance}
          </th>
          <th scope="col" className="r">
            {head.gap}
          </th>
          <th scope="col" className="r">
            {head.required}
          </th>
          <th scope="col" className="r">
            {head.achieved}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <IndicatorRow key={row.measure.code} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function IndicatorRow({ row }: { row: Row }) {
  const { t, nameOf } = useSpeech();
  const { measure, assessment } = row;
  const name = nameOf(measure);
  const head = t.overview;
  const isLate = ["late", "severe"].includes(assessment.standing);
  return (
    <tr>
      <th scope="row">
        <Link to="/indicators/$measure" params={{ measure: measure.code }} search={true}>
          {name}
        </Link>
      </th>
      <td data-label={head.standing}>
        <StatusMark standing={assessment.standing} />
      </td>
      <td className="r" data-label={head.ytd}>
        <TracedNumber number={assessment.value} title={`${name} · ${head.ytd}`} />
      </td>
      <td className="r" data-label={head.growth}>
        <GrowthCell name={name} assessment={assessment} />
      </td>
      <td data-label={head.trend}>
        <GrowthCourse row={row} />
      </td>
      <td className="r" data-label={head.rank}>
        <RankCell
          name={name}
          rank={assessment.rank}
          history={assessment.rankHistory}
          period={assessment.period}
        />
      </td>
      <CompletionCells name={name} assessment={assessment} />
      <td className="r" data-label={head.distance}>
        {"missing" in assessment.pace ? (
          <Nothing />
        ) : (
          <TracedNumber
            number={assessment.pace.distance}
            title={`${name} · ${t.indicators.elapsedDistance}`}
            className={isLate ? "red" : ""}
          />
        )}
      </td>
      <td className="r" data-label={head.gap}>
        <OrNothing number={assessment.gap} title={`${name} · ${head.gap}`} />
      </td>
      <td className="r" data-label={head.required}>
        <OrNothing number={assessment.requiredMonthly} title={`${name} · ${t.indicators.required}`} />
      </td>
      <td className="r" data-label={head.achieved}>
        <OrNothing
          number={
            "missing" in assessment.requiredMonthly ? assessment.requiredMonthly : assessment.achievedMonthly
          }
          title={`${name} · ${t.indicators.achieved}`}
        />
      </td>
    </tr>
  );
}

/** In the dense table a dash is enough; the indicator's own page says why. */
function OrNothing({ number, title }: { number: AssessmentView["gap"]; title: string }) {
  return "missing" in number ? <Nothing /> : <TracedNumber number={number} title={title} />;
}

function Nothing() {
  const { t } = useSpeech();
  return <span className="fine">{t.app.nowhere}</span>;
}

function GrowthCell({ name, assessment }: { name: string; assessment: AssessmentView }) {
  const { t } = useSpeech();
  const { growth, likeForLike } = assessment;
  return (
    <>
      <TracedNumber number={growth} title={`${name} · ${t.overview.growth}`} />
      {!("missing" in likeForLike) && (
        <span className="sub">
          {t.indicators.likeForLike}{" "}
          <TracedNumber number={likeForLike.growth} title={`${name} · ${t.indicators.adjustedGrowth}`} />
        </span>
      )}
    </>
  );
}

function GrowthCourse({ row }: { row: Row }) {
  const { t, nameOf } = useSpeech();
  const points = row.growthHistory.map(({ period, value }) => ({ period, value: Number(value) }));
  const lastFew = row.growthHistory.slice(-4).map((point) => `${point.value}%`);
  return (
    <Sparkline points={points} label={`${nameOf(row.measure)} ${t.overview.growth} ${lastFew.join(" → ")}`} />
  );
}

function CompletionCells({ name, assessment }: { name: string; assessment: AssessmentView }) {
  const { t, say } = useSpeech();
  const { completion, pace, targets, targetGrowthDistance } = assessment;
  if ("missing" in completion) {
    const growthTarget = targets.find((target) => target.kind === "growth");
    return (
      <td colSpan={2} data-label={t.overview.completion}>
        {growthTarget === undefined || targetGrowthDistance === undefined ? (
          <span className="fine">{t.missing[completion.missing]}</span>
        ) : (
          <span className="note">
            {t.indicators.targetGrowth} {growthTarget.value}%{" "}
            <TracedNumber
              number={targetGrowthDistance}
              title={`${name} · ${t.indicators.targetGrowthDistance}`}
            />
          </span>
        )}
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
      <td className="bar-cell">
        <CompletionBar
          done={Number(completion.value)}
          pace={elapsed === undefined ? undefined : Number(elapsed.value)}
          isLate={["late", "severe"].includes(assessment.standing)}
          label={label.filter(Boolean).join(", ")}
        />
      </td>
      <td className="r" data-label={t.overview.completion}>
        <TracedNumber number={completion} title={`${name} · ${t.indicators.completion}`} />
      </td>
    </>
  );
}
