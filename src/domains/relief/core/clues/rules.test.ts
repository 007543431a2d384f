import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_RULES } from "./default-rules.ts";
import { holds, ruleFor, silentRules } from "./rules.ts";
import type { Condition, MatchedRow, Rule } from "./rules.ts";

const when = (is: Condition["is"], value: Condition["value"]): Condition => ({ column: "c", is, value });

describe("a condition", () => {
  test.each<[Condition, string | undefined, boolean]>([
    [when("at-least", 30_000), "30000", true],
    [when("at-least", 30_000), "29,999.99", false],
    [when("at-least", 30_000), "３０，０００元", true],
    [when("at-least", 30_000), "3万", true],
    [when("at-least", 30_000), "3.2万元", true],
    [when("at-least", 30_000), "0.2亿", true],
    [when("at-least", 30_000), "约三万", false],
    [when("at-least", 30_000), "", false],
    [when("at-least", 30_000), undefined, false],
    [when("at-most", 100), "99", true],
    [when("at-most", 100), "101", false],
    [when("one-of", ["存续", "在业"]), " 存续 ", true],
    [when("one-of", ["存续", "在业"]), "注销", false],
    [when("one-of", "存续"), "存续", true],
    [when("not-one-of", ["注销"]), "存续", true],
    [when("not-one-of", ["注销"]), "注销", false],
    [when("not-one-of", ["注销"]), " ", false],
    [when("after", "2014-06-30"), "2014/7/1", true],
    [when("after", "2014-06-30"), "2014年6月30日", false],
    [when("before", "2014-06-30"), "20140629", true],
    [when("before", "2014-06-30"), "不详", false],
  ])("%j of %s: %s", (condition, cell, expected) => {
    expect(holds(condition, cell)).toBe(expected);
  });

  test("of a threshold and its opposite never both hold but at the threshold itself", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (cell, value) => {
        const both =
          holds(when("at-least", value), String(cell)) && holds(when("at-most", value), String(cell));
        expect(both).toBe(cell === value);
      }),
    );
  });
});

const vehicle = (price: string | undefined, extra: Partial<MatchedRow> = {}): MatchedRow => ({
  kind: "vehicle",
  tier: "exact",
  probability: 0.99,
  row: price === undefined ? {} : { price },
  ...extra,
});

describe("the rule that takes a match", () => {
  test.each<[string, MatchedRow, string | undefined]>([
    ["a dear vehicle excludes", vehicle("50000"), "vehicle-price"],
    ["a cheap one is a flag", vehicle("8000"), "vehicle"],
    ["one without a price is a flag", vehicle(undefined), "vehicle"],
    ["an unlikely one is nobody's", vehicle("50000", { probability: 0.6 }), undefined],
    ["a relative's vehicle is nobody's matter", vehicle("50000", { tier: "household" }), undefined],
    ["a relative on the payroll is", vehicle(undefined, { kind: "payroll", tier: "household" }), "payroll"],
    ["a register that no rule knows", vehicle(undefined, { kind: "library" }), undefined],
  ])("%s", (_, match, code) => {
    expect(ruleFor(DEFAULT_RULES, match)?.code).toBe(code);
  });

  test("is silent where the registers lack its column, and not where one has it", () => {
    const registers = [{ kind: "vehicle", columns: ["name", "idNumber"] }];
    expect(silentRules(DEFAULT_RULES, registers)).toEqual([{ rule: "vehicle-price", column: "price" }]);
    const priced = [...registers, { kind: "vehicle", columns: ["price"] }];
    expect(silentRules(DEFAULT_RULES, priced)).toEqual([]);
    expect(silentRules(DEFAULT_RULES, [])).toEqual([]);
  });
});

describe("the rules that hold at first", () => {
  test("have codes of their own, a basis, and are all rebuttable", () => {
    expect(new Set(DEFAULT_RULES.map(({ code }) => code)).size).toBe(DEFAULT_RULES.length);
    expect(DEFAULT_RULES.filter((rule: Rule) => !rule.isRebuttable || rule.basis === "")).toEqual([]);
  });
  test("a village cadre is asked about and never excluded by rule", () => {
    expect(DEFAULT_RULES.find(({ code }) => code === "cadre")?.effect).toBe("flag");
  });
});
