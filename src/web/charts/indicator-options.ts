/** The charts of one indicator's page as plain ECharts options: print-like, named at the line, red for this year. */
import type { IndicatorView } from "../../domains/indicators/contract.ts";
import { chartColors } from "../../domains/indicators/core/chart-options.ts";
import type { ChartOption } from "../../domains/indicators/core/chart-options.ts";

type Series = IndicatorView["series"];
type Words = {
  actual: string;
  elapsed: string;
  seasonal: string;
  year: (year: string) => string;
  month: (month: number) => string;
};

const family = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const muted = "#6b6862";
const text = { fontFamily: family, fontSize: 12, color: chartColors.ink } as const;
const quiet = { ...text, color: muted } as const;

const base = {
  textStyle: text,
  tooltip: {
    trigger: "axis",
    backgroundColor: "#ffffff",
    borderColor: chartColors.ink,
    borderWidth: 1,
    borderRadius: 0,
    padding: [6, 10],
    extraCssText: "box-shadow:none",
    textStyle: text,
    axisPointer: { lineStyle: { color: muted, width: 1 } },
  },
} as const;

const xAxis = (data: readonly string[]) => ({
  type: "category",
  data,
  boundaryGap: false,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: chartColors.ink }, onZero: false },
  axisLabel: { ...quiet, hideOverlap: true },
});

// The unit stands in the caption: an axis name would run into the legend on a phone.
const yAxis = {
  type: "value",
  axisLabel: quiet,
  splitLine: { lineStyle: { color: chartColors.rule, width: 0.6 } },
} as const;

const months = Array.from({ length: 12 }, (_, index) => index + 1);
const monthOf = (period: string): number => Number(period.slice(5, 7));

/** Twelve places, null where the year has no figure. */
function byMonth(points: readonly { period: string; value: string | null }[]): (number | null)[] {
  const known = new Map(points.map((point) => [monthOf(point.period), point.value]));
  return months.map((month) => {
    const value = known.get(month);
    return value === null || value === undefined ? null : Number(value);
  });
}

const named = (name: string, color: string) => ({
  show: true,
  formatter: name,
  ...text,
  color,
  distance: 6,
});

/** Year-to-date by month: this year in red, earlier years thin, the target path dashed, its seasonal form dotted. */
export function cumulativeOption(view: IndicatorView, words: Words): ChartOption {
  const year = view.period.slice(0, 4);
  const years = [...new Set(view.series.map((point) => point.period.slice(0, 4)))]
    .filter((one) => one <= year)
    .toSorted();
  const ofYear = (one: string) => view.series.filter((point) => point.period.startsWith(one));
  const path = (key: "elapsed" | "seasonal") =>
    byMonth(view.targetPath.map((point) => ({ period: point.period, value: point[key] })));
  const pathSeries = (name: string, data: (number | null)[], type: "dashed" | "dotted") =>
    data.every((value) => value === null)
      ? []
      : [
          {
            type: "line",
            name,
            data,
            symbol: "none",
            connectNulls: true,
            lineStyle: { color: type === "dashed" ? chartColors.ink : muted, width: 1.2, type },
            itemStyle: { color: type === "dashed" ? chartColors.ink : muted },
          },
        ];
  const earlier = years.slice(0, -1).map((one) => ({
    type: "line",
    name: words.year(one),
    data: byMonth(ofYear(one)),
    symbol: "none",
    connectNulls: true,
    lineStyle: { color: chartColors.grey, width: 0.9 },
    itemStyle: { color: chartColors.grey },
    endLabel: named(one, muted),
  }));
  return {
    ...base,
    grid: { left: 52, right: 54, top: 58, bottom: 28 },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 28,
      itemHeight: 6,
      textStyle: quiet,
      data: [words.year(year), words.elapsed, words.seasonal],
      selectedMode: false,
    },
    xAxis: xAxis(months.map(words.month)),
    yAxis,
    series: [
      ...earlier,
      ...pathSeries(words.elapsed, path("elapsed"), "dashed"),
      ...pathSeries(words.seasonal, path("seasonal"), "dotted"),
      {
        type: "line",
        name: words.year(year),
        data: byMonth(ofYear(year)),
        symbol: "circle",
        symbolSize: 6,
        connectNulls: true,
        z: 5,
        lineStyle: { color: chartColors.red, width: 2 },
        itemStyle: { color: chartColors.red },
      },
    ],
  };
}

/** Cumulative growth over the whole history, zero as a heavy line, the last point with its rate. */
export function growthOption(series: Series, name: string): ChartOption {
  const points = series.filter((point) => point.growth !== null);
  const last = points.length - 1;
  return {
    ...base,
    grid: { left: 46, right: 46, top: 16, bottom: 28 },
    xAxis: { ...xAxis(points.map((point) => point.period)), axisLine: { show: false } },
    yAxis: { ...yAxis, axisLabel: { ...quiet, formatter: "{value}%" }, scale: false },
    series: [
      {
        type: "line",
        name,
        data: points.map((point, index) => ({
          value: Number(point.growth),
          ...(index === last
            ? { label: { show: true, position: "right", formatter: "{c}%", ...text, color: chartColors.red } }
            : {}),
        })),
        symbol: "circle",
        symbolSize: 4,
        lineStyle: { color: chartColors.red, width: 1.6 },
        itemStyle: { color: chartColors.red },
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: chartColors.ink, width: 1, type: "solid" },
          data: [{ yAxis: 0 }],
        },
      },
    ],
  };
}

/** Places among n units, first on top. */
export function rankOption(history: IndicatorView["assessment"]["rankHistory"], name: string): ChartOption {
  const of = Math.max(2, ...history.map((point) => point.of));
  const last = history.length - 1;
  return {
    ...base,
    grid: { left: 34, right: 34, top: 16, bottom: 28 },
    xAxis: xAxis(history.map((point) => point.period)),
    yAxis: { ...yAxis, inverse: true, min: 1, max: of, interval: of > 8 ? Math.floor((of - 1) / 2) : 1 },
    series: [
      {
        type: "line",
        name,
        data: history.map((point, index) => ({
          value: point.rank,
          ...(index === last
            ? { label: { show: true, position: "right", formatter: "{c}", ...text, color: chartColors.red } }
            : {}),
        })),
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { color: chartColors.ink, width: 1.2 },
        itemStyle: { color: chartColors.ink },
      },
    ],
  };
}
