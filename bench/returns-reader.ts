/** Reads, or marks, one workbook in a process of its own, so that its memory is nobody else's. */
import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { json } from "node:stream/consumers";
import { streamXlsxRows } from "hucre/xlsx";
import type { FormDefinition } from "../src/domains/returns/core/form.ts";
import { markWorkbook } from "../src/domains/returns/workbook/mark-workbook.ts";
import { readReturnWorkbook } from "../src/domains/returns/workbook/read-workbook.ts";
import { period } from "../src/shared/period.ts";

export type ReaderPlan = {
  file: string;
  form: FormDefinition;
  how: "return" | "raw" | "mark";
  marks: number;
};
export type ReaderResult = {
  seconds: number;
  /** above what the process had with the file in memory */
  extraMb: number;
  /** for which nothing else had its turn */
  longestBlockMs: number;
  rows: number;
  problems: number;
};

const plan = (await json(process.stdin)) as ReaderPlan;
const bytes = await readFile(plan.file);
const before = process.memoryUsage().rss;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
const { rows, problems } = await work();
const seconds = (performance.now() - started) / 1000;
delay.disable();
const result: ReaderResult = {
  seconds,
  extraMb: process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024,
  longestBlockMs: delay.max / 1e6,
  rows,
  problems,
};
process.stdout.write(JSON.stringify(result));

async function work(): Promise<{ rows: number; problems: number }> {
  if (plan.how === "raw") {
    let count = 0;
    for await (const row of streamXlsxRows(bytes)) count += row.values.length > 0 ? 1 : 0;
    return { rows: count - 1, problems: 0 };
  }
  if (plan.how === "mark") {
    const marks = Array.from({ length: plan.marks }, (_, i) => ({
      sheet: "数据",
      cell: `${"CDEFGHIJKLMN"[i % 12] ?? "C"}${i * 9 + 2}`,
      severity: i % 3 === 0 ? ("soft" as const) : ("hard" as const),
      code: "BELOW_MIN",
      subject: null,
      column: null,
      zh: "不得小于 0",
      en: "Must not be below 0",
    }));
    const marked = await markWorkbook(bytes, marks);
    if (marked.length < bytes.length / 2) throw new Error("the marked copy is not whole");
    return { rows: 0, problems: marks.length };
  }
  const read = await readReturnWorkbook({
    bytes,
    form: plan.form,
    formVersion: 1,
    period: period("2016-07"),
    unitCode: "bench",
    key: Buffer.from("bench"),
  });
  return { rows: read.rows.length, problems: read.problemCount };
}
