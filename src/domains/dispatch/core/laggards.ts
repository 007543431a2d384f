/**
 * 三、需要关注的指标: what is late or below last year, and why it matters. Why it matters is arithmetic only (what is
 * needed a month, where the present pace ends); causes are quoted from recorded one-offs and never supposed.
 */
import { formatFixed, formatShort, HUNDRED } from "../../../shared/decimal.ts";
import { monthsElapsed, periodLabel } from "../../../shared/period.ts";
import { amountPlaces } from "../../indicators/core/display.ts";
import type { Pace, Ref } from "../../indicators/core/assessment.ts";
import type {
  BriefingFact,
  BriefingInput,
  BriefingSubject,
  HeadingBlock,
  ParagraphBlock,
  Run,
} from "./briefing.ts";
import { clause, figure, joined, listed, sentence, text } from "./sentence.ts";
import {
  completionClause,
  distanceClause,
  growthTargetClause,
  timesClause,
  trendChangeClause,
  trendSequenceClause,
  valueTarget,
} from "./subject-clauses.ts";
import {
  amount,
  amountText,
  chineseNumber,
  growthClause,
  known,
  paceClause,
  periodSeenFrom,
} from "./wording.ts";

export function isLaggard({ assessment }: BriefingSubject): boolean {
  const growth = known(assessment.growth);
  return (
    assessment.standing === "late" || assessment.standing === "severe" || Boolean(growth?.value.isNegative())
  );
}

export function laggardBlocks(input: BriefingInput): (HeadingBlock | ParagraphBlock)[] {
  const laggards = input.subjects.filter(isLaggard);
  if (laggards.length === 0) {
    return [{ kind: "paragraph", runs: [text("已入账指标中，本期无明显落后序时进度或同比下降的指标。")] }];
  }
  return laggards.flatMap((subject, index) => {
    const title = text(`（${chineseNumber(index + 1)}）${subject.measure.nameZh}${symptoms(subject)}`);
    const paragraphs = [progressRuns(subject, input), trendRuns(subject), oneOffRuns(subject, input)];
    return [
      { kind: "heading" as const, level: 2 as const, runs: [title] },
      ...paragraphs.filter((runs) => runs.length > 0).map((runs) => ({ kind: "paragraph" as const, runs })),
    ];
  });
}

/** 进度落后、增速回落: what the heading says after the name. */
function symptoms({ assessment }: BriefingSubject): string {
  const pace = known(assessment.pace);
  const growth = known(assessment.growth);
  const trend = known(assessment.trend);
  const words = [
    pace?.distance.value.isNegative() ? "进度落后" : "",
    growth?.value.isNegative() ? "同比下降" : "",
    trend && (trend.word === "falling" || trend.word === "widening-fall")
      ? trend.word === "falling"
        ? "增速逐月回落"
        : "降幅扩大"
      : "",
  ];
  return words.filter((word) => word !== "").join("、");
}

function progressRuns(subject: BriefingSubject, input: BriefingInput): Run[] {
  const { measure, assessment } = subject;
  const done = completionClause(subject);
  const gap = known(assessment.gap);
  const decimals = amountPlaces(assessment, measure, "gap");
  const gapClause = gap?.value.gt(0)
    ? clause("距全年任务尚有", amount(measure, gap, "gap", { decimals }), "缺口")
    : null;
  const rateTarget = growthTargetClause(subject);
  const state = joined([done, distanceClause(subject), gapClause], "，");
  return [
    ...(state ? sentence(clause(`截至${periodLabel(input.period, "month", "zh")}底`), state) : []),
    ...sentence(rateTarget ? clause("增速", rateTarget) : null),
    ...requiredSentence(subject, input),
    ...runRateSentence(subject, input),
    ...seasonalSentence(subject),
  ];
}

/** 后5个月月均需完成22.58亿元，为前7个月月均11.21亿元的2.01倍。 */
function requiredSentence({ measure, assessment }: BriefingSubject, input: BriefingInput): Run[] {
  const required = known(assessment.requiredMonthly);
  const achieved = known(assessment.achievedMonthly);
  const left = 12 - monthsElapsed(input.period);
  if (!required || left <= 0 || required.value.lte(0)) return [];
  const decimals = { decimals: amountPlaces(assessment, measure, "requiredMonthly") };
  const need = clause(`后${left}个月月均需完成`, amount(measure, required, "requiredMonthly", decimals));
  if (!achieved) return sentence(need);
  const gone = `为前${monthsElapsed(input.period)}个月月均完成额`;
  const against = clause(gone, amount(measure, achieved, "achievedMonthly", decimals));
  const times = timesClause(required, achieved, `${measure.code}.requiredTimes`);
  return sentence(need, against && times ? [...against, ...times] : null);
}

/** 若维持前7个月的平均进度，全年预计完成134.6亿元，为全年任务的70.3%。 */
function runRateSentence({ measure, assessment }: BriefingSubject, input: BriefingInput): Run[] {
  const value = known(assessment.value);
  const achieved = known(assessment.achievedMonthly);
  const target = valueTarget(assessment);
  const left = 12 - monthsElapsed(input.period);
  if (!value || !achieved || !target || left <= 0 || target.value.lte(0)) return [];
  const yearEnd = value.value.plus(achieved.value.times(left));
  const refs = [...value.refs, ...achieved.refs, target.ref];
  const share = yearEnd.div(target.value).times(HUNDRED);
  const how = { zh: "累计完成数＋月均完成额×剩余月数", en: "value + monthly average × months left" };
  return sentence(
    clause(`若维持前${monthsElapsed(input.period)}个月月均水平`),
    clause(
      share.lt(HUNDRED) ? "全年仅能完成" : "全年可完成",
      figure(amountText(measure, yearEnd), refs, `${measure.code}.runRate`, how),
    ),
    clause("为全年任务的", figure(`${formatFixed(share, 1)}%`, refs, `${measure.code}.runRateShare`)),
  );
}

