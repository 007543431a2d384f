/** 一、总体完成情况: the state of all indicators in one paragraph. */
import { formatFixed } from "../../../shared/decimal.ts";
import { periodLabel } from "../../../shared/period.ts";
import type { Ref } from "../../indicators/core/assessment.ts";
import type { BriefingInput, BriefingSubject, FigureRun, ParagraphBlock } from "./briefing.ts";
import { type Clause, clause, figure, joined, listed, present, sentence } from "./sentence.ts";
import { completionRun, growthTargetClause, rankRun, valueTarget } from "./subject-clauses.ts";
import { growthClause, isZeroShown, known, paceClause } from "./wording.ts";

export function overallParagraphs(input: BriefingInput): ParagraphBlock[] {
  const paragraphs = [
    [...growthCount(input), ...placesSentence(input)],
    paceSentence(input.subjects),
    likeForLikeSentence(input.subjects),
  ];
  return paragraphs.filter((runs) => runs.length > 0).map((runs) => ({ kind: "paragraph", runs }));
}

function counted(subjects: readonly BriefingSubject[], refs: readonly Ref[], field: string): FigureRun {
  return figure(`${subjects.length}项`, refs, `briefing.${field}`);
}

function growthRefs(subjects: readonly BriefingSubject[]): Ref[] {
  return subjects.flatMap((subject) => [...(known(subject.assessment.growth)?.refs ?? [])]);
}

/** 1—7月，纳入调度的8项主要经济指标中，6项同比增长、2项同比下降。 */
function growthCount(input: BriefingInput) {
  const { subjects } = input;
  if (subjects.length === 0) return [];
  const signOf = (subject: BriefingSubject): number | null => {
    const growth = known(subject.assessment.growth);
    if (!growth) return null;
    return isZeroShown(growth.value) ? 0 : growth.value.isNegative() ? -1 : 1;
  };
  const group = (sign: number | null) => subjects.filter((subject) => signOf(subject) === sign);
  const count = (members: readonly BriefingSubject[], words: string, field: string): Clause =>
    members.length > 0 ? clause(counted(members, growthRefs(members), field), words) : null;
  const up = group(1);
  const unknown = group(null);
  const period = periodLabel(input.period, "ytd", "zh");
  const allRefs = subjects.flatMap((subject) => [
    ...(known(subject.assessment.value)?.refs ?? []),
    ...growthRefs([subject]),
  ]);
  if (allRefs.length === 0)
    return sentence(clause("纳入调度的主要经济指标"), clause(`${period}数据尚未入账`));
  const opening = clause("纳入调度的", counted(subjects, allRefs, "count"), "主要经济指标");
  if (up.length === subjects.length) return sentence(clause(period), clause(opening, "同比均实现增长"));
  const groups = listed([
    count(up, "同比增长", "countUp"),
    count(group(0), "与上年同期持平", "countFlat"),
    count(group(-1), "同比下降", "countDown"),
    unknown.length > 0 ? clause(namesOf(unknown), "暂无同比数据") : null,
  ]);
  return sentence(clause(period), groups ? clause(opening, "中，", groups) : opening);
}

function namesOf(subjects: readonly BriefingSubject[]): Clause {
  return listed(subjects.map((subject) => clause(subject.measure.nameZh)));
}

/** 位次居前三分之一的…… ；居后三分之一的……: names grouped by place. */
function placesSentence(input: BriefingInput) {
  const ranked = input.subjects
    .flatMap((subject) => {
      const rank = known(subject.assessment.rank);
      return rank ? [{ subject, rank }] : [];
    })
    .sort((a, b) => a.rank.rank - b.rank.rank);
  const first = ranked[0];
  if (!first) return [];
  const of = first.rank.of;
  const third = of / 3;
  const front = ranked.filter(({ rank }) => rank.rank <= third);
  const back = ranked.filter(({ rank }) => rank.rank > rank.of - third);
  const groups = present([
    placesOf(front, "位次靠前", "countFront"),
    placesOf(back, "位次靠后", "countBack"),
  ]);
  if (groups.length === 0) return [];
  const sameSet = ranked.every(({ rank }) => rank.of === of);
  const unitRefs = [...new Set(ranked.flatMap(({ rank }) => [...rank.refs]))];
  const among = sameSet
    ? clause(`在${input.parentName ?? ""}`, figure(`${of}个`, unitRefs, "briefing.rankedUnits"), "参排单位中")
    : clause(`在${input.parentName ?? "各"}参排单位中`);
  return sentence(among, joined(groups, "；"));
}

type Placed = { subject: BriefingSubject; rank: NonNullable<ReturnType<typeof knownRank>> };
const knownRank = (subject: BriefingSubject) => known(subject.assessment.rank);

/** 位次靠前的5项：社会消费品零售总额第1位，全市生产总值第3位，……均为第4位 */
function placesOf(placed: readonly Placed[], words: string, field: string): Clause {
  if (placed.length === 0) return null;
  const ranks = [...new Set(placed.map(({ rank }) => rank.rank))];
  const parts = ranks.map((place) => {
    const equals = placed.filter(({ rank }) => rank.rank === place);
    const names = namesOf(equals.map(({ subject }) => subject));
    const [only] = equals;
    if (!only) return null;
    const refs = equals.flatMap(({ rank }) => [...rank.refs]);
    const shared = figure(`第${place}位`, refs, `briefing.${field}`);
    if (equals.length > 1) return clause(names, "均居", shared);
    return clause(names, "居", rankRun(only.subject.measure, only.rank));
  });
  const refs = placed.flatMap(({ rank }) => [...rank.refs]);
  const count = counted(
    placed.map(({ subject }) => subject),
    refs,
    field,
  );
  return clause(words, "的有", count, "，", joined(parts, "，"));
}

/** 与序时进度58.3%相比，……完成41.0%，落后17.3个百分点；…… */
function paceSentence(subjects: readonly BriefingSubject[]) {
  const paced = subjects.filter(
    (subject) => known(subject.assessment.pace) && valueTarget(subject.assessment),
  );
  const items = paced.map((subject) => {
    const pace = known(subject.assessment.pace);
    const distance = pace ? paceClause(pace.distance, `${subject.measure.code}.pace.distance`, "") : null;
    return clause(subject.measure.nameZh, "完成全年任务的", completionRun(subject), "，", distance ?? null);
  });
  const expected = known(paced[0]?.assessment.pace)?.expected;
  const lead = expected
    ? clause(
        "与序时进度",
        figure(`${formatFixed(expected.value, 1)}%`, expected.refs, "briefing.pace.expected"),
        "相比",
      )
    : null;
  const rates = subjects.map((subject) => {
    const distance = growthTargetClause(subject);
    return distance ? clause(subject.measure.nameZh, "增速", distance) : null;
  });
  const body = joined([...items, ...rates], "；");
  if (!body) return [];
  return present(items).length > 0 ? sentence(lead, body) : sentence(body);
}

/** 受不可比因素影响的财政总收入、公共财政预算收入，剔除后同口径分别下降36.0%、20.2%。 */
function likeForLikeSentence(subjects: readonly BriefingSubject[]) {
  const items = subjects.map((subject) => {
    const likeForLike = known(subject.assessment.likeForLike);
    if (!likeForLike) return null;
    const growth = growthClause(subject.measure, likeForLike.growth, "同口径", "likeForLike.growth");
    return growth ? clause(subject.measure.nameZh, growth) : null;
  });
  const body = joined(items, "、");
  return body ? sentence(clause("剔除不可比因素后"), body) : [];
}
