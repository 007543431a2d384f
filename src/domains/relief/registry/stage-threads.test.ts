/** A large file in threads says the same as a small one in the caller's own: rows, problems by line, and what is kept. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readKeyring } from "../../../platform/sealing/keyring.ts";
import { openSealer } from "../../../platform/sealing/sealer.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { checkCharacter } from "../core/registry/id-number.ts";
import type { SheetRow } from "../read-sheet.ts";
import { makeStageTask } from "./stage-task.ts";
import type { Staged } from "./stage-task.ts";
import { openStaging } from "./stage-threads.ts";

const plan = {
  headings: ["行政村代码", "户编号", "人编号", "姓名", "证件号码", "与户主关系", "自然村", "备注"],
  today: "2016-08-31",
  regions: [
    { code: 140981101000, nameZh: "苏龙口镇" },
    { code: 140981101202, nameZh: "苏龙口村委会" },
  ],
};
const ROWS = 34_000;
function rowOf(i: number): SheetRow {
  const first17 = `140981${1940 + (i % 60)}0101${String(i % 1000).padStart(3, "0")}`;
  const id = `${first17}${checkCharacter(first17)}`;
  const cells = [
    "140981101202",
    `H${i >> 1}`,
    `P${i}`,
    `张\t三\\${i % 7}`,
    id,
    i % 2 === 0 ? "户主" : "配偶",
    "",
    "",
  ];
  return { line: i + 2, cells };
}
const rows: SheetRow[] = Array.from({ length: ROWS }, (_, i) => rowOf(i));
const bad = (at: number, column: number, cell: string): void => {
  const row = rows[at] as SheetRow;
  rows[at] = { ...row, cells: row.cells.with(column, cell) };
};
bad(20, 3, "");
bad(30_000, 3, "");
bad(31_111, 0, "140924100201");
bad(32_222, 4, "14098119620307123X");
// The marks between cells on the way to a thread.
bad(33_001, 6, "东\u001E沟\u001F");

async function* inBatches(): AsyncGenerator<SheetRow[]> {
  for (let i = 0; i < ROWS; i += 2000) yield rows.slice(i, i + 2000);
}

let dataDir: string;
let sealer: Sealer;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "taizhang-stage-"));
  sealer = openSealer(await readKeyring(dataDir, {}), "sm4");
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** What is sealed looks different each time; a hash does not. */
const plainOf = (copy: string): string[] =>
  copy
    .split("\n")
    .map((line) => line.replaceAll(/\\\\x02[0-9a-f]{60,}/g, "sealed"))
    .sort();

describe("staging", () => {
  test("in threads and without gives the same", { timeout: 60_000 }, async () => {
    const own = makeStageTask(plan, sealer)(rows);
    const staging = openStaging(plan, sealer);
    const all: Staged[] = [];
    for await (const staged of staging.stageAll(inBatches())) all.push(staged);
    await staging.end();
    expect(all.reduce((sum, one) => sum + one.rows, 0)).toBe(ROWS);
    const problems = all.flatMap((one) => one.problems.map(({ place }) => `${place.line} ${place.code}`));
    expect(problems).toEqual([
      "22 MISSING",
      "30002 MISSING",
      "31113 UNKNOWN_VILLAGE",
      "32224 ID_CHECK",
      "33003 CONTROL_CHARACTER",
    ]);
    expect(own.problems.map(({ place }) => `${place.line} ${place.code}`)).toEqual(problems);
    expect(plainOf(all.map(({ copy }) => copy).join(""))).toEqual(plainOf(own.copy));
    expect(plainOf(own.copy).filter((line) => line !== "")).toHaveLength(ROWS - 4);
  });

  test("ends when it is broken off", async () => {
    const staging = openStaging(plan, sealer);
    const first = await staging.stageAll(inBatches()).next();
    expect(first.value?.rows).toBe(2000);
    await staging.end();
  });
});
