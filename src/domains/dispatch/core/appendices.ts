/**
 * 附件: every fact behind the briefing's numbers, and the head of the audit chain.
 * Appendix 1 lists the facts of the region itself, one a row; appendix 2 holds the other units' rates that ranks were
 * computed from, as a matrix. Each row or cell is the anchor of its fact's id.
 */
import { type Decimal, formatShort } from "../../../shared/decimal.ts";
import { type Basis, BASES, periodLabel } from "../../../shared/period.ts";
import type { Ref } from "../../indicators/core/assessment.ts";
import type {
  Appendix,
  BriefingFact,
  BriefingInput,
  BriefingMeasure,
  Cell,
  FactSource,
  Row,
  TableBlock,
} from "./briefing.ts";
import { sourceKindWords } from "./data-notes.ts";
import { clause, figure, listed, sentence, text } from "./sentence.ts";
import { shown } from "./wording.ts";

/** digits of a hash that are printed: enough to tell one file from another */
const shaShown = 16;

export function appendices(input: BriefingInput, refs: readonly Ref[]): Appendix[] {
  const facts = new Map(input.facts.map((fact) => [fact.ref, fact]));
  const sources = sourceList(refs.flatMap((ref) => facts.get(ref)?.source ?? []));
  const own: Row[] = [];
  const others: BriefingFact[] = [];
  for (const ref of refs) {
    const fact = facts.get(ref);
    if (fact && fact.region !== input.region) others.push(fact);
    else own.push(fact ? factRow(fact, sources, input) : unknownRow(ref));
  }
  const list: Appendix[] = [
    { label: "附件1", title: "数据来源表", blocks: [sourceTable(sources, input), factTable(own)] },
  ];
  if (others.length > 0)
    list.push({ label: "附件2", title: "位次计算依据表", blocks: [rankTable(others, input)] });
  return list.length === 1 ? list.map((appendix) => ({ ...appendix, label: "附件" })) : list;
}

/** The sources in the order they are first used; a row of the fact table names its source by number. */
function sourceList(sources: readonly FactSource[]): readonly FactSource[] {
  const distinct = new Map(sources.map((source) => [sourceKey(source), source]));
  return [...distinct.values()];
}
function sourceKey(source: FactSource): string {
  return JSON.stringify([source.kind, source.title, source.sha256]);
}
function sourceNumber(source: FactSource, sources: readonly FactSource[]): string {
  return `来源${sources.findIndex((other) => sourceKey(other) === sourceKey(source)) + 1}`;
}

const sourceColumns = [
  { header: "代号", width: 14, align: "center" },
  { header: "类别", width: 18, align: "center" },
  { header: "名称", width: 62, align: "left" },
  { header: "入账", width: 28, align: "center" },
  { header: "校验码", width: 34, align: "center" },
] as const;

function sourceTable(sources: readonly FactSource[], input: BriefingInput): TableBlock {
  const rows = sources.map((source) => ({
    cells: [
      words(sourceNumber(source, sources)),
      words(sourceKindWords[source.kind]),
      orDash(source.title),
      orDash([source.recordedBy, source.recordedAt?.slice(0, 10)].filter((part) => part?.trim()).join(" ")),
      orDash(source.sha256?.slice(0, shaShown)),
    ],
  }));
  const head = input.auditHead;
  const chain = head
    ? `截至成文，系统审计链第${head.number}号封存记录的${head.algorithm.toUpperCase()}校验值为${head.hash}。`
    : "";
  const note = text(`注：校验码为来源文件散列值的前${shaShown}位。${chain}`);
  return { kind: "table", columns: sourceColumns, rows, note: [note], type: "small" };
}

const factColumns = [
  { header: "编号", width: 14, align: "center" },
  { header: "指标", width: 39, align: "left" },
  { header: "类别", width: 19, align: "center" },
  { header: "时期", width: 27, align: "center" },
  { header: "数值", width: 26, align: "right" },
  { header: "来源", width: 13, align: "center" },
  { header: "位置", width: 18, align: "center" },
] as const;

const words = (content: string): Cell => ({ runs: [text(content)] });
const orDash = (content: string | null | undefined): Cell => words(content?.trim() ? content.trim() : "—");

const aspectWords: Readonly<Record<string, string>> = {
  value: "完成数",
  growth: "同比增速",
  rank: "公布位次",
  completion: "公布完成率",
};

