/** A pack describes a county as data (docs: packs/README.md). `readPack` is the only way in. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkPack } from "./pack-checks.ts";
import { PackError, readTable } from "./pack-csv.ts";
import type { PackProblem, Table, TableOptions } from "./pack-csv.ts";
import type { PackFile as PackFileType } from "./pack-rows.ts";
import {
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

export { PackError } from "./pack-csv.ts";
export type { PackProblem } from "./pack-csv.ts";
export { ADMINISTRATOR_ROLES } from "./pack-rows.ts";
export type {
  Basis,
  CampaignRow,
  ComparisonSet,
  FigureRow,
  MeasureRow,
  OneOffRow,
  PersonRow,
  PostRow,
  ProjectRow,
  RegionRow,
  Role,
  SeasonalPlanRow,
  SourceRow,
  TargetRow,
  UnitRow,
} from "./pack-rows.ts";

export type Pack = PackFileType & {
  /** absolute path of the pack's directory */
  dir: string;
  /** the county's region code, county × 10^6 */
  region: number;
  sources: SourceRow[];
  /** parents before children */
  regions: RegionRow[];
  units: UnitRow[];
  people: PersonRow[];
  /** in the file's order: a person's first post is the one that sign-in opens */
  posts: PostRow[];
  measures: MeasureRow[];
  /** the rows of figures.csv: stated facts. The generated history comes from generateFiguresOf. */
  figures: FigureRow[];
  targets: TargetRow[];
  oneOffs: OneOffRow[];
  seasonalPlans: SeasonalPlanRow[];
  projects: ProjectRow[];
  campaign: CampaignRow[];
  /** forms/*.json, as they stand: what a form must be is the contract of returns */
  forms: { file: string; definition: unknown }[];
};

/** Reads and checks a pack. Throws PackError with every problem found, each with file, row and column. */
export async function readPack(dir: string): Promise<Pack> {
  const problems: PackProblem[] = [];
  const file = readPackFile(dir, problems);
  const table = <S extends Parameters<typeof readTable>[1]>(
    name: string,
    schema: S,
    options?: TableOptions,
  ) => readTable({ dir, file: name }, schema, problems, options);
  const tables = {
    sources: table("sources.csv", SourceRow),
    regions: table("regions.csv", RegionRow),
    units: table("units.csv", UnitRow),
    people: table("people.csv", PersonRow),
    posts: table("posts.csv", PostRow),
    measures: table("measures.csv", MeasureRow),
    figures: table("figures.csv", FigureRow),
    targets: table("targets.csv", TargetRow),
    oneOffs: table("one_offs.csv", OneOffRow),
    seasonalPlans: table("seasonal_plans.csv", SeasonalPlanRow, { optional: true }),
    projects: table("projects.csv", ProjectRow, { optional: true }),
    campaign: table("campaign.csv", CampaignRow, { optional: true }),
  };
  const forms = readForms(dir, problems);
  // References are checked only in well-formed tables: a broken row would make every row that names it look wrong.
  if (file && problems.length === 0) checkPack({ dir, file, ...tables }, problems);
  if (!file || problems.length > 0) throw new PackError(dir, problems);
  return { ...file, dir: resolve(dir), region: file.county * 1_000_000, ...rowsOf(tables), forms };
}

function readForms(dir: string, problems: PackProblem[]): Pack["forms"] {
  const folder = join(dir, "forms");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.toSorted().flatMap((name) => {
    const file = `forms/${name}`;
    try {
      return [{ file, definition: JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown }];
    } catch (error) {
      problems.push({ file, message: (error as Error).message });
      return [];
    }
  });
}

/** Who is in a pack and nothing else: what a start of the demonstration needs. Throws PackError. */
export function readPackPeople(dir: string): Pick<Pack, "code" | "people" | "posts"> {
  const problems: PackProblem[] = [];
  const file = readPackFile(dir, problems);
  const people = readTable({ dir, file: "people.csv" }, PersonRow, problems).rows;
  const posts = readTable({ dir, file: "posts.csv" }, PostRow, problems).rows;
  if (!file || problems.length > 0) throw new PackError(dir, problems);
  return { code: file.code, people, posts };
}

