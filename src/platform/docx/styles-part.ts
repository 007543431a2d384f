import { bodySize, fonts, gridSpacing, linePitch, twoCharacters } from "./page-layout.ts";

/**
 * word/styles.xml. Written out in full, because Word's own defaults (line spacing, widow control, space between
 * Chinese and digits) each break the grid of 22 lines × 28 characters in a different way.
 *
 * The Chinese font is named for Latin text as well: curly quotes and the dash of "1—7月" are drawn narrow in a Latin
 * font, and the standard knows only one font for the body.
 */
const fontsXml = (name: string): string =>
  `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>`;

type ParagraphStyle = {
  id: string;
  name: string;
  basedOn?: string;
  next?: string;
  paragraph: string;
  run: string;
  custom?: boolean;
};

const exact = (line: number): string =>
  `<w:spacing w:before="0" w:after="0" w:line="${line}" w:lineRule="exact"/>`;
const single = (before: number, after: number): string =>
  `<w:spacing w:before="${before}" w:after="${after}" w:line="240" w:lineRule="auto"/>`;
const indent = `<w:ind w:firstLineChars="200" w:firstLine="${twoCharacters}"/>`;
const noIndent = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`;
const offGrid = `<w:snapToGrid w:val="0"/>`;
const size = (halfPoints: number): string => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;

/** Children of w:pPr must come in the order of the schema: keepNext, widowControl, snapToGrid, spacing, ind, jc, outlineLvl. */
const heading = (level: 1 | 2 | 3 | 4, font: string): ParagraphStyle => ({
  id: `Heading${level}`,
  name: `heading ${level}`,
  basedOn: "Normal",
  next: "BodyText",
  paragraph: `<w:keepNext/>${exact(linePitch)}${indent}<w:outlineLvl w:val="${level - 1}"/>`,
  run: fontsXml(font),
});

const tableVariant = (id: string, name: string, basedOn: string, run: string): ParagraphStyle => ({
  id,
  name,
  custom: true,
  basedOn,
  paragraph: "",
  run,
});

const paragraphStyles: readonly ParagraphStyle[] = [
  {
    id: "BodyText",
    name: "Body Text",
    basedOn: "Normal",
    paragraph: `${exact(linePitch)}${indent}`,
    run: "",
  },
  {
    id: "Title",
    name: "Title",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `<w:keepNext/>${exact(720)}${noIndent}<w:jc w:val="center"/>`,
    run: `${fontsXml(fonts.title)}${size(44)}`,
  },
  {
    id: "Subtitle",
    name: "Subtitle",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `${exact(linePitch)}${noIndent}<w:jc w:val="center"/>`,
    run: fontsXml(fonts.kai),
  },
  heading(1, fonts.hei),
  heading(2, fonts.kai),
  heading(3, fonts.body),
  heading(4, fonts.body),
  {
    id: "Caption",
    name: "caption",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `<w:keepNext/>${single(160, 80)}${noIndent}<w:jc w:val="center"/>`,
    run: `${fontsXml(fonts.hei)}${size(24)}`,
  },
  {
    id: "TableText",
    name: "Table Text",
    custom: true,
    basedOn: "Normal",
    paragraph: `${single(0, 0)}${noIndent}<w:jc w:val="center"/>`,
    run: `<w:spacing w:val="0"/>${size(21)}`,
  },
  {
    id: "TableHead",
    name: "Table Head",
    custom: true,
    basedOn: "TableText",
    paragraph: `<w:keepNext/>`,
    run: fontsXml(fonts.hei),
  },
  tableVariant("TableBelow", "Table Below", "TableText", size(18)),
  tableVariant("TableSmall", "Table Small", "TableText", size(18)),
  tableVariant("TableSmallHead", "Table Small Head", "TableHead", size(18)),
  {
    id: "TableNote",
    name: "Table Note",
    custom: true,
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `<w:keepLines/>${single(60, 120)}${noIndent}`,
    run: size(21),
  },
  {
    id: "Picture",
    name: "Picture",
    custom: true,
    basedOn: "Normal",
    next: "Caption",
    paragraph: `<w:keepNext/>${single(160, 0)}${noIndent}<w:jc w:val="center"/>`,
    run: "",
  },
  {
    id: "PictureCaption",
    name: "Picture Caption",
    custom: true,
    basedOn: "Caption",
    next: "BodyText",
    paragraph: `<w:keepNext w:val="0"/>${single(60, 160)}`,
    run: "",
  },
  {
    id: "AppendixLabel",
    name: "Appendix Label",
    custom: true,
    basedOn: "Normal",
    next: "Title",
    paragraph: `<w:keepNext/><w:pageBreakBefore/>${exact(linePitch)}${noIndent}<w:outlineLvl w:val="0"/>`,
    run: fontsXml(fonts.hei),
  },
  {
    id: "AppendixList",
    name: "Appendix List",
    custom: true,
    basedOn: "Normal",
    paragraph: `<w:keepNext/>${exact(linePitch)}<w:ind w:leftChars="200" w:left="${twoCharacters}"/>`,
    run: "",
  },
  {
    // aligned with the first item's number: two characters of indent and the three of 附件：
    id: "AppendixListNext",
    name: "Appendix List Next",
    custom: true,
    basedOn: "AppendixList",
    paragraph: `<w:ind w:leftChars="500" w:left="${(twoCharacters * 5) / 2}"/>`,
    run: "",
  },
  {
    id: "Footer",
    name: "footer",
    basedOn: "Normal",
    paragraph: `${exact(280)}${noIndent}`,
    run: `${fontsXml(fonts.song)}${size(28)}`,
  },
];

function paragraphStyleXml(style: ParagraphStyle): string {
  const parts = [
    `<w:style w:type="paragraph"${style.custom ? ' w:customStyle="1"' : ""} w:styleId="${style.id}">`,
    `<w:name w:val="${style.name}"/>`,
    style.basedOn ? `<w:basedOn w:val="${style.basedOn}"/>` : "",
    style.next ? `<w:next w:val="${style.next}"/>` : "",
    "<w:qFormat/>",
    `<w:pPr>${style.paragraph}</w:pPr>`,
    style.run ? `<w:rPr>${style.run}</w:rPr>` : "",
    "</w:style>",
  ];
  return parts.join("");
}

const defaults =
  `<w:docDefaults><w:rPrDefault><w:rPr>${fontsXml(fonts.body)}<w:kern w:val="0"/>${size(bodySize)}` +
  `<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`;

/**
 * autoSpaceDE/DN off: Word would widen every place where Chinese meets a digit by a quarter of a character.
 *
 * The styles leave the section's character grid and keep its pitch by narrower spacing instead: LibreOffice gives a
 * 16 pt character that is wider than its 15.79 pt cell two cells, which made 16 characters a line.
 */
const normal =
  `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>` +
  `<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>${offGrid}<w:jc w:val="both"/></w:pPr>` +
  `<w:rPr>${offGrid}<w:spacing w:val="${gridSpacing}"/>${size(bodySize)}</w:rPr></w:style>`;

const others =
  `<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>` +
  `<w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
  `<w:style w:type="character" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/><w:qFormat/>` +
  `<w:rPr>${fontsXml(fonts.kai)}</w:rPr></w:style>` +
  `<w:style w:type="character" w:customStyle="1" w:styleId="TracedFigure"><w:name w:val="Traced Figure"/></w:style>` +
  `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>` +
  `<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>` +
  `<w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`;

export function stylesPart(): string {
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
    `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
    `${defaults}${normal}${paragraphStyles.map(paragraphStyleXml).join("")}${others}</w:styles>`
  );
}
