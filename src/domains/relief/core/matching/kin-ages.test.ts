import { describe, expect, it } from "vitest";
import { idKind, packSerial } from "./id-number.ts";
import { ageEvidence, firstYear, rateOf, tellAges, weighKinAges, yearsOfBirth } from "./kin-ages.ts";
import { kin } from "./registry.ts";
import { relation } from "./shared-columns.ts";

const sound = { kind: idKind.valid, region: 140981, birth: 19_600_101, isTidied: false, odd: [] };

/** Two thousand households: a head of 1940 to 1979, a spouse three years younger, children of 15 and 27 years less. */
const members = [
  { relation: relation.head, years: 0 },
  { relation: relation.spouse, years: 3 },
  { relation: relation.child, years: 15 },
  { relation: relation.child, years: 27 },
];
const households = 2000;
const rows = households * members.length;
const memberOf = (row: number) => members[row % members.length] as (typeof members)[number];
const headOf = (row: number): number => row - (row % members.length);
const headYear = (row: number): number => 1940 + ((headOf(row) / members.length) % 40);

const registry = {
  rows,
  head: Uint32Array.from({ length: rows }, (_, row) => (row === headOf(row) ? 0 : headOf(row) + 1)),
  relation: Uint8Array.from({ length: rows }, (_, row) => memberOf(row).relation),
  birth: Uint32Array.from({ length: rows }, (_, row) => (headYear(row) + memberOf(row).years) * 10_000 + 101),
  packed: new Uint32Array(rows).fill(packSerial({ ...sound, serial: 1, check: 1 })),
  marks: new Uint8Array(rows),
};

/** On the registers are people born from 1940 to 1989, as many of each year. */
const rowYears = Float64Array.from({ length: yearsOfBirth }, (_, year) =>
  firstYear + year >= 1940 && firstYear + year < 1990 ? 1000 : 0,
);
const nobody = new Float64Array(yearsOfBirth);
const ages = weighKinAges(tellAges(registry), rowYears, nobody);

const odds = (whose: number, kinYear: number, year: number): number =>
  ageEvidence(
    ages,
    { kin: Uint8Array.of(whose), kinYear: Uint32Array.of(kinYear) },
    { isNumberless: false, birth: year * 10_000 + 315 },
    0,
  );

it("finds a year as likely as the kin's makes it", () => {
  // Of fifty years on the registers, three are those of a spouse three years younger.
  expect(odds(kin.spouse, 1960, 1963)).toBeGreaterThan(10);
  expect(odds(kin.spouse, 1960, 1963)).toBeLessThan(20);
  expect(odds(kin.spouse, 1960, 1980)).toBeLessThan(0.02);
});

it("knows on which side of the spouse the head stands", () => {
  expect(odds(kin.spousesHead, 1963, 1960)).toBeCloseTo(odds(kin.spouse, 1960, 1963), 0);
  expect(odds(kin.spousesHead, 1963, 1966)).toBeLessThan(0.02);
});

it("leaves out those who are too young for any register", () => {
  // Of the children of 1970's head only the elder can be there, so the row must be the elder's.
  expect(odds(kin.child, 1970, 1985) / odds(kin.child, 1955, 1970)).toBeGreaterThan(1.7);
});

it("takes a year that nobody has for a slip, which says nothing", () => {
  expect(odds(kin.spouse, 1960, 1890)).toBeCloseTo(1, 1);
  expect(odds(kin.child, 1960, 2090)).toBeCloseTo(1, 1);
});

it("says nothing of a person without kin, or of a row without a number", () => {
  const known = { kin: Uint8Array.of(kin.spouse), kinYear: Uint32Array.of(1960) };
  expect(odds(kin.unknown, 0, 1963)).toBe(1);
  expect(ageEvidence(ages, known, { isNumberless: true, birth: 19_630_315 }, 0)).toBe(1);
});

describe("how often persons of an age are on a register", () => {
  const known = (kinYear: number, whose: number = kin.child) => ({
    ...registry,
    packed: new Uint32Array(rows),
    kin: new Uint8Array(rows).fill(whose),
    kinYear: new Uint32Array(rows).fill(kinYear),
  });
  const own = { ...registry, kin: new Uint8Array(rows), kinYear: new Uint32Array(rows) };
  const bornIn = (year: number): number =>
    own.birth.findIndex((birth) => Math.floor(birth / 10_000) === year);

  it("is told by the rows until matches are seen: hardly any of those whose years are on none", () => {
    expect(rateOf(ages, own, bornIn(2000))).toBeLessThan(0.02);
    expect(rateOf(ages, own, bornIn(1960))).toBeGreaterThan(1);
  });

  it("is told by the matches when these are many", () => {
    // Of the registered only those born in the sixties are found, however many rows there are of other years.
    const matches = rowYears.map((_, year) =>
      firstYear + year >= 1960 && firstYear + year < 1970 ? 500 : 0,
    );
    const seen = weighKinAges(tellAges(registry), rowYears, matches);
    expect(rateOf(seen, own, bornIn(1965))).toBeGreaterThan(3);
    expect(rateOf(seen, own, bornIn(1985))).toBeLessThan(0.1);
  });

  it("is told by the kin for whom has no number", () => {
    // The children of 1940's head are of the registers' years, those of 1979's are too young.
    expect(rateOf(ages, known(1940), 0) / rateOf(ages, known(1979), 0)).toBeGreaterThan(10);
    expect(rateOf(ages, known(1979, kin.unknown), 0)).toBe(1);
  });

  it("is not told by a number that fails, whose slip may be in the year", () => {
    const failed = {
      ...own,
      packed: own.packed.map(() => packSerial({ ...sound, kind: idKind.failed, serial: 1, check: 1 })),
    };
    expect(rateOf(ages, failed, bornIn(2000))).toBe(1);
  });
});
