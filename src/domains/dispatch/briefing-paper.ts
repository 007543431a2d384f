import { renderChartPng } from "../../platform/chart/render-chart-png.ts";
import type { OfficialBlock } from "../../platform/docx/official-document.ts";
import { renderOfficialDocument } from "../../platform/docx/render-official-document.ts";
import type { Block, Briefing, ChartBlock } from "./core/briefing.ts";

/** Chart pixels to a millimetre of paper: 12 px of chart text print as 9 pt. */
const pixelsPerMm = 96 / 25.4;
const printScale = 3;

/** What of a briefing goes on paper: plain data, so that it can be handed to another thread. */
export type Paper = Pick<Briefing, "title" | "subtitles" | "issuer" | "blocks" | "appendices">;
export type PaperOptions = { readonly today: string };
export type PaperOrder = { readonly id: number; readonly paper: Paper; readonly options: PaperOptions };
export type PaperAnswer = { readonly id: number } & (
  | { readonly bytes: Uint8Array }
  | { readonly error: string }
);

/** Charts drawn, paper laid out, in this thread. */
export async function renderPaper(paper: Paper, options: PaperOptions): Promise<Uint8Array> {
  const blocks = await officialBlocks(paper.blocks);
  const appendices = [];
  for (const appendix of paper.appendices) {
    appendices.push({ ...appendix, blocks: await officialBlocks(appendix.blocks) });
  }
  return renderOfficialDocument(
    { title: paper.title, subtitles: paper.subtitles, blocks, appendices },
    { today: options.today, creator: paper.issuer, subject: "调度会材料·经济运行部分" },
  );
}

async function officialBlocks(blocks: readonly Block[]): Promise<OfficialBlock[]> {
  const official: OfficialBlock[] = [];
  for (const block of blocks) official.push(block.kind === "chart" ? await picture(block) : block);
  return official;
}

async function picture(chart: ChartBlock): Promise<OfficialBlock> {
  const png = await renderChartPng(chart.option, {
    width: Math.round(chart.widthMm * pixelsPerMm),
    height: Math.round(chart.heightMm * pixelsPerMm),
    scale: printScale,
  });
  return {
    kind: "picture",
    png,
    widthMm: chart.widthMm,
    heightMm: chart.heightMm,
    alt: chart.alt,
    caption: chart.caption,
  };
}
