import { describe, expect, test } from "vitest";
import { columnOf } from "../../../../fixtures/plain-form.ts";
import type { Column } from "./form.ts";
import { cellFaultText, readCell } from "./read-cell.ts";

const column = (part: Partial<Column>): Column =>
  columnOf("x", { nameZh: "投资", nameEn: "Investment", unit: "万元", decimals: 2, ...part });

describe("a cell", () => {
  test.each<[Partial<Column>, string, string | null]>([
    [{}, "78.5", "78.5"],
    [{}, "１，２３４．５０", "1234.5"],
    [{}, " 1,234 ", "1234"],
    [{}, "1.2亿", "12000"],
    [{}, "1.2亿元", "12000"],
    [{}, "3万", "3"],
    [{}, "500元", "0.05"],
    [{}, "−12", "-12"],
    [{}, "", null],
    [{}, "—", null],
    [{}, "/", null],
    [{}, "无", null],
    [{ unit: "元" }, "1.2亿", "120000000"],
    [{ unit: "万吨" }, "1200吨", "0.12"],
    [{ unit: "%", decimals: 1 }, "下降3.5%", "-3.5"],
    [{ unit: "%", decimals: 1 }, "增长0.5", "0.5"],
    [{ unit: "人", decimals: 0 }, "18,120人", "18120"],
    [{ kind: "text", unit: null }, " 待协调：用地 ", "待协调：用地"],
    [{ kind: "text", unit: null }, "无", "无"],
    [{ kind: "choice", unit: null, choices: ["正常", "停产"] }, " 停产", "停产"],
  ])("of %j typed as %j is %j", (part, typed, wanted) => {
    expect(readCell(column(part), typed)).toEqual({ ok: true, value: wanted });
  });

  test.each<[Partial<Column>, string, string]>([
    [{}, "约80", "NOT_EXACT"],
    [{}, "80万吨", "WRONG_UNIT"],
    [{}, "增长5%", "WRONG_UNIT"],
    [{}, "5%", "WRONG_UNIT"],
    [{}, "abc", "NOT_A_NUMBER"],
    [{}, "1,23", "BAD_GROUPING"],
    [{}, "1.5E8", "EXPONENT"],
    [{}, "12.345", "TOO_MANY_DECIMALS"],
    [{ min: "0" }, "-0.01", "BELOW_MIN"],
    [{ max: "100", unit: "%" }, "100.1", "ABOVE_MAX"],
    [{ kind: "choice", unit: null, choices: ["正常"] }, "停", "NOT_A_CHOICE"],
    [{ kind: "text", unit: null }, "字".repeat(201), "TEXT_TOO_LONG"],
  ])("of %j typed as %j is refused: %s", (part, typed, code) => {
    const read = readCell(column(part), typed);
    expect(read).toMatchObject({ ok: false, error: { code } });
    const text = read.ok ? undefined : cellFaultText(column(part), read.error);
    expect(text?.zh).toMatch(/\p{Script=Han}/u);
    expect(text?.en).toMatch(/[a-z]/);
  });
});
