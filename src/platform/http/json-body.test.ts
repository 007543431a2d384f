import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFault } from "./json-body.ts";

describe("the place of a fault in JSON", () => {
  test.each([
    ["title=x", 1, 2], // "t" could still become true
    ["x", 1, 1],
    ['{"a":1,}', 1, 8],
    ['{\n"a": ,\n}', 2, 6],
    ["[1,\n2,\nx]", 3, 1],
    ['{"a":"\\x"}', 1, 8],
    ['"a\nb"', 1, 3],
    ["[1] 2", 1, 5],
    ['{"title":"x","rows":[{"region":1409', 1, 36],
    ["nul", 1, 4],
    ["[01]", 1, 3],
    ["[-]", 1, 3],
    ['{\n  "title": "七月",\n  "rows": [ { "region": 140981000000, } ]\n}', 3, 39],
  ])("%j: line %i column %i", (text, line, column) => {
    const problem = describeFault(text);
    expect(problem.code).toBe("MALFORMED_JSON");
    expect(problem.places).toEqual([expect.objectContaining({ line, column: String(column) })]);
    expect(problem.detail?.en).toContain(`line ${line} column ${column}`);
    expect(problem.detail?.zh).toContain(`第 ${line} 行第 ${column} 个字符`);
  });

  test("is where good JSON was spoiled", () => {
    const json = fc.jsonValue().map((value) => JSON.stringify(value, null, 2));
    fc.assert(
      fc.property(json, fc.nat(), (text, chosen) => {
        const at = chosen % (text.length + 1);
        const spoiled = `${text.slice(0, at)}\u0001${text.slice(at)}`;
        const lines = spoiled.slice(0, at).split("\n");
        expect(describeFault(spoiled).places[0]).toMatchObject({ line: lines.length });
      }),
    );
  });

  test("does not quote what was sent", () => {
    expect(describeFault(`{"password":"secret-47", oops}`).detail?.en).not.toContain("secret-47");
    expect(describeFault("secret-47").detail?.en).not.toContain("secret-47");
  });

  test("a key that reaches for a prototype is named as the reason", () => {
    expect(describeFault('{"__proto__":{}}').detail?.en).toContain("__proto__");
  });

  test("is not searched for in a very long text", () => {
    const problem = describeFault(`[${"1,".repeat(150_000)}]`);
    expect(problem.places).toEqual([]);
    expect(problem.detail?.en).toMatch(/\S/);
  });
});
