/**
 * Matches a registry against registers, from CSV files to clues. Columns and tables are in memory shared by the threads;
 * nothing is written but the clues, and nothing of a row is said in messages.
 */
import { pinyin } from "pinyin-pro";
import { indexParts } from "../core/matching/blocks.ts";
import type { BlockIndex } from "../core/matching/blocks.ts";
import { decideClues, householdClues } from "../core/matching/decide.ts";
import type { Tier } from "../core/matching/decide.ts";
import type { EvidenceItem } from "../core/matching/evidence.ts";
import type { FoundPairs, MatchContext, RegisterRows } from "../core/matching/find-pairs.ts";
import { addCount, makeCounts } from "../core/matching/hash.ts";
import { idKind, kindOf } from "../core/matching/id-number.ts";
import { addChunkNames, finishNames, makeNameBuilder } from "../core/matching/name-table.ts";
import type { NameTable } from "../core/matching/name-table.ts";
import { fillSounds, soundUnits } from "../core/matching/name-sounds.ts";
import type { Sounds } from "../core/matching/name-sounds.ts";
import { makePlaceReader } from "../core/matching/places.ts";
import type { Place, PlaceText } from "../core/matching/places.ts";
import {
  countVillages,
  findHomeRegions,
  isNumberless,
  makeRegistry,
  markSharedPhones,
  measureKinAges,
  readHouseholds,
} from "../core/matching/registry.ts";
import type { Registry } from "../core/matching/registry.ts";
import { uint16s, uint32s, uint8s } from "../core/matching/shared-columns.ts";
import type { HouseholdColumns, RowColumns } from "../core/matching/shared-columns.ts";
import { estimateWeights } from "../core/matching/weights.ts";
import type { RegisterPairs } from "../core/matching/weights.ts";
import type { MatchThreads } from "./match-threads.ts";
import { startThreads } from "./match-threads.ts";
import type { ChunkRows } from "./read-chunk.ts";
import { readRegisters } from "./read-registers.ts";
import { repeatedKeyFault } from "./repeated-key.ts";
import { openInput } from "./input.ts";
import type { Source } from "./input.ts";
import { readHead } from "./register-file.ts";
import type { RegisterFile } from "./register-file.ts";

export type MatchOptions = {
  registry: Source;
  /** each under a name of its own */
  against: readonly Source[];
  threads: number;
  /** clues of a lower probability are left out, 0–1 */
  least: number;
  /** names of the registers on which a spouse, parent or child concerns the household too */
  relativesOn: readonly string[];
  signal?: AbortSignal;
  /** a step of the work, for progress */
  progress: (step: MatchStep, done: number, of: number) => void;
};
export type MatchStep = "read" | "prepare" | "compare" | "decide";

export type FoundClue = {
  personId: string;
  /** household: the member whom the row itself names */
  relativeId?: string;
  register: string;
  rowId: string;
  tier: Tier;
  /** 0–1, in millionths */
  probability: number;
  evidence: readonly EvidenceItem[];
};

export type MatchResult = {
  clues: FoundClue[];
  persons: number;
  registers: { name: string; rows: number; absent: readonly string[] }[];
  absent: readonly string[];
};

/** @throws Problem with file, line and column; the reason of the signal when it aborts */
export async function matchSources(options: MatchOptions): Promise<MatchResult> {
  const registryFile = readHead("registry", openInput(options.registry), true);
  // In order of names, so that the order of arguments changes nothing.
  const files = options.against
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => readHead(source.name, openInput(source), false));
  const threads = startThreads(options.threads, options.signal);
  try {
    return await match(registryFile, files, threads, options);
  } finally {
    await threads.end();
  }
}

