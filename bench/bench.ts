/** `npm run bench`: what the machine does with Taizhang, beside a limit or peer measured in the same run. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openCluster } from "../src/platform/postgres/index.ts";
import { ensureBigLedger } from "./big-ledger.ts";
import { measureDocuments } from "./documents.ts";
import { measureIngestion } from "./ingestion.ts";
import { measureLookback, measureLookbackMixes } from "./lookback.ts";
import type { LookbackSize } from "./lookback.ts";
import { describeMachine } from "./machine.ts";
import { measureProofing } from "./proofing.ts";
import { measureRegistry } from "./registry.ts";
import { measureReading } from "./reading.ts";
import { openReport } from "./report.ts";
import { measureReturns } from "./returns.ts";
import { measureReturnWorkbooks } from "./returns-workbook.ts";
import { measureStart } from "./start.ts";

const usage = `usage: npm run bench -- [--small] [--part start|ingestion|reading|documents|proofing|registry|lookback|mixes|returns]...
                            [--draft FILE] [--size S|M|L]... [--seed N] [--json FILE]

  --draft   a draft in plain text to proof, instead of one made up
  --size    of the look-back: S a county and M a prefecture when absent (mixes: S), L a province takes 2 GB of disk
  --seed    of its made-up data
  --small   one million figures to read instead of twenty, a hundred thousand to import: a quick look
  BENCH_DATA (environment) is where the large ledger is kept between runs; by default in the temporary directory`;

const { values } = parseArgs({
  options: {
    small: { type: "boolean", default: false },
    part: { type: "string", multiple: true },
    draft: { type: "string" },
    size: { type: "string", multiple: true },
    seed: { type: "string", default: "2016" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const wanted = (part: string): boolean => values.part === undefined || values.part.includes(part);
const figures = values.small ? 1_000_000 : 20_000_000;
const bigDir = process.env["BENCH_DATA"] ?? join(tmpdir(), `taizhang-bench-${figures}`);
const report = openReport();

const scratch = await mkdtemp(join(tmpdir(), "taizhang-bench-"));
try {
  if (wanted("reading")) {
    const big = await ensureBigLedger(bigDir, figures, report.say);
    await measureReading(
      bigDir,
      { connections: 10, seconds: values.small ? 3 : 8, runs: 3, figures: big.figures },
      report,
    );
  }
  if (wanted("start")) await measureStart(wanted("reading") ? bigDir : undefined, 3, report);
  if (wanted("ingestion")) {
    await measureIngestion(
      join(scratch, "import"),
      { figures: values.small ? 100_000 : 1_000_000, runs: values.small ? 1 : 3 },
      report,
    );
  }
  if (wanted("documents")) await measureDocuments(join(scratch, "documents"), 5, report);
  if (wanted("proofing")) {
    const strings = values.small ? 20_000 : 100_000;
    await measureProofing(values.draft, { characters: 1_000_000, strings }, report);
  }
  if (wanted("registry")) {
    const persons = values.small ? 50_000 : 350_000;
    await measureRegistry(join(scratch, "registry"), { persons, requests: 200 }, report);
  }
  if (wanted("lookback")) {
    const lookbackSizes = (values.size ?? (values.small ? ["S"] : ["S", "M"])) as LookbackSize[];
    await measureLookback(
      join(scratch, "lookback"),
      { sizes: lookbackSizes, seed: Number(values.seed) },
      report,
    );
  }
  if (wanted("mixes")) {
    await measureLookbackMixes(
      join(scratch, "mixes"),
      { sizes: (values.size ?? ["S"]) as LookbackSize[], seed: Number(values.seed) },
      report,
    );
  }
  if (wanted("returns")) {
    await measureReturns(join(scratch, "filing"), { units: 2000 }, report);
    const sizes = values.small ? [20_000] : [20_000, 200_000];
    await measureReturnWorkbooks(join(scratch, "returns"), sizes, report);
  }
  const machine = await machineOf(join(scratch, "machine"));
  await report.close(machine, values.json);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function machineOf(dataDir: string): Promise<Record<string, string | number>> {
  const cluster = await openCluster({ dataDir, log: () => {} });
  try {
    return await describeMachine(cluster.connection);
  } finally {
    await cluster.stop();
  }
}
