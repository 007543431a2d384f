/**
 * The tables of a pack, row by row. A pack describes a county as data; packs/README.md explains each file.
 *
 * Words:
 * - region 行政区: its 12-digit statistical code as a number, 140981000000
 * - subject: "region" for the region itself, else what the number is about, "product:alumina"
 * - basis: "ytd" 累计, "month" 当月, "point" 时点, "quarter", "year"; the period's form follows the basis
 * - audience: a region whose posts may read the row besides those in scope (a prefecture's circular to all its counties)
 * - source: key of a row in sources.csv; "speech" is what the mayor said, "synthetic" is made for the demonstration
 */
import { z } from "zod";

const text = z.string().min(1, "must not be empty");
const optionalText = z.string().transform((cell) => cell || null);
const slug = z.string().regex(/^[a-z0-9]+([-_:][a-z0-9]+)*$/, "must be lower-case letters, digits, - _ :");
const regionCode = z
  .string()
  .regex(/^[1-9]\d{11}$/, "must be a 12-digit region code")
  .transform(Number);
const optionalRegion = z.union([z.literal("").transform(() => null), regionCode]);
const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a plain decimal number");
const optionalDecimal = z.union([z.literal("").transform(() => null), decimalText]);
const whole = z.string().regex(/^\d+$/, "must be a whole number").transform(Number);
const optionalWhole = z.union([z.literal("").transform(() => null), whole]);
const flag = z.enum(["true", "false"]).transform((cell) => cell === "true");
const optionalDate = z.union([z.literal("").transform(() => null), z.iso.date()]);

export const RegionRow = z.strictObject({
  code: regionCode,
  nameZh: text,
  nameEn: optionalText,
  level: z.enum(["province", "prefecture", "county", "township", "village"]),
  /** what the office calls it: street, town, township, zone, special, district, …; free, for display and grouping */
  kind: slug,
  parent: optionalRegion,
  source: slug,
  note: optionalText,
});
export type RegionRow = z.output<typeof RegionRow>;

export const SourceRow = z.strictObject({
  source: slug,
  kind: z.enum(["speech", "synthetic", "file"]),
  titleZh: text,
  titleEn: text,
  /** a file of the pack, if it carries the source itself; then sha256 must be that file's */
  file: optionalText,
  sha256: z.union([
    z.literal("").transform(() => null),
    z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"),
  ]),
  dated: optionalDate,
  note: optionalText,
});
export type SourceRow = z.output<typeof SourceRow>;

export const UnitRow = z.strictObject({
  unit: slug,
  nameZh: text,
  nameEn: text,
  shortZh: text,
  kind: z.enum(["government", "office", "department", "township", "zone", "village", "prefecture"]),
  region: regionCode,
  parent: optionalText,
  source: slug,
});
export type UnitRow = z.output<typeof UnitRow>;

export const PersonRow = z.strictObject({
  username: slug,
  nameZh: text,
  nameEn: text,
  source: slug,
});
export type PersonRow = z.output<typeof PersonRow>;

export const Role = z.enum([
  "leader",
  "dispatcher",
  "department",
  "relief",
  "township",
  "village",
  "prefecture",
  "sysadmin",
  "secadmin",
  "auditor",
]);
export type Role = z.output<typeof Role>;
/** 三员: each excludes every other post of the same person and reads no business data. */
export const ADMINISTRATOR_ROLES: readonly Role[] = ["sysadmin", "secadmin", "auditor"];

export const PostRow = z.strictObject({
  post: slug,
  username: slug,
  unit: slug,
  role: Role,
  region: regionCode,
  titleZh: text,
  titleEn: text,
  source: slug,
});
export type PostRow = z.output<typeof PostRow>;

export const MeasureRow = z.strictObject({
  code: slug,
  nameZh: text,
  nameEn: text,
  /** canonical unit, in which the ledger keeps it; 万元 for money */
  unit: text,
  displayUnit: text,
  decimals: whole,
  kind: z.enum(["flow", "stock", "rate", "average"]),
  priceBasis: z.enum(["nominal", "comparable", "none"]),
  growthPolicy: z.enum(["reported", "recomputable"]),
  direction: z.enum(["up", "down", "neutral"]),
  frequency: z.enum(["monthly", "quarterly"]),
  additive: flag,
  allowsNegative: flag,
  /** economy, industry, projects, relief */
  topic: slug,
  sort: whole,
});
export type MeasureRow = z.output<typeof MeasureRow>;

export const Basis = z.enum(["ytd", "month", "point", "quarter", "year"]);
export type Basis = z.output<typeof Basis>;

