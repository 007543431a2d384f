/** A briefing in the shape the HTTP contract sends to the page (../contract.ts, BriefingView). */
import { type Basis, BASES, periodLabel } from "../../../shared/period.ts";
import type { Ref } from "../../indicators/core/assessment.ts";
import { aspectOf, valueOf } from "./appendices.ts";
import type { Block, Briefing, BriefingFact, BriefingMeasure, Run } from "./briefing.ts";

type RunView = { text: string; refs?: Ref[]; how?: { zh: string; en: string }; strong?: boolean };

function runView(run: Run): RunView {
  if (run.kind === "text") return { text: run.text };
  return { text: run.text, refs: [...run.refs], ...(run.how ? { how: run.how } : {}) };
}

function blockView(block: Block) {
  switch (block.kind) {
    case "heading":
      return {
        kind: "heading" as const,
        level: block.level,
        text: block.runs.map((run) => run.text).join(""),
      };
    case "paragraph": {
      const lead = block.lead ? [{ text: block.lead, strong: true }] : [];
      return { kind: "paragraph" as const, runs: [...lead, ...block.runs.map(runView)] };
    }
    case "table":
      return {
        kind: "table" as const,
        caption: block.caption ?? "",
        head: block.columns.map((column) => column.header.replaceAll("\n", "")),
        rows: block.rows.map((row) =>
          row.cells.map((cell) => [
            ...cell.runs.map(runView),
            ...(cell.below?.length ? [{ text: " " }, ...cell.below.map(runView)] : []),
          ]),
        ),
        ...(block.note ? { note: block.note.map((run) => run.text).join("") } : {}),
      };
    case "chart":
      return {
        kind: "chart" as const,
        caption: block.caption,
        alt: block.alt,
        option: { ...block.option },
        refs: [...block.refs],
      };
  }
}

function factView(fact: BriefingFact, measure: BriefingMeasure | undefined) {
  const basis = BASES.find((known): known is Basis => known === fact.basis) ?? "month";
  return {
    ref: fact.ref,
    measure: measure?.nameZh ?? fact.measure,
    region: fact.regionName,
    period: periodLabel(fact.period, basis, "zh", true),
    aspect: aspectOf(fact),
    value: valueOf(fact, measure),
    source: fact.source.title,
    sourceKind: fact.source.kind,
    locator: fact.locator ?? "",
    sha256: fact.source.sha256 ?? "",
  };
}

export function briefingView(briefing: Briefing, measures: readonly BriefingMeasure[]) {
  const byCode = new Map(measures.map((measure) => [measure.code, measure]));
  return {
    region: briefing.region,
    period: String(briefing.period),
    title: briefing.title,
    issuer: briefing.issuer,
    date: briefing.date,
    blocks: briefing.blocks.map(blockView),
    appendix: briefing.facts.map((fact) => factView(fact, byCode.get(fact.measure))),
    auditHead: briefing.auditHead ?? { number: 0, algorithm: "", hash: "" },
  };
}
