/** Rules on typed figures: what is asked for, and what becomes of each rule. */
import { expect, test } from "vitest";
import { columnOf, formOf } from "../../../../../fixtures/plain-form.ts";
import { askedFigures, tryTyped } from "./typed-trial.ts";

const column = (code: string) => columnOf(code, { unit: "万元", decimals: 2 });
const rule = (code: string, expression: string, scope = "row") => ({
  code,
  kind: "logic",
  severity: "hard",
  scope,
  expression,
  messageZh: "累计 {now.ytd}，上期 {last.ytd}",
  messageEn: "To date {now.ytd}, before {last.ytd}",
});
const form = formOf({
  columns: [column("ytd"), column("month"), column("unread"), columnOf("t", { kind: "text" })],
  rules: [
    rule("sum", "period.month == 1 ? now.ytd == now.month : now.ytd == last.ytd + now.month"),
    rule("whole", "total.ytd >= 10", "form"),
    rule("above", "now.ytd <= parent.retail_sales"),
    rule("broken", "now.ytd >"),
  ],
});
const outcomes = (period: string, now: object, last: object) => {
  const typed = { now: { ...now }, last: { ...last }, lastYear: {} };
  return tryTyped(form, period, typed).outcomes.map(({ code, outcome }) => `${code} ${outcome}`);
};

test("asks for the figures that the rules read, and for no others", () => {
  expect(askedFigures(form)).toEqual([
    { code: "ytd", records: ["now", "last"] },
    { code: "month", records: ["now"] },
  ]);
});

test.each<[string, string, object, object, string[]]>([
  [
    "holds",
    "2016-08",
    { ytd: "1,200", month: "100" },
    { ytd: "0.11亿" },
    ["sum holds", "whole holds", "above blank"],
  ],
  ["fails", "2016-08", { ytd: "9", month: "1" }, { ytd: "7" }, ["sum fails", "whole fails", "above blank"]],
  ["of January", "2016-01", { ytd: "12", month: "12" }, {}, ["sum holds", "whole holds", "above blank"]],
  ["without the period", "", { ytd: "12", month: "12" }, {}, ["sum blank", "whole holds", "above blank"]],
  ["of nothing", "2016-08", {}, {}, ["sum blank", "whole blank", "above blank"]],
])("%s", (_name, period, now, last, expected) => {
  expect(outcomes(period, now, last)).toEqual(expected);
});

test("says what the filer would be told, and which cell is no number", () => {
  const typed = { now: { ytd: "9", month: "1" }, last: { ytd: "七" }, lastYear: {} };
  const { unreadable, outcomes: found } = tryTyped(form, "2016-08", typed);
  expect([...unreadable]).toEqual(["last ytd"]);
  expect(found[1]).toMatchObject({ code: "whole", outcome: "fails", en: "To date 9, before —" });
});
