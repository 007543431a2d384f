/** A household that a later export shows in another township, with a clue that is still open. */
import { beforeAll, expect, test } from "vitest";
import { clueOf, finishRun, sendRegister, step } from "../../../../fixtures/clue-asking.ts";
import {
  first,
  HEAD_ID,
  homeId,
  registryFile,
  second,
  sendRegistry,
} from "../../../../fixtures/registry-file.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { OTHER_TOWNSHIP, TOWNSHIP, VILLAGE } from "../../../../fixtures/small-county.ts";
import type { Json } from "../../../../fixtures/ask.ts";

const now = new Date("2016-08-25T02:00:00Z");
const { database, as } = withServedCounty({ clock: () => now });
const [relief, newTownship] = [as("relief"), as("sulongkou")];
const OLD_VILLAGE = OTHER_TOWNSHIP + 201;

beforeAll(async () => {
  await database.query(
    "INSERT INTO org.regions (code, parent, level, name_zh, name_en) VALUES ($1, $2, 'village', '下庄村委会', 'Xiazhuang')",
    [OLD_VILLAGE, OTHER_TOWNSHIP],
  );
});

/** How many clues the county counts in each township that has any. */
async function countByTownship(): Promise<Record<number, number>> {
  const { townships } = (await relief("GET", "/clues/summary")).json;
  return Object.fromEntries(townships.map(({ region, total }: Json) => [region.code, total]));
}

test("takes its clues along, which stand in the queue of the township where it lives now and in no other", async () => {
  const there = [first, second].map((cells) => ({ ...cells, 乡镇: "崞阳镇", 行政村: "下庄村" }));
  expect((await sendRegistry(relief, "八月.csv", registryFile(...there))).status).toBe(201);
  const csv = `记录编号,车主姓名,证件号码,购置价\nV1,示例甲,${HEAD_ID},85000`;
  const register = await sendRegister(relief, "vehicle", csv);
  const run = await finishRun(relief, [register.id], "moved-household");
  const sending = { rules: ["vehicle-price"], dueDay: "2016-09-09" };
  expect((await relief("POST", `/lookback/runs/${run.id}/send`, { body: sending })).json.sent).toBe(1);
  expect(await countByTownship()).toEqual({ [OTHER_TOWNSHIP]: 1 });
  expect(await clueOf(newTownship, "示例甲")).toBeUndefined();

  expect((await sendRegistry(relief, "九月.csv", registryFile(first, second))).status).toBe(201);

  expect(await countByTownship()).toEqual({ [TOWNSHIP]: 1 });
  const clue = await clueOf(newTownship, "示例甲");
  expect(clue).toMatchObject({ queue: "township" });
  expect(clue.matches).toHaveLength(1);
  const assigned = await step(newTownship, "示例甲", { verb: "assign", visitors: ["张三", "李四"] });
  expect(assigned.json.queue).toBe("visit");
  const home = (await newTownship("GET", `/relief/households/${await homeId(database, first.户编号)}`)).json;
  expect(home.actions.map(({ kind }: Json) => kind)).toContain("register");
  for (const table of ["causes", "registry_actions", "clues", "clue_actions", "matches"])
    expect(
      await database.query(`SELECT 1 FROM relief.${table} WHERE region <> $1`, [VILLAGE]),
      table,
    ).toEqual([]);
});
