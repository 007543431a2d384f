/** A return's workbook of twelve numbers a row: reading with every cell checked, beside reading it raw, and marking it. */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeXlsxStream } from "hucre/xlsx";
import { FormDefinition } from "../src/domains/returns/contract.ts";
import { runChild } from "./child.ts";
import type { Report } from "./report.ts";
import type { ReaderPlan, ReaderResult } from "./returns-reader.ts";

const COLUMNS = 12;
/** One number in so many is wrong. */
const WRONG = 100;

const form = FormDefinition.parse({
  code: "bench",
  nameZh: "测试月报",
  nameEn: "Bench, monthly",
  owner: "stats",
  periodForm: "month",
  filers: {},
  review: [{ level: "county" }],
  due: { kind: "working-days", count: 5 },
  subjects: {
    kind: "list",
    prefix: "enterprise",
    nameZh: "企业",
    nameEn: "Enterprise",
    items: [],
    isOpen: true,
  },
  columns: Array.from({ length: COLUMNS }, (_, i) => ({
    code: `c${i}`,
    nameZh: `指标${i}`,
    nameEn: `Measure ${i}`,
    kind: "number",
    unit: "万元",
    decimals: 2,
    required: true,
    min: "0",
  })),
});

export async function measureReturnWorkbooks(
  dir: string,
  rows: readonly number[],
  report: Report,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const count of rows) await measureSize(join(dir, `returns-${count}.xlsx`), count, report);
}

async function measureSize(file: string, count: number, report: Report): Promise<void> {
  const wrong = await writeWorkbook(file, count);
  const run = (how: ReaderPlan["how"]): Promise<ReaderResult> =>
    runChild<ReaderResult>("returns-reader.ts", { file, form, how, marks: 2000 } satisfies ReaderPlan);
  const read = await run("return");
  if (read.rows !== count || read.problems !== wrong)
    throw new Error(`${read.rows} rows and ${read.problems} problems instead of ${count} and ${wrong}`);
  const raw = await run("raw");
  if (raw.rows !== count) throw new Error(`${raw.rows} rows were read raw instead of ${count}`);
  const marked = await run("mark");
  const what = `${count.toLocaleString("en")} rows × ${COLUMNS}`;
  const isNormal = count <= 20_000;
  const note = `nothing else had its turn for at most ${read.longestBlockMs.toFixed(0)} ms`;
  report.add({
    part: "Returns",
    what: `workbook of ${what} read, ${wrong.toLocaleString("en")} problems at their cells`,
    value: read.seconds,
    unit: "s",
    ...(isNormal ? { aim: { most: 10 } } : {}),
    peer: { what: "raw reading by hucre", value: raw.seconds },
    note,
  });
  report.add({
    part: "Memory",
    what: `reading a workbook of ${what}`,
    value: read.extraMb,
    unit: "MB",
    ...(isNormal ? { aim: { most: 300 } } : {}),
    peer: { what: "raw reading by hucre", value: raw.extraMb },
  });
  report.add({
    part: "Returns",
    what: `2,000 problems marked in a workbook of ${what}`,
    value: marked.seconds,
    unit: "s",
    note: `${marked.extraMb.toFixed(0)} MB more; nothing else had its turn for at most ${marked.longestBlockMs.toFixed(0)} ms`,
  });
}

/** @returns how many of its numbers are wrong */
async function writeWorkbook(file: string, count: number): Promise<number> {
  let wrong = 0;
  function* rows(): Generator<(string | number)[]> {
    yield ["代码", "企业", ...form.columns.map(({ nameZh, unit }) => `${nameZh}（${unit ?? ""}）`)];
    for (let line = 0; line < count; line++) {
      const numbers = form.columns.map((_, i) => {
        const seed = line * COLUMNS + i;
        const isWrong = seed % WRONG === 0;
        if (isWrong) wrong++;
        return isWrong ? -1 : ((seed * 7919) % 10_000_000) / 100;
      });
      yield [`e${line}`, `示例企业${line}`, ...numbers];
    }
  }
  const bytes = writeXlsxStream(rows(), { name: "数据" }) as AsyncIterable<Uint8Array>;
  await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(file));
  return wrong;
}
