/** The demonstration's history of returns, over HTTP: filed by the program's own rules, and never to be taken for real. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readXlsx } from "hucre/xlsx";
import { signInAs } from "../../fixtures/ask.ts";
import type { Asking, Json } from "../../fixtures/ask.ts";
import { withTestDatabase } from "../../fixtures/database.ts";
import { openTestServer } from "../../fixtures/test-server.ts";
import type { TestServer } from "../../fixtures/test-server.ts";
import { generateFiguresOf, readPack } from "../../packs/pack-schema.ts";
import { makeSystemActor } from "../domains/auth/index.ts";
import { stateAfter } from "../domains/returns/core/course.ts";
import { withActor } from "../platform/db/actor.ts";
import { sql } from "../platform/db/sql.ts";
import { daysOf, period as readPeriod } from "../shared/period.ts";
import { demoPack } from "./demo.ts";
import { loadPack } from "./load-pack.ts";
import { loadReturns } from "./load-pack-returns.ts";

const YUANPING = 140981000000;
const password = "Grey-kettle-47";
const database = withTestDatabase();
let server: TestServer;
let stats: Asking;
let township: Asking;

beforeAll(async () => {
  server = await openTestServer(database, {
    county: YUANPING,
    clock: () => new Date("2016-09-02T02:00:00Z"),
  });
  const pack = await readPack(demoPack);
  await loadPack(server.application, pack, { mode: "demo", demoPassword: password, today: "2016-09-02" });
  stats = await signInAs(server.app, { username: "stats", password });
  township = await signInAs(server.app, { username: "township", password });
}, 120_000);
afterAll(() => server.close());

const board = async (form: string): Promise<Json> => (await stats("GET", `/returns/board?form=${form}`)).json;
const idOf = async (unit: string, period: string): Promise<number> => {
  const { units } = await board("township-economy");
  const line = units.find((one: Json) => one.unit.code === unit);
  return line.cells.find((cell: Json) => cell.period === period).id;
};

describe("the board", () => {
  test("shows three months filed and August still due, who was late, and scores that differ", async () => {
    const { periods, units } = await board("township-economy");
    expect(periods.map(({ period, dueDay }: Json) => `${period} ${dueDay}`)).toEqual([
      "2016-05 2016-06-07",
      "2016-06 2016-07-07",
      "2016-07 2016-08-05",
      "2016-08 2016-09-07",
    ]);
    expect(periods.map(({ submitted }: Json) => submitted)).toEqual([22, 22, 22, 0]);
    expect(periods.map(({ accepted }: Json) => accepted)).toEqual([22, 22, 20, 0]);
    const late = periods.reduce((sum: number, { late: n }: Json) => sum + n, 0);
    expect(late).toBeGreaterThanOrEqual(3);
    expect(late).toBeLessThan(20);
    const lateUnit = units.find(({ cells }: Json) => cells.some(({ daysLate }: Json) => daysLate > 0));
    expect(lateUnit.timeliness).toBeLessThan(100);
    const inTime = units.find(
      ({ cells, quality }: Json) => quality === 100 && cells.every(({ daysLate }: Json) => daysLate === 0),
    );
    expect([inTime.timeliness, inTime.score]).toEqual([100, 100]);
    // sent back once, and amended once
    const quality = (code: string) => units.find(({ unit }: Json) => unit.code === code).quality;
    expect([quality("township-101"), quality("township-103")]).toEqual([66.7, 66.7]);
  });

  test("has the departments' forms and the thirds of July as well", async () => {
    for (const form of ["fai-monthly", "fiscal-monthly", "enterprise-monthly"]) {
      const { periods } = await board(form);
      expect(
        periods.map(({ accepted }: Json) => accepted),
        form,
      ).toEqual([1, 1, 1, 0]);
    }
    const { periods } = await board("relief-ten-days");
    expect(periods.map(({ accepted }: Json) => accepted)).toEqual([22, 22, 0, 0, 0]);
  });

  test("says on the page and in its file which are demonstration data", async () => {
    const { units } = await board("township-economy");
    for (const { cells } of units)
      expect(cells.map(({ origin }: Json) => origin)).toEqual([
        "synthetic",
        "synthetic",
        "synthetic",
        "filed",
      ]);
    const { text } = await stats("GET", "/returns/board/export?form=township-economy&format=csv");
    expect(text).toMatch(/已通过，逾期 \d 个工作日，演示数据/);
    expect(text.match(/演示数据/g)).toHaveLength(66);
  });
});

describe("a return", () => {
  test("due in August has the last period beside every number that is compared, said to be made up", async () => {
    const { json } = await township("GET", `/returns/${await idOf("township-101", "2016-08")}`);
    const compared = json.form.columns.filter(({ compare }: Json) => compare.includes("last"));
    expect(compared).toHaveLength(11);
    expect(Object.keys(json.items[0].last).toSorted()).toEqual(
      compared.map(({ code }: Json) => code).toSorted(),
    );
    expect([json.brief.origin, json.past]).toEqual(["filed", "synthetic"]);
    const { bytes } = await township("GET", `/returns/${json.brief.id}/workbook`);
    const texts = (await readXlsx(bytes)).sheets[0]?.rows.flat().map(String) ?? [];
    expect(texts.filter((cell) => cell.includes("演示数据"))).toHaveLength(1);
  });

  test("of the past says by whom it was written, when, and as of which day", async () => {
    const { json } = await township("GET", `/returns/${await idOf("township-101", "2016-07")}`);
    expect(json.brief).toMatchObject({ origin: "synthetic", status: "accepted" });
    expect(json.brief.submittedAt.slice(0, 10)).toBe("2016-08-04");
    expect(json.actions.map(({ verb }: Json) => verb)).toEqual([
      "begin",
      "submit",
      "sendBack",
      "submit",
      "accept",
    ]);
    for (const { verb, reason, by, at } of json.actions) {
      expect(by).toContain("pack loader");
      // the trail has the real time
      expect(Date.now() - Date.parse(at)).toBeLessThan(600_000);
      if (verb !== "begin") expect(reason).toMatch(/演示数据，按 2016-08-\d\d 计$/);
    }
  });

  test("came in after its period was over, and was reviewed after it came in", async () => {
    const rows =
      await database.query(`SELECT period, (submitted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day,
      (accepted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS accepted FROM returns.returns WHERE submitted_at IS NOT NULL`);
    expect(rows).toHaveLength(66 + 44 + 9);
    for (const { period, day, accepted } of rows as Json[]) {
      expect(day > daysOf(readPeriod(period)).last, `${period} ${day}`).toBe(true);
      expect(accepted === null || accepted >= day, `${day} ${accepted}`).toBe(true);
    }
  });

  test("stands where its recorded course leads, and has explained what a soft rule asked", async () => {
    const rows = await database.query(
      `SELECT r.id, r.status, r.version, array_agg(a.verb ORDER BY a.step) AS verbs FROM returns.returns r
       JOIN returns.return_actions a ON a.county = r.county AND a.return = r.id GROUP BY r.county, r.id`,
    );
    expect(rows).toHaveLength(66 + 44 + 9);
    for (const { status, version, verbs } of rows as Json[])
      expect(stateAfter(verbs, 1)).toMatchObject({ status, version });
    const [told] = await database.query(
      "SELECT count(*)::int AS n FROM returns.explanations WHERE text NOT LIKE '演示数据%'",
    );
    expect(told).toEqual({ n: 0 });
    const [messages] = await database.query("SELECT count(*)::int AS n FROM returns.messages");
    expect(messages).toEqual({ n: 0 });
  });
});

describe("the ledger", () => {
  test("has nothing corrected, and nothing that looks like a report", async () => {
    const [sums] = await database.query(`SELECT (SELECT count(*)::int FROM ledger.corrections) AS corrections,
      (SELECT count(*)::int FROM ledger.sources WHERE kind = 'return') AS reports,
      (SELECT count(*)::int FROM returns.postings WHERE source IS NOT NULL) AS posted,
      (SELECT count(*)::int FROM returns.postings p JOIN ledger.sources s ON s.county = p.county AND s.id = p.source
        WHERE s.kind <> 'synthetic') AS unmarked`);
    expect(sums).toMatchObject({ corrections: 0, reports: 0, unmarked: 0 });
    expect((sums as Json).posted).toBeGreaterThan(100);
  });

  test("says so of a figure, with the way to its return", async () => {
    const { json } = await stats(
      "GET",
      `/figures?measure=fixed_asset_investment&basis=month&from=2016-07&to=2016-07&region=140981101000`,
    );
    expect(json.items).toHaveLength(1);
    const { sourceKind, id } = json.items[0];
    expect(sourceKind).toBe("synthetic");
    const figure = (await stats("GET", `/figures/${id}`)).json;
    expect(figure.source).toMatchObject({ return: await idOf("township-101", "2016-07") });
  });

  test("keeps the mark when a waiting one is accepted by hand", async () => {
    const id = await idOf("township-206", "2016-07");
    const { brief } = (await stats("GET", `/returns/${id}`)).json;
    const answer = await stats("POST", `/returns/${id}/steps`, {
      body: { verb: "accept", step: brief.step },
    });
    expect(answer.status, answer.text).toBe(200);
    const rows = await database.query(
      `SELECT s.kind FROM returns.postings p JOIN ledger.sources s ON s.county = p.county AND s.id = p.source
       WHERE p.return = ${id}`,
    );
    expect(rows).toEqual([{ kind: "synthetic" }]);
  });
});

test("nobody takes the mark off", async () => {
  const actor = makeSystemActor("taizhang_actor", YUANPING);
  const wiping = withActor(server.application.pools, actor, (tx) =>
    tx.query(sql`UPDATE returns.returns SET origin = 'filed'`),
  );
  await expect(wiping).rejects.toThrow(/permission denied/);
});

test("loading again files nothing", async () => {
  const pack = await readPack(demoPack);
  const figures = [...pack.figures, ...(await generateFiguresOf(pack))];
  expect(await loadReturns(server.application, pack, figures)).toBe(0);
});
