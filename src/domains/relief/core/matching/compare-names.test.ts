import { describe, expect, it } from "vitest";
import { compareNames, nameLevel } from "./compare-names.ts";
import { fillSounds, foldLetters } from "./name-sounds.ts";
import type { Sounds } from "./name-sounds.ts";
import { longestName, readName } from "./name-units.ts";

const readings: Readonly<Record<string, readonly string[]>> = {
  王: ["wang"],
  李: ["li"],
  黎: ["li"],
  明: ["ming"],
  鸣: ["ming"],
  强: ["qiang"],
  弦: ["xian"],
  重: ["zhong", "chong"],
  崇: ["chong"],
  坤: ["kun"],
  堃: ["kun"],
  欧: ["ou"],
  阳: ["yang"],
  海: ["hai"],
};

function makeSounds(): { sounds: Sounds; numberOf: (letters: string) => number | undefined } {
  const sounds = {
    surname: new Uint16Array(65_536),
    given: new Uint16Array(65_536),
    other: new Uint16Array(65_536),
  };
  const numberOf = fillSounds(sounds, new Uint8Array(65_536).fill(1), (character) => {
    const own = readings[character] ?? [];
    return { surname: own[0] ?? "", readings: own };
  });
  return { sounds, numberOf };
}

const { sounds, numberOf } = makeSounds();

function unitsOf(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  const into = new Uint16Array(longestName);
  const { length } = readName(bytes, { start: 0, end: bytes.length }, into);
  return foldLetters(Array.from(into.subarray(0, length)), numberOf);
}

function compare(a: string, b: string): number {
  const [unitsA, unitsB] = [unitsOf(a), unitsOf(b)];
  const names = {
    units: Uint16Array.from([...unitsA, ...unitsB]),
    starts: Uint32Array.from([0, unitsA.length, unitsA.length + unitsB.length]),
  };
  return compareNames(names, sounds, 0, 1);
}

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
    ["a question mark", "王?", "王明", nameLevel.unreadable],
    ["a box", "王□海", "王明海", nameLevel.unreadable],
    ["the sound in letters", "王KUN", "王堃", nameLevel.unreadable],
    ["a character left out", "王海", "王堃海", nameLevel.unreadable],
    ["one character of three", "王明海", "王坤海", nameLevel.oneCharacter],
    ["one character of two", "王明", "王海", nameLevel.surname],
    ["everything but the surname", "王明海", "王坤强", nameLevel.surname],
    ["everything", "李坤", "王明", nameLevel.different],
    ["one of them missing", "", "王明", nameLevel.none],
  ])("differ by %s", (_, a, b, level) => {
    expect([compare(a, b), compare(b, a)]).toEqual([level, level]);
  });
});
