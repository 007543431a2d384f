/** What must hold between the tables of a pack. Each complaint names the row and the column that is wrong. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackProblem, Table } from "./pack-csv.ts";
import { UNITS } from "../src/shared/quantity.ts";
import { ADMINISTRATOR_ROLES } from "./pack-rows.ts";
import type {
  CampaignRow,
  FigureRow,
  MeasureRow,
  OneOffRow,
  PackFile,
  PersonRow,
  PostRow,
  ProjectRow,
  RegionRow,
  SeasonalPlanRow,
  SourceRow,
  TargetRow,
  UnitRow,
} from "./pack-rows.ts";

export type PackTables = {
  dir: string;
  file: PackFile;
  sources: Table<SourceRow>;
  regions: Table<RegionRow>;
  units: Table<UnitRow>;
  people: Table<PersonRow>;
  posts: Table<PostRow>;
  measures: Table<MeasureRow>;
  figures: Table<FigureRow>;
  targets: Table<TargetRow>;
  oneOffs: Table<OneOffRow>;
  seasonalPlans: Table<SeasonalPlanRow>;
  projects: Table<ProjectRow>;
  campaign: Table<CampaignRow>;
};

type Report = (row: number, column: string, message: string) => void;

/** trailing zeros a code of the level has at least: 14|09|81|001|001 */
const LEVEL_ZEROS = { province: 10, prefecture: 8, county: 6, township: 3, village: 0 } as const;

export function checkPack(pack: PackTables, problems: PackProblem[]): void {
  checkSources(pack, problems);
  checkRegions(pack, reporter("regions.csv", problems));
  checkPeople(pack, problems);
  checkMeasures(pack, reporter("measures.csv", problems));
  checkFigures(pack, reporter("figures.csv", problems));
  checkTargets(pack, reporter("targets.csv", problems));
  checkOneOffs(pack, reporter("one_offs.csv", problems));
  checkSeasonalPlans(pack, reporter("seasonal_plans.csv", problems));
  checkComparisonSets(pack, problems);
}

const reporter =
  (file: string, problems: PackProblem[]): Report =>
  (row, column, message) =>
    problems.push({ file, row, column, message });

function eachRow<T>(table: Table<T>, check: (row: T, number: number) => void): void {
  for (const [index, row] of table.rows.entries()) check(row, table.rowOf(index));
}

/** Reports the second appearance of a key and says where the first is. */
function requireUnique<T>(table: Table<T>, column: string, keyOf: (row: T) => string, report: Report): void {
  const seen = new Map<string, number>();
  eachRow(table, (row, number) => {
    const key = keyOf(row);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, number);
    else report(number, column, `${key} is already in row ${first}`);
  });
}

function checkSources(pack: PackTables, problems: PackProblem[]): void {
  const report = reporter("sources.csv", problems);
  requireUnique(pack.sources, "source", (row) => row.source, report);
  const texts = new Map<string, string>();
  eachRow(pack.sources, (row, number) => {
    if (!row.file) return;
    const path = join(pack.dir, row.file);
    if (!existsSync(path)) return report(number, "file", `${row.file} is missing`);
    const bytes = readFileSync(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== row.sha256) report(number, "sha256", `${row.file} has sha256 ${sha256}`);
    texts.set(row.source, bytes.toString("utf8"));
  });
  const known = new Set(pack.sources.rows.map((row) => row.source));
  const cited: [string, Table<{ source: string; quote?: string | null }>][] = [
    ["regions.csv", pack.regions],
    ["units.csv", pack.units],
    ["people.csv", pack.people],
    ["posts.csv", pack.posts],
    ["figures.csv", pack.figures],
    ["targets.csv", pack.targets],
    ["one_offs.csv", pack.oneOffs],
    ["seasonal_plans.csv", pack.seasonalPlans],
    ["projects.csv", pack.projects],
    ["campaign.csv", pack.campaign],
  ];
  for (const [file, table] of cited)
    eachRow(table, (row, number) => {
      if (!known.has(row.source))
        problems.push({
          file,
          row: number,
          column: "source",
          message: `source ${row.source} is not in sources.csv`,
        });
      const text = texts.get(row.source);
      if (row.quote && text !== undefined && !text.includes(row.quote))
        problems.push({
          file,
          row: number,
          column: "quote",
          message: `"${row.quote}" is not in the source's text`,
        });
    });
}

