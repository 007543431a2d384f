/** Course, due days, checks, comparison, score: tables of cases. */
import { describe, expect, test } from "vitest";
import { columnOf, formOf } from "../../../../fixtures/plain-form.ts";
import { dec } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import { checkForm } from "./check-form.ts";
import { checkReturn, readyRules } from "./check-return.ts";
import type { Surroundings } from "./check-return.ts";
import { compareVersions } from "./compare-versions.ts";
import { nextState, stateAfter, verbsFrom } from "./course.ts";
import type { Verb } from "./course.ts";
import { daysLate, dueDayOf } from "./due-day.ts";
import type { Column, DueRule, FormDefinition, ReturnRow, Rule } from "./form.ts";
import { scoreUnit } from "./unit-score.ts";

describe("the course", () => {
  test.each<[Verb[], object]>([
    [[], { status: "due", version: 0 }],
    [["begin", "submit"], { status: "submitted", level: 0, version: 1 }],
    [["begin", "submit", "pass"], { status: "submitted", level: 1, version: 1 }],
    [["begin", "submit", "pass", "sendBack"], { status: "sent-back", level: 0, version: 2 }],
    [["begin", "submit", "recall"], { status: "draft", version: 2 }],
    [["begin", "submit", "pass", "accept"], { status: "accepted", accepted: 1 }],
    [["begin", "submit", "pass", "accept", "amend"], { status: "amending", version: 2, accepted: 1 }],
    [["begin", "submit", "pass", "accept", "amend", "submit", "recall"], { status: "amending", version: 3 }],
    [
      ["begin", "submit", "pass", "accept", "amend", "submit", "sendBack", "drop"],
      { status: "accepted", accepted: 1 },
    ],
  ])("of %j leads to %j", (verbs, wanted) => {
    expect(stateAfter(verbs, 2)).toMatchObject(wanted);
  });

  test("is never accepted below the last level, nor passed on beyond it", () => {
    const submitted = stateAfter(["begin", "submit"], 2);
    expect(nextState(submitted, "accept", 2)).toBeUndefined();
    expect(nextState({ ...submitted, level: 1 }, "pass", 2)).toBeUndefined();
    expect(verbsFrom(submitted, 2)).toEqual(["recall", "sendBack", "pass"]);
    expect(verbsFrom({ ...submitted, level: 1 }, 2)).toEqual(["sendBack", "accept"]);
  });

  test("refuses verbs that do not follow from each other", () => {
    expect(() => stateAfter(["submit"], 1)).toThrow("submit does not lead on from due");
  });
});

describe("the day on which a return is due", () => {
  test.each<[DueRule, string, string]>([
    [{ kind: "working-days", count: 5 }, "2016-08", "2016-09-07"],
    // the Mid-Autumn days off and the Sunday at work
    [{ kind: "working-days", count: 12 }, "2016-08", "2016-09-19"],
    // over the October week: 8 and 9 October are a weekend at work
    [{ kind: "working-days", count: 1 }, "2016-09", "2016-10-08"],
    [{ kind: "day", day: 10, roll: "earlier" }, "2016-08", "2016-09-09"],
    [{ kind: "day", day: 10, roll: "later" }, "2016-08", "2016-09-12"],
    [{ kind: "day", day: 31, roll: "earlier" }, "2016-10", "2016-11-30"],
    [{ kind: "day", day: 15, roll: "later" }, "2016Q4", "2017-01-16"],
    [{ kind: "day", day: 2, roll: "later" }, "2016-08T1", "2016-08-12"],
    [{ kind: "working-days", count: 1 }, "2016-08T2", "2016-08-22"],
    [{ kind: "day", day: 20, roll: "earlier" }, "2015", "2016-01-20"],
  ])("by %j for %s is %s", (rule, of, wanted) => expect(dueDayOf(rule, period(of))).toBe(wanted));

  test.each([
    ["2016-09-07", "2016-09-07", "2016-12-01", 0],
    ["2016-09-07", "2016-09-08", "2016-12-01", 1],
    ["2016-09-14", null, "2016-09-18", 1],
    ["2016-09-09", "2016-09-11", "2016-12-01", 0],
  ])("%s, submitted on %s, looked at on %s: %i working days late", (due, submitted, today, wanted) => {
    expect(daysLate(due, submitted, today)).toBe(wanted);
  });
});

const column = (code: string, part: Partial<Column> = {}): Column =>
  columnOf(code, { unit: "万元", decimals: 2, ...part });
const rule = (code: string, expression: string, part: Partial<Rule> = {}): Rule => ({
  code,
  kind: "logic",
  severity: "hard",
  scope: "row",
  expression,
  column: "a",
  messageZh: `${code}：{now.a} {last.a}`,
  messageEn: `${code}: {now.a} {last.a}`,
  ...part,
});
const form = (part: Partial<FormDefinition> = {}): FormDefinition =>
  formOf({
    subjects: { kind: "list", prefix: "product", nameZh: "产品", nameEn: "Product", items: [], isOpen: true },
    columns: [column("a", { required: true }), column("b")],
    ...part,
  });
const row = (subject: string, values: Record<string, string>): ReturnRow => ({
  subject,
  name: subject,
  values,
});
const around = (part: Partial<Surroundings> = {}): Surroundings => ({
  last: new Map(),
  lastYear: new Map(),
  ledger: new Map(),
  parent: new Map(),
  children: new Map(),
  period: new Map([["month", dec(8)]]),
  ...part,
});
const codesOf = (of: FormDefinition, rows: ReturnRow[], surroundings = around()): string[] =>
  checkReturn(of, readyRules(of), rows, surroundings).map(
    ({ code, subject, column: at }) => `${code} ${subject} ${at}`,
  );