/** Rows without their row numbers. */
function rowsOf<T extends Record<string, Table<unknown>>>(tables: T): { [K in keyof T]: T[K]["rows"] } {
  const entries = Object.entries(tables).map(([name, table]) => [name, table.rows]);
  return Object.fromEntries(entries) as { [K in keyof T]: T[K]["rows"] };
}

function readPackFile(dir: string, problems: PackProblem[]): PackFileType | undefined {
  const file = "pack.json";
  try {
    const parsed = PackFile.safeParse(JSON.parse(readFileSync(join(dir, file), "utf8")));
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      problems.push({ file, message: `${issue.path.join(".")}: ${issue.message}` });
  } catch (error) {
    problems.push({ file, message: (error as Error).message });
  }
  return undefined;
}

export type GenerateFigures = (pack: Pack, seed?: number) => FigureRow[];

/** The rows that the pack's own generator makes, or none if it has no generator. Same pack and seed, same rows. */
export async function generateFiguresOf(pack: Pack, seed?: number): Promise<FigureRow[]> {
  if (!pack.generator) return [];
  const module: { generateFigures?: GenerateFigures } = await import(
    pathToFileURL(join(pack.dir, pack.generator)).href
  );
  if (!module.generateFigures)
    throw new Error(`${pack.generator} of pack ${pack.code} exports no generateFigures`);
  return module.generateFigures(pack, seed);
}

/** Amounts are yuan, as decimal text. */
export type RegistryIncome = {
  household: string;
  year: number;
  wage: string;
  business: string;
  transfer: string;
  property: string;
  total: string;
  costs: string;
  net: string;
  members: number;
  perCapita: string;
};
export type RegistryMeasure = {
  household: string;
  kind: string;
  unit: string;
  content: string;
  cost: string | null;
  onDay: string;
  signedBy: string;
};
export type SyntheticRegistry = {
  title: string;
  fileName: string;
  /** CSV in pieces, as the national system exports it */
  csv: Iterable<string>;
  incomes: RegistryIncome[];
  measures: RegistryMeasure[];
};
export type GenerateRegistry = (pack: Pack, seed?: number) => SyntheticRegistry;

/** The relief registry that the pack makes up, if it does. Same pack and seed, same bytes. */
export async function generateRegistryOf(pack: Pack, seed?: number): Promise<SyntheticRegistry | undefined> {
  if (!pack.registry) return undefined;
  const module: { generateRegistry?: GenerateRegistry } = await import(
    pathToFileURL(join(pack.dir, pack.registry)).href
  );
  if (!module.generateRegistry)
    throw new Error(`${pack.registry} of pack ${pack.code} exports no generateRegistry`);
  return module.generateRegistry(pack, seed);
}

/** Column → number as it is typed in the form. */
export type FilledRow = Record<string, string>;
/** One step of a return that the pack makes up, so many working days after the last day; before it when negative. */
export type SyntheticStep = { after: number } & (
  | { verb: "submit"; rows: Record<string, FilledRow> }
  | { verb: "sendBack"; reason: string; cells: { subject: string; column: string; reason: string }[] }
  | { verb: "amend"; reason: string }
  | { verb: "accept" }
);
export type SyntheticReturn = { unit: string; course: SyntheticStep[] };
/** A form in a period, with what each of its filers did; those that are not named have not filed. */
export type SyntheticPeriod = { form: string; period: string; returns: SyntheticReturn[] };
export type GenerateReturns = (pack: Pack, figures: readonly FigureRow[], seed?: number) => SyntheticPeriod[];

/**
 * What the units of the pack filed, if it makes that up, a period after the one before it.
 * @param figures those of the pack and of its generator: what the returns say is read from them
 */
export async function generateReturnsOf(
  pack: Pack,
  figures: readonly FigureRow[],
  seed?: number,
): Promise<SyntheticPeriod[]> {
  if (!pack.returns) return [];
  const module: { generateReturns?: GenerateReturns } = await import(
    pathToFileURL(join(pack.dir, pack.returns)).href
  );
  if (!module.generateReturns)
    throw new Error(`${pack.returns} of pack ${pack.code} exports no generateReturns`);
  return module.generateReturns(pack, figures, seed);
}
