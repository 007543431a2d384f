import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dec } from "./decimal.ts";
import { readExpression } from "./expression.ts";
import type { Outcome } from "./expression.ts";

const RECORDS = ["now", "last"];
const numbers = (values: Record<string, string>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, dec(value)]));

function evaluate(source: string, now: Record<string, string>, last: Record<string, string> = {}): Outcome {
  const read = readExpression(source, RECORDS);
  expect(read).toMatchObject({ ok: true });
  return read.ok ? read.value.holds({ now: numbers(now), last: numbers(last) }) : { fault: read.error };
}

describe("an expression", () => {
  test.each<[string, Record<string, string>, Record<string, string>, Outcome]>([
    ["now.a + now.b == now.c", { a: "0.1", b: "0.2", c: "0.3" }, {}, true],
    ["now.a + now.b == now.c", { a: "0.1", b: "0.2", c: "0.30000000000000004" }, {}, false],
    ["now.a * 3 == 0.3", { a: "0.1" }, {}, true],
    ["500 <= now.a", { a: "499.99" }, {}, false],
    ["now.a != now.b", { a: "1.0", b: "1.00" }, {}, false],
    ["abs(now.a / last.a - 1) <= 0.3", { a: "130" }, { a: "100" }, true],
    ["abs(now.a / last.a - 1) <= 0.3", { a: "130.01" }, { a: "100" }, false],
    ["min(now.a, 5.0 * now.b) == max(now.b, now.a)", { a: "5", b: "1" }, {}, true],
    ["has(now.b) ? now.b > 3 : true", { a: "1" }, {}, true],
    ['total(now, ["a", "b"]) == now.c', { a: "0.1", c: "0.1" }, {}, true],
  ])("%s with %j and %j is %s", (source, now, last, wanted) => {
    expect(evaluate(source, now, last)).toBe(wanted);
  });

  test("says nothing about what is blank, nor about a share of nothing", () => {
    expect(evaluate("now.a > 1", {})).toBe("blank");
    expect(evaluate("now.a / last.a > 1", { a: "1" }, { a: "0" })).toBe("blank");
    expect(evaluate("now.b > 1 || now.a > 1", { b: "2" })).toBe(true);
  });

  test.each([
    ["now.a +", "Unexpected token: EOF"],
    ["now.a", "comes to number, not to true or false"],
    ["now.a + 'x' == now.b", "no such overload: number + string"],
    ["later.a > 1", "Unknown variable: later"],
    [`now.a ${"+ now.a".repeat(300)} > 1`, "Exceeded maxAstNodes"],
  ])("%s is refused", (source, why) => {
    const read = readExpression(source, RECORDS);
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining(why) });
  });

  test("names what it reads", () => {
    const read = readExpression('now.a == last.b + total(now, ["c", "d"]) && has(now.e)', RECORDS);
    const names = read.ok ? [...read.value.names].map(([record, set]) => [record, [...set]]) : [];
    expect(Object.fromEntries(names)).toEqual({ now: ["a", "e", "c", "d"], last: ["b"] });
  });

  test("adds as exact decimals do, whatever the digits", () => {
    const cents = fc.integer({ min: -1e12, max: 1e12 });
    const sum = readExpression("now.a + now.b == now.c", RECORDS);
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const text = (n: number) => dec(n).div(100).toFixed();
        const now = numbers({ a: text(a), b: text(b), c: text(a + b) });
        expect(sum.ok && sum.value.holds({ now, last: new Map() })).toBe(true);
        now.set("c", dec(text(a + b + 1)));
        expect(sum.ok && sum.value.holds({ now, last: new Map() })).toBe(false);
      }),
    );
  });
});