function checkRegions(pack: PackTables, report: Report): void {
  requireUnique(pack.regions, "code", (row) => String(row.code), report);
  const before = new Map<number, RegionRow>();
  const levels = Object.keys(LEVEL_ZEROS);
  eachRow(pack.regions, (row, number) => {
    const zeros = LEVEL_ZEROS[row.level];
    if (row.code % 10 ** zeros !== 0) report(number, "code", `a ${row.level} code ends in ${zeros} zeros`);
    if (row.parent === null) {
      if (row.level !== "province") report(number, "parent", `a ${row.level} has a parent`);
    } else {
      const parent = before.get(row.parent);
      if (!parent) report(number, "parent", `${row.parent} is not in a row above`);
      else {
        const span = 10 ** LEVEL_ZEROS[parent.level];
        if (levels.indexOf(parent.level) !== levels.indexOf(row.level) - 1)
          report(
            number,
            "parent",
            `a ${row.level} lies directly under a ${levels[levels.indexOf(row.level) - 1]}`,
          );
        if (row.code <= parent.code || row.code >= parent.code + span)
          report(number, "parent", `${row.code} does not lie inside ${parent.code}`);
      }
    }
    before.set(row.code, row);
  });
  for (const code of [pack.file.county * 1_000_000, pack.file.prefecture])
    if (!before.has(code)) report(1, "code", `${code}, named in pack.json, is not in the table`);
}

function checkPeople(pack: PackTables, problems: PackProblem[]): void {
  const inUnits = reporter("units.csv", problems);
  const inPosts = reporter("posts.csv", problems);
  const regions = new Set(pack.regions.rows.map((row) => row.code));
  const units = new Set(pack.units.rows.map((row) => row.unit));
  const people = new Set(pack.people.rows.map((row) => row.username));
  requireUnique(pack.units, "unit", (row) => row.unit, inUnits);
  requireUnique(pack.people, "username", (row) => row.username, reporter("people.csv", problems));
  requireUnique(pack.posts, "post", (row) => row.post, inPosts);
  eachRow(pack.units, (row, number) => {
    if (!regions.has(row.region)) inUnits(number, "region", `${row.region} is not in regions.csv`);
    if (row.parent !== null && !units.has(row.parent))
      inUnits(number, "parent", `${row.parent} is not a unit`);
  });
  const postCounts = new Map<string, number>();
  for (const { username } of pack.posts.rows) postCounts.set(username, (postCounts.get(username) ?? 0) + 1);
  eachRow(pack.posts, (row, number) => {
    if (!regions.has(row.region)) inPosts(number, "region", `${row.region} is not in regions.csv`);
    if (!units.has(row.unit)) inPosts(number, "unit", `${row.unit} is not in units.csv`);
    if (!people.has(row.username)) inPosts(number, "username", `${row.username} is not in people.csv`);
    if (ADMINISTRATOR_ROLES.includes(row.role) && (postCounts.get(row.username) ?? 0) > 1)
      inPosts(number, "role", `${row.role} is exclusive, but ${row.username} holds another post`);
  });
  eachRow(pack.people, (row, number) => {
    if (!postCounts.has(row.username))
      problems.push({
        file: "people.csv",
        row: number,
        column: "username",
        message: `${row.username} has no post`,
      });
  });
}

function checkMeasures(pack: PackTables, report: Report): void {
  requireUnique(pack.measures, "code", (row) => row.code, report);
  eachRow(pack.measures, (row, number) => {
    if (row.priceBasis === "comparable" && row.growthPolicy !== "reported")
      report(number, "growth_policy", "growth at comparable prices is reported, never recomputed");
    if (dimensionOf(row.unit) === "money" && row.kind !== "average" && row.unit !== "万元")
      report(number, "unit", "money is kept in 万元");
    if (!dimensionOf(row.unit)) report(number, "unit", `${row.unit} is not a unit the software knows`);
    if (!isUnitOf(row.displayUnit, row))
      report(number, "display_unit", `${row.displayUnit} is not a form of ${row.unit}`);
  });
}

const dimensionOf = (unit: string) => UNITS.get(unit)?.dimension;
const isUnitOf = (unit: string, measure: MeasureRow): boolean =>
  dimensionOf(unit) !== undefined && dimensionOf(unit) === dimensionOf(measure.unit);

