import { renderChartPng } from "../../platform/chart/render-chart-png.ts";
import type { OfficialBlock } from "../../platform/docx/official-document.ts";
import { renderOfficialDocument } from "../../platform/docx/render-official-document.ts";
import type { Block, Briefing, ChartBlock } from "./core/briefing.ts";

/** Chart pixels to a millimetre of paper: 12 px of chart text print as 9 pt. */
const pixelsPerMm = 96 / 25.4;
const printScale = 3;

/** The briefing as a Word file. `today` ("2016-08-15") is the only thing that may change its bytes. */
export async function renderBriefing(briefing: Briefing, options: { today: string }): Promise<Uint8Array> {
  const [blocks, appendices] = await Promise.all([
    officialBlocks(briefing.blocks),
    Promise.all(
      briefing.appendices.map(async (appendix) => ({
        ...appendix,
        blocks: await officialBlocks(appendix.blocks),
      })),
    ),
  ]);
  return renderOfficialDocument(
    { title: briefing.title, subtitles: briefing.subtitles, blocks, appendices },
    { today: options.today, creator: briefing.issuer, subject: "调度会材料·经济运行部分" },
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