/** Said only where the season tells another story than the calendar: another sign, or three points apart. */
const anotherStory = 3;
function seasonalSentence({ measure, assessment }: BriefingSubject): Run[] {
  const pace = known(assessment.pace);
  const seasonal = known(assessment.seasonalPace);
  if (!pace || !seasonal || !tellsAnotherStory(pace, seasonal)) return [];
  const field = `${measure.code}.seasonalPace`;
  const expected = figure(
    `${formatFixed(seasonal.expected.value, 1)}%`,
    seasonal.expected.refs,
    `${field}.expected`,
  );
  return sentence(
    clause("按往年同期进度分布测算"),
    clause("本期应完成全年任务的", expected),
    paceClause(seasonal.distance, `${field}.distance`, "季节性进度"),
  );
}

function tellsAnotherStory(pace: Pace, seasonal: Pace): boolean {
  const a = pace.distance.value;
  const b = seasonal.distance.value;
  return a.isNegative() !== b.isNegative() || a.minus(b).abs().gte(anotherStory);
}

const trendWords = {
  rising: "呈逐期加快态势",
  falling: "呈逐期回落态势",
  "narrowing-fall": "降幅呈逐期收窄态势",
  "widening-fall": "降幅呈逐期扩大态势",
  fluctuating: "呈波动态势",
  flat: "总体平稳",
} as const;

function trendRuns(subject: BriefingSubject): Run[] {
  const trend = known(subject.assessment.trend);
  const sequence = trendSequenceClause(subject);
  if (!trend || !sequence) return [];
  return sentence(
    clause("从累计增速看"),
    sequence,
    clause(trendWords[trend.word]),
    trendChangeClause(subject),
  );
}

/** 上年6月有省厅下拨沉陷区治理专项资金36996万元，抬高了上年同期基数。剔除后…… */
function oneOffRuns(subject: BriefingSubject, input: BriefingInput): Run[] {
  const likeForLike = known(subject.assessment.likeForLike);
  if (!likeForLike) return [];
  const { measure } = subject;
  const oneOffs = oneOffFacts(likeForLike.growth.refs, input);
  const decimals = { decimals: amountPlaces(subject.assessment, measure, "likeForLike.base") };
  const named = listed(oneOffs.map((fact) => oneOffClause(fact, subject, input)));
  const base = amount(measure, likeForLike.base, "likeForLike.base", decimals);
  const adjusted = amount(measure, likeForLike.adjustedBase, "likeForLike.adjustedBase", decimals);
  const explained = known(likeForLike.explained);
  const share = explained
    ? figure(`${formatFixed(explained.value, 0)}%`, explained.refs, `${measure.code}.likeForLike.explained`)
    : null;
  const growth = known(subject.assessment.growth);
  const stillFalling = growth?.value.isNegative() && likeForLike.growth.value.isNegative();
  return [
    ...(named ? sentence(clause("不可比因素方面"), named) : []),
    ...sentence(
      clause("剔除后"),
      clause("上年同期基数由", base, "调整为", adjusted),
      clause(
        growthClause(measure, likeForLike.growth, "同口径", "likeForLike.growth"),
        reportedBeside(subject),
      ),
      share ? clause("不可比因素约占", growth?.value.isNegative() ? "减收额" : "变动额", "的", share) : null,
    ),
    ...(stillFalling ? [text("剔除后仍为下降，不可比因素不能完全解释降幅。")] : []),
  ];
}

/** （公布降幅为57.3%）, so that both rates stand side by side. */
function reportedBeside({ measure, assessment }: BriefingSubject) {
  const growth = known(assessment.growth);
  if (!growth) return "";
  const word = growth.value.isNegative() ? "降幅" : "增幅";
  const rate = figure(`${formatFixed(growth.value.abs(), 1)}%`, growth.refs, `${measure.code}.growth`);
  return [growth.origin === "reported" ? `（公布${word}为` : `（未剔除时${word}为`, rate, "）"];
}

function oneOffFacts(refs: readonly Ref[], input: BriefingInput): BriefingFact[] {
  return input.facts.filter((fact) => fact.kind === "one-off" && refs.includes(fact.ref));
}

function oneOffClause(fact: BriefingFact, { measure }: BriefingSubject, input: BriefingInput) {
  const when = periodSeenFrom(fact.period, input.period);
  const what = fact.reason?.replace(/[。；，、\s]+$/, "");
  if (!what) return null;
  const sum = figure(`${formatShort(fact.value, 4)}${fact.unit}`, [fact.ref], `${measure.code}.oneOff`);
  const inBase = fact.period.slice(0, 4) !== input.period.slice(0, 4);
  const side = inBase ? "上年同期基数" : "本期完成数";
  return clause(`${when}有${what}`, sum, `，${fact.value.isNegative() ? "拉低" : "抬高"}了${side}`);
}
