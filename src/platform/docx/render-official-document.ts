import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  NumberFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from "docx";
import { appendixElements, appendixListElements, blockElements, titleElements } from "./body-elements.ts";
import { packZip, unpackZip } from "./deterministic-zip.ts";
import { fontTablePart } from "./font-table-part.ts";
import type { OfficialDocument, OfficialDocumentOptions } from "./official-document.ts";
import {
  charSpace,
  footerDistance,
  linePitch,
  margins,
  pageHeight,
  pageNumberIndent,
  pageWidth,
} from "./page-layout.ts";
import { stylesPart } from "./styles-part.ts";
import { anchorsOf, printable } from "./traced-link.ts";

/**
 * An official document as a Word file, laid out by GB/T 9704-2012: A4, 22 lines of 28 characters, page numbers
 * "— 1 —" outside at the foot. Same document and same `today`, same bytes.
 */
export async function renderOfficialDocument(
  document: OfficialDocument,
  options: OfficialDocumentOptions,
): Promise<Uint8Array> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(options.today)) throw new Error(`not a day: ${options.today}`);
  const context = { anchors: anchorsOf(document), bookmarked: new Set<string>() };
  const children = [
    ...titleElements(document),
    ...document.blocks.flatMap((block) => blockElements(block, context)),
    ...appendixListElements(document.appendices),
    ...document.appendices.flatMap((appendix) => appendixElements(appendix, context)),
  ];
  const file = new Document({
    sections: [{ properties: sectionProperties, footers: pageNumberFooters(), children }],
    evenAndOddHeaderAndFooters: true,
    defaultTabStop: 640,
    compatibility: { version: 15, balanceSingleByteDoubleByteWidth: true, useFELayout: true },
  });
  const packed = await Packer.pack(file, "uint8array", undefined, [
    { path: "word/styles.xml", data: stylesPart() },
    { path: "word/fontTable.xml", data: fontTablePart() },
    { path: "docProps/core.xml", data: corePropertiesPart(document, options) },
  ]);
  return packZip(withoutChance(unpackZip(packed)));
}

const sectionProperties = {
  page: {
    size: { width: pageWidth, height: pageHeight },
    margin: { ...margins, header: 851, footer: footerDistance, gutter: 0 },
    pageNumbers: { start: 1, formatType: NumberFormat.DECIMAL },
  },
  grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch, charSpace },
};

function pageNumberFooters() {
  const numbered = (alignment: "left" | "right") =>
    new Footer({
      children: [
        new Paragraph({
          style: "Footer",
          alignment: alignment === "right" ? AlignmentType.RIGHT : AlignmentType.LEFT,
          indent: alignment === "right" ? { right: pageNumberIndent } : { left: pageNumberIndent },
          children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"] })],
        }),
      ],
    });
  return { default: numbered("right"), even: numbered("left") };
}

function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function corePropertiesPart(document: OfficialDocument, options: OfficialDocumentOptions): string {
  const day = `${options.today}T00:00:00Z`;
  const subject = options.subject ? `<dc:subject>${escapeXml(options.subject)}</dc:subject>` : "";
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
    `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
    ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    `<dc:title>${escapeXml(document.title)}</dc:title>${subject}` +
    `<dc:creator>${escapeXml(options.creator)}</dc:creator><cp:lastModifiedBy>${escapeXml(options.creator)}</cp:lastModifiedBy>` +
    `<dc:language>zh-CN</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${day}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${day}</dcterms:modified></cp:coreProperties>`
  );
}

/** Word's own lists for Chinese with the dash added, or "1—7月" would break inside (here: in LibreOffice, after the 1). */
const noBreakAfter = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥—";
const noBreakBefore =
  "!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—";

/**
 * The package numbers drawings by a counter that runs on from document to document in one process; here they are
 * numbered from 1 again. The settings learn what the package has no option for:
 * the East Asian language, full-width punctuation kept full width, and the rules of line breaking.
 */
function withoutChance(parts: Map<string, Buffer>): Map<string, Buffer> {
  const body = (parts.get("word/document.xml") as Buffer).toString("utf8");
  let drawing = 0;
  const renumbered = body.replace(/<wp:docPr id="[^"]*"/g, () => `<wp:docPr id="${++drawing}"`);
  parts.set("word/document.xml", Buffer.from(renumbered));
  const settings = (parts.get("word/settings.xml") as Buffer).toString("utf8");
  const language = `<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>`;
  const breaking =
    `<w:characterSpacingControl w:val="doNotCompress"/>` +
    `<w:noLineBreaksAfter w:lang="zh-CN" w:val="${noBreakAfter}"/>` +
    `<w:noLineBreaksBefore w:lang="zh-CN" w:val="${noBreakBefore}"/>`;
  parts.set(
    "word/settings.xml",
    Buffer.from(
      settings
        .replace("<w:compat>", `${breaking}<w:compat>`)
        .replace("</w:settings>", `${language}</w:settings>`),
    ),
  );
  return parts;
}
