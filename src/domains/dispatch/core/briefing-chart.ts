/** The briefing's chart: the first measure behind its task against the path, or the course of its growth. */
import { convert } from "../../../shared/quantity.ts";
import { monthsElapsed, periodLabel } from "../../../shared/period.ts";
import { growthTrendOption, targetPathOption } from "../../indicators/core/chart-options.ts";
import type { BriefingInput, BriefingSubject, ChartBlock } from "./briefing.ts";
import { isLaggard } from "./laggards.ts";
import { valueTarget } from "./subject-clauses.ts";
import { amountText, known, targetDecimals } from "./wording.ts";
import { formatFixed, type Decimal } from "../../../shared/decimal.ts";

const size = { widthMm: 150, heightMm: 68 } as const;
const fewest = 3;

export function briefingChart(input: BriefingInput): ChartBlock | null {
  const order = [...input.subjects.filter(isLaggard), ...input.subjects];
  for (const subject of order) {
    const chart = targetPathChart(subject, input);
    if (chart) return chart;
  }
  for (const subject of order) {
    const chart = growthChart(subject, input);
    if (chart) return chart;
  }
  return null;
}

function targetPathChart(
  { measure, assessment, series }: BriefingSubject,
  input: BriefingInput,
): ChartBlock | null {
  const target = valueTarget(assessment);
  const year = input.period.slice(0, 4);
  const points = (series ?? []).filter(
    (point) => point.period.startsWith(year) && point.period <= input.period,
  );
  if (!target || points.length < fewest) return null;
  const number = (value: Decimal) => {
    const converted = convert(value, measure.unit, measure.displayUnit);
    return Number((converted.ok ? converted.value : value).toFixed(4));
  };
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const byMonth = new Map(points.map((point) => [monthsElapsed(point.period), number(point.value)]));
  const last = points.at(-1);
  const task = amountText(measure, target.value, targetDecimals(measure, target.value));
  const done = last ? amountText(measure, last.value) : "";
  return {
    kind: "chart",
    caption: `图1  ${year}年${measure.nameZh}累计完成与全年任务序时进度`,
    alt: `折线图：${year}年${measure.nameZh}逐月累计完成数与全年任务${task}的序时进度线，${periodLabel(input.period, "ytd", "zh")}累计完成${done}。`,
    option: targetPathOption({
      months: months.map((month) => `${month}月`),
      actual: months.map((month) => byMonth.get(month) ?? null),
      path: months.map((month) => (number(target.value) * month) / 12),
      unit: measure.displayUnit,
      labels: { actual: "累计完成", path: "序时进度" },
    }),
    refs: [...points.map((point) => point.ref), target.ref],
    ...size,
  };
}

function growthChart({ measure, assessment }: BriefingSubject, input: BriefingInput): ChartBlock | null {
  const points = known(assessment.trend)?.points ?? [];
  if (points.length < fewest) return null;
  const shown = points.slice(-12);
  const sequence = shown.map((point) => `${formatFixed(point.growth, 1)}%`).join("、");
  return {
    kind: "chart",
    caption: `图1  ${measure.nameZh}累计同比增速`,
    alt: `折线图：截至${periodLabel(input.period, "ytd", "zh", true)}${measure.nameZh}各期累计同比增速依次为${sequence}。`,
    option: growthTrendOption({
      points: shown.map((point) => ({
        label: periodLabel(point.period, "ytd", "zh"),
        value: Number(formatFixed(point.growth, 1)),
      })),
      name: "累计同比增速",
    }),
    refs: shown.map((point) => point.ref),
    ...size,
  };
}
