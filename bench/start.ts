/** From spawning the program to the first 200 of /health/ready: on an empty directory and on existing data. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./latencies.ts";
import { residentMb, startProgram } from "./program.ts";
import type { Report } from "./report.ts";

const part = "Start";

/** @param existing a data directory with the figures of the reading part */
export async function measureStart(
  existing: string | undefined,
  runs: number,
  report: Report,
): Promise<void> {
  const firsts: number[] = [];
  const agains: number[] = [];
  let idle = 0;
  for (let run = 0; run < runs; run++) {
    const dataDir = await mkdtemp(join(tmpdir(), "taizhang-bench-"));
    try {
      const first = await startProgram(dataDir);
      firsts.push(first.readyMs / 1000);
      await first.stop();
      const again = await startProgram(dataDir);
      agains.push(again.readyMs / 1000);
      idle = await residentMb(again.pid);
      await again.stop();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  report.add({
    part,
    what: "first run: cluster, schema, demonstration pack",
    value: median(firsts),
    unit: "s",
  });
  report.add({
    part,
    what: "existing data (demonstration)",
    value: median(agains),
    unit: "s",
    aim: { most: 3 },
  });
  report.add({
    part: "Memory",
    what: "server, idle after start",
    value: idle,
    unit: "MB",
    aim: { most: 250 },
  });
  if (existing === undefined) return;
  const big: number[] = [];
  for (let run = 0; run < runs; run++) {
    const program = await startProgram(existing);
    big.push(program.readyMs / 1000);
    await program.stop();
  }
  report.add({
    part,
    what: "existing data (the ledger of the reading part)",
    value: median(big),
    unit: "s",
    aim: { most: 3 },
  });
}
