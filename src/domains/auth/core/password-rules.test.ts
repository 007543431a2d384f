import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PASSWORD_PROBLEMS, validatePassword } from "./password-rules.ts";

const codes = (password: string, username = "zhangsan"): string[] =>
  validatePassword(password, username).map((problem) => problem.code);

describe("validatePassword", () => {
  test.each([
    ["Kt7!wq2z", []],
    ["台账Reform-7", []],
    ["K7!w", ["PASSWORD_TOO_SHORT"]],
    ["", ["PASSWORD_TOO_SHORT", "PASSWORD_TOO_SIMPLE"]],
    ["kettle-boat", ["PASSWORD_TOO_SIMPLE"]],
    ["kettleboat77", ["PASSWORD_TOO_SIMPLE"]],
    ["Kettleboat77", []],
    ["x-ZhangSan-7", ["PASSWORD_LIKE_USERNAME"]],
    ["P@ssw0rd2016!", ["PASSWORD_TOO_COMMON"]],
    ["Admin@123", ["PASSWORD_TOO_COMMON"]],
    ["1qaz@WSX", ["PASSWORD_TOO_COMMON"]],
    ["Abcd@1234", ["PASSWORD_TOO_COMMON"]],
    ["!!Welcome2016", ["PASSWORD_TOO_COMMON"]],
    ["88888888", ["PASSWORD_TOO_SIMPLE", "PASSWORD_TOO_COMMON"]],
    [`Aa1${"x".repeat(300)}`, ["PASSWORD_TOO_LONG"]],
  ])("%s", (password, expected) => {
    expect(codes(password)).toEqual(expected);
  });

  test("every problem is told in both languages", () => {
    for (const problem of Object.values(PASSWORD_PROBLEMS)) {
      expect(problem.zh).toMatch(/[一-鿿]/);
      expect(problem.en).toMatch(/^[A-Z][ -~]+$/);
    }
  });

  test("the length is counted in characters and not in UTF-16 units", () => {
    expect(codes("A1😀😀😀😀")).toContain("PASSWORD_TOO_SHORT");
  });

  test("containing the user name is refused in any case and place", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        fc.boolean(),
        (before, after, upper) => {
          const name = upper ? "ZHANGSAN" : "zhangsan";
          expect(codes(`${before}${name}${after}`)).toContain("PASSWORD_LIKE_USERNAME");
        },
      ),
    );
  });

  test("a taken password keeps every rule, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (password) => {
        if (codes(password).length > 0) return;
        expect(Array.from(password).length).toBeGreaterThanOrEqual(8);
        const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
        expect(kinds.length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
