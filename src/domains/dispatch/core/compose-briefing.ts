import { periodLabel } from "../../../shared/period.ts";
import type { Ref } from "../../indicators/core/assessment.ts";
import { explain } from "../../indicators/core/explain.ts";
import { NUMBER_FIELDS } from "../../indicators/core/number-field.ts";
import { appendices } from "./appendices.ts";
import type {
  Appendix,
  Block,
  Briefing,
  BriefingFact,
  BriefingInput,
  BriefingSubject,
  Row,
  Run,
} from "./briefing.ts";
import { briefingChart } from "./briefing-chart.ts";
import { dataNotes } from "./data-notes.ts";
import { indicatorParagraphs, indicatorTable } from "./indicator-paragraphs.ts";
import { laggardBlocks } from "./laggards.ts";
import { outlookParagraphs } from "./outlook.ts";
import { overallParagraphs } from "./overall.ts";
import { text } from "./sentence.ts";
import { chineseNumber, dateWords, known } from "./wording.ts";

/**
 * The part on the economy of a dispatch-meeting briefing, from assessments and the facts behind them.
 * Structure: handbook section 6 (调度会材料). Pure: the same input gives the same text.
 */
export function composeBriefing(input: BriefingInput): Briefing {
  const body = sections(input);
  const refs = usedRefs(body);
  const facts = factsOf(refs, input);
  const notes = dataNotes(input, facts);
  const blocks = numbered([...body, { title: "数据说明", blocks: notes }]);
  const day = input.meetingDate ? dateWords(input.meetingDate) : "";
  const issued = [input.issuer, day].filter((part) => part.trim() !== "");
  return {
    region: input.region,
    period: input.period,
    title: `${input.regionName}${periodLabel(input.period, "ytd", "zh", true)}经济运行情况`,
    subtitles: ["（调度会材料·经济运行部分）", ...issued],
    issuer: input.issuer,
    date: input.meetingDate ?? "",
    blocks,
    appendices: appendices(input, orderedRefs(refs, input)),
    facts,
    ...(input.auditHead ? { auditHead: input.auditHead } : {}),
  };
}

type Section = { title: string; blocks: readonly Block[] };

function sections(input: BriefingInput): Section[] {
  const chart = briefingChart(input);
  const explained = explainer(input);
  const list: Section[] = [
    { title: "总体完成情况", blocks: [...overallParagraphs(input), indicatorTable(input)] },
    { title: "分项指标完成情况", blocks: indicatorParagraphs(input) },
    { title: "需要关注的指标", blocks: [...laggardBlocks(input), ...(chart ? [chart] : [])] },
    { title: "全年走势预判", blocks: outlookParagraphs(input) },
  ];
  return list
    .filter((section) => section.blocks.length > 0)
    .map((section) => ({ ...section, blocks: section.blocks.map((block) => withRuns(block, explained)) }));
}

/** Gives each derived figure its calculation, by the name of its field: "gdp.completion" → completion of GDP. */
function explainer(input: BriefingInput): (run: Run) => Run {
  const subjects = new Map(input.subjects.map((subject) => [subject.measure.code, subject]));
  return (run) => {
    if (run.kind !== "figure") return run;
    const dot = run.field.indexOf(".");
    const subject = subjects.get(run.field.slice(0, dot));
    const name = run.field.slice(dot + 1);
    const field = name === "rank" ? name : NUMBER_FIELDS.find((candidate) => candidate === name);
    // a growth of another month than the assessment's own has one ref and is that fact
    if (!subject || !field || (field === "growth" && !ownGrowth(subject, run))) return run;
    const zh = explain(subject.assessment, subject.measure, field, "zh");
    const en = explain(subject.assessment, subject.measure, field, "en");
    return zh !== undefined && en !== undefined ? { ...run, how: { zh, en } } : run;
  };
}

function ownGrowth({ assessment }: BriefingSubject, run: Run): boolean {
  const growth = known(assessment.growth);
  return run.kind === "figure" && growth !== null && growth.refs.join() === run.refs.join();
}

function withRuns(block: Block, change: (run: Run) => Run): Block {
  if (block.kind === "chart") return block;
  if (block.kind !== "table") return { ...block, runs: block.runs.map(change) };
  const cells = (row: Row) =>
    row.cells.map((cell) => ({
      ...cell,
      runs: cell.runs.map(change),
      ...(cell.below ? { below: cell.below.map(change) } : {}),
    }));
  return { ...block, rows: block.rows.map((row) => ({ ...row, cells: cells(row) })) };
}

function numbered(list: readonly Section[]): Block[] {
  return list.flatMap((section, index) => [
    {
      kind: "heading" as const,
      level: 1 as const,
      runs: [text(`${chineseNumber(index + 1)}、${section.title}`)],
    },
    ...section.blocks,
  ]);
}

function runsOf(block: Block): readonly Run[] {
  if (block.kind === "chart") return [];
  if (block.kind !== "table") return block.runs;
  const cells = block.rows.flatMap((row) =>
    row.cells.flatMap((cell) => [...cell.runs, ...(cell.below ?? [])]),
  );
  return [...cells, ...(block.note ?? [])];
}

function usedRefs(list: readonly Section[]): ReadonlySet<Ref> {
  const refs = new Set<Ref>();
  for (const block of list.flatMap((section) => section.blocks)) {
    for (const run of runsOf(block)) if (run.kind === "figure") for (const ref of run.refs) refs.add(ref);
    if (block.kind === "chart") for (const ref of block.refs) refs.add(ref);
  }
  return refs;
}

/** All runs of a briefing, appendices included: for checks that every number is traced. */
export function runsOfBriefing(briefing: {
  blocks: readonly Block[];
  appendices: readonly Appendix[];
}): Run[] {
  return [...briefing.blocks, ...briefing.appendices.flatMap((appendix) => appendix.blocks)].flatMap(
    (block) => [...runsOf(block)],
  );
}

/** By measure as the briefing lists them, then figures before tasks before one-offs, then by id. */
function orderedRefs(refs: ReadonlySet<Ref>, input: BriefingInput): Ref[] {
  const facts = new Map(input.facts.map((fact) => [fact.ref, fact]));
  const place = new Map(input.subjects.map(({ measure }, index) => [measure.code, index]));
  const kinds = "fto";
  const key = (ref: Ref): [number, number, string, number] => [
    place.get(facts.get(ref)?.measure ?? "") ?? place.size,
    kinds.indexOf(ref.charAt(0)),
    facts.get(ref)?.period ?? "",
    Number(ref.slice(1)),
  ];
  return [...refs].sort((a, b) => {
    const [ma, ka, pa, na] = key(a);
    const [mb, kb, pb, nb] = key(b);
    return ma - mb || ka - kb || (pa < pb ? 1 : pa > pb ? -1 : 0) || na - nb;
  });
}

function factsOf(refs: ReadonlySet<Ref>, input: BriefingInput): BriefingFact[] {
  const facts = new Map(input.facts.map((fact) => [fact.ref, fact]));
  return orderedRefs(refs, input).flatMap((ref) => facts.get(ref) ?? []);
}
