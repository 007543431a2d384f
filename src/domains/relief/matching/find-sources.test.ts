import { describe, expect, it } from "vitest";
import { checkCharacter } from "../core/registry/id-number.ts";
import { idLevel } from "../core/matching/compare-ids.ts";
import { estimateWeights } from "../core/matching/estimate-weights.ts";
import type { Pairs } from "../core/matching/find-pairs.ts";
import type { SureShares } from "../core/matching/other-rows.ts";
import { findSources } from "./match-sources.ts";
import { countPairs } from "../core/matching/count-pairs.ts";
import { bothMissing, codeId, noRowNumber, personMissing, rowMissing } from "../core/matching/pair-code.ts";
import type { RegisterPairs } from "../core/matching/weights.ts";

const numbered = (first17: string): string => first17 + checkCharacter(first17);
const village = "原平市,崞阳镇,下庄村,140981101201";
const otherVillage = "原平市,崞阳镇,上庄村,140981101202";

/** Two of one name, of whom one lives elsewhere, and others so that names are not equally common. */
const persons = [
  `P1,H1,户主,王海明,男,${numbered("14098119650312001")},${village},13800000001`,
  `P2,H2,户主,王海明,男,${numbered("14098119700101001")},${otherVillage},13800000002`,
  `P3,H3,户主,李秀英,女,${numbered("14098119670312002")},${village},13800000003`,
  `P4,H4,户主,李海明,男,${numbered("14098119680312001")},${village},13800000004`,
];
const registry = `person_id,household_id,relation,name,sex,id_no,county,town,village,village_code,phone\n${persons.join("\n")}\n`;

/** A row of the name of P1 and P2 under a number of neither. */
const someone = numbered("14098119800505001");
const register = (number: string, place: string): string =>
  `row_id,name,sex,id_no,county,town,village,village_code,phone\nV1,王海明,男,${number},${place},13800000002\nV2,李秀英,,,${village},\n`;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function findIn(
  registered: string,
  registers: Readonly<Record<string, string>>,
): Promise<RegisterPairs[]> {
  const found = await findSources({
    registry: { name: "registry.csv", bytes: bytesOf(registered) },
    against: Object.entries(registers).map(([name, rows]) => ({ name, bytes: bytesOf(rows) })),
    threads: 1,
    progress: () => {},
  });
  return found.pairs;
}

async function find(number: string, place: string): Promise<{ pairs: Pairs; strangers: Pairs }> {
  const pairs = await findIn(registry, { vehicle: register(number, place) });
  const [part] = pairs[0]?.parts ?? [];
  expect(part).toBeDefined();
  return part as { pairs: Pairs; strangers: Pairs };
}

type Kept = { person: number; chance: number; levels: number };
/** All but the numbers: how name, place and phone agree, and what chance would bring. */
const keptOf = ({ person, row, code, chance }: Pairs, ofRow: number): Kept[] =>
  Array.from(code, (each, i) => ({
    person: person[i] as number,
    chance: chance[i] as number,
    levels: each & ~(noRowNumber | 15),
    row: row[i] as number,
  }))
    .filter((each) => each.row === ofRow)
    .map(({ row: _, ...kept }) => kept)
    .toSorted((a, b) => a.person - b.person);

describe("the strangers that a search keeps", () => {
  it.each([
    ["of the same village", village],
    ["of the same village and phone", otherVillage],
  ])("are the pairs it would have found of the row without its number: %s", async (_, place) => {
    const { strangers } = await find(someone, place);
    const { pairs } = await find("", place);
    const kept = keptOf(strangers, 0);
    expect(Array.from(strangers.code, codeId)).toEqual(kept.map(() => idLevel.conflict));
    expect(kept.map(({ person }) => person)).toEqual(place === village ? [0, 1] : [1]);
    const without = new Map(keptOf(pairs, 0).map((each) => [each.person, each]));
    expect(kept).toEqual(kept.map(({ person }) => without.get(person)));
  });
});

describe("strangers of one name in other villages", () => {
  const elsewhere = "原平市,苏龙口镇,刘庄村,140981105201";
  const numberOf = (i: number): string =>
    numbered(`14098119${60 + (i % 40)}0101${String(1 + Math.floor(i / 40)).padStart(3, "0")}`);
  /** Of one name in one village: thirty with numbers and ten without. */
  const namesakes = Array.from(
    { length: 40 },
    (_, i) => `N${i},G${i},户主,王海明,男,${i < 30 ? numberOf(2000 + i) : ""},${village},`,
  );
  const rowsOf = (count: number, isNumbered: (i: number) => boolean, place: string): string =>
    [
      "row_id,name,sex,id_no,county,town,village,village_code,phone",
      ...Array.from(
        { length: count },
        (_, i) => `R${i},王海明,,${isNumbered(i) ? numberOf(i) : ""},${place},`,
      ),
      "",
    ].join("\n");
  const registryOfNamesakes = [registry.split("\n")[0], ...namesakes, ""].join("\n");

  it("are counted by whose number is missing, for each register", async () => {
    const isEvery = (nth: number) => (i: number) => i % nth === 0;
    const found = await findIn(registryOfNamesakes, {
      company: rowsOf(60, isEvery(3), otherVillage),
      vehicle: rowsOf(60, isEvery(1), otherVillage),
      // Those of the village may be one and the same.
      housing: rowsOf(60, isEvery(2), village),
    });
    const { farNamesakes } = countPairs(found);
    const told = farNamesakes.map((counts) =>
      [idLevel.conflict, rowMissing, personMissing, bothMissing].map((group) => counts[group]),
    );
    expect(told).toEqual([
      [20 * 30, 40 * 30, 20 * 10, 40 * 10],
      [0, 0, 0, 0],
      [60 * 30, 0, 60 * 10, 0],
    ]);
  });

  it("and matches tell of the registry's missing numbers the same for all registers, of the rows' each for itself", async () => {
    const own = Array.from({ length: 30 }, (_, i) => `M${i},王海明,,${numberOf(2000 + i)},${village},`).join(
      "\n",
    );
    const without = Array.from({ length: 20 }, (_, i) => `W${i},王海明,,,${village},`).join("\n");
    const head = "row_id,name,sex,id_no,county,town,village,village_code,phone";
    const found = await findIn(registryOfNamesakes, {
      company: `${head}\n${own}\n${without}\n`,
      vehicle: rowsOf(60, () => true, village),
    });
    const even: SureShares = { ofMatches: [0.8, 0.1, 0.1], ofPersons: [0.8, 0.1, 0.1] };
    const { numbers } = estimateWeights(found, { absent: 0.25, borrowed: 0, failed: 0, old: 0 }, [
      even,
      even,
    ]);
    const [company, vehicle] = numbers as [Float64Array, Float64Array];
    expect(company[personMissing]).not.toBe(1);
    expect(vehicle[personMissing]).toBe(company[personMissing]);
    expect(vehicle[rowMissing]).not.toBe(company[rowMissing]);
  });

  it("stand for all where one row in sixteen is looked at, in other townships", async () => {
    const found = await findIn(registryOfNamesakes, { vehicle: rowsOf(1600, (i) => i % 2 === 0, elsewhere) });
    const [counts] = countPairs(found).farNamesakes;
    expect(counts?.[rowMissing]).toBe(800 * 30);
    // About fifty of the eight hundred are in the sample.
    expect((counts?.[idLevel.conflict] ?? 0) / (800 * 30)).toBeCloseTo(1, 0);
    expect((counts?.[idLevel.conflict] ?? 0) % (16 * 30)).toBe(0);
  });
});