const PERIOD_FORM: Record<FigureRow["basis"], RegExp> = {
  ytd: /^\d{4}-\d{2}$/,
  month: /^\d{4}-\d{2}$/,
  point: /^\d{4}-\d{2}$/,
  quarter: /^\d{4}Q\d$/,
  year: /^\d{4}$/,
};

export function keyOfFigure(row: FigureRow): string {
  return [row.region, row.subject, row.measure, row.basis, row.period].join(" ");
}

function checkFigures(pack: PackTables, report: Report): void {
  requireUnique(pack.figures, "period", keyOfFigure, report);
  const known = knowing(pack);
  eachRow(pack.figures, (row, number) => {
    const measure = known.reference(row, number, report);
    if (!PERIOD_FORM[row.basis].test(row.period))
      report(number, "period", `${row.period} is not a ${row.basis} period`);
    if (row.value === null && row.growth === null)
      report(number, "value", "a row needs a value, a growth or both");
    if (row.audience !== null && !known.regions.has(row.audience))
      report(number, "audience", `${row.audience} is not in regions.csv`);
    if (!measure) return;
    if (!isUnitOf(row.unit, measure))
      report(number, "unit", `${row.measure} is kept in ${measure.unit}, not ${row.unit}`);
    if (measure.priceBasis === "comparable" && row.basis === "ytd" && row.growth === null)
      report(number, "growth", `${row.measure} is at comparable prices: its growth must be reported`);
    if (row.value?.startsWith("-") && !measure.allowsNegative)
      report(number, "value", `${row.measure} is never negative`);
  });
}

type Referring = { region: number; measure: string };

function knowing(pack: PackTables) {
  const regions = new Set(pack.regions.rows.map((row) => row.code));
  const measures = new Map(pack.measures.rows.map((row) => [row.code, row]));
  const reference = (row: Referring, number: number, report: Report): MeasureRow | undefined => {
    if (!regions.has(row.region)) report(number, "region", `${row.region} is not in regions.csv`);
    const measure = measures.get(row.measure);
    if (!measure) report(number, "measure", `${row.measure} is not in measures.csv`);
    return measure;
  };
  return { regions, reference };
}

function checkTargets(pack: PackTables, report: Report): void {
  const known = knowing(pack);
  const keyOf = (row: TargetRow) => [row.region, row.subject, row.measure, row.year, row.kind].join(" ");
  requireUnique(pack.targets, "year", keyOf, report);
  eachRow(pack.targets, (row, number) => {
    const measure = known.reference(row, number, report);
    if (row.kind === "growth" && row.unit !== "%") report(number, "unit", "a growth target is in %");
    if (row.kind === "value" && measure && !isUnitOf(row.unit, measure))
      report(number, "unit", `${row.measure} is kept in ${measure.unit}, not ${row.unit}`);
  });
}

function checkOneOffs(pack: PackTables, report: Report): void {
  const known = knowing(pack);
  eachRow(pack.oneOffs, (row, number) => {
    const measure = known.reference(row, number, report);
    if (measure && !isUnitOf(row.unit, measure))
      report(number, "unit", `${row.measure} is kept in ${measure.unit}, not ${row.unit}`);
  });
}

function checkSeasonalPlans(pack: PackTables, report: Report): void {
  const known = knowing(pack);
  requireUnique(
    pack.seasonalPlans,
    "period",
    (row) => [row.region, row.measure, row.period].join(" "),
    report,
  );
  eachRow(pack.seasonalPlans, (row, number) => {
    known.reference(row, number, report);
    const pct = Number(row.cumulativePct);
    if (pct < 0 || pct > 100) report(number, "cumulative_pct", "lies between 0 and 100");
  });
}

function checkComparisonSets(pack: PackTables, problems: PackProblem[]): void {
  const regions = new Map(pack.regions.rows.map((row) => [row.code, row]));
  for (const set of pack.file.comparisonSets) {
    const complain = (message: string) =>
      problems.push({ file: "pack.json", message: `set ${set.code}: ${message}` });
    if (new Set(set.members).size !== set.members.length) complain("a member appears twice");
    for (const member of set.members) {
      const region = regions.get(member);
      if (!region) complain(`${member} is not in regions.csv`);
      else if (region.level !== set.level)
        complain(`${member} is a ${region.level}, the set ranks ${set.level} regions`);
    }
  }
}
