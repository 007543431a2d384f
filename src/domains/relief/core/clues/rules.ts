/**
 * Rules make a match a clue. They are data under a version; a county brings its own.
 *
 * Words:
 * - match: a registered person and a row of a register that are likely one person, or a relative of one
 * - matter: what would be asked at the door (a vehicle, a house …); matches of one person and matter are one clue
 * - condition: what a column of the row must say, a price of at least 30,000 yuan, say
 * - silent: a rule whose column a register has not; it takes nothing from it, and the run says so
 */
import { parseTypedNumber } from "../../../../shared/typed-number.ts";

export type Tier = "exact" | "repaired" | "name" | "household";

export type Condition = {
  column: string;
  is: "at-least" | "at-most" | "one-of" | "not-one-of" | "before" | "after";
  value: string | number | readonly string[];
};

export type Rule = {
  code: string;
  nameZh: string;
  nameEn: string;
  matter: string;
  /** kinds of registers */
  registers: readonly string[];
  /** from which stated probability each tier counts; a tier that is not named does not */
  tiers: Readonly<Partial<Record<Tier, number>>>;
  when: readonly Condition[];
  effect: "exclude" | "flag";
  isRebuttable: boolean;
  isConfidential: boolean;
  basis: string;
};

export type MatchedRow = {
  kind: string;
  tier: Tier;
  probability: number;
  row: Readonly<Record<string, string>>;
};

/** The rule that takes a match: of several the one that excludes, then the one named first. */
export function ruleFor(rules: readonly Rule[], match: MatchedRow): Rule | undefined {
  const taking = rules.filter((rule) => takes(rule, match));
  return taking.find((rule) => rule.effect === "exclude") ?? taking[0];
}

function takes(rule: Rule, { kind, tier, probability, row }: MatchedRow): boolean {
  const least = rule.tiers[tier];
  if (!rule.registers.includes(kind) || least === undefined || probability < least) return false;
  return rule.when.every((condition) => holds(condition, row[condition.column]));
}

/** An empty cell says nothing, so no condition on it holds: a rule speaks only where the register does. */
export function holds({ is, value }: Condition, cell: string | undefined): boolean {
  const text = (cell ?? "").normalize("NFKC").trim();
  if (text === "") return false;
  if (is === "one-of") return toList(value).includes(text);
  if (is === "not-one-of") return !toList(value).includes(text);
  if (is === "before" || is === "after") {
    const day = readDay(text);
    if (day === undefined) return false;
    return is === "before" ? day < String(value) : day > String(value);
  }
  const number = readAmount(text);
  if (number === undefined) return false;
  return is === "at-least" ? number >= Number(value) : number <= Number(value);
}

function toList(value: Condition["value"]): readonly string[] {
  return typeof value === "object" ? value : [String(value)];
}

/** 35,000 and 3.5万元 alike, in yuan or whatever the column counts. Compared with a threshold only, never summed. */
function readAmount(text: string): number | undefined {
  const number = parseTypedNumber(text);
  if (!number.ok) return undefined;
  const { digits, unit } = number.value;
  const times = unit?.startsWith("万") ? 1e4 : unit?.startsWith("亿") ? 1e8 : 1;
  return Number(digits) * times;
}

/** 2016-08-01, 2016/8/1, 2016年8月1日, 20160801 → yyyy-mm-dd */
function readDay(text: string): string | undefined {
  const match = /^(\d{4})(?:-|\/|\.|年)?(\d{1,2})(?:-|\/|\.|月)?(\d{1,2})日?/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** What the rules ask of a register of this kind, by column. */
export function askedColumns(rules: readonly Rule[], kind: string): string[] {
  const own = rules.filter(({ registers }) => registers.includes(kind));
  return [...new Set(own.flatMap(({ when }) => when.map(({ column }) => column)))];
}

/** Rules that cannot be asked of a register because it lacks a column of theirs. */
export function silentRules(
  rules: readonly Rule[],
  registers: readonly { kind: string; columns: readonly string[] }[],
): { rule: string; column: string }[] {
  return rules.flatMap((rule) => {
    const own = registers.filter(({ kind }) => rule.registers.includes(kind));
    const lacking = rule.when.find(
      ({ column }) => own.length > 0 && own.every(({ columns }) => !columns.includes(column)),
    );
    return lacking === undefined ? [] : [{ rule: rule.code, column: lacking.column }];
  });
}
