/** Clauses about one indicator, shared by the overall paragraph, the indicator paragraphs and the analysis. */
import { formatFixed } from "../../../shared/decimal.ts";
import { periodLabel } from "../../../shared/period.ts";
import type { Assessment, Growth, Rank, Target, Traced } from "../../indicators/core/assessment.ts";
import type { BriefingInput, BriefingMeasure, BriefingSubject, FigureRun } from "./briefing.ts";
import { type Clause, clause, figure, joined } from "./sentence.ts";
import {
  amountText,
  growthClause,
  isZeroShown,
  known,
  paceClause,
  percent,
  points,
  targetDecimals,
} from "./wording.ts";

export function valueTarget(assessment: Assessment): Target | undefined {
  return assessment.targets.find((target) => target.kind === "value");
}
export function growthTarget(assessment: Assessment): Target | undefined {
  return assessment.targets.find((target) => target.kind === "growth");
}

/** 完成78.5亿元 for what is done, 为13076元 for what stands. */
export function valueClause({ measure, assessment }: BriefingSubject): Clause {
  const value = known(assessment.value);
  if (!value) return null;
  const verb = measure.kind === "flow" ? "完成" : "为";
  return clause(verb, figure(amountText(measure, value.value), value.refs, `${measure.code}.value`));
}

/** 按可比价格计算，同比增长6.5% where the rate must not be recomputed from the values beside it. */
export function reportedGrowthClause({ measure, assessment }: BriefingSubject): Clause {
  const basis = measure.priceBasis === "comparable" ? "按可比价格计算，" : "";
  return clause(basis, growthClause(measure, assessment.growth));
}

/** 剔除不可比因素后，同口径下降20.2% */
export function likeForLikeClause({ measure, assessment }: BriefingSubject): Clause {
  const likeForLike = known(assessment.likeForLike);
  if (!likeForLike) return null;
  return clause(
    "剔除不可比因素后",
    growthClause(measure, likeForLike.growth, "同口径", "likeForLike.growth"),
  );
}

export function targetRun(measure: BriefingMeasure, target: Target): FigureRun {
  const words = amountText(measure, target.value, targetDecimals(measure, target.value));
  return figure(words, [target.ref], `${measure.code}.target`);
}

/** Without its sign: 增长 or 下降 stands before it. */
export function growthTargetRun(measure: BriefingMeasure, target: Target): FigureRun {
  return figure(`${formatFixed(target.value.abs(), 1)}%`, [target.ref], `${measure.code}.target`);
}

export function completionRun({ measure, assessment }: BriefingSubject): FigureRun | null {
  return percent(measure, assessment.completion, "completion");
}

/** 完成全年任务191.4亿元的41.0% */
export function completionClause(subject: BriefingSubject): Clause {
  const target = valueTarget(subject.assessment);
  if (!target) return null;
  return clause("完成全年任务", targetRun(subject.measure, target), "的", completionRun(subject));
}

export function distanceClause({ measure, assessment }: BriefingSubject): Clause {
  const pace = known(assessment.pace);
  return pace ? paceClause(pace.distance, `${measure.code}.pace.distance`) : null;
}

/** 高于全年增长2.5%的任务2.5个百分点: for tasks set as a rate. */
export function growthTargetClause({ measure, assessment }: BriefingSubject): Clause {
  const target = growthTarget(assessment);
  const growth = known(assessment.growth);
  if (!target || !growth) return null;
  const distance = growth.value.minus(target.value);
  const refs = [...growth.refs, target.ref];
  const field = `${measure.code}.targetGrowthDistance`;
  const word = target.value.isNegative() ? "下降" : "增长";
  const task = [word, growthTargetRun(measure, target), "的任务"];
  if (isZeroShown(distance)) return clause("与全年", task, figure("持平", refs, field));
  return clause(distance.isNegative() ? "低于全年" : "高于全年", task, points(distance, refs, field));
}

export function rankRun(measure: BriefingMeasure, rank: Rank): FigureRun {
  return figure(`第${rank.rank}位`, rank.refs, `${measure.code}.rank`);
}

/** 增速居忻州市第3位，位次前移1位 */
export function rankClause(subject: BriefingSubject, input: BriefingInput): Clause {
  const { measure, assessment } = subject;
  const rank = known(assessment.rank);
  if (!rank) return null;
  const what = rank.by === "growth" ? "增速" : "总量";
  const last = rank.rank === rank.of && rank.of > 1 && !rank.tied ? "（末位）" : "";
  const place = [
    what,
    rank.tied ? "并列" : "居",
    input.parentName ?? "参排单位",
    rankRun(measure, rank),
    last,
  ];
  return clause(place, rankMoveClause(subject, input) ?? "");
}

/** ，位次较1—6月前移1位: against the place one period before, when that is known. */
function rankMoveClause({ measure, assessment }: BriefingSubject, input: BriefingInput): Clause {
  const rank = known(assessment.rank);
  const before = assessment.rankHistory.find((entry) => entry.period === input.priorPeriod);
  if (!rank || !before || before.of !== rank.of) return null;
  const moved = before.rank - rank.rank;
  const since = periodLabel(before.period, "ytd", "zh");
  const field = `${measure.code}.rankMove`;
  if (moved === 0) return clause(`，位次与${since}`, figure("持平", rank.refs, field));
  return clause(
    `，位次较${since}`,
    moved > 0 ? "前移" : "后移",
    figure(`${Math.abs(moved)}位`, rank.refs, field),
  );
}

/** 增速较1—6月回落0.7个百分点 / 降幅收窄…… / 由升转降. */
export function trendChangeClause({ measure, assessment }: BriefingSubject): Clause {
  const trend = known(assessment.trend);
  const now = trend?.points.at(-1);
  const before = trend?.points.at(-2);
  if (!now || !before) return null;
  const since = `较${periodLabel(before.period, "ytd", "zh")}`;
  const change = now.growth.minus(before.growth);
  const refs = [now.ref, before.ref];
  const field = `${measure.code}.trend.change`;
  if (isZeroShown(change))
    return clause("增速与", periodLabel(before.period, "ytd", "zh"), figure("持平", refs, field));
  const size = points(change, refs, field);
  const wasFalling = before.growth.isNegative();
  if (now.growth.isNegative() !== wasFalling) {
    return clause("增速", since, wasFalling ? "由降转升，提高" : "由升转降，回落", size);
  }
  if (wasFalling) return clause("降幅", since, change.isNegative() ? "扩大" : "收窄", size);
  return clause("增速", since, change.isNegative() ? "回落" : "加快", size);
}

/** 1—4月增长20.2%，1—5月增长13.7%，……: the last four points. */
export function trendSequenceClause({ measure, assessment }: BriefingSubject): Clause {
  const recent = known(assessment.trend)?.points.slice(-4) ?? [];
  if (recent.length < 3) return null;
  return joined(
    recent.map((point) => {
      const rate: Growth = { value: point.growth, refs: [point.ref], origin: point.origin };
      return clause(periodLabel(point.period, "ytd", "zh"), growthClause(measure, rate, ""));
    }),
    "，",
  );
}

/** 的2.01倍: what is needed a month against what was done a month. */
export function timesClause(required: Traced, achieved: Traced, field: string): Clause {
  if (achieved.value.lte(0) || required.value.lte(0)) return null;
  const ratio = required.value.div(achieved.value);
  return clause("的", figure(`${formatFixed(ratio, 2)}倍`, [...required.refs, ...achieved.refs], field));
}
