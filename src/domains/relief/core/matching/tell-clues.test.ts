import { describe, expect, it } from "vitest";
import { evidenceItem } from "./evidence.ts";
import { tellClue } from "./tell-clues.ts";

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

  it("takes the sting out of a key that a spreadsheet would run", () => {
    expect(tellClue({ ...clue, rowId: "=SUM(1,2)" }, "en")).toContain(`P1,vehicle,"'=SUM(1,2)",repaired`);
  });
});
