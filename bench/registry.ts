/**
 * The relief registry: a county through the page's route, a prefecture by the command line, then pages and searches of a
 * township among all of them. Answers are checked as well: a fast wrong one fails.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { readCounty } from "../packs/divisions/read-divisions.ts";
import { readPack } from "../packs/pack-schema.ts";
import type { Pack } from "../packs/pack-schema.ts";
import { randomFor } from "../packs/yuanping-2016/generator/random.ts";
import { makeHouseholds } from "../packs/yuanping-2016/generator/registry.ts";
import type { Village } from "../packs/yuanping-2016/generator/registry.ts";
import { attachCluster } from "../src/platform/postgres/index.ts";
import { summarise } from "./latencies.ts";
import { cpuMs, residentMb, signIn, startProgram } from "./program.ts";
import type { Program, SignedIn } from "./program.ts";
import type { Report } from "./report.ts";

const part = "Registry";
const COUNTY_PERSONS = 18_120;
const PREFECTURE = 140_900_000_000;
const packDir = fileURLToPath(new URL("../packs/yuanping-2016/", import.meta.url));
const bin = fileURLToPath(new URL("../bin/taizhang.mjs", import.meta.url));

export async function measureRegistry(
  dataDir: string,
  { persons, requests }: { persons: number; requests: number },
  report: Report,
): Promise<void> {
  const pack = await readPack(packDir);
  const program = await startProgram(dataDir);
  try {
    const folder = join(dataDir, "bench-registry");
    mkdirSync(folder);
    const county = writeRegistry(join(folder, "county.csv"), villagesOf(pack), COUNTY_PERSONS);
    await measureUpload(program, { dataDir, file: county }, report);
    const villages = await addPrefecture(dataDir, pack);
    const prefecture = writeRegistry(join(folder, "prefecture.csv"), villages, persons);
    await measureCommand(dataDir, { file: prefecture, persons }, report);
    await measureAsking(program, await signIn(program, dataDir, "township"), { persons, requests }, report);
  } finally {
    await program.stop();
  }
}

/** All villages of the county, so that a township holds as many as in the prefecture. */
function villagesOf(pack: Pack): Village[] {
  const names = new Map(pack.regions.map((region) => [region.code, region.nameZh]));
  return pack.regions
    .filter(({ level, code }) => level === "village" && Math.floor(code / 1_000_000) === pack.county)
    .map(({ code, nameZh }) => ({
      code,
      name: nameZh,
      township: names.get(code - (code % 1000)) ?? "",
      county: names.get(pack.region) ?? "",
    }));
}

/** The counties around, down to their villages. */
async function addPrefecture(dataDir: string, pack: Pack): Promise<Village[]> {
  const set = pack.comparisonSets.find(({ level }) => level === "county");
  const codes = (set?.members ?? []).map((code) => code / 1_000_000).filter((code) => code !== pack.county);
  const read = await Promise.all(codes.map((code) => readCounty(code).catch(() => [])));
  // Each county brings its province and prefecture with it.
  const divisions = [...new Map(read.flat().map((one) => [one.code, one])).values()];
  const cluster = await attachCluster({ dataDir });
  const client = new pg.Client({ ...cluster.connection, database: "taizhang" });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO org.regions (code, parent, level, name_zh)
     SELECT code, parent, level, name FROM jsonb_to_recordset($1::jsonb) d(code bigint, parent bigint, level text, name text)
     ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh`,
      [JSON.stringify(divisions)],
    );
  } finally {
    await client.end();
  }
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  return divisions
    .filter(({ level }) => level === "village")
    .map(({ code, name }) => ({
      code,
      name,
      township: names.get(code - (code % 1000)) ?? "",
      county: names.get(code - (code % 1_000_000)) ?? "",
    }));
}

function writeRegistry(file: string, villages: readonly Village[], persons: number): string {
  const random = randomFor(2016, "bench", persons);
  const sizes: number[] = [];
  for (let left = persons; left > 0; ) {
    const size = Math.min(random.int(1, 4), left);
    sizes.push(size);
    left -= size;
  }
  const out = openSync(file, "w");
  let piece = "";
  // Numbers of their own: nobody is somebody of the demonstration.
  for (const { rows } of makeHouseholds(random, villages, {
    sizes,
    firstSequence: 500,
    firstNumber: 200_000,
  })) {
    piece += rows;
    if (piece.length < 1 << 20) continue;
    writeSync(out, piece);
    piece = "";
  }
  writeSync(out, piece);
  closeSync(out);
  return file;
}

async function measureUpload(
  program: Program,
  { dataDir, file }: { dataDir: string; file: string },
  report: Report,
): Promise<void> {
  const session = await signIn(program, dataDir, "relief");
  const form = new FormData();
  form.set("file", new Blob([await readFile(file)]), "county.csv");
  const [cpu, started] = [await cpuMs(program.pid), performance.now()];
  const response = await fetch(`${program.url}/api/v1/relief/imports`, {
    method: "POST",
    headers: { cookie: session.cookie, "x-csrf-token": session.csrf },
    body: form,
  });
  const answer = (await response.json()) as { added?: number };
  const seconds = (performance.now() - started) / 1000;
  if (answer.added !== COUNTY_PERSONS) throw new Error(`the import answered ${JSON.stringify(answer)}`);
  const processor = (await cpuMs(program.pid)) - cpu;
  const note = `${(processor / 1000).toFixed(1)} s of the server's processor`;
  report.add({
    part,
    what: "a county of 18,120 persons over HTTP",
    value: seconds,
    unit: "s",
    aim: { most: 5 },
    note,
  });
}

