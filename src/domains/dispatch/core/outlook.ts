/** 四、全年走势预判: forecasts in guarded words, with interval, probability and the error of the method. */
import { dec, formatFixed } from "../../../shared/decimal.ts";
import type { Forecast, Ref } from "../../indicators/core/assessment.ts";
import type { BriefingInput, BriefingSubject, ParagraphBlock, Run } from "./briefing.ts";
import { type Clause, clause, figure, sentence, text } from "./sentence.ts";
import { targetRun, valueTarget } from "./subject-clauses.ts";
import { amountText, known } from "./wording.ts";

const modelWords = {
  "last-year-shape": "上年同期进度推算法",
  "damped-trend": "阻尼趋势法",
} as const;

export function outlookParagraphs(input: BriefingInput): ParagraphBlock[] {
  const paragraphs = input.subjects.flatMap((subject) => {
    const runs = outlookRuns(subject);
    return runs.length > 0 ? [{ kind: "paragraph" as const, runs }] : [];
  });
  if (paragraphs.length === 0) return [];
  const caution =
    "以上推算仅依据已入账的历史数据，未考虑政策调整、新增项目等因素，区间按80%置信水平给出，供研判参考，不作为考核依据。";
  return [...paragraphs, { kind: "paragraph", runs: [text(caution)] }];
}

/** The model with the smaller back-tested error speaks; the other is heard when it says something else. */
function byError(forecasts: readonly Forecast[]): Forecast[] {
  return [...forecasts].sort((a, b) => a.backtest.mapePct - b.backtest.mapePct);
}

function outlookRuns(subject: BriefingSubject): Run[] {
  const target = valueTarget(subject.assessment);
  const [main, other] = byError(subject.assessment.forecasts.filter(isFiniteForecast));
  if (!main || !target) return [];
  const refs = [...(known(subject.assessment.value)?.refs ?? []), target.ref];
  const amount = (value: number, field: string) =>
    figure(amountText(subject.measure, dec(value)), refs, `${subject.measure.code}.forecast.${field}`);
  return [
    ...sentence(
      clause(subject.measure.nameZh, `按${modelWords[main.model]}测算`),
      clause("全年预计完成", amount(main.yearEnd, "yearEnd")),
      clause("预测区间为", amount(main.low, "low"), "至", amount(main.high, "high")),
      clause("全年任务为", targetRun(subject.measure, target)),
    ),
    ...sentence(probabilityClause(main, subject, refs)),
    ...backtestSentence(main, subject, refs),
    ...(other
      ? sentence(clause(`按${modelWords[other.model]}测算，全年预计完成`, amount(other.yearEnd, "other")))
      : []),
  ];
}

function isFiniteForecast(forecast: Forecast): boolean {
  return [forecast.yearEnd, forecast.low, forecast.high].every(Number.isFinite);
}

function probabilityClause(forecast: Forecast, { measure }: BriefingSubject, refs: readonly Ref[]): Clause {
  const p = forecast.probability;
  if (p === undefined || !Number.isFinite(p)) return null;
  const number = (words: string) => figure(words, refs, `${measure.code}.forecast.probability`);
  const outlook =
    p < 0.1
      ? "完成任务难度很大"
      : p < 0.4
        ? "完成任务有较大难度"
        : p < 0.6
          ? "能否完成任务存在不确定性"
          : p < 0.9
            ? "完成任务有一定把握"
            : "完成任务把握较大";
  if (p < 0.05) return clause("完成全年任务的可能性不足", number("5%"), `，${outlook}`);
  if (p > 0.95) return clause("完成全年任务的可能性在", number("95%"), `以上，${outlook}`);
  return clause("完成全年任务的可能性约为", number(`${formatFixed(dec(p * 100), 0)}%`), `，${outlook}`);
}

function backtestSentence(forecast: Forecast, { measure }: BriefingSubject, refs: readonly Ref[]): Run[] {
  const { mapePct, origins } = forecast.backtest;
  if (!Number.isFinite(mapePct) || origins <= 0) return [];
  const error = figure(`${formatFixed(dec(mapePct), 1)}%`, refs, `${measure.code}.forecast.backtest`);
  const times = figure(`${origins}次`, refs, `${measure.code}.forecast.backtest`);
  return sentence(
    clause(`${modelWords[forecast.model]}以历史数据回测`, times),
    clause("平均绝对误差", error),
  );
}
