/** Forms over HTTP: who may change them, what a new version does to old returns, the calendar, trying rules out. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../../../fixtures/ask.ts";
import { COUNTY, separateRelief } from "../../../../fixtures/small-county.ts";
import { withSmallReturns } from "../../../../fixtures/small-returns.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { openAndRemind } from "../open-and-remind.ts";

const served = withSmallReturns({ clock: () => new Date("2016-10-08T02:00:00Z") });
const { database } = served;
const stats = served.as("stats");
const township = served.as("sulongkou");
const relief = served.as("relief");
beforeAll(() => separateRelief(database));

const path = "/returns/forms/retail-monthly";
const current = async (): Promise<Json> => (await stats("GET", path)).json;
const withRules = async (rules: Json[]): Promise<Json> => ({ ...(await current()).form, rules });
const problems = (answer: { json: Json }): string[] => answer.json.problems.map((one: Json) => one.field);

describe("a form", () => {
  test("is read by whoever files it, and changed by the department that owns it", async () => {
    expect((await township("GET", path)).json).toMatchObject({ version: 1, mayDesign: false });
    expect((await current()).mayDesign).toBe(true);
    const body = { basedOn: 1, form: (await current()).form };
    expect((await township("PUT", path, { body })).json.code).toBe("FORBIDDEN");
    expect((await relief("PUT", path, { body })).json.code).toBe("FORBIDDEN");
    const theirs = { basedOn: 0, form: { ...body.form, code: "new-form", owner: "poverty-relief" } };
    expect((await stats("PUT", "/returns/forms/new-form", { body: theirs })).json.code).toBe("FORBIDDEN");
  });

  test("is refused with the fields that are wrong", async () => {
    const { form } = await current();
    const columns = [
      ...form.columns,
      { ...form.columns[0], code: "gnp", posts: { measure: "gnp", basis: "ytd" } },
    ];
    const rules = [{ ...form.rules[0], expression: "now.gnp >" }];
    const answer = await stats("PUT", path, { body: { basedOn: 1, form: { ...form, columns, rules } } });
    expect(answer.json.code).toBe("FORM_REFUSED");
    expect(problems(answer)).toEqual(["columns.4.posts", "rules.0.expression"]);
  });

  test.each<[string, object, string[]]>([
    ["a code that is taken", { code: "retail-monthly" }, ["code"]],
    [
      "a schedule of another kind of period",
      { schedule: { from: "2016Q3", to: "2016-12" } },
      ["schedule.from"],
    ],
    [
      "no rows and none to add",
      {
        subjects: { kind: "list", prefix: "shop", nameZh: "商户", nameEn: "Shop", items: [], isOpen: false },
      },
      ["subjects.items"],
    ],
    [
      "a unit that alone would review its own return",
      { filers: { units: [`unit-${COUNTY}`] } },
      ["review.0"],
    ],
    [
      "a level with nobody but the filers",
      { review: [{ level: "township" }, { level: "county", units: [`unit-${COUNTY}`] }] },
      ["review.0"],
    ],
    [
      "a unit that reviews at another level",
      {
        review: [
          { level: "county", units: ["poverty-relief"] },
          { level: "township", units: ["poverty-relief"] },
        ],
      },
      ["review.1"],
    ],
    [
      "units that are none",
      { filers: { units: ["nobody"] }, review: [{ level: "county", units: ["no-office"] }] },
      ["filers", "review.0"],
    ],
  ])("from nothing is refused for %s, at its field", async (_, change, fields) => {
    const form = { ...(await current()).form, code: "retail-new", ...change };
    const answer = await stats("PUT", `/returns/forms/${form.code}`, { body: { basedOn: 0, form } });
    expect(answer.json.code).toBe("FORM_REFUSED");
    expect(problems(answer)).toEqual(fields);
  });

  test("says whose return nobody could pass, and of how many", async () => {
    const form = { ...(await current()).form, code: "retail-new", review: [{ level: "township" }] };
    const { json } = await stats("PUT", `/returns/forms/${form.code}`, { body: { basedOn: 0, form } });
    expect(json.problems).toMatchObject([
      { code: "NOBODY_TO_REVIEW", field: "review.0", zh: expect.stringMatching(/^单位等 2 个单位的报送/) },
    ]);
  });

  test("gets a new version, and an old return opens in the old one", async () => {
    const { form } = await current();
    const columns = form.columns.filter((column: Json) => column.code !== "online");
    const rules = form.rules.filter((rule: Json) => rule.code !== "part");
    const body = { basedOn: 1, form: { ...form, columns, rules } };
    expect((await stats("PUT", path, { body })).json).toMatchObject({ version: 2 });
    expect((await stats("PUT", path, { body })).json.code).toBe("FORM_CHANGED");
    const [old] = (await township("GET", "/returns")).json.items;
    const opened = await township("GET", `/returns/${old.id}`);
    expect(opened.json.form.columns).toHaveLength(4);
    expect((await stats("GET", `${path}?version=1`)).json.form.columns).toHaveLength(4);
  });
});

describe("the calendar", () => {
  test("opens a period for every filer of the form in force, on its working day", async () => {
    const body = { period: "2016-09" };
    expect((await township("POST", `${path}/openings`, { body })).json.code).toBe("FORBIDDEN");
    const opened = await stats("POST", `${path}/openings`, { body });
    // 8 and 9 October are at work
    expect(opened.json.openings[0]).toMatchObject({
      period: "2016-09",
      dueDay: "2016-10-12",
      units: 2,
      formVersion: 2,
    });
    expect((await stats("POST", `${path}/openings`, { body })).json.code).toBe("OPENING_REFUSED");
  });

  test.each([
    ["of another kind", "2016Q3"],
    ["that has not begun", "2016-12"],
  ])("opens no period %s", async (_, period) => {
    const answer = await stats("POST", `${path}/openings`, { body: { period } });
    expect(answer.json.code).toBe("OPENING_REFUSED");
  });

  test("moves the last day with a reason that is kept", async () => {
    const change = { dueDay: "2016-10-14", reason: "国庆值班" };
    const moved = await stats("PUT", `${path}/openings/2016-09`, { body: change });
    expect(moved.json.openings[0].dueDay).toBe("2016-10-14");
    const kept = await database.query(
      "SELECT action, due_day::text, reason FROM returns.opening_actions ORDER BY id DESC LIMIT 1",
    );
    expect(kept).toEqual([{ action: "due", due_day: "2016-10-14", reason: "国庆值班" }]);
    const again = await stats("PUT", `${path}/openings/2016-09`, { body: change });
    expect(again.json.code).toBe("OPENING_REFUSED");
    expect((await stats("PUT", `${path}/openings/2016-10`, { body: change })).json.code).toBe(
      "OPENING_NOT_FOUND",
    );
  });

  test("opens by itself what the schedule calls for and is over, once", async () => {
    const { form, version } = await current();
    const body = { basedOn: version, form: { ...form, schedule: { from: "2016-09", to: null } } };
    await stats("PUT", path, { body });
    const system = makeSystemActor("taizhang_actor", 0);
    const periods = async (): Promise<string[]> => (await current()).openings.map((one: Json) => one.period);
    await openAndRemind(served.county.pools, system, "2016-10-31");
    expect(await periods()).toEqual(["2016-09", "2016-08"]);
    await openAndRemind(served.county.pools, system, "2016-11-08");
    await openAndRemind(served.county.pools, system, "2016-11-08");
    expect(await periods()).toEqual(["2016-10", "2016-09", "2016-08"]);
    // Due on the 7th by its rule, but nobody had been asked by then.
    expect((await current()).openings[0].dueDay).toBe("2016-11-15");
  });
});

describe("trying rules out", () => {
  test("counts how often each would have fired on what was filed, with examples", async () => {
    const [first] = (await township("GET", "/returns?period=2016-08")).json.items;
    const cells = [
      { subject: "region", column: "month", from: null, to: "100" },
      { subject: "region", column: "ytd", from: null, to: "800" },
    ];
    const edited = await township("PATCH", `/returns/${first.id}/cells`, { body: { cells } });
    const body = { verb: "submit", step: edited.json.step };
    expect((await township("POST", `/returns/${first.id}/steps`, { body })).status).toBe(200);

    const { form } = await current();
    const rule = (code: string, expression: string): Json => ({ ...form.rules[0], code, expression });
    const rules = [
      rule("never", "now.ytd >= now.month"),
      rule("always", "now.ytd == last.ytd"),
      rule("blank", "now.ytd <= parent.gdp"),
      rule("broken", "now.ytd >"),
    ];
    const asked = { form: await withRules(rules), from: "2016-01", to: "2016-12" };
    expect((await township("POST", `${path}/try`, { body: asked })).status).toBe(403);
    const tried = await stats("POST", `${path}/try`, { body: asked });
    expect(tried.json.returns).toBe(1);
    expect(tried.json.items.map((one: Json) => [one.code, one.asked, one.fired, one.fault === null])).toEqual(
      [
        ["never", 1, 0, true],
        ["always", 1, 1, true],
        ["blank", 1, 0, true],
        ["broken", 0, 0, false],
      ],
    );
    expect(tried.json.items[1].examples).toMatchObject([{ period: "2016-08", name: "苏龙口镇" }]);
  });
});

describe("a unit's address for reminders", () => {
  test("is set by the unit or its department, and by nobody else", async () => {
    const { items } = (await stats("GET", "/returns/contacts")).json;
    const own = items.find((one: Json) => one.unit.code === "unit-140981101000").unit.id;
    const other = items.find((one: Json) => one.unit.code === "unit-140981102000").unit.id;
    const body = { email: "sulongkou@example.gov.cn" };
    expect((await township("PUT", `/returns/contacts/${own}`, { body })).status).toBe(204);
    expect((await township("PUT", `/returns/contacts/${other}`, { body })).json.code).toBe("FORBIDDEN");
    expect((await stats("PUT", `/returns/contacts/${other}`, { body })).status).toBe(204);
    expect((await stats("PUT", `/returns/contacts/${other}`, { body: { email: null } })).status).toBe(204);
    expect((await stats("GET", "/returns/contacts")).json.items.map((one: Json) => one.email)).toEqual([
      "sulongkou@example.gov.cn",
      null,
    ]);
    expect((await township("GET", "/returns/contacts")).json.items).toHaveLength(1);
  });
});
