/** The one dense table: value, growth, rank, completion against pace, gap, what is needed a month. */
import { Link } from "@tanstack/react-router";
import type { OverviewView } from "../../../domains/indicators/contract.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { formatDecimal } from "../../format/number.ts";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { RankCell } from "../../shell/rank-cell.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TracedNumber } from "../../shell/traced-number.tsx";
import { CompletionCells, GrowthFigure, NumberCell } from "./overview-cells.tsx";

type Row = OverviewView["rows"][number];

export function OverviewTable({ view }: { view: OverviewView }) {
  const { t, lang } = useSpeech();
  const head = t.overview;
  return (
    <table className="table list blocks overview-table">
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
          <th scope="col" className="course">
            {head.trend}
          </th>
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
  const { pace, gap, requiredMonthly, achievedMonthly } = assessment;
  const isLate = ["late", "severe"].includes(assessment.standing);
  return (
    <tr>
      <th scope="row">
        <Link to="/indicators/$measure" params={{ measure: measure.code }} search={true}>
          {name}
        </Link>
      </th>
      <td className="standing">
        <StatusMark standing={assessment.standing} />
      </td>
      <td className="r" data-label={head.ytd}>
        <TracedNumber number={assessment.value} title={`${name} · ${head.ytd}`} />
      </td>
      <td className="r pct" data-label={head.growth}>
        <GrowthFigure name={name} assessment={assessment} />
      </td>
      <td className="course" data-label={head.trend}>
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
      <NumberCell
        label={head.distance}
        number={"missing" in pace ? pace : pace.distance}
        title={`${name} · ${t.indicators.elapsedDistance}`}
        className={isLate ? "red" : ""}
        isPercent
      />
      <NumberCell label={head.gap} number={gap} title={`${name} · ${head.gap}`} />
      <NumberCell
        label={head.required}
        number={requiredMonthly}
        title={`${name} · ${t.indicators.required}`}
      />
      <NumberCell
        label={head.achieved}
        number={"missing" in requiredMonthly ? requiredMonthly : achievedMonthly}
        title={`${name} · ${t.indicators.achieved}`}
      />
    </tr>
  );
}

function GrowthCourse({ row }: { row: Row }) {
  const { t, nameOf } = useSpeech();
  const points = row.growthHistory.map(({ period, value }) => ({ period, value: Number(value) }));
  const lastFew = row.growthHistory.slice(-4).map((point) => `${formatDecimal(point.value, 1)}%`);
  return (
    <Sparkline points={points} label={`${nameOf(row.measure)} ${t.overview.growth} ${lastFew.join(" → ")}`} />
  );
}
