/** A notice as it hangs on the wall: Word in official layout, or a workbook. Masked, without what the clue rests on. */
import type { Readable } from "node:stream";
import type { OfficialDocument, TextRun } from "../../../platform/docx/official-document.ts";
import { renderOfficialDocument } from "../../../platform/docx/render-official-document.ts";
import { streamWorkbook } from "../../../platform/excel/workbook.ts";
import type { Cell, Column } from "../../../platform/excel/workbook.ts";
import type { Verdict } from "../core/clues/clue-loop.ts";
import { maskName } from "../core/masks.ts";
import { REASONS } from "../core/clues/reasons.ts";
import type { NoticeView } from "../contract.ts";
import type { NoticedClue } from "./noticed-clues.ts";

const DECISIONS: Readonly<Record<Verdict, string>> = {
  remove: "拟剔除",
  correct: "拟修正",
  gone: "拟核减",
  keep: "保留",
  again: "再核",
};
const HEADERS = ["序号", "乡镇", "行政村", "户编号", "姓名", "证件号码", "结论", "原因"] as const;
const WIDTHS = [6, 12, 12, 18, 9, 25, 9, 19] as const;

function toCells(clue: NoticedClue, index: number): string[] {
  const { verdict } = clue;
  // Why a confidential clue was raised is nobody's business at the village wall: the reason of the verdict is told.
  const reason = REASONS[verdict].find(({ code }) => code === clue.reason)?.zh ?? "";
  return [
    String(index + 1),
    clue.townshipZh ?? "",
    villageZh(clue.regionZh),
    clue.householdNumber,
    maskName(clue.name),
    clue.idMask ?? "",
    DECISIONS[verdict],
    reason,
  ];
}

const text = (words: string): TextRun => ({ kind: "text", text: words });

export async function renderNotice(
  notice: NoticeView,
  clues: readonly NoticedClue[],
  today: string,
): Promise<Uint8Array> {
  const { title, postedOn, endsOn, contact, region } = notice;
  const document: OfficialDocument = {
    title,
    subtitles: [`（${dayZh(postedOn)}）`],
    blocks: [
      {
        kind: "paragraph",
        runs: [
          text(
            `经入户核实、乡镇审核、县级复核，现将${region.nameZh}建档立卡“回头看”核实结果共${clues.length}条予以公示。` +
              `公示期为${dayZh(postedOn)}至${dayZh(endsOn)}。`,
          ),
        ],
      },
      {
        kind: "paragraph",
        runs: [
          text(`对公示内容有异议的，请在公示期内实名反映，接到反映后重新入户核实。联系方式：${contact}。`),
        ],
      },
      {
        kind: "table",
        type: "small",
        columns: HEADERS.map((header, i) => ({
          header,
          width: WIDTHS[i] as number,
          align: i === 7 ? ("left" as const) : ("center" as const),
        })),
        rows: clues.map((clue, i) => ({ cells: toCells(clue, i).map((cell) => ({ runs: [text(cell)] })) })),
      },
    ],
    appendices: [],
  };
  return renderOfficialDocument(document, { today, creator: region.nameZh, subject: "建档立卡回头看公示" });
}

export function streamNotice(clues: readonly NoticedClue[]): Readable {
  const columns: Column[] = HEADERS.map((header, i) => ({ header, width: WIDTHS[i] as number }));
  return streamWorkbook("公示", columns, rowsOf(clues));
}

async function* rowsOf(clues: readonly NoticedClue[]): AsyncGenerator<Cell[]> {
  for (const [i, clue] of clues.entries()) yield toCells(clue, i);
}

function dayZh(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** 苏龙口村委会 → 苏龙口村: people live in the village, not in its committee. */
function villageZh(name: string): string {
  return name.replace(/(?:村民委员会|村委会)$/, "村");
}
