/** Recording figures: typed rows or a CSV file go through the same checks and enter the ledger whole or not at all. */
import { createHash } from "node:crypto";
import { CsvError, parse } from "csv-parse";
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { FORBIDDEN, OUT_OF_SCOPE, TOO_LARGE } from "../../../platform/problem.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import { contains, countyRegion, parentOf, parseRegionCode } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import { makeRowValidator } from "../core/validate-figure.ts";
import type { IncomingRow, RowValidator } from "../core/validate-figure.ts";
import { loadMeasures } from "../measure-catalog.ts";
import { FIGURES_REFUSED, UNREADABLE_FILE } from "../problems.ts";
import { rowProblemText } from "../row-problem-text.ts";
import * as staging from "../store/staging.ts";

/** Problems are listed up to this number; the count in the answer says whether there were more. */
const MOST_PROBLEMS = 200;

export type Recording = {
  title: string;
  kind: "file" | "person" | "speech" | "synthetic" | "return";
  fileName: string | null;
  /** a key of the sender, or null: then the content of a file is its own key */
  idempotency: string | null;
  /** hash of the content where the caller knows it */
  sha256?: string;
};

export type Recorded = { source: number; rows: number; figures: number; repeated: boolean };

/**
 * A row as typed: the region is still text. Only a pack brings `audience` (a circular to the subtree of that region)
 * and `locator` (a place in a text that has no lines).
 */
export type TextRow = Omit<IncomingRow, "region"> & {
  region?: string | number;
  line: number;
  audience?: number | null;
  locator?: string | null;
};

/** What the file itself says once it has been read to the end. */
type FileFacts = { sha256: string; bytes: number };

/**
 * Records rows typed by a person or sent by a program.
 * @throws FIGURES_REFUSED listing place and mend of each problem; FORBIDDEN; OUT_OF_SCOPE
 */
export async function recordFigures(
  pools: Pools,
  actor: Actor,
  today: string,
  input: Recording & { rows: Iterable<TextRow> | AsyncIterable<TextRow> },
): Promise<Recorded> {
  return record(pools, actor, { today, recording: input, rows: input.rows, fileFacts: () => undefined });
}

/**
 * Records a CSV file as it arrives; memory does not grow with its length.
 * The header names the columns: region, measure, basis, period, value, unit, growth; optional subject, qualifier, note.
 */
export async function importFigures(
  pools: Pools,
  actor: Actor,
  today: string,
  input: Recording & { content: AsyncIterable<Uint8Array>; truncated?: () => boolean },
): Promise<Recorded> {
  const facts: { value?: FileFacts } = {};
  const rows = readCsv(input.content, facts, input.truncated);
  return record(pools, actor, { today, recording: input, rows, fileFacts: () => facts.value });
}

type Incoming = {
  today: string;
  recording: Recording;
  rows: Iterable<TextRow> | AsyncIterable<TextRow>;
  /** known once the rows have been read to the end */
  fileFacts: () => FileFacts | undefined;
};

async function record(pools: Pools, actor: Actor, incoming: Incoming): Promise<Recorded> {
  const { recording } = incoming;
  if (actor.door !== "taizhang_actor" || actor.access !== "write") throw FORBIDDEN();
  return withActor(
    pools,
    actor,
    async (tx) => {
      if (recording.idempotency !== null) {
        const earlier = await findEarlier(tx, recording.idempotency);
        if (earlier) return earlier;
      }
      const catalog = await loadMeasures(tx);
      const measureIds = new Map(catalog.list.map((measure) => [measure.code, measure.id]));
      const check: Check = {
        validate: makeRowValidator(catalog.list, incoming.today),
        measureIds,
        scope: await staging.readScopeRegions(tx),
        actor,
        problems: [],
        problemCount: 0,
        rows: 0,
      };
      await staging.createStaging(tx);
      await tx.copyFrom(staging.STAGING_TARGET, stage(incoming.rows, check));
      if (check.problemCount > 0) throw refusal(check.problems, check.problemCount);
      if (check.rows === 0) throw refusal([emptyFile], 1);
      return enter(tx, recording, check.rows, incoming.fileFacts());
    },
    { copy: true },
  );
}

async function findEarlier(tx: Tx, key: string): Promise<Recorded | undefined> {
  await staging.lockIdempotency(tx, key);
  const earlier = await staging.findByIdempotency(tx, key);
  return earlier && { source: earlier.id, rows: earlier.rows, figures: 0, repeated: true };
}

type Check = {
  validate: RowValidator;
  measureIds: ReadonlyMap<string, number>;
  scope: ReadonlySet<number>;
  actor: Actor;
  problems: PlaceProblem[];
  problemCount: number;
  rows: number;
};

