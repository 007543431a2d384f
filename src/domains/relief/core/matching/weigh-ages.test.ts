import { expect, it } from "vitest";
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import type { FoundPairs, Pairs } from "./find-pairs.ts";
import { idKind, packSerial } from "./id-number.ts";
import { tellAges, yearsOfBirth } from "./kin-ages.ts";
import { relation } from "./shared-columns.ts";
import { weighAges } from "./weigh-ages.ts";
import { noRowNumber, packCode } from "./pair-code.ts";

/** A thousand persons born from 1930 to 1979, of whom every other is old. */
const rows = 1000;
const number = {
  kind: idKind.valid,
  region: 140981,
  birth: 19_600_101,
  serial: 1,
  check: 1,
  isTidied: false,
  odd: [],
};
const isOld = (person: number): boolean => person % 2 === 0;
const registry = {
  rows,
  head: new Uint32Array(rows),
  relation: new Uint8Array(rows).fill(relation.head),
  birth: Uint32Array.from({ length: rows }, (_, person) => (isOld(person) ? 1930 : 1979) * 10_000 + 101),
  packed: new Uint32Array(rows).fill(packSerial(number)),
  marks: new Uint8Array(rows),
  kin: new Uint8Array(rows),
  kinYear: new Uint32Array(rows),
};

const sure = packCode(idLevel.same, nameLevel.same, 0, 0, 0);
const numberless = packCode(idLevel.missing, nameLevel.same, 0, 0, 0) | noRowNumber;

/** Sure rows of the persons named, then one without a number beside each of two persons. */
function registerOf(persons: readonly number[]) {
  const all = [...persons, 0, 1];
  const pairs: Pairs = {
    person: Uint32Array.from(all),
    row: Uint32Array.from(all, (_, row) => row),
    code: Uint32Array.from(all, (_, i) => (i < persons.length ? sure : numberless)),
    chance: new Float64Array(all.length),
    age: new Float32Array(all.length).fill(1),
    rate: new Float32Array(all.length).fill(1),
  };
  const strangers: Pairs = {
    ...pairs,
    person: Uint32Array.of(1),
    row: Uint32Array.of(0),
    code: Uint32Array.of(0),
  };
  return {
    name: "",
    parts: [{ pairs, strangers: { ...strangers, rate: new Float32Array(1) } } as FoundPairs],
  };
}

it("tells of each register by itself of what ages its persons are", () => {
  const everyOther = (first: number): number[] => Array.from({ length: 400 }, (_, i) => first + 2 * i);
  const registers = [registerOf(everyOther(0)), registerOf(everyOther(1))];
  const columns = registers.map(({ parts }) =>
    parts.map(({ pairs }) => ({
      birth: new Uint32Array(pairs.row.length),
      packed: new Uint32Array(pairs.row.length),
    })),
  );
  const noRows = registers.map(() => new Float64Array(yearsOfBirth));
  weighAges({ registry, ages: tellAges(registry) }, registers, columns, noRows);
  const [dead, drivers] = registers.map(({ parts }) => parts[0]) as [FoundPairs, FoundPairs];
  const [old, young] = [400, 401];
  expect(dead.pairs.rate[old]).toBeGreaterThan(1.5);
  expect(dead.pairs.rate[young]).toBeLessThan(0.3);
  expect(drivers.pairs.rate[old]).toBeLessThan(0.3);
  expect(drivers.pairs.rate[young]).toBeGreaterThan(1.5);
  expect(drivers.strangers.rate[0]).toBe(drivers.pairs.rate[young]);
  // Where numbers tell, ages say nothing.
  expect(dead.pairs.rate[0]).toBe(1);
});
