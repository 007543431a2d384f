import { periodLabel } from "../../../shared/period.ts";
import type { Ref } from "../../indicators/core/assessment.ts";
import { appendices } from "./appendices.ts";
import type { Appendix, Block, Briefing, BriefingFact, BriefingInput, Run } from "./briefing.ts";
import { briefingChart } from "./briefing-chart.ts";
import { dataNotes } from "./data-notes.ts";
import { indicatorParagraphs, indicatorTable } from "./indicator-paragraphs.ts";
import { laggardBlocks } from "./laggards.ts";
import { outlookParagraphs } from "./outlook.ts";
import { overallParagraphs } from "./overall.ts";
import { text } from "./sentence.ts";
import { chineseNumber, dateWords } from "./wording.ts";

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
  const list: Section[] = [
    { title: "总体完成情况", blocks: [...overallParagraphs(input), indicatorTable(input)] },
    { title: "分项指标完成情况", blocks: indicatorParagraphs(input) },
    { title: "需要关注的指标", blocks: [...laggardBlocks(input), ...(chart ? [chart] : [])] },
    { title: "全年走势预判", blocks: outlookParagraphs(input) },
  ];
  return list.filter((section) => section.blocks.length > 0);
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
