/** The briefing through the API and the command line, and the memory that an export of many figures takes. */
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { median } from "./latencies.ts";
import { peakResidentMb, signIn, startProgram } from "./program.ts";
import type { Program, SignedIn } from "./program.ts";
import type { Report } from "./report.ts";

const part = "Documents";
const bin = fileURLToPath(new URL("../bin/taizhang.mjs", import.meta.url));

export async function measureDocuments(dataDir: string, runs: number, report: Report): Promise<void> {
  const program = await startProgram(dataDir);
  try {
    const session = await signIn(program, dataDir, "dispatcher");
    const cold = await timeBriefing(program, session);
    const warm: number[] = [];
    for (let run = 0; run < runs; run++) warm.push(await timeBriefing(program, session));
    report.add({
      part,
      what: "briefing in Word, first after start",
      value: cold,
      unit: "s",
      aim: { most: 1 },
    });
    report.add({
      part,
      what: "briefing in Word, after that",
      value: median(warm),
      unit: "s",
      aim: { most: 1 },
    });
    const exported = await peakResidentMb(program.pid, () => countExported(program, session));
    const what = `server while exporting ${exported.value.toLocaleString("en")} figures as a workbook`;
    report.add({ part: "Memory", what, value: exported.mb, unit: "MB", aim: { most: 250 } });
  } finally {
    await program.stop();
  }
  const file = join(tmpdir(), `taizhang-bench-${process.pid}.docx`);
  const started = performance.now();
  const args = [bin, "briefing", "--period", "2016-07", "--out", file];
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, TAIZHANG_DATA: dataDir } });
  const seconds = (performance.now() - started) / 1000;
  await rm(file);
  report.add({
    part,
    what: "taizhang briefing as a process, database started for it",
    value: seconds,
    unit: "s",
  });
}

async function timeBriefing(program: Program, session: SignedIn): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${program.url}/api/v1/briefing/document?period=2016-07`, {
    headers: { cookie: session.cookie },
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const seconds = (performance.now() - started) / 1000;
  if (answer.status !== 200 || bytes.subarray(0, 2).toString() !== "PK")
    throw new Error(`no briefing: ${answer.status}`);
  return seconds;
}

/** Downloads the workbook of all figures and counts its bytes away; the rows are those that the CSV has. */
async function countExported(program: Program, session: SignedIn): Promise<number> {
  const headers = { cookie: session.cookie };
  const workbook = await fetch(`${program.url}/api/v1/figures/export?format=xlsx`, { headers });
  for await (const chunk of workbook.body ?? []) void chunk;
  if (workbook.status !== 200) throw new Error(`no workbook: ${workbook.status}`);
  const csv = await fetch(`${program.url}/api/v1/figures/export?format=csv`, { headers });
  let lines = 0;
  for await (const chunk of csv.body ?? []) for (const byte of chunk) if (byte === 10) lines++;
  return lines - 1;
}