async function match(
  registryFile: RegisterFile,
  files: readonly RegisterFile[],
  threads: MatchThreads,
  { least, relativesOn, progress }: MatchOptions,
): Promise<MatchResult> {
  const [registryChunks = [], ...chunks] = await readRegisters(
    [registryFile, ...files],
    threads,
    (done, of) => progress("read", done, of),
  );
  progress("prepare", 0, 1);
  const all = [registryChunks, ...chunks];
  const unique = requireUniqueKeys([registryFile, ...files], all, threads);
  const { names, sounds, numbers } = mergeNames(all);
  await unique;
  const readPlace = makePlaceReader(placeTexts(all));
  const registry = joinRegistry(registryChunks, numbers[0] as Uint32Array[], readPlace);
  prepareRegistry(registry, names);
  const registers = chunks.map((parts, r) =>
    toRegisterRows(parts, numbers[r + 1] as Uint32Array[], readPlace),
  );
  const context: MatchContext = {
    registry,
    index: await indexAll(registry, names, threads),
    names,
    sounds,
    kinAges: measureKinAges(registry),
    years: shareYears(chunks.flat()),
  };
  await threads.tell({ kind: "context", context });
  const orders = registers.flatMap((parts) => parts.map((rows) => ({ kind: "find", rows }) as const));
  let done = 0;
  const answers = await threads.doAll(orders, () => progress("compare", ++done, orders.length));
  progress("decide", 0, 1);
  const found = answers.map((answer) => (answer as { found: FoundPairs }).found);
  const pairs: RegisterPairs[] = files.map(({ name }, r) => {
    const before = registers.slice(0, r).reduce((sum, parts) => sum + parts.length, 0);
    return { name, parts: found.slice(before, before + (registers[r] as RegisterRows[]).length) };
  });
  const clues = decideAll(registry, pairs, registers, { least, relativesOn });
  const shown = files.map((file, r) => ({
    name: file.name,
    rows: (registers[r] as RegisterRows[]).reduce((sum, part) => sum + part.rows, 0),
    absent: file.absent,
  }));
  return { clues, persons: registry.rows, registers: shown, absent: registryFile.absent };
}

async function requireUniqueKeys(
  files: readonly RegisterFile[],
  all: readonly (readonly ChunkRows[])[],
  threads: MatchThreads,
): Promise<void> {
  const orders = all.map((chunks) => ({
    kind: "unique" as const,
    chunks: chunks.map(({ rows, keys, keyStarts, keyHashes }) => ({ rows, keys, keyStarts, keyHashes })),
  }));
  const answers = (await threads.doAll(orders)) as { repeated: number }[];
  answers.forEach(({ repeated }, i) => {
    if (repeated >= 0) throw repeatedKeyFault(files[i] as RegisterFile, repeated);
  });
}

/** Made in parts, by all threads. */
async function indexAll(
  registry: Registry,
  names: NameTable,
  threads: MatchThreads,
): Promise<readonly BlockIndex[]> {
  const { rows, name, county, town, village, region, birth, packed, phone, marks } = registry;
  const { units, starts, givenAt, hash, sound, surnameSound } = names;
  await threads.tell({
    kind: "registry",
    source: {
      registry: { rows, name, county, town, village, region, birth, packed, phone, marks },
      names: { units, starts, givenAt, hash, sound, surnameSound },
    },
  });
  const orders = Array.from({ length: indexParts }, (_, part) => ({ kind: "index" as const, part }));
  return ((await threads.doAll(orders)) as { index: BlockIndex }[]).map(({ index }) => index);
}

function* placeTexts(files: readonly (readonly ChunkRows[])[]): Iterable<PlaceText> {
  for (const chunks of files) for (const { places } of chunks) yield* places;
}

