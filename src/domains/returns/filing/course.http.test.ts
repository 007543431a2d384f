/** A return goes its way over HTTP: filled in, checked, submitted, sent back, accepted, amended; and what is refused on it. */
import { describe, expect, test } from "vitest";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn } from "../../../../fixtures/return-asking.ts";
import { COUNTY, OTHER_TOWNSHIP, TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { withSmallReturns } from "../../../../fixtures/small-returns.ts";
import { stateAfter } from "../core/course.ts";
import type { Verb } from "../core/course.ts";

let now = new Date("2016-09-06T02:00:00Z");
const { database, as } = withSmallReturns({ clock: () => now });
let township = as("sulongkou");
let stats = as("stats");

const mine = async (asking: Asking): Promise<Json> => (await asking("GET", "/returns")).json.items[0];
const read = async (asking: Asking): Promise<Json> => {
  const { id } = await mine(township);
  return (await asking("GET", `/returns/${id}`)).json;
};
async function fill(asking: Asking, cells: Record<string, [string | null, string | null]>): Promise<Answer> {
  const { id } = await mine(township);
  return fillIn(asking, id, cells);
}
async function step(asking: Asking, body: object): Promise<Answer> {
  const { id, step: seen } = await mine(township);
  return asking("POST", `/returns/${id}/steps`, { body: { step: seen, ...body } });
}
const codes = (answer: Answer): string[] => answer.json.findings.map((finding: Json) => finding.code);
const figures = (): Promise<Json> =>
  database.query(
    `SELECT f.id, f.version, f.value::text AS value, f.stated, f.locator, s.kind, s.title FROM ledger.figures f
     JOIN ledger.sources s ON s.county = f.county AND s.id = f.source
     WHERE f.period = '2016-08' AND f.region = ${TOWNSHIP} ORDER BY f.id`,
  );

const audited = async (): Promise<number> =>
  (await database.query("SELECT FROM audit.entries WHERE action LIKE 'returns.%'")).length;
const explained = async (): Promise<Json> =>
  (await read(township)).findings.map(({ explanation, isOutdated }: Json) => [explanation, isOutdated]);
const edit = async (body: object): Promise<Answer> =>
  township("PATCH", `/returns/${(await mine(township)).id}/cells`, { body });

describe("a return", () => {
  test("is due as a row before anybody has touched it, on the fifth working day", async () => {
    const one = await mine(township);
    expect(one).toMatchObject({
      status: "due",
      period: "2016-08",
      dueDay: "2016-09-07",
      daysLate: 0,
      step: 0,
    });
    const view = await read(township);
    expect(view.items).toEqual([
      {
        subject: "region",
        name: "苏龙口镇",
        values: {},
        last: { ytd: "700" },
        lastYear: { ytd: "760" },
        line: null,
      },
    ]);
    expect(view.mayEdit).toBe(true);
    expect((await read(stats)).mayEdit).toBe(false);
  });

  test("stays untouched while everything that is typed into it is refused", async () => {
    const before = await audited();
    const refused = await fill(township, { month: [null, "约三百"], ytd: ["5", "6"] });
    expect(refused.json).toMatchObject({ cells: [], status: "due", step: 0 });
    expect(refused.json.refused.map((one: Json) => one.code)).toEqual(["NOT_A_NUMBER", "CONFLICT"]);
    expect(codes(refused)).toEqual((await read(township)).findings.map((one: Json) => one.code));
    const closed = await edit({ add: [{ subject: "mall", name: "商场" }] });
    expect(closed.json).toMatchObject({ refused: [{ code: "CLOSED_LIST" }], status: "due" });
    expect((await edit({})).json).toMatchObject({ cells: [], refused: [], status: "due" });
    expect(await mine(township)).toMatchObject({ status: "due", step: 0, version: 0 });
    expect(await database.query("SELECT FROM returns.rows")).toEqual([]);
    expect(await audited()).toBe(before);
  });

  test("is checked as it is filled in, and cannot be submitted with what is open", async () => {
    const first = await fill(township, {
      month: [null, "１００"],
      ytd: [null, "0.12亿"],
      online: [null, "abc"],
    });
    expect(first.json.cells).toEqual([
      { subject: "region", column: "month", value: "100" },
      { subject: "region", column: "ytd", value: "1200" },
    ]);
    expect(first.json.refused).toMatchObject([{ column: "online", code: "NOT_A_NUMBER" }]);
    expect(codes(first)).toEqual(["sum", "jump"]);
    expect(first.json.findings[0].zh).toBe("累计 1200 应等于上期累计 700 加本月 100");
    const refused = await step(township, { verb: "submit" });
    expect(refused.json).toMatchObject({ code: "RETURN_NOT_READY" });
    expect(refused.json.problems.map((place: Json) => place.code)).toEqual(["sum", "jump"]);
    const mended = await fill(township, { ytd: ["1200", "800"] });
    expect(codes(mended)).toEqual([]);
  });

  test("writes over nobody's work: a cell that changed meanwhile is told with both values", async () => {
    const late = await fill(township, { ytd: ["1200", "900"] });
    expect(late.json.refused).toMatchObject([{ code: "CONFLICT", value: "800" }]);
    expect((await read(township)).items[0].values.ytd).toBe("800");
    const same = await fill(township, { ytd: ["1200", "800"] });
    expect(same.json.refused).toEqual([]);
  });

  test("needs a word where a soft rule does not hold", async () => {
    const { id } = await mine(township);
    await fill(township, { month: ["100", "400"], ytd: ["800", "1100"] });
    expect((await step(township, { verb: "submit" })).json.problems.map((place: Json) => place.code)).toEqual(
      ["jump"],
    );
    const path = `/returns/${id}/explanations`;
    const body = { code: "jump", subject: "region", text: "新商场开业" };
    expect((await township("PUT", path, { body: { ...body, code: "sum" } })).json.code).toBe(
      "RETURN_NOTHING_TO_EXPLAIN",
    );
    for (const text of ["开业", "", "", "新商场开业"])
      expect((await township("PUT", path, { body: { ...body, text } })).status).toBe(204);
    // It counts for the number that it was given for, and no other.
    await fill(township, { online: [null, "7"] });
    expect(await explained()).toEqual([["新商场开业", false]]);
    const more = await fill(township, { month: ["400", "410"], ytd: ["1100", "1110"] });
    expect(more.json.findings).toMatchObject([{ code: "jump", explanation: "新商场开业", isOutdated: true }]);
    expect((await step(township, { verb: "submit" })).json.code).toBe("RETURN_NOT_READY");
    await fill(township, { month: ["410", "400"], ytd: ["1110", "1100"], online: ["7", null] });
    expect(await explained()).toEqual([["新商场开业", false]]);
    const sent = await step(township, { verb: "submit" });
    expect(sent.json.brief).toMatchObject({ status: "submitted", explained: 1, changed: 0, daysLate: 0 });
  });

  test("stands still while it is reviewed, and comes back with reasons by cell", async () => {
    expect((await fill(township, { month: ["400", "1"] })).json.code).toBe("RETURN_NOT_EDITABLE");
    expect((await step(township, { verb: "accept" })).json.code).toBe("FORBIDDEN");
    const waiting = await stats("GET", "/returns?of=review");
    expect(waiting.json.items).toHaveLength(1);
    expect((await township("GET", "/returns?of=review")).json.items).toEqual([]);
    expect((await step(stats, { verb: "sendBack" })).json.code).toBe("RETURN_REASON_NEEDED");
    const back = await step(stats, {
      verb: "sendBack",
      cells: [{ subject: "region", column: "month", reason: "与商务局数据不符" }],
    });
    expect(back.json.brief).toMatchObject({ status: "sent-back", version: 2 });
    const inbox = await township("GET", "/returns/inbox");
    expect(inbox.json).toMatchObject({ unread: 1, items: [{ kind: "sent-back", isRead: false }] });
    await township("POST", `/returns/inbox/${inbox.json.items[0].id}/read`);
    expect((await township("GET", "/returns/inbox")).json.unread).toBe(0);
  });

  test("shows the reviewer what changed, and its acceptance enters the ledger with its provenance", async () => {
    await fill(township, { month: ["400", "120"], ytd: ["1100", "820"] });
    const sent = await step(township, { verb: "submit" });
    expect(sent.json.brief.changed).toBe(2);
    const receipts = sent.json.actions.flatMap((action: Json) => action.receipt ?? []);
    expect(new Set(receipts).size).toBe(2);
    expect(receipts[1]).toMatch(/^[0-9a-f]{64}$/);
    expect(sent.json.changes.map((change: Json) => [change.column, change.before, change.after])).toEqual([
      ["month", "400", "120"],
      ["ytd", "1100", "820"],
    ]);
    expect(await figures()).toEqual([]);
    const accepted = await stats("POST", "/returns/accept", {
      body: { items: [{ id: sent.json.brief.id, step: sent.json.brief.step }] },
    });
    expect(accepted.json).toEqual({ done: [sent.json.brief.id], refused: [] });
    expect(await figures()).toMatchObject([
      {
        version: 1,
        value: "820",
        stated: "820 万元",
        kind: "return",
        locator: "网页填报：苏龙口镇，累计零售额",
      },
    ]);
    expect((await read(stats)).posted).toMatchObject([
      { measure: "retail_sales", before: null, after: "820" },
    ]);
    const [{ id: figure }] = await figures();
    const page = await stats("GET", `/figures/${figure}`);
    expect(page.json.source).toMatchObject({ kind: "return", return: sent.json.brief.id });
  });

  test("is corrected by an amendment that keeps both values and says why", async () => {
    expect((await step(township, { verb: "amend" })).json.code).toBe("RETURN_REASON_NEEDED");
    const begun = await step(township, { verb: "amend", reason: "漏报一户" });
    expect(begun.json.brief).toMatchObject({ status: "amending", isAmendment: true, version: 3 });
    await fill(township, { month: ["120", "150"], ytd: ["820", "850"] });
    await step(township, { verb: "submit" });
    expect((await figures()).length).toBe(1);
    const accepted = await step(stats, { verb: "accept" });
    expect(accepted.json.posted).toMatchObject([
      { before: null, after: "820" },
      { before: "820", after: "850" },
    ]);
    expect(await figures()).toMatchObject([
      { version: 1, value: "820" },
      { version: 2, value: "850" },
    ]);
    const [correction] = await database.query("SELECT reason FROM ledger.corrections");
    expect(correction).toEqual({ reason: "漏报一户" });
  });

  test("and the indicator says what the correction moved: completion and rank", async () => {
    const [source] = await database.query("SELECT id FROM ledger.sources LIMIT 1");
    const at = `2016, 'value', 1000, '1000 万元', ${source?.["id"]}, 0 FROM ledger.measures WHERE code = 'retail_sales'`;
    await database.query(
      `INSERT INTO indicators.targets (county, region, measure, year, kind, value, stated, source, recorded_by)
       SELECT 140981, ${TOWNSHIP}, id, ${at}`,
    );
    await database.query(
      `INSERT INTO ledger.figures (county, region, measure, aspect, basis, period, value, source, recorded_by)
       SELECT 140981, ${OTHER_TOWNSHIP}, id, 'value', 'ytd', '2016-08', 830, ${source?.["id"]}, 0
       FROM ledger.measures WHERE code = 'retail_sales'`,
    );
    await database.query(
      `INSERT INTO indicators.comparison_sets (code, region, name_zh, name_en, rank_by, count_missing, members)
       VALUES ('towns', ${COUNTY}, '乡镇', 'Townships', 'value', false, ARRAY[${TOWNSHIP}, ${OTHER_TOWNSHIP}]::bigint[])`,
    );
    const { json } = await stats("GET", `/indicators/retail_sales?region=${TOWNSHIP}&period=2016-08`);
    expect(json.corrections).toMatchObject([
      {
        old: { value: "820" },
        new: { value: "850" },
        moved: {
          completion: { before: "82.0%", after: "85.0%" },
          rank: { before: 2, after: 1, of: 2 },
        },
      },
    ]);
    const july = await stats("GET", `/indicators/retail_sales?region=${TOWNSHIP}&period=2016-07`);
    expect(july.json.corrections).toMatchObject([{ moved: null }]);
  });

  test("can drop an amendment, and then stands as it was accepted", async () => {
    await step(township, { verb: "amend", reason: "再核一次" });
    await fill(township, { online: [null, "10"] });
    const dropped = await step(township, { verb: "drop" });
    expect(dropped.json.brief).toMatchObject({ status: "accepted", version: 3 });
    expect(dropped.json.items[0].values.online).toBeUndefined();
  });

  test("is closed by the lock of its period, and opened again with a reason", async () => {
    const path = "/returns/forms/retail-monthly/openings/2016-08";
    expect((await township("PUT", path, { body: { isLocked: true, reason: "封账" } })).status).toBe(403);
    await stats("PUT", path, { body: { isLocked: true, reason: "季度封账" } });
    expect((await step(township, { verb: "amend", reason: "迟到的更正" })).json.code).toBe("RETURN_LOCKED");
    expect((await read(township)).may).toEqual([]);
    await stats("PUT", path, { body: { isLocked: false, reason: "补报" } });
    expect((await step(township, { verb: "amend", reason: "迟到的更正" })).status).toBe(200);
  });

  test("refuses who acts on what he has not seen", async () => {
    const { id, step: seen } = await mine(township);
    const stale = await township("POST", `/returns/${id}/steps`, {
      body: { verb: "submit", step: seen - 1 },
    });
    expect(stale.json.code).toBe("RETURN_MOVED");
  });

  test("has the state that its recorded verbs lead to", async () => {
    const rows: Json[] = await database.query("SELECT * FROM returns.returns ORDER BY status");
    expect(rows.map((row) => row.status)).toEqual(["amending", "due"]);
    for (const row of rows) {
      const verbs = (
        await database.query("SELECT verb FROM returns.return_actions WHERE return = $1 ORDER BY step", [
          row.id,
        ])
      ).map((action) => action["verb"] as Verb);
      const { status, level, version, accepted } = row;
      expect({ status, level, version, accepted }).toEqual(stateAfter(verbs, 1));
    }
  });

  test("leaves an entry in the audit trail for every step", async () => {
    const { id } = await mine(township);
    const entries = await database.query(
      "SELECT action, username FROM audit.entries WHERE object = $1 AND action <> 'returns.fillIn' ORDER BY id",
      [`return:${id}`],
    );
    expect(entries.map((entry) => entry["action"])).toEqual([
      "returns.beginReturn",
      // given, taken back, given anew; nothing where there was nothing to take back
      "returns.explain",
      "returns.explain",
      "returns.explain",
      "returns.submitReturn",
      "returns.sendBackReturn",
      "returns.submitReturn",
      "returns.acceptReturn",
      "returns.amendReturn",
      "returns.submitReturn",
      "returns.acceptReturn",
      "returns.amendReturn",
      "returns.dropReturn",
      "returns.amendReturn",
    ]);
  });

  test("keeps what an explanation was before it was taken back", async () => {
    const { id } = await mine(township);
    const entries = await database.query(
      "SELECT before ->> 'text' AS before, after ->> 'text' AS after FROM audit.entries WHERE object = $1 AND action = $2 ORDER BY id",
      [`return:${id}`, "returns.explain"],
    );
    expect(entries).toEqual([
      { before: null, after: "开业" },
      { before: "开业", after: null },
      { before: null, after: "新商场开业" },
    ]);
  });

  test("lets nobody act from elsewhere", async () => {
    const { id } = await mine(township);
    const village = as("village");
    const neighbour = as("fanshi");
    expect((await village("GET", `/returns/${id}`)).json.code).toBe("RETURN_NOT_FOUND");
    expect((await neighbour("GET", `/returns/${id}`)).json.code).toBe("RETURN_NOT_FOUND");
    expect((await neighbour("GET", "/returns?of=all")).json.items).toEqual([]);
  });
});

describe("the board", () => {
  test("shows who has not reported, late in working days, and how well a unit reports", async () => {
    now = new Date("2016-09-14T02:00:00Z");
    township = as("sulongkou");
    stats = as("stats");
    const { json } = await stats("GET", "/returns/board?form=retail-monthly");
    expect(json.periods).toMatchObject([{ period: "2016-08", due: 2, submitted: 1, accepted: 0, late: 1 }]);
    expect(
      json.units.map((row: Json) => [
        row.unit.region.nameZh,
        row.cells[0].daysLate,
        row.timeliness,
        row.quality,
      ]),
    )
      // the 7th was the last day: 8, 9, 12, 13, 14 are five working days
      .toEqual([
        ["苏龙口镇", 0, 100, 0],
        ["崞阳镇", 5, 0, 0],
      ]);
    const own = await township("GET", "/returns/board?form=retail-monthly");
    expect(own.json.units).toHaveLength(1);
    expect(own.json.periods[0].due).toBe(1);
  });

  test("reminds once a day at most", async () => {
    const body = { form: "retail-monthly", period: "2016-08" };
    expect((await stats("POST", "/returns/remind", { body })).json).toEqual({ reminded: 1 });
    expect((await stats("POST", "/returns/remind", { body })).json).toEqual({ reminded: 0 });
  });
});
