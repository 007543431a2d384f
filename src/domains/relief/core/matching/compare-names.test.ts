import { describe, expect, it } from "vitest";
import { compareNames, nameLevel } from "./compare-names.ts";
import { longestName, readName } from "./name-units.ts";

function read(text: string): { units: Uint16Array; start: number; end: number } {
  const bytes = new TextEncoder().encode(text);
  const units = new Uint16Array(longestName + 3);
  const found = { length: 0, isTidied: false };
  readName(bytes, { start: 0, end: bytes.length }, units, 3, found);
  return { units, start: 3, end: 3 + found.length };
}

const compare = (a: string, b: string): number => compareNames(read(a), read(b));

describe("two names", () => {
  it.each([
    ["spaces", "王 明", "王明", nameLevel.same],
    ["an ideographic space", "王　明", "王明", nameLevel.same],
    ["traditional forms", "王強", "王强", nameLevel.same],
    ["a dot in a name of another people", "买买提·李", "买买提李", nameLevel.same],
    ["a homophone", "王明", "王鸣", nameLevel.homophone],
    ["a homophone of the surname", "李明海", "黎明海", nameLevel.homophone],
    ["the other reading of a character", "王重", "王崇", nameLevel.homophone],
    ["a look-alike", "王强", "王弦", nameLevel.lookAlike],
    ["a rare character typed as its part", "张甡", "张生", nameLevel.lookAlike],
    ["a question mark", "王?", "王明", nameLevel.unreadable],
    ["a box", "王□海", "王明海", nameLevel.unreadable],
    ["the sound in letters", "王KUN", "王堃", nameLevel.unreadable],
    ["a character left out", "王海", "王堃海", nameLevel.unreadable],
    ["the whole given name left out", "王", "王堃", nameLevel.unreadable],
    ["one character of three", "王明海", "王坤海", nameLevel.oneCharacter],
    ["one character of two", "王明", "王海", nameLevel.surname],
    ["everything but the surname", "王明海", "王坤强", nameLevel.surname],
    ["everything", "李坤", "王明", nameLevel.different],
    ["one of them missing", "", "王明", nameLevel.none],
  ])("differ by %s", (_, a, b, level) => {
    expect([compare(a, b), compare(b, a)]).toEqual([level, level]);
  });
});
