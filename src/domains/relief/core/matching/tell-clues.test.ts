import { describe, expect, it } from "vitest";
import { evidenceItem } from "./evidence.ts";
import { tellClue, toCell } from "./tell-clues.ts";

describe("a clue as a line", () => {
  const clue = {
    personId: "P1",
    register: "vehicle",
    rowId: "V1",
    tier: "repaired",
    probability: 0.9731254,
    evidence: [evidenceItem("id", "oneDigit", 12), evidenceItem("name", "same")],
  };

  it("explains itself field by field", () => {
    expect(tellClue(clue, "zh")).toBe(
      "P1,vehicle,V1,repaired,0.973125,证件号码：一位有误（第12位）；姓名：相同\n",
    );
    expect(tellClue(clue, "en")).toBe(
      "P1,vehicle,V1,repaired,0.973125,ID number: one digit wrong (at 12); name: same\n",
    );
  });

  it.each([
    ["a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["one that begins with a sign", "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["one with commas", "=SUM(1,2)", `"'=SUM(1,2)"`],
    ["one after a tab", "\t=1+1", "'\t=1+1"],
    ["an at sign", "@SUM(1)", "'@SUM(1)"],
    ["a negative number", "-12.5", "-12.5"],
    ["quotes", '车"A"', '"车""A"""'],
    ["a line end", "a\nb", '"a\nb"'],
    ["plain text", "P0000001", "P0000001"],
  ])("takes the sting out of %s", (_, text, cell) => {
    expect(toCell(text)).toBe(cell);
  });
});
