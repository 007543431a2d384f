/** A look-back from CSV to clues, through the command line: time, memory, and how good the clues are. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeLookbackData, registers, sizes } from "./lookback-data.ts";
import { evaluate, readClues, readTruth } from "./lookback-evaluation.ts";
import type { Scored } from "./lookback-evaluation.ts";
import { mixes } from "./lookback-mixes.ts";
import { joinExactly, matchByCascade } from "./lookback-peers.ts";
import type { Report } from "./report.ts";

export type LookbackSize = keyof typeof sizes;

const part = "Look-back";
const bin = fileURLToPath(new URL("../bin/taizhang.mjs", import.meta.url));

/** Requirements: seconds and MB on two cores, quality for a prefecture. */
const aims: Readonly<Record<LookbackSize, { seconds: number; mb: number }>> = {
  S: { seconds: 1.5, mb: 1024 },
  M: { seconds: 6, mb: 1024 },
  L: { seconds: 75, mb: 4096 },
};

export async function measureLookback(
  folder: string,
  wanted: { sizes: readonly LookbackSize[]; seed: number },
  report: Report,
): Promise<void> {
  for (const size of wanted.sizes) await measureOne(join(folder, size), size, wanted.seed, report);
}

/** Seeds whose clues are judged together: a county of one seed has few links. */
const seedsTogether = 3;

/** Quality alone, on each mix of mistakes and people. */
export async function measureLookbackMixes(
  folder: string,
  wanted: { sizes: readonly LookbackSize[]; seed: number },
  report: Report,
): Promise<void> {
  for (const size of wanted.sizes)
    for (const [name, mix] of Object.entries(mixes)) {
      const outcome: Outcome = { clues: [], cascade: [], truth: new Map() };
      for (let seed = wanted.seed; seed < wanted.seed + seedsTogether; seed++) {
        makeLookbackData(folder, sizes[size], seed, mix);
        await match(folder);
        const one = readOutcome(folder);
        const keyed = ({ key, probability }: Scored): Scored => ({ key: `${seed},${key}`, probability });
        outcome.clues = outcome.clues.concat(one.clues.map(keyed));
        outcome.cascade = outcome.cascade.concat(one.cascade.map(keyed));
        for (const [key, kind] of one.truth) outcome.truth.set(`${seed},${key}`, kind);
      }
      tellQuality(outcome, { name: `${size}, ${name}`, isAimed: false }, report);
    }
}

async function measureOne(folder: string, size: LookbackSize, seed: number, report: Report): Promise<void> {
  const made = makeLookbackData(folder, sizes[size], seed);
  const name = `${size}: ${made.persons} persons, ${made.rows} rows`;
  const runs = size === "L" ? 1 : 3;
  const took = [];
  for (let run = 0; run < runs; run++) took.push(await match(folder));
  const joined = timeOf(() => joinExactly(folder, made.persons));
  const seconds = Math.min(...took.map((run) => run.seconds));
  report.add({
    part,
    what: `${name}, from CSV to clues`,
    value: seconds,
    unit: "s",
    aim: { most: aims[size].seconds },
    peer: { what: "exact join on the number", value: joined.seconds },
    note: `seed ${seed}, the shortest of ${runs}`,
  });
  const mb = Math.max(...took.map((run) => run.mb));
  report.add({ part, what: `${name}, peak memory`, value: mb, unit: "MB", aim: { most: aims[size].mb } });
  tellQuality(readOutcome(folder), { name, isAimed: size === "M" }, report);
}

type Outcome = { clues: Scored[]; cascade: Scored[]; truth: Map<string, string> };

const readOutcome = (folder: string): Outcome => ({
  clues: readClues(join(folder, "clues.csv")),
  cascade: matchByCascade(folder),
  truth: readTruth(folder),
});

function tellQuality(
  outcome: Outcome,
  { name, isAimed }: { name: string; isAimed: boolean },
  report: Report,
): void {
  const own = evaluate(outcome.clues, outcome.truth);
  const cascade = evaluate(outcome.cascade, outcome.truth);
  const least = (value: number): { aim?: { least: number } } => (isAimed ? { aim: { least: value } } : {});
  report.add({
    part,
    what: `${name}, best F1`,
    value: 100 * own.bestF1,
    unit: "%",
    ...least(97.6),
    note: `cascade of exact keys ${shown(cascade.bestF1)}; ${own.links} links`,
  });
  report.add({
    part,
    what: `${name}, recall at precision 0.99`,
    value: 100 * own.recallAt99,
    unit: "%",
    ...least(96),
    note: `cascade ${shown(cascade.recallAt99)}`,
  });
  for (const { from, stated, true: seen, count } of own.bands)
    report.add({
      part,
      what: `${name}, stated ${shown(stated)}: right`,
      value: 100 * seen,
      unit: "%",
      note: `${count} clues from ${from} on; chance alone ± ${shown(2 * Math.sqrt((stated * (1 - stated)) / count))}`,
    });
  const worse = [...own.kinds].filter(
    ([kind, [found, all]]) => all >= 50 && found < (cascade.kinds.get(kind)?.[0] ?? 0),
  );
  report.add({
    part,
    what: `${name}, less found than by the cascade`,
    value: worse.length,
    unit: "kinds",
    ...(isAimed ? { aim: { most: 0 } } : {}),
    note: [...own.kinds]
      .filter(([, [found, all]]) => all >= 50 && found < 0.98 * all)
      .map(
        ([kind, [found, all]]) => `${kind} ${found} of ${all} (cascade ${cascade.kinds.get(kind)?.[0] ?? 0})`,
      )
      .join(", "),
  });
}

const shown = (share: number): string => `${(100 * share).toFixed(1)} %`;

function timeOf<T>(work: () => T): { result: T; seconds: number } {
  const started = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/** As a person runs it; the program itself tells its peak memory. */
async function match(folder: string): Promise<{ seconds: number; mb: number }> {
  const against = registers.flatMap((name) => ["--against", `${name}=${join(folder, `${name}.csv`)}`]);
  const files = ["--registry", join(folder, "registry.csv"), ...against, "--out", join(folder, "clues.csv")];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [bin, "lookback", "match", ...files, "--threads", "2", "--lang", "en"],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (words += text));
  const status = await new Promise((settle) => {
    child.on("close", settle);
  });
  const mb = Number(/peak memory (\d+) MB/.exec(words)?.[1]);
  if (status !== 0 || Number.isNaN(mb))
    throw new Error(`the look-back ended with ${String(status)}:\n${words}`);
  return { seconds: (performance.now() - started) / 1000, mb };
}
