/**
 * Sizes of GB/T 9704-2012《党政机关公文格式》clauses 5 and 6, in twips (1/20 pt) unless named otherwise.
 * A4 is given in twips because the docx package's millimetre helper rounds down by one.
 */
export const pageWidth = 11906;
export const pageHeight = 16838;
/** 天头 37 mm, 订口 28 mm; 版心 156 × 225 mm leaves 35 mm below and 26 mm on the right. */
export const margins = { top: 2098, bottom: 1984, left: 1588, right: 1474 } as const;
export const bodyWidth = pageWidth - margins.left - margins.right;

/** 3号 in half-points, as Word counts character sizes. */
export const bodySize = 32;
/** 22 lines of 版心: (16838 − 2098 − 1984) ÷ 22, rounded down so that the 22nd line still fits. */
export const linePitch = 579;
/** 28 characters in 版心: pitch 8844 ÷ 28 ÷ 20 = 15.793 pt, 0.207 pt less than 16 pt, in 1/4096 pt. */
export const charSpace = -848;
/** Spacing that brings a 16 pt character to 15.7 pt, so that 28 and never 29 of them fill a line without the grid. */
export const gridSpacing = -6;
/** Two characters of the grid, for first-line indents: 2 × 8844 ÷ 28. */
export const twoCharacters = 632;

/** The page number stands 7 mm below 版心: 1984 − 397 − its own 14 pt line. */
export const footerDistance = 1307;
/** One character of 4号, kept free on the outer side of the page number. */
export const pageNumberIndent = 280;

export const fonts = {
  title: "方正小标宋简体",
  body: "仿宋_GB2312",
  kai: "楷体_GB2312",
  hei: "黑体",
  song: "宋体",
} as const;
