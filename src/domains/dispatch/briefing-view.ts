/** The briefing as the web page reads it. */
import type { z } from "zod";
import { formatShort } from "../../shared/decimal.ts";
import type { BlockView, BriefingView, RunView } from "./contract.ts";
import type { Block, Briefing, BriefingFact, Run } from "./core/briefing.ts";

type RunBody = z.infer<typeof RunView>;
type BlockBody = z.infer<typeof BlockView>;

export function toBriefingView(briefing: Briefing): BriefingView {
  return {
    region: briefing.region,
    period: briefing.period,
    title: briefing.title,
    issuer: briefing.issuer,
    date: briefing.date,
    blocks: briefing.blocks.map(toBlock),
    appendix: briefing.facts.map(toAppendixRow),
    auditHead: briefing.auditHead ?? { number: 0, algorithm: "", hash: "" },
  };
}

function toBlock(block: Block): BlockBody {
  switch (block.kind) {
    case "heading":
      return { kind: "heading", level: block.level, text: block.runs.map((run) => run.text).join("") };
    case "paragraph": {
      const runs = block.runs.map(toRun);
      return {
        kind: "paragraph",
        runs: block.lead === undefined ? runs : [{ text: block.lead, strong: true }, ...runs],
      };
    }
    case "table":
      return {
        kind: "table",
        caption: block.caption ?? "",
        head: block.columns.map((column) => column.header),
        rows: block.rows.map((row) =>
          row.cells.map((cell) => [...cell.runs, ...(cell.below ?? [])].map(toRun)),
        ),
        ...(block.note ? { note: block.note.map((run) => run.text).join("") } : {}),
      };
    case "chart":
      return {
        kind: "chart",
        caption: block.caption,
        alt: block.alt,
        option: { ...block.option },
        refs: [...block.refs],
      };
  }
}

function toRun(run: Run): RunBody {
  if (run.kind === "text") return { text: run.text };
  return { text: run.text, refs: [...run.refs], ...(run.how ? { how: run.how } : {}) };
}

function toAppendixRow(fact: BriefingFact): BriefingView["appendix"][number] {
  return {
    ref: fact.ref,
    measure: fact.measure,
    region: fact.regionName,
    period: fact.period,
    aspect: fact.aspect,
    value: `${formatShort(fact.value, 6)} ${fact.unit}`,
    source: fact.source.title,
    sourceKind: fact.source.kind,
    locator: fact.locator ?? "",
    sha256: fact.source.sha256 ?? "",
  };
}
