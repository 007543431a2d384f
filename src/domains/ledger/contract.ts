/** The ledger over HTTP: measures, figures with their sources, corrections, imports. */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";

export const Aspect = z.enum(["value", "growth", "rank", "completion"]);
export const Basis = z.enum(["ytd", "month", "point", "year", "quarter"]);
export const Qualifier = z.enum(["about", "near", "over"]);
/** An exact decimal as text, so that no digit is lost on the way. */
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/);

export const MeasureView = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unit: z.string(),
  displayUnit: z.string(),
  decimals: z.number().int(),
  kind: z.enum(["flow", "stock", "rate", "average"]),
  priceBasis: z.enum(["nominal", "comparable", "none"]),
  growthPolicy: z.enum(["reported", "recomputable"]),
  direction: z.enum(["up", "down", "neutral"]),
  frequency: z.enum(["monthly", "quarterly", "yearly"]),
  additive: z.boolean(),
  allowsNegative: z.boolean(),
});
export type MeasureView = z.infer<typeof MeasureView>;
export const MeasureList = z.object({ items: z.array(MeasureView) });

export const SourceView = z.object({
  id: z.number().int(),
  kind: z.enum(["speech", "synthetic", "file", "return", "person"]),
  title: z.string(),
  fileName: z.string().nullable(),
  sha256: z.string().nullable(),
  rows: z.number().int().nullable(),
  /** id of the return whose acceptance posted it */
  return: z.number().int().nullable(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

export const FigureView = z.object({
  id: z.number().int(),
  region: RegionBrief,
  subject: z.string(),
  measure: z.string(),
  aspect: Aspect,
  basis: Basis,
  period: z.string(),
  version: z.number().int(),
  /** in the canonical unit of the measure (growth and completion in percent) */
  value: DecimalText,
  unit: z.string(),
  qualifier: Qualifier.nullable(),
  stated: z.string().nullable(),
  sourceKind: SourceView.shape.kind,
  source: z.number().int(),
  locator: z.string().nullable(),
  recordedAt: z.string(),
});
export type FigureView = z.infer<typeof FigureView>;

export const FigureSort = z.enum(["period", "-period", "value", "-value", "id", "-id"]);
export const FigureQuery = z.object({
  /** only this region and what lies below it; the acting post's region when absent */
  within: z.coerce.number().int().optional(),
  /** only this very region */
  region: z.coerce.number().int().optional(),
  measure: z.string().max(60).optional(),
  aspect: Aspect.optional(),
  basis: Basis.optional(),
  from: z.string().max(7).optional(),
  to: z.string().max(7).optional(),
  sort: FigureSort.default("-period"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type FigureQuery = z.infer<typeof FigureQuery>;
export const FigurePage = z.object({ items: z.array(FigureView), next: z.string().nullable() });
export type FigurePage = z.infer<typeof FigurePage>;

/** One figure with its source and all versions, newest first. */
export const FigureDetail = z.object({
  figure: FigureView,
  measure: MeasureView,
  source: SourceView,
  recordedBy: z.string().nullable(),
  versions: z.array(
    FigureView.extend({
      reason: z.string().nullable(),
      correctedAt: z.string().nullable(),
      current: z.boolean(),
    }),
  ),
});
export type FigureDetail = z.infer<typeof FigureDetail>;

/** A row as an official would type it: value with its unit, and the published growth beside it. */
export const FigureRow = z.object({
  region: z.union([z.number().int(), z.string().max(20)]),
  subject: z.string().max(60).optional(),
  measure: z.string().max(60),
  basis: z.string().max(10),
  period: z.string().max(10),
  value: z.string().max(40).optional(),
  unit: z.string().max(20).optional(),
  growth: z.string().max(20).optional(),
  qualifier: z.string().max(10).optional(),
  note: z.string().max(200).optional(),
});
export type FigureRow = z.infer<typeof FigureRow>;
export const RecordFiguresRequest = z.object({
  title: z.string().trim().min(1).max(200),
  rows: z.array(FigureRow).min(1).max(5000),
});
export const RecordedView = z.object({
  source: z.number().int(),
  rows: z.number().int(),
  figures: z.number().int(),
  /** true when the same key had been used before: nothing was recorded again */
  repeated: z.boolean(),
});
export type RecordedView = z.infer<typeof RecordedView>;

export const CorrectFigureRequest = z.object({
  value: z.string().min(1).max(40),
  /** unit of the value as typed; percent for growth */
  unit: z.string().max(20),
  reason: z.string().trim().min(2).max(500),
});

export const OneOffView = z.object({
  ref: z.string(),
  region: RegionBrief,
  measure: z.string(),
  period: z.string(),
  amount: DecimalText,
  stated: z.string(),
  reason: z.string(),
  source: SourceView,
});
export type OneOffView = z.infer<typeof OneOffView>;
