import { pinyin } from "pinyin-pro";
import { expect, it } from "vitest";
import { otherReadings, surnameReadings, usualReadings } from "./readings.ts";

const plain = (syllable: string): string => syllable.toUpperCase().replaceAll("Ü", "V");

/** Syllable → characters, as the tables write it. */
function tell(readings: ReadonlyMap<string, string>): string {
  const entries = [...readings].filter(([syllable]) => /^[A-Z]+$/.test(syllable));
  return entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([syllable, characters]) => syllable + characters)
    .join(" ");
}

it("reads characters as pinyin-pro does", () => {
  const [usual, other, surname] = [
    new Map<string, string>(),
    new Map<string, string>(),
    new Map<string, string>(),
  ];
  const add = (into: Map<string, string>, syllable: string, character: string) =>
    into.set(syllable, (into.get(syllable) ?? "") + character);
  for (let unit = 0x3400; unit < 0xa000; unit++) {
    const character = String.fromCharCode(unit);
    const all = pinyin(character, { toneType: "none", type: "array", multiple: true, v: true }).map(plain);
    const [first = "", second = ""] = new Set(all);
    const asSurname = plain(pinyin(character, { toneType: "none", surname: "head", v: true }));
    add(usual, first, character);
    add(other, second, character);
    add(surname, asSurname === first ? "" : asSurname, character);
  }
  expect(tell(usual)).toBe(usualReadings.trim());
  expect(tell(other)).toBe(otherReadings.trim());
  expect(tell(surname)).toBe(surnameReadings.trim());
});
