/** The made-up registry: exactly as many as the speech counts, marked throughout, and every sum right. */
import { describe, expect, test } from "vitest";
import { generateRegistryOf, readPack } from "../pack-schema.ts";
import type { SyntheticRegistry } from "../pack-schema.ts";
import { readIdNumber } from "../../src/domains/relief/core/registry/id-number.ts";
import { findBreaks } from "../../src/domains/relief/core/registry/incomes.ts";
import { openCsvRows } from "../../src/shared/csv-rows.ts";

const pack = await readPack("packs/yuanping-2016");
const made = (await generateRegistryOf(pack)) as SyntheticRegistry;
const reader = openCsvRows();
const [head, ...rows] = reader.push([...made.csv].join("")).rows.map(({ cells }) => cells);
const column = (name: string): string[] => {
  const at = (head as string[]).indexOf(name);
  return rows.map((cells) => cells[at] as string);
};

describe("the registry of the demonstration", () => {
  test("has 47 villages, 7,291 households and 18,120 persons, as the speech says", () => {
    const stated = (measure: string): number =>
      Number(pack.figures.find((row) => row.measure === measure && row.region === pack.region)?.value);
    expect(new Set(rows.map((cells) => cells.slice(0, 3).join("|"))).size).toBe(47);
    expect(new Set(column("户编号")).size).toBe(7291);
    expect(new Set(column("人编号")).size).toBe(18_120);
    expect(["poor_villages", "poor_households", "poor_persons"].map(stated)).toEqual([47, 7291, 18_120]);
    expect(new Set(made.incomes.map(({ household }) => household)).size).toBe(7291);
  });

  test("marks what is made up: sequences 900–999, phones 128…, accounts 990000…", () => {
    const numbers = column("证件号码").filter((number) => number !== "");
    expect(numbers.length).toBeGreaterThan(18_000);
    expect(numbers.filter((number) => number[14] !== "9")).toEqual([]);
    expect(new Set(numbers.map((number) => number.slice(0, 18))).size).toBe(numbers.length);
    expect(column("电话").filter((phone) => phone !== "" && !phone.startsWith("128"))).toEqual([]);
    expect(column("银行账号").filter((account) => !account.startsWith("990000"))).toEqual([]);
  });

  test("has ID numbers that agree with sex and check character, and incomes that add up", () => {
    const sexes = column("性别");
    const wrong = column("证件号码").filter((number, i) => {
      const reading = readIdNumber(number, "2016-08-31");
      const sex = sexes[i] === "男" ? "male" : "female";
      return reading !== null && (reading.fault !== null || reading.sex !== sex);
    });
    expect(wrong).toEqual([]);
    expect(made.incomes.flatMap(findBreaks)).toEqual([]);
    expect(made.measures.length).toBeGreaterThan(3000);
  });

  test("is the same for the same seed, and another for another", async () => {
    const again = (await generateRegistryOf(pack)) as SyntheticRegistry;
    const other = (await generateRegistryOf(pack, 7)) as SyntheticRegistry;
    const text = [...made.csv].join("");
    expect([...again.csv].join("")).toBe(text);
    expect([...other.csv].join("")).not.toBe(text);
  });
});