/** Turns rows into COPY text in larger pieces, checking each on the way; after a first problem nothing more is sent. */
async function* stage(
  rows: Iterable<TextRow> | AsyncIterable<TextRow>,
  check: Check,
): AsyncGenerator<string> {
  let piece = "";
  for await (const row of rows) {
    check.rows++;
    const lines = stageRow(row, check);
    if (check.problemCount > 0) continue;
    piece += lines;
    if (piece.length >= 65_536) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "" && check.problemCount === 0) yield piece;
}

function stageRow(row: TextRow, check: Check): string {
  const region = readRegion(row.region ?? "", check);
  if (typeof region !== "number") {
    note(check, { line: row.line, column: "region", ...region });
    return "";
  }
  const result = check.validate({
    ...row,
    region,
    measure: row.measure ?? "",
    basis: row.basis ?? "",
    period: row.period ?? "",
  });
  if (!result.ok) {
    for (const problem of result.error) note(check, { line: row.line, ...rowProblemText(problem) });
    return "";
  }
  let lines = "";
  for (const draft of result.value) {
    lines += staging.copyLine({
      ...draft,
      line: row.line,
      measure: check.measureIds.get(draft.measure) as number,
      locator: row.locator ?? null,
      audience: row.audience ?? null,
    });
  }
  return lines;
}

function note(check: Check, problem: PlaceProblem): void {
  check.problemCount++;
  if (check.problems.length < MOST_PROBLEMS) check.problems.push(problem);
}

function readRegion(raw: string | number, check: Check): number | PlaceProblem {
  if (typeof raw === "number" && check.scope.has(raw)) return raw;
  const parsed = parseRegionCode(String(raw).trim());
  if (!parsed.ok) {
    return {
      code: "BAD_REGION",
      zh: `行政区代码“${String(raw).slice(0, 20)}”应为 12 位数字`,
      en: `The region code "${String(raw).slice(0, 20)}" should be 12 digits`,
    };
  }
  return check.scope.has(parsed.value) ? parsed.value : regionProblem(parsed.value, check.actor);
}

/** The same words for a region that does not exist and one outside the scope: an error must not tell which there are. */
function regionProblem(region: number, actor: Actor): PlaceProblem {
  if (contains(actor.region, region)) {
    return {
      code: "UNKNOWN_REGION",
      zh: `没有代码为 ${region} 的行政区`,
      en: `There is no region with the code ${region}`,
    };
  }
  return {
    code: "OUT_OF_SCOPE",
    zh: `行政区 ${region} 不在当前岗位的管辖范围内`,
    en: `Region ${region} lies outside the scope of the acting post`,
  };
}

const emptyFile: PlaceProblem = { code: "EMPTY", zh: "没有数据行", en: "There are no rows", line: 1 };

function refusal(problems: PlaceProblem[], count: number) {
  if (problems.every((problem) => problem.code === "OUT_OF_SCOPE")) return OUT_OF_SCOPE({ places: problems });
  return FIGURES_REFUSED({
    places: problems,
    detail: {
      zh: `共 ${count} 处有误${count > problems.length ? `，列出前 ${problems.length} 处` : ""}；改正后重新报送，一条也没有入账`,
      en: `${count} problems${count > problems.length ? `, the first ${problems.length} listed` : ""}; mend them and send again, nothing was recorded`,
    },
  });
}

async function enter(tx: Tx, input: Recording, rows: number, file: FileFacts | undefined): Promise<Recorded> {
  const key = input.idempotency ?? (file ? `sha256:${file.sha256}` : null);
  if (input.idempotency === null && key !== null) {
    const earlier = await findEarlier(tx, key);
    if (earlier) return earlier;
  }
  const counties = await staging.listStagedCounties(tx);
  await staging.savepoint(tx);
  let figures = 0;
  let first = 0;
  try {
    for (const county of counties) {
      const covering = coveringRegion(county.regionMin, county.regionMax);
      const source = await staging.insertSource(tx, {
        county: county.county,
        region: covering,
        kind: input.kind,
        title: input.title,
        fileName: input.fileName,
        sha256: file?.sha256 ?? input.sha256 ?? null,
        bytes: file?.bytes ?? null,
        rows,
        audience: county.audience ?? covering,
        idempotency: key,
        recordedByTitle: tx.actor.postTitle ?? "",
      });
      if (first === 0) first = source;
      figures += await staging.recordStaged(tx, county.county, source);
    }
  } catch (error) {
    if ((error as { code?: string }).code === "23505") throw await explainClash(tx);
    throw error;
  }
  await staging.raiseLedgerVersion(
    tx,
    counties.map((county) => county.county),
  );
  await recordAudit(tx, {
    action: "ledger.recordFigures",
    object: `source:${first}`,
    after: { title: input.title, rows, figures, sha256: file?.sha256 },
  });
  return { source: first, rows, figures, repeated: false };
}

