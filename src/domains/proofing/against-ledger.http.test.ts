/** Drafts against the ledger of the demonstration, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "../../../fixtures/ask.ts";
import type { Answer, Json } from "../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { readableText } from "../../../fixtures/file-text.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { openTestServer } from "../../../fixtures/test-server.ts";
import type { TestServer } from "../../../fixtures/test-server.ts";
import { wordDraft } from "../../../fixtures/word-draft.ts";
import { readPack } from "../../../packs/pack-schema.ts";
import { demoPack } from "../../main/demo.ts";
import { loadPack } from "../../main/load-pack.ts";
import { makeSystemActor } from "../auth/index.ts";
import { proofDraft } from "./actions.ts";
import { compareWithLedger, openLedger } from "./against-ledger.ts";
import { proofDraftText } from "./core/proof-draft.ts";

const YUANPING = 140981000000;
const SULONGKOU = 140981101000;
const DINGXIANG = 140921000000;
const password = "Grey-kettle-47";

const database = withTestDatabase();
let server: TestServer;
type Who = Awaited<ReturnType<typeof signInAs>>;
let leader: Who;
let township: Who;
let xinzhou: Who;

beforeAll(async () => {
  server = await openTestServer(database, { county: YUANPING });
  const pack = await readPack(demoPack);
  await loadPack(server.application, pack, { mode: "demo", demoPassword: password, today: "2016-08-31" });
  const signIn = (username: string): Promise<Who> => signInAs(server.app, { username, password });
  [leader, township, xinzhou] = await Promise.all([signIn("leader"), signIn("township"), signIn("xinzhou")]);
}, 120_000);
afterAll(() => server.close());

const right = "1—7月，全市固定资产投资完成78.5亿元，同比增长9.3%，居忻州市第13位。";
const wrong = "1—7月，全市固定资产投资完成87.5亿元。";
const proof = (body: Record<string, unknown>, who = leader): Promise<Answer> =>
  who("POST", "/proofing", { body });
const ofLedger = ({ json }: Answer): Json[] =>
  json.claims.filter((claim: Json) => claim.relation === "ledger");
const verdicts = (answer: Answer): string[] =>
  ofLedger(answer).map(({ stated, verdict }) => `${stated} ${verdict}`);

describe("our own briefing", () => {
  test("read back from Word holds to the ledger in every figure that is compared", async () => {
    const document = await leader("GET", "/briefing/document?period=2016-07");
    expect(document.status).toBe(200);
    const answer = await leader("POST", "/proofing/file", multipart("七月.docx", document.bytes));
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    const told = answer.json.claims.filter((claim: Json) => claim.verdict === "inconsistent");
    expect(told.map((claim: Json) => claim.message.zh)).toEqual([]);
    const claims = ofLedger(answer);
    // eight indicators with value, growth and rank, and the tasks of three with their completion
    expect(claims.length).toBeGreaterThanOrEqual(30);
    expect(answer.json.ledger).toMatchObject({ period: "2016-07", compared: claims.length });
    expect(answer.json.ledger.region).toMatchObject({ code: YUANPING, nameZh: "原平市" });
  }, 30_000);
});

describe("a text", () => {
  test("is compared, each figure with the facts behind it", async () => {
    const answer = await proof({ text: right });
    expect(answer.status, answer.text).toBe(200);
    expect(verdicts(answer)).toEqual(["78.5亿元 consistent", "9.3% consistent", "13位 consistent"]);
    expect(answer.json.ledger).toMatchObject({ period: "2016-07", compared: 3 });
    const refs: string[] = ofLedger(answer).flatMap((claim) => claim.refs);
    const facts = await leader("GET", `/facts?refs=${[...new Set(refs)].join(",")}`);
    expect(facts.json.items.length).toBe(new Set(refs).size);
    expect(facts.json.items[0]).toMatchObject({ stated: expect.stringContaining("78.5") as string });
  });

  test("with a figure that the ledger has otherwise is told so, with the likely slip", async () => {
    const answer = await proof({ text: wrong });
    expect(answer.json.counts.wrong).toBe(1);
    expect(ofLedger(answer)[0]).toMatchObject({
      verdict: "inconsistent",
      severity: "wrong",
      stated: "87.5亿元",
      computed: "78.5亿元",
      slip: "transposed-digits",
      correction: { replacement: "78.5" },
      refs: [expect.stringMatching(/^f\d+$/) as string],
    });
  });

  test("of a year that is not said is of the month that is asked for", async () => {
    const text = "上半年，全市固定资产投资增长10.0%。";
    expect(verdicts(await proof({ text, period: "2016-06" }))).toEqual(["10.0% consistent"]);
    expect(verdicts(await proof({ text: right, period: "2016-06" }))).toEqual([]);
    expect((await proof({ text, period: "2015-12" })).json.ledger.period).toBe("2015-12");
  });

  test.each<[Record<string, unknown>, string]>([
    [{ period: "2016-13" }, "body.period"],
    [{ period: "7月" }, "body.period"],
    [{ region: "原平市" }, "body.region"],
  ])("with %j is refused by name", async (asked, field) => {
    const answer = await proof({ text: right, ...asked });
    expect(answer.status).toBe(400);
    expect(answer.json.problems[0].field).toBe(field);
  });

  test("of another region is compared with that one, within the scope only", async () => {
    const overview = await leader("GET", `/overview?region=${SULONGKOU}&period=2016-07`);
    const row = overview.json.rows.find((one: Json) => one.measure.code === "fixed_asset_investment");
    const figure = `${(Number(row.assessment.value.value) / 10_000).toFixed(2)}亿元`;
    const sentence = `1—7月，固定资产投资完成${figure}。`;
    const named = `1—7月，苏龙口镇固定资产投资完成${figure}。`;
    expect(verdicts(await proof({ text: named }))).toEqual([`${figure} consistent`]);
    expect(verdicts(await proof({ text: sentence, region: SULONGKOU }))).toEqual([`${figure} consistent`]);
    expect(verdicts(await proof({ text: sentence }, township))).toEqual([`${figure} consistent`]);
    expect(verdicts(await proof({ text: sentence }))).toEqual([`${figure} inconsistent`]);
    const outside = await proof({ text: sentence, region: DINGXIANG });
    expect([outside.status, outside.json.code]).toEqual([403, "OUT_OF_SCOPE"]);
  });

  test("of what lies above or beside the post is not compared", async () => {
    for (const text of [right, wrong, right.replaceAll("全市", "原平市")])
      expect(verdicts(await proof({ text }, township))).toEqual([]);
    const beside = "1—7月，定襄县固定资产投资增长99%。";
    expect(verdicts(await proof({ text: beside }))).toEqual([]);
    expect(verdicts(await proof({ text: beside }, xinzhou))).toEqual([]); // the prefecture itself has no figures
    expect(verdicts(await proof({ text: beside, period: "2016-07" }, xinzhou))).toEqual(["99% inconsistent"]);
    const county = right.replace("全市", "原平市");
    expect(verdicts(await proof({ text: county, period: "2016-07" }, xinzhou))).toEqual([
      "78.5亿元 consistent",
      "9.3% consistent",
    ]);
  });
});

describe("a file", () => {
  test("is compared like a text, with region and period as fields beside it", async () => {
    const file = multipart("稿.docx", wordDraft([wrong]), { period: "2016-07", region: String(YUANPING) });
    expect(verdicts(await leader("POST", "/proofing/file", file))).toEqual(["87.5亿元 inconsistent"]);
    const earlier = multipart("稿.txt", wrong, { period: "2016-06" }, true);
    expect(verdicts(await leader("POST", "/proofing/file", earlier))).toEqual([]);
    for (const [field, value] of [
      ["period", "2016-7"],
      ["region", "原平市"],
    ] as const) {
      const answer = await leader("POST", "/proofing/file", multipart("稿.txt", wrong, { [field]: value }));
      expect([answer.status, answer.json.problems[0].field]).toEqual([400, field]);
    }
  });

  test("comes back with the comparison as a comment", async () => {
    const answer = await leader("POST", "/proofing/document", multipart("稿.docx", wordDraft([wrong])));
    expect(readableText(answer.bytes)).toContain("台账中原平市2016年1—7月固定资产投资为78.5亿元");
  });
});

test("a post that may not read figures is compared with nothing, and nothing tells it so", async () => {
  const view = await proofDraft(wrong, undefined);
  expect(view.claims.filter(({ relation }) => relation === "ledger")).toEqual([]);
  expect(view.counts.wrong).toBe(0);
  expect("ledger" in view).toBe(false);
});

test("the comparison of a draft as long as a speech takes less than a tenth of a second", async () => {
  const items = [
    "固定资产投资完成78.5亿元，增长9.3%，完成全年任务191.4亿元的41%，忻州市排名第13",
    "财政总收入7.1亿元，下降52%",
    "社会消费品零售总额32.6亿元，增长7.1%",
  ];
  const text = `1—7月，全市${items.join("；\n")}。\n${"会议要求，各级各部门要提高认识，压实责任，抓好落实。".repeat(350)}`;
  const actor = makeSystemActor("taizhang_actor", YUANPING);
  const desk = { pools: server.application.pools, actor: { ...actor, access: "read" as const } };
  const times: number[] = [];
  let compared = 0;
  for (let run = 0; run < 6; run++) {
    const from = performance.now();
    const { names } = await openLedger(desk);
    const opened = performance.now();
    if (names === undefined) throw new Error("the demonstration has figures");
    const { figures } = proofDraftText(text, names);
    const read = performance.now();
    compared = (await compareWithLedger(desk, { text, figures, names })).length;
    times.push(opened - from + performance.now() - read);
  }
  expect(text.length).toBeGreaterThan(9000);
  expect(compared).toBe(9);
  expect(Math.min(...times)).toBeLessThan(100);
});
