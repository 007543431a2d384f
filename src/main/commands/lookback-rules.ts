/** Which matches become clues, as the rules file says: the same data that the server keeps under a version. */
import { readFileSync } from "node:fs";
import type { FoundClue } from "../../domains/relief/matching/match-sources.ts";
import { registerFault } from "../../domains/relief/matching/problems.ts";
import { placeOfSyntaxError, placeOfValue } from "./json-place.ts";

export type Choice = {
  version: string;
  /** no match below this is taken by any rule */
  least: number;
  /** registers of which somebody's being there concerns the household */
  relativesOn: string[];
  takes: (clue: FoundClue) => boolean;
};

/** Less probable matches than this are no help to anybody. */
const LEAST_PROBABILITY = 0.05;

/** Without rules: everything, on every register. */
export function chooseAll(registers: readonly string[]): Choice {
  return { version: "–", least: LEAST_PROBABILITY, relativesOn: [...registers], takes: () => true };
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
  rules.forEach(({ when }, i) => {
    if (when.length > 0)
      throw faultAt(path, placeOfValue(text, ["rules", i, "when"]), {
        zh: "命令行尚不支持按名册其他列的条件",
        en: "conditions on other columns are not known here",
      });
  });
  const own = rules.filter((rule) => rule.registers.some((name) => registers.includes(name)));
  const thresholds = own.flatMap(({ tiers }) => Object.values(tiers));
  return {
    version,
    least: Math.max(LEAST_PROBABILITY, Math.min(1, ...thresholds)),
    relativesOn: own.flatMap((rule) => (rule.tiers.household === undefined ? [] : rule.registers)),
    takes: ({ register, tier, probability }) =>
      own.some((rule) => rule.registers.includes(register) && probability >= (rule.tiers[tier] ?? 2)),
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
  words: { zh: string; en: string },
): Error {
  return registerFault(path, words, { line, column: String(column) });
}
