/** The same input gives the same bytes: whatever the order of rows and files, and the number of threads. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLookbackData, registers } from "../../../../bench/lookback-data.ts";
import { evaluate, keyOf, readTruth } from "../../../../bench/lookback-evaluation.ts";
import { randomFrom } from "../../../../bench/random.ts";
import { tellClue } from "../core/matching/tell-clues.ts";
import type { Source } from "./input.ts";
import { matchSources } from "./match-sources.ts";
import type { FoundClue, MatchOptions } from "./match-sources.ts";

// Enough that two threads are taken when two are allowed, and that files are read in several parts.
const size = {
  persons: 20_000,
  rows: { payroll: 4000, vehicle: 230_000, housing: 12_000, company: 6000 },
  counties: 2,
};
const files = ["registry", ...registers];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taizhang-lookback-"));
  makeLookbackData(folder, size, 7);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As the command line does it: its own thread works too. */
async function match(from: string, names: readonly string[], threads: number): Promise<FoundClue[]> {
  const pathOf = (name: string): string => join(from, `${name}.csv`);
  return matchSourcesOf(
    { name: "registry", path: pathOf("registry") },
    names.map((name) => ({ name, path: pathOf(name) })),
    { threads, ownThreadWorks: true },
  );
}

/** From memory, as the server does it: its own thread has others to serve. */
async function matchBytes(threads: number): Promise<FoundClue[]> {
  const bytesOf = (name: string): Promise<Buffer> => readFile(join(folder, `${name}.csv`));
  const against = await Promise.all(registers.map(async (name) => ({ name, bytes: await bytesOf(name) })));
  const registry = { name: "registry", bytes: await bytesOf("registry") };
  return matchSourcesOf(registry, against, { threads, ownThreadWorks: false });
}

async function matchSourcesOf(
  registry: Source,
  against: readonly Source[],
  by: Pick<MatchOptions, "threads" | "ownThreadWorks">,
): Promise<FoundClue[]> {
  const { clues } = await matchSources({
    registry,
    against,
    ...by,
    least: 0.05,
    relativesOn: registers,
    progress: () => {},
  });
  return clues;
}

const told = (clues: readonly FoundClue[]): string => clues.map((clue) => tellClue(clue, "zh")).join("");

async function shuffleRows(): Promise<string> {
  const shuffled = await mkdtemp(join(folder, "shuffled-"));
  const random = randomFrom(1);
  for (const name of files) {
    const [head = "", ...lines] = (await readFile(join(folder, `${name}.csv`), "utf8")).trimEnd().split("\n");
    for (let i = lines.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
    }
    await writeFile(join(shuffled, `${name}.csv`), `${[head, ...lines].join("\n")}\n`);
  }
  return shuffled;
}

describe("a look-back of 20,000 persons and 252,000 rows", () => {
  it("finds the same clues for rows and registers in another order, and for one thread and two", async () => {
    const clues = told(await match(folder, registers, 2));
    expect(clues.split("\n").length).toBeGreaterThan(600);
    expect(told(await match(folder, registers, 1)) === clues).toBe(true);
    expect(told(await matchBytes(1)) === clues).toBe(true);
    expect(told(await matchBytes(2)) === clues).toBe(true);
    expect(told(await match(await shuffleRows(), registers.toReversed(), 2)) === clues).toBe(true);
  }, 120_000);

  it("finds nearly all links, and states how sure it is", async () => {
    const clues = await match(folder, registers, 2);
    const scored = clues
      .filter(({ tier }) => tier !== "household")
      .map(({ personId, register, rowId, probability }) => ({
        key: keyOf(personId, register, rowId),
        probability,
      }));
    const { links, bestF1, recallAt99, bands } = evaluate(scored, readTruth(folder));
    expect(links).toBeGreaterThan(500);
    expect(bestF1).toBeGreaterThan(0.96);
    expect(recallAt99).toBeGreaterThan(0.93);
    expect(bands.at(-1)?.true).toBeGreaterThan(0.99);
  }, 120_000);
});