/** One table of all names; @returns for each part of each file the numbers in it of its own names */
function mergeNames(files: readonly (readonly ChunkRows[])[]): {
  names: NameTable;
  sounds: Sounds;
  numbers: Uint32Array[][];
} {
  const seen = new Uint8Array(soundUnits);
  for (const chunk of files.flat()) chunk.seen.forEach((is, unit) => (seen[unit] ||= is));
  const sounds: Sounds = {
    surname: uint16s(soundUnits),
    given: uint16s(soundUnits),
    other: uint16s(soundUnits),
  };
  const numberOf = fillSounds(sounds, seen, (character) => ({
    surname: pinyin(character, { toneType: "none", surname: "head", v: true }),
    readings: pinyin(character, { toneType: "none", type: "array", multiple: true, v: true }),
  }));
  const distinct = files.flat().reduce((sum, { names }) => sum + names.counts.length, 0);
  const builder = makeNameBuilder(distinct);
  const numbers = files.map((chunks) => chunks.map(({ names }) => addChunkNames(builder, names, numberOf)));
  return { names: finishNames(builder, sounds), sounds, numbers };
}

function joinRegistry(
  chunks: readonly ChunkRows[],
  numbers: readonly Uint32Array[],
  readPlace: (text: PlaceText) => Place,
): Registry {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const join32 = (pick: (chunk: ChunkRows) => Uint32Array): Uint32Array => {
    const joined = uint32s(rows);
    let at = 0;
    for (const chunk of chunks) {
      joined.set(pick(chunk).subarray(0, chunk.rows), at);
      at += chunk.rows;
    }
    return joined;
  };
  const join8 = (pick: (chunk: ChunkRows) => Uint8Array): Uint8Array => {
    const joined = uint8s(rows);
    let at = 0;
    for (const chunk of chunks) {
      joined.set(pick(chunk).subarray(0, chunk.rows), at);
      at += chunk.rows;
    }
    return joined;
  };
  const columns: RowColumns & HouseholdColumns = {
    rows,
    name: joinNames(chunks, numbers, rows),
    place: uint32s(0),
    region: join32((chunk) => chunk.region),
    birth: join32((chunk) => chunk.birth),
    packed: join32((chunk) => chunk.packed),
    phone: join32((chunk) => chunk.phone),
    marks: join8((chunk) => chunk.marks),
    ...joinKeys(chunks, rows),
    odd: joinOdd(chunks),
    householdA: join32((chunk) => chunk.householdA),
    householdB: join32((chunk) => chunk.householdB),
    relation: join8((chunk) => chunk.relation),
  };
  return makeRegistry(columns, joinPlaces(chunks, rows, readPlace));
}

function joinNames(chunks: readonly ChunkRows[], numbers: readonly Uint32Array[], rows: number): Uint32Array {
  const joined = uint32s(rows);
  let at = 0;
  chunks.forEach((chunk, i) => {
    const own = numbers[i] as Uint32Array;
    for (let row = 0; row < chunk.rows; row++) joined[at++] = own[chunk.name[row] as number] as number;
  });
  return joined;
}

function joinKeys(chunks: readonly ChunkRows[], rows: number): Pick<RowColumns, "keys" | "keyStarts"> {
  const keys = uint8s(chunks.reduce((sum, chunk) => sum + chunk.keys.length, 0));
  const keyStarts = uint32s(rows + 1);
  let [row, used] = [0, 0];
  for (const chunk of chunks) {
    keys.set(chunk.keys, used);
    for (let i = 0; i < chunk.rows; i++) keyStarts[++row] = used + (chunk.keyStarts[i + 1] as number);
    used += chunk.keys.length;
  }
  return { keys, keyStarts };
}

function joinOdd(chunks: readonly ChunkRows[]): Map<number, readonly number[]> {
  const odd = new Map<number, readonly number[]>();
  let before = 0;
  for (const chunk of chunks) {
    for (const [row, digits] of chunk.odd) odd.set(before + row, digits);
    before += chunk.rows;
  }
  return odd;
}

function joinPlaces(
  chunks: readonly ChunkRows[],
  rows: number,
  readPlace: (text: PlaceText) => Place,
): Pick<Registry, "county" | "town" | "village"> {
  const joined = { county: uint32s(rows), town: uint32s(rows), village: uint32s(rows) };
  let at = 0;
  for (const chunk of chunks) {
    const places = chunk.places.map(readPlace);
    for (let row = 0; row < chunk.rows; row++, at++) {
      const place = places[chunk.place[row] as number] as Place;
      joined.county[at] = place.county;
      joined.town[at] = place.town;
      joined.village[at] = place.village;
    }
  }
  return joined;
}

