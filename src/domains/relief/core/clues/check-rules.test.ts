import { describe, expect, test } from "vitest";
import { findRuleFaults } from "./check-rules.ts";
import { DEFAULT_RULES } from "./default-rules.ts";
import type { Condition, Rule } from "./rules.ts";

const [first, second] = DEFAULT_RULES as unknown as [Rule, Rule];
const asking = (is: Condition["is"], value: Condition["value"]): Rule => ({
  ...first,
  when: [{ column: "c", is, value }],
});

describe("what would keep a rule from speaking", () => {
  test("is nowhere in the rules that hold until others are recorded", () => {
    expect(findRuleFaults(DEFAULT_RULES)).toEqual([]);
  });

  test("is a code that is there twice, and a rule without a tier", () => {
    const found = findRuleFaults([first, { ...first, matter: "other" }, { ...second, tiers: {} }]);
    expect(found.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["RULE_REPEATED", "rules.1"],
      ["RULE_WITHOUT_TIER", "rules.2.tiers"],
    ]);
  });

  test.each<[Condition["is"], Condition["value"], boolean]>([
    ["at-least", 30_000, true],
    ["at-least", "30000", true],
    ["at-least", "三万", false],
    ["at-most", "", false],
    ["at-most", ["1", "2"], false],
    ["before", "2016-08-01", true],
    ["before", "2016-8-1", false],
    ["after", "2016-02-30", false],
    ["after", 20_160_801, false],
    ["one-of", "存续", true],
    ["one-of", [], false],
    ["not-one-of", ["注销"], true],
  ])("%s %j is a threshold: %s", (is, value, isOne) => {
    const places = findRuleFaults([asking(is, value)]).map(({ path }) => path.join("."));
    expect(places).toEqual(isOne ? [] : ["rules.0.when.0.value"]);
  });
});
