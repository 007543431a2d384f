/** A register comes in, a run finds people on it, and their clues go all the way; with what must be refused on the way. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import {
  addPictures,
  clueOf,
  finishRun,
  judgement,
  PNG,
  sendRegister,
  step,
} from "../../../../fixtures/clue-asking.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { COUNTY, OTHER_TOWNSHIP, VILLAGE } from "../../../../fixtures/small-county.ts";
import { readKeyring } from "../../../platform/sealing/keyring.ts";
import { openSealer } from "../../../platform/sealing/sealer.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { changeKeys } from "../change-keys.ts";
import { idNumberOf, insertHouseholds } from "../../../../fixtures/small-registry.ts";

const OTHER_VILLAGE = OTHER_TOWNSHIP + 201;
const WANG = idNumberOf("14098119700101901");
const LI = idNumberOf("14098119720202902");
const ZHAO = idNumberOf("14098119650303903");
const SUN = idNumberOf("14098119800404904");

let now = new Date("2016-08-25T02:00:00Z");
const served = withServedCounty({ clock: () => now });
const { database, signIn } = served;
let ids: Awaited<ReturnType<typeof insertHouseholds>>;

beforeAll(async () => {
  await database.query(
    `INSERT INTO org.regions (code, parent, level, name_zh) VALUES (${OTHER_VILLAGE}, ${OTHER_TOWNSHIP}, 'village', '崞阳村')`,
  );
  const head = { relation: "户主", sex: "male" as const };
  ids = await insertHouseholds(database, served.server.application.config.dataDir, [
    {
      number: "H1",
      region: VILLAGE,
      phone: "13900000001",
      members: [
        { ...head, name: "王建国", idNumber: WANG },
        { name: "李秀英", relation: "配偶", sex: "female", idNumber: LI },
      ],
    },
    {
      number: "H2",
      region: OTHER_VILLAGE,
      phone: "13900000002",
      members: [{ ...head, name: "赵铁柱", idNumber: ZHAO }],
    },
    {
      number: "H3",
      region: VILLAGE,
      phone: "13900000003",
      members: [{ ...head, name: "孙有财", idNumber: SUN }],
    },
  ]);
});

const on = (day: string): void => {
  now = new Date(`${day}T02:00:00Z`);
};

const vehicles = [
  "记录编号,车主姓名,证件号码,乡镇,购置价,品牌",
  `V1,王建国,${WANG},苏龙口镇,85000,长城`,
  `V2,赵铁柱,${ZHAO},崞阳镇,3.2万,五菱`,
  `V3,无关人,${idNumberOf("14098119660606906")},崞阳镇,90000,大众`,
].join("\n");
const reports = ["编号,姓名,身份证号,事由", `R1,孙有财,${SUN},举报内容`].join("\n");

describe("from a register to a verdict that takes effect", () => {
  test("a run finds people on the registers, and sends clues to their townships", async () => {
    const relief = await signIn("relief");
    const vehicle = await sendRegister(relief, "vehicle", vehicles);
    const report = await sendRegister(relief, "report", reports);
    const run = await finishRun(relief, [vehicle.id, report.id], "run-key-1");
    expect(run.toSend).toEqual([
      { rule: "report", clues: 1, townships: 1 },
      { rule: "vehicle-price", clues: 2, townships: 2 },
    ]);
    const matches = (await relief("GET", `/lookback/runs/${run.id}/matches`)).json.items;
    expect(matches.map((match: Json) => match.person.name).sort()).toEqual(["孙有财", "王建国", "赵铁柱"]);
    expect(JSON.stringify(matches)).not.toContain(WANG);
    const sent = await relief("POST", `/lookback/runs/${run.id}/send`, {
      body: { rules: ["vehicle-price", "report"], dueDay: "2016-09-10" },
    });
    expect(sent.json).toMatchObject({ state: "sent", sent: 3 });
    const clue = await clueOf(relief, "王建国");
    expect(clue).toMatchObject({
      queue: "township",
      dueDay: "2016-09-09",
      workingDaysLeft: 11,
      matter: "vehicle",
    });
    // The rows are gone with the run that used them.
    expect((await relief("GET", "/lookback/registers")).json.items.map((each: Json) => each.isHeld)).toEqual([
      false,
      false,
    ]);
  });

  test("each township sees its own, and nobody below the county a confidential one, not even counted", async () => {
    const [relief, township, village] = [
      await signIn("relief"),
      await signIn("sulongkou"),
      await signIn("village"),
    ];
    expect((await relief("GET", "/clues/summary")).json.total).toMatchObject({ total: 3 });
    for (const asking of [township, village]) {
      expect((await asking("GET", "/clues")).json.items.map((clue: Json) => clue.name)).toEqual(["王建国"]);
      expect((await asking("GET", "/clues/summary")).json.total).toMatchObject({ total: 1 });
    }
    const hidden = await clueOf(relief, "孙有财");
    expect(hidden).toMatchObject({ confidential: true, queue: "recheck" });
    expect((await township("GET", `/clues/${hidden.id}`)).status).toBe(404);
    expect((await (await signIn("stats"))("GET", "/clues")).status).toBe(403);
  });

  test("two visitors are named, neither a member nor a relative", async () => {
    const township = await signIn("sulongkou");
    await database.query(
      "INSERT INTO relief.recusals (county, region, official, household, kinship, recorded_by) VALUES (140981, $1, '王大同', $2, '堂弟', 0)",
      [VILLAGE, ids.households.get("H1")],
    );
    const assign = (visitors: string[]) => step(township, "王建国", { verb: "assign", visitors });
    expect((await assign(["张三", "李秀英"])).json).toMatchObject({ code: "VISITOR_REFUSED" });
    expect((await assign(["张三", "王大同"])).json).toMatchObject({ code: "VISITOR_REFUSED" });
    expect((await assign(["张三", "张 三"])).json).toMatchObject({ code: "VISITOR_REFUSED" });
    expect((await (await step(township, "王建国", judgement("remove", "owns"))).json).code).toBe(
      "WRONG_QUEUE",
    );
    expect((await assign(["张三", "李四"])).json).toMatchObject({
      queue: "visit",
      visitors: ["张三", "李四"],
    });
    expect((await assign(["张三", "李四"])).json).toMatchObject({ code: "WRONG_QUEUE" });
  });

  test("a verdict takes photographs of this visit, a fitting reason, and one of two who come at once", async () => {
    const village = await signIn("village");
    expect((await step(village, "王建国", judgement("remove", "owns"))).json).toMatchObject({
      code: "EVIDENCE_MISSING",
    });
    await addPictures(village, "王建国", "first");
    expect((await step(village, "王建国", judgement("remove", "sold"))).json).toMatchObject({
      code: "JUDGEMENT_REFUSED",
    });
    const late = judgement("remove", "owns", { visitedOn: "2016-08-26" });
    expect((await step(village, "王建国", late)).json).toMatchObject({ code: "JUDGEMENT_REFUSED" });
    const clue = await clueOf(village, "王建国");
    const both = await Promise.all(
      [1, 2].map(() =>
        village("POST", `/clues/${clue.id}/steps`, {
          body: { step: clue.step, ...judgement("remove", "owns") },
        }),
      ),
    );
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const picture = clue.files[0];
    const shown = await village("GET", `/clues/${clue.id}/files/${picture.id}`);
    expect(shown.bytes.subarray(0, PNG.length)).toEqual(PNG);
  });

  test("the township signs, the county approves, and nobody does the other's work", async () => {
    const [village, township, relief] = [
      await signIn("village"),
      await signIn("sulongkou"),
      await signIn("relief"),
    ];
    expect((await step(village, "王建国", { verb: "sign" })).status).toBe(403);
    expect((await step(relief, "王建国", { verb: "sign" })).status).toBe(403);
    expect((await step(township, "王建国", { verb: "sign" })).json).toMatchObject({ queue: "review" });
    expect((await step(township, "王建国", { verb: "approve" })).status).toBe(403);
  });

  test("a sample is drawn by seed and looked at by others", async () => {
    const relief = await signIn("relief");
    const body = { within: COUNTY, share: 0.5, seed: "2016-0826" };
    const drawn = await relief("POST", "/clues/sample", { body });
    expect(drawn.json).toMatchObject({ of: 1, drawn: [expect.any(Number)] });
    await addPictures(relief, "王建国", "second look");
    const again = (visitors: string[]) =>
      step(relief, "王建国", judgement("remove", "owns", { verb: "rejudge", visitors }));
    expect((await again(["张三", "周五"])).json).toMatchObject({ code: "VISITOR_REFUSED" });
    expect((await again(["周五", "李　四"])).json).toMatchObject({ code: "VISITOR_REFUSED" });
    expect((await again(["周五", "吴六"])).json).toMatchObject({ queue: "review" });
    expect((await relief("POST", "/clues/sample", { body })).json).toMatchObject({ code: "NOTHING_TO_DRAW" });
    expect((await step(relief, "王建国", { verb: "approve" })).json).toMatchObject({ queue: "publish" });
  });

  test("is made public for seven days, masked, and an objection begins it again", async () => {
    const [relief, township] = [await signIn("relief"), await signIn("sulongkou")];
    const notice = {
      title: "公示第一期",
      within: COUNTY,
      postedOn: "2016-08-25",
      contact: "扶贫办 8220000",
      key: "notice-0001",
    };
    const short = await relief("POST", "/notices", { body: { ...notice, endsOn: "2016-08-31" } });
    expect(short.json).toMatchObject({ code: "NOTICE_DATES" });
    const posted = await relief("POST", "/notices", { body: { ...notice, endsOn: "2016-09-01" } });
    expect(posted.json).toMatchObject({ clues: 1, waiting: 1, isOver: false });
    const repeated = await relief("POST", "/notices", { body: { ...notice, endsOn: "2016-09-01" } });
    expect(repeated.json.id).toBe(posted.json.id);
    const { id } = posted.json;
    const word = await township("GET", `/notices/${id}/document?format=docx`);
    expect(word.status, served.server.errors.join("")).toBe(200);
    expect(word.bytes.subarray(0, 2).toString()).toBe("PK");
    expect((await relief("POST", `/notices/${id}/effect`)).json).toMatchObject({ code: "NOTICE_RUNNING" });
    const objected = await step(relief, "王建国", { verb: "object", by: "村民甲", because: "车已卖给外村" });
    expect(objected.json).toMatchObject({ queue: "visit", dueDay: "2016-09-08" });
    expect((await relief("GET", `/notices/${id}`)).json).toMatchObject({ clues: 1, waiting: 0, objected: 1 });
    // Who objected is for those who take objections down; the visitors learn what was said.
    const objectionSeen = async (by: Asking) => {
      const { steps } = (await by("GET", `/clues/${objected.json.id}`)).json;
      return steps.findLast(({ verb }: { verb: string }) => verb === "object").detail;
    };
    expect(await objectionSeen(relief)).toMatchObject({ by: "村民甲", because: "车已卖给外村" });
    expect(await objectionSeen(township)).toMatchObject({ by: "村*甲", because: "车已卖给外村" });
    // What was photographed before the objection proves nothing about it.
    const township2 = await step(township, "王建国", judgement("keep", "sold"));
    expect(township2.json).toMatchObject({ code: "EVIDENCE_MISSING" });
  });

  test("takes effect after the days are over, with the state before and after", async () => {
    const [relief, township] = [await signIn("relief"), await signIn("sulongkou")];
    await addPictures(township, "王建国", "after the objection");
    await step(township, "王建国", judgement("remove", "owns"));
    await step(township, "王建国", { verb: "sign" });
    await step(relief, "王建国", { verb: "approve" });
    const body = {
      title: "公示第二期",
      within: COUNTY,
      postedOn: "2016-08-25",
      endsOn: "2016-09-01",
      contact: "扶贫办",
      key: "notice-0002",
    };
    const { id } = (await relief("POST", "/notices", { body })).json;
    on("2016-09-01");
    expect((await (await signIn("relief"))("POST", `/notices/${id}/effect`)).json).toMatchObject({
      code: "NOTICE_RUNNING",
    });
    on("2016-09-02");
    const later = await signIn("relief");
    expect((await later("POST", `/notices/${id}/effect`)).json).toEqual({ closed: 1, changed: 1 });
    expect((await later("POST", `/notices/${id}/effect`)).json).toEqual({ closed: 0, changed: 0 });
    const actions = await database.query<{ kind: string; before: Json; after: Json }>(
      "SELECT kind, before, after FROM relief.registry_actions WHERE household = $1 AND kind <> 'register'",
      [ids.households.get("H1")],
    );
    const persons = ["王建国", "李秀英"].map((name) => ids.persons.get(name));
    expect(actions).toEqual([
      {
        kind: "remove",
        before: { members: persons.map((person) => ({ person, status: "registered" })) },
        after: { members: persons.map((person) => ({ person, status: "removed" })) },
      },
    ]);
    const { rules } = (await later("GET", "/lookback/precision")).json;
    expect(rules.find((rule: Json) => rule.rule === "vehicle-price").precision).toMatchObject({
      judged: 1,
      borneOut: 1,
    });
  });

  test("what was judged and has not changed does not come back; what has changed does", async () => {
    const relief = await signIn("relief");
    await database.query("DELETE FROM relief.registry_actions WHERE kind = 'remove'");
    const same = await sendRegister(relief, "vehicle", vehicles);
    const second = await finishRun(relief, [same.id], "run-key-2");
    expect(second.toSend).toEqual([]);
    expect(second.tallies.map((tally: Json) => tally.known)).toEqual([2]);
    const changed = await sendRegister(
      relief,
      "vehicle",
      vehicles.replace("85000", "86000").replace("3.2万", "3.3万"),
    );
    const third = await finishRun(relief, [changed.id], "run-key-3");
    // 王建国's clue was closed and comes anew; 赵铁柱's is still open and gets the new evidence.
    expect(third.toSend).toEqual([{ rule: "vehicle-price", clues: 1, townships: 1 }]);
    const sent = await relief("POST", `/lookback/runs/${third.id}/send`, {
      body: { rules: ["vehicle-price"], dueDay: "2016-09-30" },
    });
    expect(sent.json.sent).toBe(1);
    const zhao = await clueOf(relief, "赵铁柱");
    expect(zhao.matches.map((match: Json) => match.row["购置价"])).toEqual(["3.2万", "3.3万"]);
  });

  test("reminds once for each deadline", async () => {
    on("2016-09-09");
    const { remindOfClues } = await import("./remind-job.ts");
    const system = makeSystemActor("taizhang_actor", 0);
    const counts = [
      await remindOfClues(served.county.pools, system, "2016-09-09"),
      await remindOfClues(served.county.pools, system, "2016-09-09"),
      await remindOfClues(served.county.pools, system, "2016-09-12"),
    ];
    expect(counts).toEqual([1, 0, 1]);
    expect((await (await signIn("sulongkou"))("GET", "/clues/reminders")).json.items).toEqual([]);
    const relief = await signIn("relief");
    expect((await relief("GET", "/clues/reminders")).json.items).toMatchObject([
      { kind: "late", clue: { name: "赵铁柱" } },
    ]);
  });

  test("after a change of keys everything opens, is found, and is known from before", async () => {
    const { dataDir } = served.server.application.config;
    const keyring = await readKeyring(dataDir);
    const sealer = openSealer(keyring, "sm4");
    const actor = { ...makeSystemActor("taizhang_actor", 0), postTitle: "命令行 command line" };
    const change = { pools: served.county.pools, actor, keyring, sealer, log: () => {} };
    expect(await changeKeys(change)).toBeGreaterThan(10);
    expect(keyring.inUse().map(({ number }) => number)).toEqual([2]);
    const sealed = await database.query<{ value: Buffer }>(
      `SELECT id_number AS value FROM relief.persons UNION ALL SELECT id_hash FROM relief.persons
       UNION ALL SELECT phone FROM relief.households UNION ALL SELECT row FROM relief.matches UNION ALL SELECT row_hash
       FROM relief.matches UNION ALL SELECT sealed FROM relief.evidence_files UNION ALL SELECT fingerprint FROM relief.clues`,
    );
    expect(sealed.filter(({ value }) => !sealer.isCurrent(value))).toEqual([]);
    const relief = await signIn("relief");
    const clue = await clueOf(relief, "赵铁柱");
    expect(clue.matches[0].row["购置价"]).toBe("3.2万");
    const wang = await clueOf(relief, "王建国");
    const shown = await relief("GET", `/clues/${wang.id}/files/${wang.files[0].id}`);
    expect(shown.status, shown.text.slice(0, 100)).toBe(200);
    // A second change that nothing interrupts makes a third key and seals everything once more.
    expect(await changeKeys(change)).toBeGreaterThan(10);
    expect(keyring.current().number).toBe(3);
  });

  test("each write left its entry, by post and without a number of anybody", async () => {
    const relief = await signIn("relief");
    const spare = await sendRegister(relief, "death", "编号,姓名,身份证号\nD1,某人,\n");
    const body = { title: "又一次", registers: [spare.id], key: "run-key-4" };
    const begun = await relief("POST", "/lookback/runs", { body });
    await relief("POST", `/lookback/runs/${begun.json.id}/cancel`);
    const again = await sendRegister(relief, "death", "编号,姓名,身份证号\nD2,某人,\n");
    expect((await relief("DELETE", `/lookback/registers/${again.id}`)).status).toBe(204);
    const rules = (await relief("GET", "/lookback/rules")).json;
    const set = { version: "2016-09", rules: rules.rules.slice(0, 3) };
    expect((await relief("PUT", "/lookback/rules", { body: set })).json.version).toBe("2016-09");
    expect((await relief("PUT", "/lookback/rules", { body: set })).json.code).toBe("RULES_REFUSED");
    const when = [{ column: "price", is: "at-least", value: "三万" }];
    const mute = { version: "2016-10", rules: [{ ...set.rules[0], when }] };
    expect((await relief("PUT", "/lookback/rules", { body: mute })).json.problems).toMatchObject([
      { code: "THRESHOLD", field: "rules.0.when.0.value", zh: "应为数字" },
    ]);
    const entries = await database.query<{ action: string; text: string; post_title: string | null }>(
      "SELECT action, post_title, concat(object, before, after) AS text FROM audit.entries WHERE action LIKE 'relief.%'",
    );
    const wanted = [
      "relief.addEvidence",
      "relief.approveClue",
      "relief.assignClue",
      "relief.beginRun",
      "relief.cancelRun",
      "relief.changeKeys",
      "relief.drawClue",
      "relief.drawSample",
      "relief.forgetRegister",
      "relief.judgeClue",
      "relief.objectClue",
      "relief.postClue",
      "relief.postNotice",
      "relief.receiveRegister",
      "relief.recordRules",
      "relief.rejudgeClue",
      "relief.sendRun",
      "relief.signClue",
      "relief.takeEffect",
      "relief.takeEffectClue",
      "relief.viewEvidence",
    ];
    expect([...new Set(entries.map(({ action }) => action))].sort((a, b) => (a < b ? -1 : 1))).toEqual(
      wanted,
    );
    expect(entries.filter(({ post_title }) => post_title === null || post_title === "")).toEqual([]);
    for (const number of [WANG, LI, ZHAO, SUN])
      expect(entries.filter(({ text }) => text.includes(number))).toEqual([]);
  });
});
