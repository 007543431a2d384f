/** Year-to-date against the target path, growth, ranks; each with its numbers as a table. */
import { useMemo } from "react";
import type { IndicatorView } from "../../../domains/indicators/contract.ts";
import { cumulativeOption, growthOption, rankOption } from "../../charts/indicator-options.ts";
import { LargeChart } from "../../charts/large-chart.tsx";
import { formatDecimal, formatUnit } from "../../format/number.ts";
import { formatMonthTick, formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { Traced } from "../../shell/traced-number.tsx";

export function IndicatorCharts({ view }: { view: IndicatorView }) {
  return (
    <div className="indicator-charts">
      <CumulativeChart view={view} />
      <GrowthChart view={view} />
      <RankChart view={view} />
    </div>
  );
}

function CumulativeChart({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const year = view.period.slice(0, 4);
  const option = useMemo(
    () =>
      cumulativeOption(view, {
        actual: t.indicators.actual,
        elapsed: t.indicators.pathElapsed,
        seasonal: t.indicators.pathSeasonal,
        year: t.indicators.yearSeries,
        month: (month) => formatMonthTick(`${year}-${String(month).padStart(2, "0")}`, lang),
      }),
    [view, t, lang, year],
  );
  if (view.series.every((point) => point.value === null)) return null;
  return (
    <LargeChart
      title={t.indicators.history}
      note={`${t.indicators.historyNote(year)} · ${formatUnit(view.measure.displayUnit, lang)}`}
      option={option}
      height={340}
      label={`${nameOf(view.measure)} ${t.indicators.historyNote(year)}`}
      table={<SeriesTable view={view} />}
    />
  );
}

/** The whole history; every value opens its source. */
function SeriesTable({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const path = new Map(view.targetPath.map((point) => [point.period, point]));
  const name = nameOf(view.measure);
  const decimals = view.measure.decimals;
  const shown = (value: string | null | undefined) =>
    value === null || value === undefined ? "" : formatDecimal(value, decimals);
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t.app.period}</th>
          <th scope="col" className="r">
            {t.indicators.value} ({formatUnit(view.measure.displayUnit, lang)})
          </th>
          <th scope="col" className="r">
            {t.indicators.month}
          </th>
          <th scope="col" className="r">
            {t.indicators.growth} %
          </th>
          <th scope="col" className="r">
            {t.indicators.pathElapsed}
          </th>
          <th scope="col" className="r">
            {t.indicators.pathSeasonal}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.series.toReversed().map((point) => (
          <tr key={point.period}>
            <th scope="row">{formatPeriod(point.period, "ytd", lang)}</th>
            <td className="r">
              {point.value !== null && (
                <Traced
                  refs={point.refs}
                  title={`${name} · ${formatPeriod(point.period, "ytd", lang)}`}
                  text={shown(point.value)}
                >
                  {shown(point.value)}
                </Traced>
              )}
            </td>
            <td className="r">{shown(point.month)}</td>
            <td className="r">{point.growth === null ? "" : formatDecimal(point.growth, 1)}</td>
            <td className="r">{shown(path.get(point.period)?.elapsed)}</td>
            <td className="r">{shown(path.get(point.period)?.seasonal)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GrowthChart({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const option = useMemo(() => growthOption(view.series, t.indicators.growthHistory), [view.series, t]);
  const points = view.series.filter((point) => point.growth !== null);
  if (points.length < 2) return null;
  const lastFew = points.slice(-4).map((point) => `${formatDecimal(point.growth ?? "", 1)}%`);
  return (
    <LargeChart
      title={t.indicators.growthHistory}
      option={option}
      height={220}
      label={`${nameOf(view.measure)} ${t.indicators.growthHistory} ${lastFew.join(" → ")}`}
      table={
        <PointTable
          head={`${t.indicators.growth} %`}
          rows={points.map((point) => ({
            name: formatPeriod(point.period, "ytd", lang),
            value: formatDecimal(point.growth ?? "", 1),
          }))}
        />
      }
    />
  );
}

function RankChart({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const history = view.assessment.rankHistory;
  const option = useMemo(() => rankOption(history, t.indicators.rank), [history, t]);
  const last = history.at(-1);
  if (last === undefined || history.length < 2) return null;
  return (
    <LargeChart
      title={t.indicators.rankHistory}
      note={t.indicators.rankHistoryNote(last.of)}
      option={option}
      height={180}
      label={`${nameOf(view.measure)} ${t.indicators.rankHistory} ${history
        .slice(-4)
        .map((point) => t.indicators.ofSet(point.rank, point.of))
        .join(" → ")}`}
      table={
        <PointTable
          head={t.indicators.rank}
          rows={history.map((point) => ({
            name: formatPeriod(point.period, "ytd", lang),
            value: t.indicators.ofSet(point.rank, point.of),
          }))}
        />
      }
    />
  );
}

function PointTable({ head, rows }: { head: string; rows: readonly { name: string; value: string }[] }) {
  const { t } = useSpeech();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t.app.period}</th>
          <th scope="col" className="r">
            {head}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td className="r">{row.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
