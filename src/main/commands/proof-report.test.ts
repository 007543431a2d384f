import { describe, expect, test } from "vitest";
import type { Claim } from "../../domains/proofing/core/claim.ts";
import { reportFindings } from "./proof-report.ts";

const text = "一、项目\n　　全县𠮷村等地共有项目192个。其中，结转61个，新建132个。\n完。";
const at = text.indexOf("192个");
const claim: Claim = {
  relation: "sum",
  verdict: "inconsistent",
  severity: "wrong",
  spans: [[at, at + 4]],
  text: "共有项目192个。其中，结转61个，新建132个",
  stated: "192个",
  computed: "193个",
  message: { zh: "61个＋132个＝193个。", en: "61 + 132 = 193." },
};
const report = (claims: readonly Claim[], extra: { all?: boolean; lang?: "zh" | "en" } = {}): string =>
  reportFindings({ name: "稿.txt", text, claims, all: false, lang: "zh", ...extra });

describe("a report", () => {
  test("names line and character, shows the figure in its line, and the sum", () => {
    expect(report([claim])).toBe(
      [
        "稿.txt:2:13  有误 · 合计",
        "    全县𠮷村等地共有项目【192个】。其中，结转61个，新建132个。",
        "    原文 192个，应为 193个",
        "    61个＋132个＝193个。",
        "",
        "42 字：有误 1，末位之差 0，可留意 0，相符 0",
        "",
      ].join("\n"),
    );
  });

  test("speaks English when asked", () => {
    const english = report([claim], { lang: "en" });
    expect(english).toContain("wrong · sum");
    expect(english).toContain("says 192个, should be 193个");
    expect(english).toContain("42 characters: 1 wrong, 0 last digit, 0 worth a look, 0 consistent");
  });

  test("leaves out what nobody asked for, but counts it", () => {
    const lastDigit: Claim = { ...claim, severity: "last-digit" };
    expect(report([lastDigit])).toBe("42 字：有误 0，末位之差 1，可留意 0，相符 0\n");
    expect(report([lastDigit], { all: true })).toContain("末位之差 · 合计");
  });

  test("cuts a long line on both sides of the figure", () => {
    const long = `${"长".repeat(300)}192个${"短".repeat(300)}`;
    const lines = reportFindings({
      name: "-",
      text: long,
      claims: [{ ...claim, spans: [[300, 304]] }],
      all: false,
      lang: "zh",
    }).split("\n");
    expect(lines[0]).toContain("-:1:301");
    expect(lines[1]).toMatch(/^ {4}…长{48}【192个】短{48}…$/);
  });
});
