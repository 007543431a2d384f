/**
 * Matches a registry against registers, from CSV to clues. Columns and tables are in memory shared by the threads; nothing is
 * written anywhere, and nothing of a row is said in messages.
 */
import { indexParts, makeIndex } from "../core/matching/block-index.ts";
import type { BlockIndex, KeyedRows } from "../core/matching/block-index.ts";
import type { RegisterRows } from "../core/matching/find-candidates.ts";
import type { FoundPairs } from "../core/matching/find-pairs.ts";
import type { AllNames, NameCounts } from "../core/matching/name-counts.ts";
import { tellAges, weighKinAges, yearsOfBirth } from "../core/matching/kin-ages.ts";
import type { Registry } from "../core/matching/registry.ts";
import { weighAges } from "../core/matching/weigh-ages.ts";
import type { RegisterPairs } from "../core/matching/weights.ts";
import { openInput } from "./input.ts";
import type { Source } from "./input.ts";
import { hashPlaces } from "./join-places.ts";
import { joinRegistry } from "./join-registry.ts";
import type { MatchThreads } from "./match-threads.ts";
import { startThreads } from "./match-threads.ts";
import { nameClues } from "./name-clues.ts";
import type { FoundClue } from "./name-clues.ts";
import type { ChunkRows } from "./read-chunk.ts";
import { readRegisters } from "./read-registers.ts";
import { readHead } from "./register-file.ts";
import type { RegisterFile } from "./register-file.ts";
import { countYears, toRegisterRows } from "./register-rows.ts";
import { repeatedKeyFault } from "./repeated-key.ts";
import { memoryFor, requireMemory } from "./require-memory.ts";

export type { FoundClue } from "./name-clues.ts";

export type MatchOptions = {
  registry: Source;
  /** each under a name of its own */
  against: readonly Source[];
  threads: number;
  /** the caller waits for nothing else, so that its own thread works too */
  ownThreadWorks?: boolean;
  /** clues of a lower probability are left out, 0–1 */
  least: number;
  /** names of the registers on which a spouse, parent or child concerns the household too */
  relativesOn: readonly string[];
  signal?: AbortSignal;
  /** a step of the work, for progress */
  progress: (step: MatchStep, done: number, of: number) => void;
};
export type MatchStep = "read" | "prepare" | "compare" | "decide";

export type MatchResult = {
  clues: FoundClue[];
  persons: number;
  registers: { name: string; rows: number; absent: readonly string[] }[];
  absent: readonly string[];
};

/** @throws Problem with file, line and column; the reason of the signal when it aborts */
export async function matchSources(options: MatchOptions): Promise<MatchResult> {
  const { registry, registers, pairs, files, absent } = await findSources(options);
  options.progress("decide", 0, 1);
  const clues = nameClues(registry, pairs, registers, options);
  const shown = files.map((file, r) => ({ ...file, rows: countRows(registers[r] as RegisterRows[]) }));
  return { clues, persons: registry.rows, registers: shown, absent };
}

/** Registry and registers in columns, the pairs found between them with all that is seen of them, by register, and what columns lack. */
export type FoundSources = {
  registry: Registry;
  registers: readonly (readonly RegisterRows[])[];
  pairs: RegisterPairs[];
  files: { name: string; absent: readonly string[] }[];
  absent: readonly string[];
};

/** `matchSources` before anything is weighed. */
export async function findSources(
  options: Omit<MatchOptions, "least" | "relativesOn">,
): Promise<FoundSources> {
  const registryFile = readHead("registry", openInput(options.registry), true);
  // In order of names, so that the order of arguments changes nothing.
  const files = options.against
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => readHead(source.name, openInput(source), false));
  const rowBytes = files.reduce((sum, { input }) => sum + input.size, 0);
  const bytes = registryFile.input.size + rowBytes;
  requireMemory(memoryFor(registryFile.input.size, rowBytes));
  const { threads: count, signal, ownThreadWorks: ownWorks = false } = options;
  const threads = startThreads({ count, bytes, ownWorks, signal });
  try {
    const found = await find(registryFile, files, threads, options.progress);
    const columns = files.map(({ name, absent }) => ({ name, absent }));
    return { ...found, files: columns, absent: registryFile.absent };
  } finally {
    await threads.end();
  }
}

