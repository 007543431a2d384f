/**
 * Chart options as plain data, for the page and for the printed briefing alike. Print-like: ink on white, one red,
 * thin lines, labels at the lines instead of a legend. Floats are right here: a pixel has no decimals.
 */
export type ChartOption = { readonly [key: string]: unknown };

export const chartColors = { ink: "#1a1a1a", grey: "#8c8c8c", rule: "#d9d9d9", red: "#b3261e" } as const;

const font = { fontFamily: "Noto Sans SC", fontSize: 12, color: chartColors.ink } as const;
const base = { animation: false, textStyle: font, backgroundColor: "#ffffff" } as const;
const categoryAxis = (labels: readonly string[]) => ({
  type: "category",
  data: labels,
  boundaryGap: false,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: chartColors.ink, width: 1 }, onZero: false },
  axisLabel: { ...font, interval: 0, hideOverlap: true },
});
const valueAxis = (name: string) => ({
  type: "value",
  name,
  nameTextStyle: { ...font, color: chartColors.grey, align: "left" },
  nameGap: 12,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { ...font, color: chartColors.grey },
  splitLine: { lineStyle: { color: chartColors.rule, width: 0.6 } },
});

export type LabelledPoint = { readonly label: string; readonly value: number };

/** Cumulative growth, month by month, each point with its rate. */
export function growthTrendOption(input: {
  points: readonly LabelledPoint[];
  name: string;
  unit?: string;
}): ChartOption {
  return {
    ...base,
    grid: { left: 46, right: 46, top: 40, bottom: 30 },
    xAxis: categoryAxis(input.points.map((point) => point.label)),
    yAxis: { ...valueAxis(`${input.name}（${input.unit ?? "%"}）`), scale: true },
    series: [
      {
        type: "line",
        data: input.points.map((point) => point.value),
        symbol: "circle",
        symbolSize: 6,
        lineStyle: { color: chartColors.red, width: 1.6 },
        itemStyle: { color: chartColors.red },
        label: { show: true, position: "top", ...font, color: chartColors.red, formatter: "{c}" },
      },
    ],
  };
}

/** Year-to-date value against the path to the year's task. Arrays run over the twelve months; null is not yet known. */
export function targetPathOption(input: {
  months: readonly string[];
  actual: readonly (number | null)[];
  path: readonly number[];
  seasonal?: readonly (number | null)[];
  unit: string;
  labels: { actual: string; path: string; seasonal?: string };
}): ChartOption {
  const lastKnown = input.actual.reduce<number>((last, value, index) => (value === null ? last : index), -1);
  const endLabel = (name: string, color: string) => ({
    show: true,
    formatter: name,
    ...font,
    color,
    distance: 6,
  });
  const seasonal = input.seasonal?.some((value) => value !== null)
    ? [
        {
          type: "line",
          data: input.seasonal,
          symbol: "none",
          lineStyle: { color: chartColors.grey, width: 1, type: "dotted" },
          endLabel: endLabel(input.labels.seasonal ?? "", chartColors.grey),
        },
      ]
    : [];
  return {
    ...base,
    grid: { left: 46, right: 84, top: 34, bottom: 28 },
    xAxis: categoryAxis(input.months),
    yAxis: valueAxis(input.unit),
    series: [
      {
        type: "line",
        data: input.path,
        symbol: "none",
        lineStyle: { color: chartColors.ink, width: 1, type: "dashed" },
        endLabel: endLabel(input.labels.path, chartColors.ink),
      },
      ...seasonal,
      {
        type: "line",
        data: input.actual.map((value, index) =>
          index === lastKnown && value !== null
            ? {
                value,
                label: {
                  show: true,
                  position: "bottom",
                  distance: 8,
                  ...font,
                  color: chartColors.red,
                  formatter: `${input.labels.actual}\n{c}`,
                },
              }
            : value,
        ),
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { color: chartColors.red, width: 1.8 },
        itemStyle: { color: chartColors.red },
      },
    ],
  };
}

/** Places among n units, first place on top. */
export function rankHistoryOption(input: {
  points: readonly LabelledPoint[];
  of: number;
  name: string;
}): ChartOption {
  return {
    ...base,
    grid: { left: 40, right: 30, top: 34, bottom: 28 },
    xAxis: categoryAxis(input.points.map((point) => point.label)),
    yAxis: { ...valueAxis(input.name), inverse: true, min: 1, max: input.of, minInterval: 1 },
    series: [
      {
        type: "line",
        step: "middle",
        data: input.points.map((point) => point.value),
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { color: chartColors.ink, width: 1.4 },
        itemStyle: { color: chartColors.ink },
        label: { show: true, position: "top", ...font, formatter: "{c}" },
      },
    ],
  };
}

/** A line without axes for a table row; the last point in red. */
export function sparklineOption(values: readonly (number | null)[]): ChartOption {
  const last = values.length - 1;
  return {
    animation: false,
    grid: { left: 2, right: 6, top: 4, bottom: 4 },
    xAxis: { type: "category", show: false, boundaryGap: false, data: values.map((_, index) => index) },
    yAxis: { type: "value", show: false, scale: true },
    series: [
      {
        type: "line",
        data: values.map((value, index) =>
          index === last ? { value, symbol: "circle", symbolSize: 5 } : value,
        ),
        symbol: "none",
        lineStyle: { color: chartColors.ink, width: 1 },
        itemStyle: { color: chartColors.red },
      },
    ],
  };
}