describe("checking a return", () => {
  test("finds what is missing, but not what was typed and could not be read", () => {
    const rows = [row("coal", {}), row("iron", { a: "0" })];
    expect(codesOf(form(), rows)).toEqual(["REQUIRED coal a"]);
    expect(codesOf(form(), rows, around({ unreadable: new Set(["coal a"]) }))).toEqual([]);
  });

  test("asks for 0 where an amount is missing, and never for a rate of 0", () => {
    const of = form({
      columns: [column("a", { required: true }), column("r", { required: true, unit: "%" })],
    });
    const said = checkReturn(of, [], [row("coal", {})], around()).map(({ zh, en }) => `${zh} ${en}`);
    expect(said).toEqual([expect.stringMatching(/请填 0.* 0 where/), expect.not.stringMatching(/0/)]);
  });

  test("asks a rule of each row, with the row a period before, and of the totals once", () => {
    const rules = [
      rule("grows", "now.a >= last.a"),
      rule("total", "total.a == total.b", { scope: "form", column: null }),
    ];
    const rows = [row("coal", { a: "1", b: "3" }), row("iron", { a: "2", b: "1" })];
    const last = new Map([
      ["coal", new Map([["a", dec("1.5")]])],
      ["iron", new Map([["b", dec(9)]])],
    ]);
    expect(codesOf(form({ rules }), rows, around({ last }))).toEqual(["grows coal a", "total null null"]);
  });

  test("says the numbers in its words, and a dash for what is blank", () => {
    const rules = [rule("r", "has(now.a) && now.a > 5")];
    const [finding] = checkReturn(
      form({ rules }),
      readyRules(form({ rules })),
      [row("coal", { a: "1.50" })],
      around(),
    );
    expect(finding?.zh).toBe("r：1.5 —");
  });

  test("passes a rule that cannot be computed to a person, and lets it not stand in the way", () => {
    const rules = [rule("size", "now.a / 3 == 1")];
    expect(codesOf(form({ rules }), [row("coal", { a: "3" })])).toEqual([]);
    const finding = checkReturn(
      form({ rules }),
      readyRules(form({ rules })),
      [row("coal", { a: "4" })],
      around(),
    );
    expect(finding.map(({ severity }) => severity)).toEqual(["hard"]);
  });
});

describe("a form is refused", () => {
  const known = { measures: new Set(["gdp"]), fits: (unit: string) => unit === "万元" };
  test.each<[string, Partial<FormDefinition>, string]>([
    ["with a column twice", { columns: [column("a"), column("a")] }, "columns.1.code"],
    ["without filers", { filers: { kinds: [], units: [] } }, "filers"],
    ["with an expression that cannot be read", { rules: [rule("r", "now.a +")] }, "rules.0.expression"],
    ["with a name that there is not", { rules: [rule("r", "now.z > 1")] }, "rules.0.expression"],
    [
      "with a text in an expression",
      { columns: [column("a", { kind: "text" })], rules: [rule("r", "now.a > 1")] },
      "rules.0.expression",
    ],
    ["with a measure that there is not", { rules: [rule("r", "parent.gnp > 1")] }, "rules.0.expression"],
    ["with a rule on no column", { rules: [rule("r", "now.a > 1", { column: "z" })] }, "rules.0.column"],
    ["with a choice without choices", { columns: [column("a", { kind: "choice" })] }, "columns.0.choices"],
    ["with bounds the wrong way round", { columns: [column("a", { min: "2", max: "1" })] }, "columns.0.min"],
    [
      "with two columns that are one figure",
      {
        columns: ["a", "b"].map((code) =>
          column(code, { posts: { measure: "gdp", basis: "ytd", aspect: "value" } }),
        ),
      },
      "columns.1.posts",
    ],
    [
      "with a unit that is not the measure's",
      { columns: [column("a", { unit: "吨", posts: { measure: "gdp", basis: "ytd", aspect: "value" } })] },
      "columns.0.unit",
    ],
  ])("%s", (_, part, field) => {
    expect(checkForm(form(part), known).map((fault) => fault.field)).toEqual([field]);
  });

  test("but not when all is sound", () => {
    const rules = [rule("r", "now.a > 1 && parent.gdp > 1 && period.month < 13")];
    expect(checkForm(form({ rules }), known)).toEqual([]);
  });
});

test("two versions differ by cells that changed, came and went", () => {
  const before = [row("coal", { a: "1", b: "2" }), row("iron", { a: "3" })];
  const after = [row("coal", { a: "1", b: "2.5" }), row("salt", { a: "4" })];
  expect(
    compareVersions(form(), before, after).map((one) => [one.subject, one.column, one.before, one.after]),
  ).toEqual([
    ["coal", "b", "2", "2.5"],
    ["salt", "a", null, "4"],
    ["iron", "a", "3", null],
  ]);
});

test("a unit's score is timeliness and first-time quality over what was due", () => {
  const good = { daysLate: 0, isSubmitted: true, sentBack: 0, amended: 0 };
  expect(scoreUnit([])).toMatchObject({ due: 0, score: null });
  expect(
    scoreUnit([
      good,
      { ...good, daysLate: 2 },
      { ...good, sentBack: 1 },
      { ...good, isSubmitted: false, daysLate: 9 },
    ]),
  ).toMatchObject({
    due: 4,
    timeliness: 50,
    quality: 50,
    score: 50,
  });
});

test("a list without a row is to be explained", () => {
  expect(codesOf(form(), [])).toEqual(["NOTHING_FILED null null"]);
});