/** `taizhang registry import`, beside the running server. */
async function measureCommand(
  dataDir: string,
  { file, persons }: { file: string; persons: number },
  report: Report,
): Promise<void> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [bin, "registry", "import", file, "--lang", "en", "--region", String(PREFECTURE)],
    {
      env: { ...process.env, TAIZHANG_DATA: dataDir },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [words, mb, processor] = ["", 0, 0];
  child.stdout.on("data", (chunk: Buffer) => (words += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()));
  const watch = setInterval(() => {
    const pid = child.pid as number;
    Promise.all([residentMb(pid), cpuMs(pid)]).then(
      ([now, cpu]) => ([mb, processor] = [Math.max(mb, now), cpu]),
      () => {}, // it has ended
    );
  }, 50);
  const status = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  const added = [...words.matchAll(/(\d+) added/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  if (status !== 0 || added !== persons) throw new Error(`status ${status}: ${words.slice(-2000)}`);
  const thousands = persons.toLocaleString("en");
  const note = `${(processor / 1000).toFixed(0)} s of its processor`;
  report.add({
    part,
    what: `${thousands} persons by the command line`,
    value: seconds,
    unit: "s",
    aim: { most: 60 },
    note,
  });
  report.add({ part, what: "its highest memory", value: mb, unit: "MB" });
}

type Page = { items: { name: string; household: number; region: { code: number } }[] };

async function measureAsking(
  program: Program,
  session: SignedIn,
  { persons, requests }: { persons: number; requests: number },
  report: Report,
): Promise<void> {
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`${program.url}/api/v1/relief${path}`, {
      headers: { cookie: session.cookie },
    });
    const answer = (await response.json()) as Answer;
    if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const township = await ask<Page>("/persons?limit=200");
  const names = [...new Set(township.items.map(({ name }) => name.slice(0, 2)))];
  const homes = [...new Set(township.items.map(({ household }) => household))];
  const inScope = (code: number): boolean => Math.floor(code / 1000) === Math.floor(session.region / 1000);
  const search = async (i: number): Promise<void> => {
    const q = names[i % names.length] as string;
    const { items } = await ask<Page>(`/persons?q=${encodeURIComponent(q)}`);
    if (items.length === 0 || !items.every(({ name, region }) => name.includes(q) && inScope(region.code)))
      throw new Error(`searching ${q} gave the wrong persons`);
  };
  const open = async (i: number): Promise<void> => {
    const id = homes[i % homes.length] as number;
    const home = await ask<{ id: number; members: unknown[] }>(`/households/${id}`);
    if (home.id !== id || home.members.length === 0)
      throw new Error(`household ${id} is not as it should be`);
  };
  const among = `of a township, among ${(persons + 2 * COUNTY_PERSONS).toLocaleString("en")} persons`;
  for (const [what, work] of [
    ["search by two characters", search],
    ["household page", open],
  ] as const) {
    const times: number[] = [];
    for (let i = 0; i < requests + 10; i++) {
      const started = performance.now();
      await work(i);
      // The first few plan their statements.
      if (i >= 10) times.push(performance.now() - started);
    }
    const { p50, p95, max } = summarise(times, 1);
    const note = `median ${p50.toFixed(1)}, slowest ${max.toFixed(0)} ms`;
    report.add({ part, what: `${what} ${among}, p95`, value: p95, unit: "ms", aim: { most: 50 }, note });
  }
}
