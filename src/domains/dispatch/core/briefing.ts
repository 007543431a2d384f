/**
 * The model of a briefing and of what it is composed from.
 *
 * Words:
 * - briefing 调度会材料: the paper laid before the monthly dispatch meeting; here its part on the economy
 * - run: a stretch of text; a figure run is a number with the facts it came from and, where computed, the calculation
 * - fact: a figure, target or one-off in the ledger, with its source
 * - laggard: a measure behind its pace or below last year, analysed at length
 * - audit head: the last link of the sealed audit chain, printed so that the paper fixes the state of the books
 *
 * The document's text is Chinese, as the official text; `how` and the measures' names carry English for the page around it.
 * The block model fits platform/docx/official-document.ts; the two do not import each other.
 */
import type { Decimal } from "../../../shared/decimal.ts";
import type { Period } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { ChartOption } from "../../indicators/core/chart-options.ts";
import type { Assessment, Ref } from "../../indicators/core/assessment.ts";

export type TextRun = { readonly kind: "text"; readonly text: string };
export type FigureRun = {
  readonly kind: "figure";
  readonly text: string;
  readonly refs: readonly Ref[];
  /** "fixed_asset_investment.completion" */
  readonly field: string;
  /** the calculation in words, for derived numbers */
  readonly how?: { readonly zh: string; readonly en: string };
};
export type Run = TextRun | FigureRun;

export type Cell = { readonly runs: readonly Run[]; readonly below?: readonly Run[]; readonly anchor?: Ref };
export type Row = { readonly anchor?: Ref; readonly cells: readonly Cell[] };
export type Column = {
  readonly header: string;
  readonly width: number;
  readonly align: "left" | "center" | "right";
};

export type HeadingBlock = {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3 | 4;
  readonly runs: readonly Run[];
};
export type ParagraphBlock = {
  readonly kind: "paragraph";
  readonly lead?: string;
  readonly runs: readonly Run[];
};
export type TableBlock = {
  readonly kind: "table";
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly note?: readonly Run[];
  readonly type: "normal" | "small";
};
export type ChartBlock = {
  readonly kind: "chart";
  readonly caption: string;
  readonly alt: string;
  readonly option: ChartOption;
  readonly refs: readonly Ref[];
  readonly widthMm: number;
  readonly heightMm: number;
};
export type Block = HeadingBlock | ParagraphBlock | TableBlock | ChartBlock;

export type Appendix = { readonly label: string; readonly title: string; readonly blocks: readonly Block[] };

export type Briefing = {
  readonly region: RegionCode;
  readonly period: Period;
  readonly title: string;
  readonly subtitles: readonly string[];
  readonly issuer: string;
  /** day of the meeting, or "" */
  readonly date: string;
  readonly blocks: readonly Block[];
  readonly appendices: readonly Appendix[];
  /** every fact a number of the briefing came from, in the order of the appendix */
  readonly facts: readonly BriefingFact[];
  readonly auditHead?: AuditHead;
};

export type AuditHead = { readonly algorithm: string; readonly number: number; readonly hash: string };

export type BriefingMeasure = Measure;

export type FactSource = {
  readonly kind: "speech" | "synthetic" | "file" | "return" | "person";
  readonly title: string;
  readonly sha256: string | null;
  readonly recordedAt?: string | null;
  readonly recordedBy?: string | null;
};
export type BriefingFact = {
  readonly ref: Ref;
  readonly kind: "figure" | "target" | "one-off";
  readonly region: RegionCode;
  readonly regionName: string;
  readonly measure: string;
  readonly aspect: string;
  readonly basis: string | null;
  readonly period: Period;
  /** in `unit`; growth, completion and growth targets in percent, ranks as numbers */
  readonly value: Decimal;
  readonly unit: string;
  readonly stated: string | null;
  /** why a one-off does not compare, in the words of its record */
  readonly reason: string | null;
  readonly locator: string | null;
  readonly source: FactSource;
};

/** Year-to-date values of the period's year, canonical unit, oldest first: the chart's line. */
export type SeriesPoint = { readonly period: Period; readonly value: Decimal; readonly ref: Ref };

export type BriefingSubject = {
  readonly measure: BriefingMeasure;
  readonly assessment: Assessment;
  readonly series?: readonly SeriesPoint[];
};

export type BriefingInput = {
  readonly region: RegionCode;
  /** 原平市 */
  readonly regionName: string;
  /** 忻州市: whose units are ranked */
  readonly parentName?: string;
  readonly issuer: string;
  readonly period: Period;
  readonly priorPeriod?: Period;
  /** "2016-08-15" */
  readonly meetingDate?: string;
  readonly subjects: readonly BriefingSubject[];
  readonly facts: readonly BriefingFact[];
  readonly auditHead?: AuditHead;
};
