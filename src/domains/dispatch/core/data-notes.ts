/** 五、数据说明: where the numbers come from, how they were computed, and what could not be said. */
import type { BriefingFact, BriefingInput, BriefingSubject, FactSource, ParagraphBlock } from "./briefing.ts";
import { clause, figure, joined, listed, sentence, text } from "./sentence.ts";
import { known } from "./wording.ts";
import { monthsElapsed, periodLabel } from "../../../shared/period.ts";

export const sourceKindWords: Readonly<Record<FactSource["kind"], string>> = {
  speech: "讲话材料",
  synthetic: "演示数据",
  file: "数据文件",
  return: "报表上报",
  person: "人工录入",
};

export function dataNotes(input: BriefingInput, used: readonly BriefingFact[]): ParagraphBlock[] {
  const notes = [
    sourcesNote(used),
    syntheticNote(used),
    pricesNote(input),
    growthNote(input),
    periodNote(input),
    methodNote(),
    missingNote(input),
    statedRanksNote(input),
    sentence(
      clause(
        "完成率、增速、差额等均以未舍入的原始数据计算，显示时四舍五入，与按显示数计算的结果可能略有出入",
      ),
    ),
  ].filter((runs) => runs.length > 0);
  return notes.map((runs, index) => ({ kind: "paragraph", runs: [text(`${index + 1}．`), ...runs] }));
}

/** 数据来源：…… : each source with the number of facts taken from it. */
function sourcesNote(used: readonly BriefingFact[]) {
  const bySource = new Map<string, BriefingFact[]>();
  for (const fact of used) {
    const key = `${fact.source.kind} ${fact.source.title}`;
    bySource.set(key, [...(bySource.get(key) ?? []), fact]);
  }
  const parts = [...bySource.values()].map((facts) => {
    const source = facts[0]?.source;
    if (!source) return null;
    const name = source.title.trim() === "" ? "" : `《${source.title.replace(/^《|》$/g, "")}》`;
    const refs = facts.map((fact) => fact.ref);
    return clause(
      sourceKindWords[source.kind],
      name,
      figure(`${facts.length}条`, refs, "briefing.factCount"),
    );
  });
  const list = listed(parts);
  return list ? sentence(clause("数据来源：", list), clause("逐条出处见附件1")) : [];
}

function syntheticNote(used: readonly BriefingFact[]) {
  if (!used.some((fact) => fact.source.kind === "synthetic")) return [];
  return [text("标注“演示数据”的数据系为演示系统功能生成，不是统计数据，不得引用。")];
}

/** 各项指标 when it is all of them, their names otherwise; null for none. */
function names(subjects: readonly BriefingSubject[], all: readonly BriefingSubject[]) {
  if (subjects.length > 1 && subjects.length === all.length) return clause("各项指标");
  return listed(subjects.map(({ measure }) => clause(measure.nameZh)));
}

function pricesNote({ subjects }: BriefingInput) {
  const of = (basis: string) =>
    names(
      subjects.filter(({ measure }) => measure.priceBasis === basis),
      subjects,
    );
  const comparable = of("comparable");
  const nominal = of("nominal");
  return sentence(
    joined(
      [
        comparable ? clause("价格口径：", comparable, "增速按可比价格计算，绝对值按现价计算") : null,
        nominal ? clause(comparable ? "" : "价格口径：", nominal, "按现价计算") : null,
      ],
      "；",
    ),
  );
}

function growthNote({ subjects }: BriefingInput) {
  const of = (origin: string) =>
    names(
      subjects.filter(({ assessment }) => known(assessment.growth)?.origin === origin),
      subjects,
    );
  const reported = of("reported");
  const recomputed = of("recomputed");
  return sentence(
    joined(
      [
        reported ? clause("增速口径：", reported, "采用公布的同比增速，不以绝对值倒算") : null,
        recomputed ? clause(reported ? "" : "增速口径：", recomputed, "由两年同期绝对值计算") : null,
      ],
      "；",
    ),
  );
}

function periodNote({ subjects, period }: BriefingInput) {
  const quarterly = subjects.filter(({ measure }) => measure.frequency === "quarterly");
  const list = names(quarterly, subjects);
  const label = periodLabel(period, "ytd", "zh");
  if (!list || monthsElapsed(period) % 3 === 0)
    return sentence(clause(`本材料除另有说明外，均为${label}累计数`));
  return sentence(
    clause(`本材料除另有说明外，均为${label}累计数`),
    clause(list, "通常按季度统计，本期数沿用来源所载时期"),
  );
}

function methodNote() {
  return [
    text(
      "计算方法：序时进度＝已过月数÷12；完成率＝累计完成数÷全年任务；缺口＝全年任务－累计完成数；后期月均需完成额＝缺口÷剩余月数；同口径增速为从上年同期基数及本期数中剔除不可比因素后计算；位次相同的并列，其后位次顺延。",
    ),
  ];
}

/** What could not be computed, by reason, so that a gap in the paper is not taken for an oversight. */
function missingNote({ subjects }: BriefingInput) {
  const without = (test: (subject: BriefingSubject) => boolean, words: string) => {
    const list = names(subjects.filter(test), subjects);
    return list ? clause(list, words) : null;
  };
  const body = joined(
    [
      without(({ assessment }) => !known(assessment.value), "本期完成数尚未入账"),
      without(({ assessment }) => !known(assessment.growth), "暂无同比增速"),
      without(({ assessment }) => assessment.targets.length === 0, "未录入全年任务，不计算完成率"),
      without(({ assessment }) => !known(assessment.rank), "无可比单位数据，不列位次"),
      without(
        ({ assessment }) => (known(assessment.rank)?.missing.length ?? 0) > 0,
        "有单位缺报，缺报单位未参加排位",
      ),
    ],
    "；",
  );
  return body ? sentence(clause("缺项说明：", body)) : [];
}

/** Where the prefecture printed another place than the figures give, both are said. */
function statedRanksNote({ subjects }: BriefingInput) {
  const differing = subjects.flatMap(({ measure, assessment }) => {
    const rank = known(assessment.rank);
    const stated = rank?.stated;
    if (!rank || !stated || stated.rank === rank.rank) return [];
    const printed = figure(`第${stated.rank}位`, [stated.ref], `${measure.code}.rank.stated`);
    const derived = figure(`第${rank.rank}位`, rank.refs, `${measure.code}.rank`);
    return [clause(measure.nameZh, "公布位次为", printed, "，按入账数据推算为", derived)];
  });
  const body = joined(differing, "；");
  return body ? sentence(clause("位次差异：", body)) : [];
}