/** The smallest region with both in its subtree, not above the county. */
function coveringRegion(a: number, b: number): number {
  let region = a;
  while (!contains(region, b)) region = parentOf(region) ?? countyRegion(Math.floor(a / 1_000_000));
  return region;
}

/** Why the ledger refused the rows as a set: repeated in the file, or recorded before. */
async function explainClash(tx: Tx) {
  await staging.backToSavepoint(tx);
  const repeated = await staging.findRepeatedInFile(tx, MOST_PROBLEMS);
  const recorded = repeated.length > 0 ? [] : await staging.findAlreadyRecorded(tx, MOST_PROBLEMS);
  const places: PlaceProblem[] = [
    ...repeated.map((clash) => ({
      line: clash.line,
      code: "REPEATED_IN_FILE",
      zh: `与第 ${clash.other} 行是同一地区、指标、时期的数据，只能有一条`,
      en: `The same region, measure and period as line ${clash.other}; there can be only one`,
    })),
    ...recorded.map((clash) => ({
      line: clash.line,
      code: "ALREADY_RECORDED",
      zh: `台账中已有这一数据（编号 ${clash.figure}）；如有变动请作更正并说明原因`,
      en: `The ledger has this figure already (number ${clash.figure}); if it changed, correct it and say why`,
    })),
  ];
  return FIGURES_REFUSED({ places });
}

const knownColumns = new Set([
  "region",
  "subject",
  "measure",
  "basis",
  "period",
  "value",
  "unit",
  "growth",
  "qualifier",
  "aspect",
  "note",
]);

/** Reads CSV row by row with line numbers as an editor shows them. @throws UNREADABLE_FILE naming line and mend */
async function* readCsv(
  content: AsyncIterable<Uint8Array>,
  facts: { value?: FileFacts },
  truncated: (() => boolean) | undefined,
): AsyncGenerator<TextRow> {
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: false,
    max_record_size: 20_000,
  });
  const feeding = feed(content, parser, facts);
  // Reported at the end: a parser that stops early must not leave this one unhandled.
  feeding.catch(() => {});
  let header: string[] | undefined;
  try {
    for await (const item of parser) {
      const { record: cells, info } = item as { record: string[]; info: { lines: number } };
      if (header === undefined) {
        header = readHeader(cells);
        continue;
      }
      const row: Record<string, string> = {};
      for (let i = 0; i < header.length; i++) {
        const cell = cells[i];
        if (cell !== undefined && cell !== "") row[header[i] as string] = cell;
      }
      yield { ...row, line: info.lines } as TextRow;
    }
    await feeding;
  } catch (error) {
    throw unreadable(error);
  }
  if (truncated?.()) throw TOO_LARGE();
}

async function feed(
  content: AsyncIterable<Uint8Array>,
  parser: ReturnType<typeof parse>,
  facts: { value?: FileFacts },
): Promise<void> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once("drain", resolve));
    }
    facts.value = { sha256: hash.digest("hex"), bytes };
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
    throw error;
  }
}

function readHeader(cells: string[]): string[] {
  const header = cells.map((cell) => cell.trim().toLowerCase());
  const places = header.flatMap((name, i) =>
    knownColumns.has(name)
      ? []
      : [
          {
            line: 1,
            column: String(i + 1),
            code: "UNKNOWN_COLUMN",
            zh: `不认识的列“${cells[i]}”`,
            en: `Unknown column "${cells[i]}"`,
          },
        ],
  );
  for (const needed of ["region", "measure", "basis", "period"]) {
    if (!header.includes(needed)) {
      places.push({
        line: 1,
        column: needed,
        code: "COLUMN_MISSING",
        zh: `缺少列 ${needed}`,
        en: `The column ${needed} is missing`,
      });
    }
  }
  if (places.length > 0) throw FIGURES_REFUSED({ places });
  return header;
}

function unreadable(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const { code, lines } = error as CsvError & { lines?: number };
  // It quotes the cell, which may be long.
  const reason = error.message.slice(0, 300);
  return UNREADABLE_FILE({
    places: [
      {
        line: lines ?? 1,
        code,
        zh: `第 ${lines ?? 1} 行不是合格的 CSV：${reason}`,
        en: reason,
      },
    ],
  });
}