async function find(
  registryFile: RegisterFile,
  files: readonly RegisterFile[],
  threads: MatchThreads,
  progress: MatchOptions["progress"],
): Promise<Pick<FoundSources, "registry" | "registers" | "pairs">> {
  const all = await readRegisters([registryFile, ...files], threads, (done, of) =>
    progress("read", done, of),
  );
  progress("prepare", 0, 1);
  // The threads count names and look for repeated keys while the registry is put together here.
  const counted = countNames([registryFile, ...files], all, threads);
  const placeHashes = splitLike(all, hashPlaces(all.flat().map(({ places }) => places)));
  const [registryChunks = [], ...chunks] = all;
  const registry = joinRegistry(registryChunks, placeHashes[0] as Uint32Array[]);
  const [ages, years] = [tellAges(registry), chunks.map(countYears)];
  const registers = chunks.map((parts, r) => {
    const ofRows = weighKinAges(ages, years[r] as Float64Array, new Float64Array(yearsOfBirth));
    return toRegisterRows(parts, placeHashes[r + 1] as Uint32Array[], ofRows);
  });
  const names = await counted;
  const index = await indexRegistry(registry, threads);
  await threads.tell({ kind: "context", context: { registry, index, names } });
  const found = await findAll(registers, threads, (done, of) => progress("compare", done, of));
  const pairs: RegisterPairs[] = files.map(({ name }, r) => ({ name, parts: found[r] as FoundPairs[] }));
  weighAges({ registry, ages }, pairs, registers, years);
  return { registry, registers, pairs };
}

const countRows = (parts: readonly RegisterRows[]): number => parts.reduce((sum, { rows }) => sum + rows, 0);

/** Deals a flat list out again as the nested one has it. */
function splitLike<T>(nested: readonly (readonly unknown[])[], flat: readonly T[]): T[][] {
  let at = 0;
  return nested.map(({ length }) => flat.slice(at, (at += length)));
}

/** @throws Problem when two rows of a file have one key */
async function countNames(
  files: readonly RegisterFile[],
  all: readonly (readonly ChunkRows[])[],
  threads: MatchThreads,
): Promise<AllNames> {
  const keyOrders = all.map((chunks) => ({
    kind: "unique" as const,
    chunks: chunks.map(({ rows, keys, keyStarts, keyHashes }) => ({ rows, keys, keyStarts, keyHashes })),
  }));
  const nameOrders = all
    .flat()
    .map(({ rows, units, nameStarts }) => ({ kind: "names" as const, rows, units, nameStarts }));
  const answers = await threads.doAll([...keyOrders, ...nameOrders]);
  files.forEach((file, i) => {
    const { repeated } = answers[i] as { repeated: number };
    if (repeated >= 0) throw repeatedKeyFault(file, repeated);
  });
  return (await threads.tell({ kind: "counts" })).map((answer) => (answer as { counts: NameCounts }).counts);
}

const rangeRows = 1 << 16;

async function indexRegistry(registry: Registry, threads: MatchThreads): Promise<BlockIndex> {
  await threads.tell({ kind: "registry", registry });
  const orders = Array.from({ length: Math.ceil(registry.rows / rangeRows) }, (_, i) => ({
    kind: "keys" as const,
    range: { from: i * rangeRows, to: Math.min(registry.rows, (i + 1) * rangeRows) },
  }));
  const ranges = (await threads.doAll(orders)).map((answer) => (answer as { keyed: KeyedRows }).keyed);
  const index = makeIndex(ranges);
  await threads.tell({ kind: "ranges", index, ranges });
  await threads.doAll(Array.from({ length: indexParts }, (_, part) => ({ kind: "part" as const, part })));
  return index;
}

async function findAll(
  registers: readonly (readonly RegisterRows[])[],
  threads: MatchThreads,
  progress: (done: number, of: number) => void,
): Promise<FoundPairs[][]> {
  const orders = registers.flat().map((rows) => ({ kind: "find" as const, rows }));
  let done = 0;
  const answers = await threads.doAll(orders, () => progress(++done, orders.length));
  return splitLike(
    registers,
    answers.map((answer) => (answer as { found: FoundPairs }).found),
  );
}