export function aspectOf(fact: BriefingFact): string {
  if (fact.kind === "target") return "全年任务";
  if (fact.kind === "one-off") return "不可比因素";
  return aspectWords[fact.aspect] ?? fact.aspect;
}

function periodOf(fact: BriefingFact): string {
  const basis = BASES.find((known): known is Basis => known === fact.basis) ?? "month";
  return periodLabel(fact.period, basis, "zh", true);
}

/** The place without the words quoted there, which the page shows: on paper they would fill it. */
function placeOf(fact: BriefingFact): string | null {
  return fact.locator?.split("：“")[0] ?? null;
}

/** As it stood in the source where that is recorded, with the unit; otherwise exactly, in the unit people read. */
export function valueOf(fact: BriefingFact, measure: BriefingMeasure | undefined): string {
  if (fact.stated?.trim()) return fact.stated.trim();
  if (measure && fact.unit === measure.unit) {
    const readable = shown(measure, fact.value);
    return `${plainDecimal(readable.value)}${readable.unit}`;
  }
  return `${plainDecimal(fact.value)}${fact.unit}`;
}

function plainDecimal(value: Decimal): string {
  return formatShort(value, 6);
}

function factRow(fact: BriefingFact, sources: readonly FactSource[], input: BriefingInput): Row {
  const subject = input.subjects.find(({ measure }) => measure.code === fact.measure);
  return {
    anchor: fact.ref,
    cells: [
      words(fact.ref),
      words(subject?.measure.nameZh ?? fact.measure),
      words(aspectOf(fact)),
      words(periodOf(fact)),
      words(valueOf(fact, subject?.measure)),
      words(sourceNumber(fact.source, sources)),
      orDash(placeOf(fact)),
    ],
  };
}

function unknownRow(ref: Ref): Row {
  const cells = [
    words(ref),
    words("（来源信息未取得）"),
    ...Array.from({ length: factColumns.length - 2 }, () => words("—")),
  ];
  return { anchor: ref, cells };
}

function factTable(rows: readonly Row[]): TableBlock {
  const legend =
    "注：编号f、t、o分别为数据、任务、不可比因素在台账中的编号，正文数字可点击跳转至本表对应行；来源的校验码见上表。";
  return { kind: "table", columns: factColumns, rows, note: [text(legend)], type: "small" };
}

/** Units down, measures across; a cell is a rate with its fact's id under it. */
function rankTable(facts: readonly BriefingFact[], input: BriefingInput): TableBlock {
  const measures = input.subjects.filter(({ measure }) =>
    facts.some((fact) => fact.measure === measure.code),
  );
  const regions = [...new Set(facts.map((fact) => fact.region))].sort((a, b) => a - b);
  const rows = regions.map((region) => {
    const ofRegion = facts.filter((fact) => fact.region === region);
    const cells = measures.map(({ measure }) =>
      rankCell(ofRegion.find((fact) => fact.measure === measure.code)),
    );
    return { cells: [words(ofRegion[0]?.regionName ?? String(region)), ...cells] };
  });
  return {
    kind: "table",
    columns: [
      { header: "单位", width: 26, align: "left" },
      ...measures.map(({ measure }) => ({ header: measure.nameZh, width: 18, align: "center" as const })),
    ],
    rows,
    note: rankNote(facts, input),
    type: "small",
  };
}

function rankCell(fact: BriefingFact | undefined): Cell {
  if (!fact) return words("—");
  const value = figure(plainDecimal(fact.value), [fact.ref], `${fact.measure}.peer`);
  return { runs: [value], below: [text(fact.ref)], anchor: fact.ref };
}

function rankNote(facts: readonly BriefingFact[], input: BriefingInput) {
  const sources = sourceList(facts.map((fact) => fact.source));
  const list = listed(
    sources.map((source) => {
      const sha = source.sha256 ? `（校验码${source.sha256.slice(0, shaShown)}）` : "";
      const title = source.title.trim() === "" ? "" : `《${source.title.trim()}》`;
      return clause(`${sourceKindWords[source.kind]}${title}${sha}`);
    }),
  );
  const period = periodLabel(input.period, "ytd", "zh", true);
  return [
    text(
      `注：表中为${period}各单位用于排位的同比增速（%）或完成数，小字为编号；${input.regionName}数据见附件1。`,
    ),
    ...(list ? sentence(clause("来源：", list)) : []),
  ];
}
