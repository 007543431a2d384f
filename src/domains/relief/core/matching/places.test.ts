import { describe, expect, it } from "vitest";
import { comparePlaces, makePlaceReader, placeLevel } from "./places.ts";
import type { PlaceText } from "./places.ts";

const known: PlaceText = ["原平市", "崞阳镇", "下庄村", "140981101201"];
const read = makePlaceReader([known]);
const compare = (row: PlaceText, rowRegion = 0): number =>
  comparePlaces(read(row), read(known), rowRegion, 140981);

describe("places", () => {
  it.each([
    ["written in full", ["原平市", "崞阳镇", "下庄村", "140981101201"], placeLevel.village],
    ["by the code alone", ["", "", "", "140981101201"], placeLevel.village],
    ["by the names alone", ["原平市", "崞阳镇", "下庄村", ""], placeLevel.village],
    ["with other endings", ["原平", "崞阳", "下庄村民委员会", ""], placeLevel.village],
    ["without a village", ["原平市", "崞阳镇", "", ""], placeLevel.town],
    ["another village", ["原平市", "崞阳镇", "上庄村", "140981101202"], placeLevel.sameTown],
    ["another township", ["原平市", "轩岗镇", "", ""], placeLevel.county],
    ["the county", ["原平市", "", "", ""], placeLevel.county],
    ["another county", ["代县", "", "", ""], placeLevel.elsewhereUnknown],
    ["nothing", ["", "", "", ""], placeLevel.none],
  ] as const)("%s", (_, row, level) => {
    expect(compare(row)).toBe(level);
  });

  it("asks the ID number's region where the place is silent", () => {
    expect([compare(["", "", "", ""], 140981), compare(["", "", "", ""], 140923)]).toEqual([
      placeLevel.homeRegion,
      placeLevel.otherRegion,
    ]);
    expect([compare(["代县", "", "", ""], 140981), compare(["代县", "", "", ""], 140923)]).toEqual([
      placeLevel.elsewhereHome,
      placeLevel.elsewhere,
    ]);
  });
});
