/**
 * Expressions in CEL, the Common Expression Language, over exact decimals. The only file that knows the library.
 *
 * Words:
 * - number: an exact decimal (shared/decimal.ts); literals of an expression become one when they meet one
 * - record: a map of numbers by name, as `now.total`. A name without a number makes the outcome "blank", not false:
 *   a rule over what nobody has filled in says nothing. `has(now.total)` asks.
 */
import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import type { Decimal } from "./decimal.ts";
import { dec } from "./decimal.ts";
import { err, ok, type Result } from "./result.ts";

/** Names to numbers; a name that is absent is blank. */
export type NumberRecord = ReadonlyMap<string, Decimal>;
export type Outcome = boolean | "blank" | { fault: string };
export type Expression = {
  /** names read of each record: now → total, share */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  holds(records: Readonly<Record<string, NumberRecord>>): Outcome;
};

const NUMBER = "number";
const calculate: Readonly<Record<string, (a: Decimal, b: Decimal) => Decimal>> = {
  "+": (a, b) => a.plus(b),
  "-": (a, b) => a.minus(b),
  "*": (a, b) => a.times(b),
  "/": (a, b) => {
    if (b.isZero()) throw new Blank();
    return a.div(b);
  },
};
const compare: Readonly<Record<string, (a: Decimal, b: Decimal) => boolean>> = {
  "<": (a, b) => a.lt(b),
  "<=": (a, b) => a.lte(b),
  ">": (a, b) => a.gt(b),
  ">=": (a, b) => a.gte(b),
  "==": (a, b) => a.eq(b),
};

/** Nothing can be said: a share of nothing. */
class Blank extends Error {}

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 40, maxCallArguments: 12 };

function makeEnvironment(records: readonly string[]): Environment {
  const env = new Environment({ limits: LIMITS });
  const sample = dec(0);
  env.registerType(NUMBER, { ctor: sample.constructor, fields: {} });
  const fromText = (x: unknown): Decimal => dec(String(x));
  for (const [sign, work] of Object.entries(calculate)) {
    env.registerOperator(`${NUMBER} ${sign} ${NUMBER}: ${NUMBER}`, work);
    for (const literal of ["int", "double"]) {
      env.registerOperator(`${NUMBER} ${sign} ${literal}: ${NUMBER}`, (a: Decimal, b: unknown) =>
        work(a, fromText(b)),
      );
      env.registerOperator(`${literal} ${sign} ${NUMBER}: ${NUMBER}`, (a: unknown, b: Decimal) =>
        work(fromText(a), b),
      );
    }
  }
  for (const [sign, work] of Object.entries(compare)) {
    env.registerOperator(`${NUMBER} ${sign} ${NUMBER}: bool`, work);
    for (const literal of ["int", "double"]) {
      env.registerOperator(`${NUMBER} ${sign} ${literal}: bool`, (a: Decimal, b: unknown) =>
        work(a, fromText(b)),
      );
      // The library takes equality the other way round by itself.
      if (sign !== "==")
        env.registerOperator(`${literal} ${sign} ${NUMBER}: bool`, (a: unknown, b: Decimal) =>
          work(fromText(a), b),
        );
    }
  }
  env.registerFunction(`abs(${NUMBER}): ${NUMBER}`, (a: Decimal) => a.abs());
  env.registerFunction(`min(${NUMBER}, ${NUMBER}): ${NUMBER}`, (a: Decimal, b: Decimal) => (a.lt(b) ? a : b));
  env.registerFunction(`max(${NUMBER}, ${NUMBER}): ${NUMBER}`, (a: Decimal, b: Decimal) => (a.gt(b) ? a : b));
  // Σ of what is there: in a form, a part that is left empty is nothing.
  env.registerFunction(`total(map<string, ${NUMBER}>, list<string>): ${NUMBER}`, (record, names) => {
    let sum = dec(0);
    for (const name of names as string[]) {
      const value = (record as NumberRecord).get(name);
      if (value !== undefined) sum = sum.plus(value);
    }
    return sum;
  });
  for (const record of records) env.registerVariable(record, `map<string, ${NUMBER}>`);
  return env;
}

const environments = new Map<string, Environment>();

/**
 * Reads an expression over records of these names. @returns why not, in the library's words, with the place.
 * @param source must come to true or false: `now.sum == now.part + now.rest`
 */
export function readExpression(source: string, records: readonly string[]): Result<Expression, string> {
  const key = records.join(",");
  let env = environments.get(key);
  if (env === undefined) environments.set(key, (env = makeEnvironment(records)));
  try {
    const checked = env.check(source);
    if (!checked.valid) return err(firstLine(checked.error));
    if (checked.type !== "bool") return err(`comes to ${checked.type}, not to true or false`);
    const evaluate = env.parse(source);
    return ok({ names: namesIn(source, records), holds: (context) => run(evaluate, context) });
  } catch (error) {
    return err(firstLine(error));
  }
}

function run(evaluate: (context: never) => unknown, context: object): Outcome {
  try {
    return evaluate(context as never) === true;
  } catch (error) {
    if (error instanceof Blank) return "blank";
    if (error instanceof EvaluationError && error.code === "no_such_key") return "blank";
    return { fault: firstLine(error) };
  }
}

/** By the text: a name stands after the record's, or in the list that `total` is given. */
function namesIn(source: string, records: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (record: string, name: string): void => {
    const names = found.get(record) ?? new Set();
    found.set(record, names.add(name));
  };
  for (const record of records) {
    for (const [, name = ""] of source.matchAll(new RegExp(`\\b${record}\\.([a-zA-Z_][\\w]*)`, "g")))
      add(record, name);
    const lists = source.matchAll(new RegExp(`total\\(\\s*${record}\\s*,\\s*\\[([^\\]]*)\\]`, "g"));
    for (const [, list = ""] of lists)
      for (const [, name = ""] of list.matchAll(/["']([^"']*)["']/g)) add(record, name);
  }
  return found;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
