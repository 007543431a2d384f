/** Who holds the post that records or signs a verdict must not be of the household, whomever he names as visitors. */
import { beforeAll, expect, test } from "vitest";
import type { Asking } from "../../../../fixtures/ask.ts";
import { addPictures, finishRun, judgement, sendRegister, step } from "../../../../fixtures/clue-asking.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { VILLAGE } from "../../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../../fixtures/small-registry.ts";

const served = withServedCounty({ clock: () => new Date("2016-08-25T02:00:00Z") });
const { database, as } = served;
const [relief, township, village] = [as("relief"), as("sulongkou"), as("village")];
const NUMBER = idNumberOf("14098119700101901");
const NAME = "王建国";

beforeAll(async () => {
  const { households } = await insertHouseholds(database, served.server.application.config.dataDir, [
    {
      number: "H1",
      region: VILLAGE,
      phone: "13900000001",
      members: [
        { name: NAME, relation: "户主", sex: "male", idNumber: NUMBER },
        { name: "village同志", relation: "子女", sex: "male", idNumber: idNumberOf("14098119900101903") },
      ],
    },
  ]);
  const file = ["记录编号,车主姓名,证件号码,购置价", `V1,${NAME},${NUMBER},85000`].join("\n");
  const { id } = await sendRegister(relief, "vehicle", file);
  const run = await finishRun(relief, [id], "run-key-1");
  const body = { rules: ["vehicle-price"], dueDay: "2016-09-09" };
  await relief("POST", `/lookback/runs/${run.id}/send`, { body });
  await step(township, NAME, { verb: "assign", visitors: ["张三", "李四"] });
  await addPictures(township, NAME, "visit");
  await database.query(
    "INSERT INTO relief.recusals (county, region, official, household, kinship, recorded_by) VALUES (140981, $1, 'sulongkou 同志', $2, '堂弟', 0)",
    [VILLAGE, households.get("H1")],
  );
});

test("neither a member nor a relative records the verdict, nor signs it", async () => {
  const judge = async (asking: Asking) => (await step(asking, NAME, judgement("keep", "sold"))).json;
  expect(await judge(village)).toMatchObject({
    code: "VISITOR_REFUSED",
    detail: expect.stringContaining("village同志"),
  });
  expect(await judge(township)).toMatchObject({ code: "VISITOR_REFUSED" });
  await database.query("UPDATE relief.recusals SET official = '别人'");
  expect(await judge(township)).toMatchObject({ queue: "signoff" });
  await database.query("UPDATE relief.recusals SET official = 'sulongkou同志'");
  expect((await step(township, NAME, { verb: "sign" })).json).toMatchObject({ code: "VISITOR_REFUSED" });
  await database.query("UPDATE relief.recusals SET official = '别人'");
  expect((await step(township, NAME, { verb: "sign" })).json).toMatchObject({ queue: "review" });
});
