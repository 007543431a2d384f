import { expect, it } from "vitest";
import { countName, givenShare, makeNameCounts, surnameShare, surnameSoundShare } from "./name-counts.ts";
import { emptyName, takeName } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";

function nameOf(text: string): NameParts {
  const units = Uint16Array.from(Array.from(text, (character) => character.charCodeAt(0)));
  const name = emptyName();
  takeName({ units, nameStarts: Uint32Array.of(0, units.length) }, 0, name);
  return name;
}

function count(names: readonly string[]) {
  const counts = makeNameCounts();
  for (const name of names) countName(counts, nameOf(name));
  return counts;
}

// So many that the table grows.
const many = Array.from({ length: 40_000 }, (_, i) => `赵${String.fromCharCode(0x4e00 + (i % 20_000))}`);
const few = ["李明", "黎明", "李强", "欧阳明", ""];

it("knows how common parts of names are, whoever counted them", () => {
  const counts = [count(few), count(many)];
  expect(surnameShare(counts, nameOf("李伟"))).toBeCloseTo(2 / 40_004, 10);
  expect(surnameSoundShare(counts, nameOf("李伟"))).toBeCloseTo(3 / 40_004, 10);
  expect(surnameShare(counts, nameOf("欧阳伟"))).toBeCloseTo(1 / 40_004, 10);
  expect(givenShare(counts, nameOf("孙强"))).toBeCloseTo(3 / 40_004, 10);
  expect(surnameShare(counts, nameOf("孙强"))).toBe(0);
});
