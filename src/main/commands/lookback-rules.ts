/** Which matches become clues, as the rules file says: the same data that the server keeps under a version. */
import { readFileSync } from "node:fs";
import type { Rule } from "../../domains/relief/core/clues/rules.ts";
import type { FoundClue } from "../../domains/relief/matching/match-sources.ts";
import { registerFault } from "../../domains/relief/matching/problems.ts";
import type { MatchedRows } from "./lookback-rows.ts";
import { placeOfSyntaxError, placeOfValue } from "./json-place.ts";

export type Choice = {
  version: string;
  /** no match below this is taken by any rule */
  least: number;
  /** registers of which somebody's being there concerns the household */
  relativesOn: string[];
  /** undefined: everything is taken */
  rules: readonly Rule[] | undefined;
  /** registers of which no rule speaks: nothing is taken from them */
  unruled: string[];
};

/** Less probable matches than this are no help to anybody. */
const LEAST_PROBABILITY = 0.05;

/** Without rules: everything, on every register. */
export const chooseAll = (registers: readonly string[]): Choice => ({
  version: "–",
  least: LEAST_PROBABILITY,
  relativesOn: [...registers],
  rules: undefined,
  unruled: [],
});

export type Chosen = {
  clues: FoundClue[];
  /** rules that could not be asked, and the column that the register lacks */
  silent: { rule: string; column: string }[];
};

/** @param against by name of the register, its file */
export async function chooseClues(
  clues: FoundClue[],
  rules: readonly Rule[] | undefined,
  against: readonly { name: string; path: string }[],
): Promise<Chosen> {
  if (rules === undefined) return { clues, silent: [] };
  const { askedColumns, ruleFor, silentRules } = await import("../../domains/relief/core/clues/rules.ts");
  const matched = new Map<string, MatchedRows>();
  for (const { name, path } of against) {
    const asked = askedColumns(rules, name);
    if (asked.length === 0) continue;
    const { readMatchedRows } = await import("./lookback-rows.ts");
    const wanted = new Set(clues.filter(({ register }) => register === name).map(({ rowId }) => rowId));
    matched.set(name, await readMatchedRows(name, path, { wanted, asked }));
  }
  const taken = clues.filter(({ register, rowId, tier, probability }) => {
    const row = matched.get(register)?.rows.get(rowId) ?? {};
    return ruleFor(rules, { kind: register, tier, probability, row }) !== undefined;
  });
  const columns = Array.from(matched, ([kind, rows]) => ({ kind, columns: rows.columns }));
  return { clues: taken, silent: silentRules(rules, columns) };
}

/** @throws Problem with line and column of what is wrong; Error of the file system */
export async function readRules(path: string, registers: readonly string[]): Promise<Choice> {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const data = parse(path, text);
  const { RuleSet } = await import("../../domains/relief/contract.ts"); // Zod takes its time: only when it is needed
  const read = RuleSet.safeParse(data);
  if (!read.success) {
    const { path: at = [], message = "" } = read.error.issues[0] ?? {};
    throw faultAt(path, placeOfValue(text, at), {
      zh: `${at.join(".")} 有误：${message}`,
      en: `${at.join(".")}: ${message}`,
    });
  }
  const { version, rules } = read.data;
  const { findRuleFaults } = await import("../../domains/relief/core/clues/check-rules.ts");
  const [fault] = findRuleFaults(rules);
  if (fault !== undefined) throw faultAt(path, placeOfValue(text, fault.path), fault);
  const own = rules.filter((rule) => rule.registers.some((name) => registers.includes(name)));
  const thresholds = own.flatMap(({ tiers }) => Object.values(tiers));
  return {
    version,
    least: Math.max(LEAST_PROBABILITY, Math.min(1, ...thresholds)),
    relativesOn: own.flatMap((rule) => (rule.tiers.household === undefined ? [] : rule.registers)),
    rules: own,
    unruled: registers.filter((name) => !own.some((rule) => rule.registers.includes(name))),
  };
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw faultAt(path, placeOfSyntaxError(text, error as Error), {
      zh: "不是有效的 JSON",
      en: "this is not JSON",
    });
  }
}

function faultAt(
  path: string,
  { line, column }: { line: number; column: number },
  { zh, en }: { zh: string; en: string },
): Error {
  return registerFault(path, { zh, en }, { line, column: String(column) });
}
