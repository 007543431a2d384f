/** 二、分项指标完成情况: one paragraph an indicator, and the table. */
import { formatFixed } from "../../../shared/decimal.ts";
import { periodLabel } from "../../../shared/period.ts";
import type { BriefingInput, BriefingSubject, Cell, ParagraphBlock, Run, TableBlock } from "./briefing.ts";
import { clause, figure, plainText, sentence, text } from "./sentence.ts";
import {
  completionClause,
  completionRun,
  distanceClause,
  growthTarget,
  growthTargetClause,
  growthTargetRun,
  likeForLikeClause,
  rankClause,
  reportedGrowthClause,
  targetRun,
  trendChangeClause,
  valueClause,
  valueTarget,
} from "./subject-clauses.ts";
import { amountText, chineseNumber, isZeroShown, known, shown } from "./wording.ts";

export function indicatorParagraphs(input: BriefingInput): ParagraphBlock[] {
  return input.subjects.map((subject, index) => ({
    kind: "paragraph",
    lead: `（${chineseNumber(index + 1)}）${subject.measure.nameZh}。`,
    runs: indicatorRuns(subject, input),
  }));
}

export function indicatorRuns(subject: BriefingSubject, input: BriefingInput): Run[] {
  const runs = [
    ...sentence(
      clause(periodLabel(input.period, "ytd", "zh"), valueClause(subject)),
      reportedGrowthClause(subject),
      trendChangeClause(subject),
    ),
    ...sentence(likeForLikeClause(subject)),
    ...sentence(rankClause(subject, input)),
    ...sentence(completionClause(subject), distanceClause(subject)),
    ...sentence(growthTargetLead(subject)),
  ];
  if (!known(subject.assessment.value)) return [text(noValue(runs)), ...runs];
  return runs;
}

function growthTargetLead(subject: BriefingSubject) {
  const distance = growthTargetClause(subject);
  return distance ? clause("增速", distance) : null;
}

const noValue = (others: readonly Run[]): string =>
  plainText(others) === "" ? "本期数据尚未入账。" : "本期完成数尚未入账。";

const priceBasisWords = { nominal: "现价", comparable: "可比价", none: "—" } as const;
const columns = [
  { header: "指标", width: 37, align: "left" },
  { header: "单位", width: 10, align: "center" },
  { header: "完成", width: 14, align: "right" },
  { header: "同比\n（%）", width: 16, align: "right" },
  { header: "位次", width: 13, align: "center" },
  { header: "全年\n任务", width: 18, align: "right" },
  { header: "完成率\n（%）", width: 14, align: "right" },
  { header: "与序时\n进度差\n（百分点）", width: 22, align: "right" },
  { header: "数据\n口径", width: 14, align: "center" },
] as const;

const none: Cell = { runs: [text("—")] };
const cell = (run: Run | null): Cell => (run ? { runs: [run] } : none);

export function indicatorTable(input: BriefingInput): TableBlock {
  const synthetic = new Set(
    input.facts.filter((fact) => fact.source.kind === "synthetic").map((fact) => fact.ref),
  );
  const rows = input.subjects.map((subject) => ({ cells: tableCells(subject, synthetic) }));
  return {
    kind: "table",
    caption: "表1  主要经济指标完成情况表",
    columns,
    rows,
    note: [text(tableNote(rows))],
    type: "normal",
  };
}

const demonstration = text("演示");
/** Explains only the marks that the table carries. */
function tableNote(rows: readonly { cells: readonly Cell[] }[]): string {
  const cells = rows.flatMap((row) => row.cells);
  const notes = [
    cells.some((given) => given === none || given.runs[0]?.text === "—")
      ? "“—”表示无此项任务、数据暂缺或不适用"
      : "",
    cells.some((given) => given.below?.[0]?.text.startsWith("("))
      ? "同比栏括号内为剔除不可比因素后的同口径增速"
      : "",
    cells.some((given) => given.below?.includes(demonstration)) ? "标“演示”的为演示数据，不得引用" : "",
  ].filter((note) => note !== "");
  return notes.length > 0 ? `注：${notes.join("；")}。` : "";
}

function tableCells(subject: BriefingSubject, synthetic: ReadonlySet<string>): Cell[] {
  const { measure, assessment } = subject;
  const value = known(assessment.value);
  const growth = known(assessment.growth);
  const rank = known(assessment.rank);
  const pace = known(assessment.pace);
  const target = valueTarget(assessment);
  const rate = growthTarget(assessment);
  const own = [...(value?.refs ?? []), ...(growth?.refs ?? [])];
  const field = (name: string) => `${measure.code}.${name}`;
  const number = (traced: typeof value, name: string) =>
    traced ? figure(formatFixed(traced.value, 1), traced.refs, field(name)) : null;
  const unit = value ? shown(measure, value.value).unit : measure.displayUnit;
  const withoutUnit = (words: string) => words.replace(unit, "");
  const completion = completionRun(subject);
  return [
    { runs: [text(measure.nameZh)] },
    { runs: [text(unit)] },
    cell(value ? figure(withoutUnit(amountText(measure, value.value)), value.refs, field("value")) : null),
    { ...cell(number(growth, "growth")), ...likeForLikeBelow(subject) },
    cell(rank ? figure(`${rank.rank}/${rank.of}`, rank.refs, field("rank")) : null),
    targetCell(
      target ? withUnitDropped(targetRun(measure, target), unit) : null,
      rate ? [text(rate.value.isNegative() ? "下降" : "增长"), growthTargetRun(measure, rate)] : [],
    ),
    cell(completion ? { ...completion, text: completion.text.replace("%", "") } : null),
    cell(pace ? signed(pace.distance.value, pace.distance.refs, field("pace.distance")) : null),
    {
      runs: [text(priceBasisWords[measure.priceBasis])],
      ...(own.some((ref) => synthetic.has(ref)) ? { below: [demonstration] } : {}),
    },
  ];
}

/** (-20.2) under the reported rate, so that both are seen at once. */
function likeForLikeBelow({ measure, assessment }: BriefingSubject): { below?: readonly Run[] } {
  const likeForLike = known(assessment.likeForLike);
  if (!likeForLike) return {};
  const { value, refs } = likeForLike.growth;
  return { below: [figure(`(${formatFixed(value, 1)})`, refs, `${measure.code}.likeForLike.growth`)] };
}

function withUnitDropped(run: ReturnType<typeof targetRun>, unit: string) {
  return { ...run, text: run.text.replace(unit, "") };
}

function targetCell(value: Run | null, growth: readonly Run[]): Cell {
  if (value) return growth.length > 0 ? { runs: [value], below: growth } : { runs: [value] };
  return growth.length > 0 ? { runs: growth } : none;
}

function signed(value: Parameters<typeof formatFixed>[0], refs: Parameters<typeof figure>[1], field: string) {
  const plus = value.isNegative() || isZeroShown(value) ? "" : "+";
  return figure(`${plus}${formatFixed(value, 1)}`, refs, field);
}