function prepareRegistry(registry: Registry, names: NameTable): void {
  readHouseholds(registry);
  findHomeRegions(registry);
  markSharedPhones(registry);
  countVillages(registry, names);
}

function toRegisterRows(
  chunks: readonly ChunkRows[],
  numbers: readonly Uint32Array[],
  readPlace: (text: PlaceText) => Place,
): RegisterRows[] {
  const registerRows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const placeCounts = makeCounts(chunks.reduce((sum, chunk) => sum + chunk.places.length * 3, 8));
  const parts = chunks.map((chunk) => {
    const placeHashes = uint32s(chunk.places.length * 3);
    chunk.places.forEach((text, i) => {
      const { county, town, village } = readPlace(text);
      placeHashes.set([county, town, village], i * 3);
    });
    const perPlace = new Uint32Array(chunk.places.length);
    for (let row = 0; row < chunk.rows; row++) {
      const place = chunk.place[row] as number;
      perPlace[place] = (perPlace[place] as number) + 1;
    }
    perPlace.forEach((count, i) => {
      for (const hash of placeHashes.subarray(i * 3, i * 3 + 3))
        if (hash !== 0) addCount(placeCounts, hash, count);
    });
    return { chunk, placeHashes };
  });
  return parts.map(({ chunk, placeHashes }, i) => {
    const { rows, name, place, region, birth, packed, phone, marks, keys, keyStarts, odd } = chunk;
    const columns = { rows, name, place, region, birth, packed, phone, marks, keys, keyStarts, odd };
    return { ...columns, nameNumbers: numbers[i] as Uint32Array, placeHashes, registerRows, placeCounts };
  });
}

function shareYears(chunks: readonly ChunkRows[]): Float64Array {
  const years = new Float64Array(240);
  for (const chunk of chunks)
    chunk.years.forEach((count, year) => (years[year] = (years[year] as number) + count));
  const total = years.reduce((sum, count) => sum + count, 1);
  return years.map((count) => count / total);
}

function decideAll(
  registry: Registry,
  pairs: readonly RegisterPairs[],
  registers: readonly (readonly RegisterRows[])[],
  { least, relativesOn }: Pick<MatchOptions, "least" | "relativesOn">,
): FoundClue[] {
  let [absent, failed] = [0, 0];
  for (let row = 0; row < registry.rows; row++) {
    if (isNumberless(registry, row)) absent++;
    else if (kindOf(registry.packed[row] as number) === idKind.failed) failed++;
  }
  const persons = Math.max(1, registry.rows);
  const weights = estimateWeights(pairs, { absent: absent / persons, failed: failed / persons });
  const decoder = new TextDecoder();
  const textOf = ({ keys, keyStarts }: RowColumns, row: number): string =>
    decoder.decode(keys.slice(keyStarts[row], keyStarts[row + 1]));
  const clues: FoundClue[] = [];
  pairs.forEach((register, r) => {
    const rows = registers[r] as readonly RegisterRows[];
    const own = decideClues(registry, register, rows, { weights, register: r, least: least * 1e6 });
    const all = relativesOn.includes(register.name)
      ? own.flatMap((clue) =>
          clue.probability >= 500_000 ? [clue, ...householdClues(registry, clue)] : [clue],
        )
      : own;
    for (const clue of all)
      clues.push({
        personId: textOf(registry, clue.person),
        ...(clue.relative === undefined ? {} : { relativeId: textOf(registry, clue.relative) }),
        register: register.name,
        rowId: textOf(rows[clue.part] as RowColumns, clue.row),
        tier: clue.tier,
        probability: clue.probability / 1e6,
        evidence: clue.evidence,
      });
  });
  const keyed = clues.map((clue) => ({
    clue,
    key: `${clue.personId}\0${clue.register}\0${clue.rowId}\0${clue.tier}`,
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ clue }) => clue);
}
