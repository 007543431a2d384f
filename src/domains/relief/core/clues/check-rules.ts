/** What would keep a rule from ever speaking, found when rules are recorded or read: not after a run without clues. */
import type { Condition, Rule } from "./rules.ts";

export type RuleFault = {
  code: "RULE_REPEATED" | "RULE_WITHOUT_TIER" | "THRESHOLD";
  path: readonly (string | number)[];
  zh: string;
  en: string;
};

/** By rule, in their order. */
export function findRuleFaults(rules: readonly Rule[]): RuleFault[] {
  return rules.flatMap((rule, i): RuleFault[] => {
    const path = ["rules", i];
    if (rules.findIndex(({ code }) => code === rule.code) !== i)
      return [
        {
          code: "RULE_REPEATED",
          path,
          zh: `规则“${rule.code}”重复`,
          en: `The rule "${rule.code}" is there twice`,
        },
      ];
    if (Object.keys(rule.tiers).length === 0)
      return [
        {
          code: "RULE_WITHOUT_TIER",
          path: [...path, "tiers"],
          zh: `规则“${rule.code}”没有指定匹配层级，不会产生线索`,
          en: `The rule "${rule.code}" names no tier and would never speak`,
        },
      ];
    return rule.when.flatMap((condition, at) => {
      const needed = neededValue(condition);
      if (needed === undefined) return [];
      return [{ code: "THRESHOLD", path: [...path, "when", at, "value"], ...needed } as const];
    });
  });
}

/** @returns what the value should be; undefined when it is that */
function neededValue({ is, value }: Condition): { zh: string; en: string } | undefined {
  if (is === "at-least" || is === "at-most")
    return isNumber(value) ? undefined : { zh: "应为数字", en: "This should be a number" };
  if (is === "before" || is === "after")
    return isDay(value)
      ? undefined
      : { zh: "应为日期，如 2016-08-01", en: "This should be a day such as 2016-08-01" };
  return typeof value === "object" && value.length === 0
    ? { zh: "至少列出一个值", en: "List one value at least" }
    : undefined;
}

function isNumber(value: Condition["value"]): boolean {
  if (typeof value === "object" || String(value).trim() === "") return false;
  return Number.isFinite(Number(value));
}

/** Days are compared as text: one that is written otherwise would be on the wrong side of others. */
function isDay(value: Condition["value"]): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
