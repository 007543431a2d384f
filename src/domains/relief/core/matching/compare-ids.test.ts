import { describe, expect, it } from "vitest";
import { compareIds, idLevel, isLengthSlip, placeOfSlip } from "./compare-ids.ts";
import type { PackedId } from "./compare-ids.ts";
import { emptyIdNumber, packSerial, readIdNumber } from "./id-number.ts";

function read(text: string): PackedId & { odd: readonly number[] } {
  const bytes = new TextEncoder().encode(text);
  const id = emptyIdNumber();
  readIdNumber(bytes, { start: 0, end: bytes.length }, id);
  return { region: id.region, birth: id.birth, packed: packSerial(id), odd: id.odd };
}

const whole = "11010519491231002X";

describe("two ID numbers", () => {
  it.each([
    ["the same", whole, whole, idLevel.same],
    ["fifteen digits of it", "110105491231002", whole, idLevel.same],
    ["another check character", "110105194912310023", whole, idLevel.checkSlip],
    ["one digit", "11010519491231502X", whole, idLevel.oneDigit],
    ["one digit of the birth", "11010519491211002X", whole, idLevel.oneDigit],
    ["two neighbours", "11010519491213002X", whole, idLevel.swapped],
    ["the last digit and the check character", "1101051949123100X2", whole, idLevel.farFailed],
    ["the last three lost", "110105194912310000", whole, idLevel.cut],
    ["the digit of the sex, both checked", "110105194912310038", whole, idLevel.sexDigit],
    [
      "the digit of the sex, from nine to nought",
      "110105194912310097",
      "110105194912310003",
      idLevel.sexDigit,
    ],
    [
      "the last three lost, and the rest checks all the same",
      "110105195001016000",
      "110105195001016377",
      idLevel.cut,
    ],
    ["one digit of fifteen", "110105491231012", whole, idLevel.unprovedSlip],
    ["another person born that day", "110105194912310118", whole, idLevel.conflict],
    ["another person altogether", "440524188001010014", whole, idLevel.conflict],
    ["far away and failing", "440524188001010015", whole, idLevel.farFailed],
    ["none", "", whole, idLevel.missing],
  ])("differ by %s", (_, a, b, level) => {
    expect([compareIds(read(a), read(b)), compareIds(read(b), read(a))]).toEqual([level, level]);
  });

  it("tells where the slip is", () => {
    expect(placeOfSlip(read("11010519491231502X"), read(whole))).toBe(15);
  });

  it.each([
    ["too few", "1101051949123100X", true],
    ["too many", "110105194912310022X", true],
    ["that cannot be read", "1101051949123100?X", true],
    ["too few, and another wrong", "1101051949923100X", false],
  ])("a character %s", (_, text, is) => {
    expect(isLengthSlip(read(text).odd, read(whole))).toBe(is);
  });
});