export const FigureRow = z.strictObject({
  region: regionCode,
  subject: slug,
  measure: slug,
  basis: Basis,
  /** "2016-07" for ytd, month and point; "2016Q3" for quarter; "2016" for year */
  period: z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2])|Q[1-4])?$/, "must be 2016, 2016Q3 or 2016-07"),
  /** exact decimal text in `unit`; null when the row only has a growth */
  value: optionalDecimal,
  /** unit of `value`: the measure's own, or 元, 万元, 亿元 where that is money */
  unit: text,
  /** reported growth over the same period last year (同比), in percent */
  growth: optionalDecimal,
  /** 左右 "about", 近 "near", 超 "over" */
  qualifier: z.union([z.literal("").transform(() => null), z.enum(["about", "near", "over"])]),
  audience: optionalRegion,
  note: optionalText,
  /** what the source itself says about rank, n and completion (percent); kept only to be compared with what is derived */
  statedRank: optionalWhole,
  statedOf: optionalWhole,
  statedCompletion: optionalDecimal,
  source: slug,
  /** the place in the source, "一（一）" */
  locator: optionalText,
  /** the words of the source, letter by letter */
  quote: optionalText,
});
export type FigureRow = z.output<typeof FigureRow>;

export const TargetRow = z.strictObject({
  region: regionCode,
  subject: slug,
  measure: slug,
  year: z.string().regex(/^(19|20)\d\d$/, "must be a year"),
  /** "value": reach `value` `unit`; "growth": reach that growth in percent */
  kind: z.enum(["value", "growth"]),
  value: decimalText,
  unit: text,
  source: slug,
  locator: optionalText,
  quote: optionalText,
  note: optionalText,
});
export type TargetRow = z.output<typeof TargetRow>;

export const OneOffRow = z.strictObject({
  region: regionCode,
  subject: slug,
  measure: slug,
  basis: z.literal("month"),
  /** the month that holds it */
  period: z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, "must be a month such as 2015-06"),
  amount: decimalText,
  unit: text,
  reasonZh: text,
  reasonEn: text,
  source: slug,
  locator: optionalText,
  quote: optionalText,
  note: optionalText,
});
export type OneOffRow = z.output<typeof OneOffRow>;

/** Carried for season plans that override past years; not loaded yet, the season comes from past years. */
export const SeasonalPlanRow = z.strictObject({
  region: regionCode,
  measure: slug,
  period: z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, "must be a month such as 2016-07"),
  /** percent of the year's task that should be done by the end of that month */
  cumulativePct: decimalText,
  source: slug,
});
export type SeasonalPlanRow = z.output<typeof SeasonalPlanRow>;

/** Carried for the projects domain; not loaded yet. */
export const ProjectRow = z.strictObject({
  nameZh: text,
  plannedInvestmentYi: optionalDecimal,
  status: z.enum(["planned", "signed", "building", "completed", "halted"]),
  source: slug,
  locator: optionalText,
  quote: optionalText,
  note: optionalText,
});
export type ProjectRow = z.output<typeof ProjectRow>;

/** Carried for the dispatch domain; not loaded yet. */
export const CampaignRow = z.strictObject({
  item: slug,
  value: text,
  source: slug,
  locator: optionalText,
  quote: optionalText,
  note: optionalText,
});
export type CampaignRow = z.output<typeof CampaignRow>;

/** pack.json */
export const PackFile = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  county: z.int().min(110000).max(999999),
  prefecture: z.int(),
  /** the date of the demonstration's story; the app itself goes by the real day */
  today: z.iso.date().optional(),
  /** the demonstration's reporting month */
  period: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  /** seed of the generator, if the pack has one */
  seed: z.int().optional(),
  /** module of the pack that exports generateFigures(pack, seed?) */
  generator: z.string().optional(),
  /** module of the pack that exports generateRegistry(pack, seed?): a synthetic relief registry */
  registry: z.string().optional(),
  /** module of the pack that exports generateReturns(pack, figures, seed?): what its units filed */
  returns: z.string().optional(),
  comparisonSets: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9-]+$/),
      nameZh: z.string().min(1),
      nameEn: z.string().min(1),
      level: z.enum(["county", "township"]),
      by: z.enum(["growth", "value"]),
      tieRule: z.enum(["1,1,3", "1,1,2"]),
      source: z.string(),
      members: z.array(z.int()).min(2),
    }),
  ),
});
export type PackFile = z.output<typeof PackFile>;
export type ComparisonSet = PackFile["comparisonSets"][number];
