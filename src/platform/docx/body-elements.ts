import {
  AlignmentType,
  BorderStyle,
  ImageRun,
  Paragraph,
  Table,
  TableCell as DocxCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from "docx";
import type { FileChild } from "docx";
import type {
  OfficialAppendix,
  OfficialBlock,
  OfficialDocument,
  PictureBlock,
  TableBlock,
} from "./official-document.ts";
import { bodyWidth } from "./page-layout.ts";
import type { LinkContext } from "./traced-link.ts";
import { anchored, printable, runChild } from "./traced-link.ts";

/** Turns the blocks of an official document into the docx package's elements; all looks come from the styles part. */

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;
const tableBorder = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
const outerBorder = { style: BorderStyle.SINGLE, size: 8, color: "000000" };
const pixelsPerMm = 96 / 25.4;

export function titleElements(document: OfficialDocument): FileChild[] {
  return [
    new Paragraph({ style: "Title", children: [new TextRun(printable(document.title))] }),
    ...document.subtitles.map(
      (line) => new Paragraph({ style: "Subtitle", children: [new TextRun(printable(line))] }),
    ),
    new Paragraph({ style: "BodyText", children: [] }),
  ];
}

export function blockElements(block: OfficialBlock, context: LinkContext): FileChild[] {
  switch (block.kind) {
    case "heading":
      return [
        new Paragraph({
          style: `Heading${block.level}`,
          children: block.runs.map((run) => runChild(run, context)),
        }),
      ];
    case "paragraph": {
      const lead = block.lead ? [new TextRun({ text: printable(block.lead), style: "Lead" })] : [];
      const runs = block.runs.map((run) => runChild(run, context));
      return [new Paragraph({ style: "BodyText", children: [...lead, ...runs] })];
    }
    case "table":
      return tableElements(block, context);
    case "picture":
      return pictureElements(block);
  }
}

function tableElements(block: TableBlock, context: LinkContext): FileChild[] {
  const total = block.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = block.columns.map((column) => Math.round((column.width / total) * bodyWidth));
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map((column, index) =>
      tableCell(widths[index] as number, [
        new Paragraph({
          style: block.type === "small" ? "TableSmallHead" : "TableHead",
          children: headerLines(column.header),
        }),
      ]),
    ),
  });
  const caption = block.caption
    ? [new Paragraph({ style: "Caption", children: [new TextRun(printable(block.caption))] })]
    : [];
  const note = block.note?.length
    ? [new Paragraph({ style: "TableNote", children: block.note.map((run) => runChild(run, context)) })]
    : [new Paragraph({ style: "TableNote", children: [] })];
  const table = new Table({
    width: { size: bodyWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: {
      top: outerBorder,
      bottom: outerBorder,
      left: outerBorder,
      right: outerBorder,
      insideHorizontal: tableBorder,
      insideVertical: tableBorder,
    },
    rows: [header, ...block.rows.map((row) => tableRow(block, row, { widths, context }))],
  });
  return [...caption, table, ...note];
}

/** A column's header may say where its lines break. */
function headerLines(header: string): TextRun[] {
  return header
    .split("\n")
    .map((line, index) => new TextRun({ text: printable(line), ...(index > 0 ? { break: 1 } : {}) }));
}

type RowSurroundings = { widths: readonly number[]; context: LinkContext };

function tableRow(
  block: TableBlock,
  row: TableBlock["rows"][number],
  { widths, context }: RowSurroundings,
): TableRow {
  const style = block.type === "small" ? "TableSmall" : "TableText";
  const keepNext = keptWhole(block) && row !== block.rows.at(-1);
  const cells = row.cells.map((cell, index) => {
    const alignment = alignments[block.columns[index]?.align ?? "center"];
    const anchor = cell.anchor ?? (index === 0 ? row.anchor : undefined);
    const first = new Paragraph({
      style,
      alignment,
      keepNext,
      children: anchored(
        cell.runs.map((run) => runChild(run, context)),
        anchor,
        context,
      ),
    });
    const below = cell.below?.length
      ? [
          new Paragraph({
            style: "TableBelow",
            alignment,
            keepNext,
            children: cell.below.map((run) => runChild(run, context)),
          }),
        ]
      : [];
    return tableCell(widths[index] as number, [first, ...below]);
  });
  return new TableRow({ cantSplit: true, children: cells });
}

/** A short table moves to the next page rather than break; a long one breaks between rows, its header repeated. */
const longestWhole = 14;
function keptWhole(block: TableBlock): boolean {
  return block.rows.length <= longestWhole;
}

function tableCell(width: number, children: readonly Paragraph[]): DocxCell {
  return new DocxCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 40, bottom: 40, left: 57, right: 57 },
    children,
  });
}

function pictureElements(block: PictureBlock): FileChild[] {
  const picture = new ImageRun({
    type: "png",
    data: block.png,
    transformation: {
      width: Math.round(block.widthMm * pixelsPerMm),
      height: Math.round(block.heightMm * pixelsPerMm),
    },
    altText: {
      name: printable(block.caption),
      title: printable(block.caption),
      description: printable(block.alt),
    },
  });
  return [
    new Paragraph({ style: "Picture", children: [picture] }),
    new Paragraph({ style: "PictureCaption", children: [new TextRun(printable(block.caption))] }),
  ];
}

/** 附件说明: one blank line after the text, "附件：1.×××", no full stop (GB/T 9704-2012 clause 7.3.4). */
export function appendixListElements(appendices: readonly OfficialAppendix[]): FileChild[] {
  if (appendices.length === 0) return [];
  const lines = appendices.map((appendix, index) => {
    const number = appendices.length > 1 ? `${index + 1}.` : "";
    return new Paragraph({
      style: index === 0 ? "AppendixList" : "AppendixListNext",
      children: [new TextRun(`${index === 0 ? "附件：" : ""}${number}${printable(appendix.title)}`)],
    });
  });
  return [new Paragraph({ style: "BodyText", children: [] }), ...lines];
}

/** The label stands alone in the first line of a new page, the title in the third (clause 7.3.4). */
export function appendixElements(appendix: OfficialAppendix, context: LinkContext): FileChild[] {
  return [
    new Paragraph({ style: "AppendixLabel", children: [new TextRun(printable(appendix.label))] }),
    new Paragraph({ style: "BodyText", keepNext: true, children: [] }),
    new Paragraph({ style: "Title", children: [new TextRun(printable(appendix.title))] }),
    ...appendix.blocks.flatMap((block) => blockElements(block, context)),
  ];
}
