/**
 * The model of an official document: what it says and in what order, nothing about fonts or page breaks.
 *
 * Words:
 * - run: a stretch of text; a figure run is a number that knows the facts it came from
 * - anchor: the name of a fact; the row or cell that carries it is where a figure run's link leads
 * - lead: words in front of a paragraph set as a second-level heading (run-in heading)
 * - appendix 附件: begins on a page of its own, its label alone in the first line
 */
export type TextRun = { readonly kind: "text"; readonly text: string };
export type FigureRun = {
  readonly kind: "figure";
  readonly text: string;
  /** facts the number came from, the most telling first */
  readonly refs: readonly string[];
  /** which statement about what: "fixed_asset_investment.completion" */
  readonly field: string;
  /** the calculation in words, shown with the facts' ids when the pointer rests on the number */
  readonly how?: { readonly zh: string };
};
export type Run = TextRun | FigureRun;

export type TableCell = {
  readonly runs: readonly Run[];
  /** a second, smaller line in the same cell */
  readonly below?: readonly Run[];
  readonly anchor?: string;
};
export type TableColumn = {
  readonly header: string;
  /** share of the table's width; shares need not add up to anything */
  readonly width: number;
  readonly align: "left" | "center" | "right";
};
export type TableBlock = {
  readonly kind: "table";
  readonly caption?: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly { readonly anchor?: string; readonly cells: readonly TableCell[] }[];
  readonly note?: readonly Run[];
  /** "small" is for source lists of many rows */
  readonly type: "normal" | "small";
};

export type TextBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3 | 4; readonly runs: readonly Run[] }
  | { readonly kind: "paragraph"; readonly lead?: string; readonly runs: readonly Run[] };

export type PictureBlock = {
  readonly kind: "picture";
  readonly png: Uint8Array;
  readonly widthMm: number;
  readonly heightMm: number;
  /** what the picture shows, for those who cannot see it */
  readonly alt: string;
  readonly caption: string;
};

export type OfficialBlock = TextBlock | TableBlock | PictureBlock;

export type OfficialAppendix = {
  readonly label: string;
  readonly title: string;
  readonly blocks: readonly OfficialBlock[];
};

export type OfficialDocument = {
  readonly title: string;
  /** lines under the title in 楷体: what kind of paper, which unit, which day */
  readonly subtitles: readonly string[];
  readonly blocks: readonly OfficialBlock[];
  readonly appendices: readonly OfficialAppendix[];
};

export type OfficialDocumentOptions = {
  /** day written as created and modified, "2016-08-15" */
  readonly today: string;
  readonly creator: string;
  readonly subject?: string;
};
