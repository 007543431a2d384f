/**
 * Made-up registries and registers with known links, for measuring a look-back. Deterministic by seed. Names, shares and the
 * mix of errors are our own; no share of them is known to the engine.
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { computeCheck } from "../src/domains/relief/core/matching/id-number.ts";
import { makeMistakes } from "./lookback-mistakes.ts";
import type { Seen } from "./lookback-mistakes.ts";
import { usualMix } from "./lookback-mixes.ts";
import type { Mix } from "./lookback-mixes.ts";
import { countyNames, men, rare, surnames, townNames, villageNames, women } from "./lookback-names.ts";
import { randomFrom } from "./random.ts";
import type { Random } from "./random.ts";

export const registers = ["payroll", "vehicle", "housing", "company"] as const;
export type RegisterName = (typeof registers)[number];

export type Size = { persons: number; rows: Readonly<Record<RegisterName, number>>; counties: number };
/** A county, a prefecture, a province. */
export const sizes: Readonly<Record<"S" | "M" | "L", Size>> = {
  S: {
    persons: 18_120,
    rows: { payroll: 9500, vehicle: 63_200, housing: 47_400, company: 23_700 },
    counties: 1,
  },
  M: {
    persons: 350_000,
    rows: { payroll: 60_000, vehicle: 400_000, housing: 300_000, company: 150_000 },
    counties: 14,
  },
  L: {
    persons: 3_500_000,
    rows: { payroll: 594_000, vehicle: 3_960_000, housing: 2_970_000, company: 1_485_000 },
    counties: 14,
  },
};

type Person = Seen & {
  person: string;
  household: string;
  relation: string;
  place: Place;
  head: Person | undefined;
};
type Place = { county: string; town: string; village: string; code: string };

export type MadeData = { folder: string; persons: number; rows: number; links: number };

/** Writes registry.csv, one file for each register, and truth.csv into a folder. */
export function makeLookbackData(
  folder: string,
  { persons, rows, counties }: Size,
  seed: number,
  mix: Mix = usualMix,
): MadeData {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(seed);
  const world = makeWorld(random, counties, mix.commonness);
  const mistakes = makeMistakes(random, mix.oftener);
  const linked = Object.fromEntries(registers.map((name) => [name, [] as Link[]])) as Record<
    RegisterName,
    Link[]
  >;
  const registry = openTable(
    join(folder, "registry.csv"),
    "person_id,household_id,relation,name,sex,id_no,county,town,village,village_code,phone",
  );
  let links = 0;
  for (let made = 0, household = 1; made < persons; household++) {
    for (const person of makeHousehold(world, household).slice(0, persons - made)) {
      person.person = `P${String(++made).padStart(7, "0")}`;
      const isLinked = random.isLucky(mix.links);
      // A mistake stands on one side of a link; in the registry it also stands where there is no link.
      const mistake = isLinked ? mistakes.drawOfLink() : mistakes.drawOfOthers();
      const isOurs = !isLinked || random.isLucky(0.5);
      const seen = isOurs ? mistakes.make(mistake, person) : { seen: person, kind: "clean" };
      registry.add([person.person, person.household, person.relation, ...cellsOf(seen.seen, person.place)]);
      if (isLinked) {
        linked[random.pick(registers)].push({ person, kind: seen.kind, mistake: isOurs ? "clean" : mistake });
        if (random.isLucky(mix.further))
          linked[random.pick(registers)].push({
            person,
            kind: seen.kind,
            mistake: isOurs ? "clean" : mistakes.drawOfLink(),
          });
      } else if (random.isLucky(mix.lookalikes))
        linked[random.pick(registers)].push({ person: namesakeOf(world, person), kind: "" });
    }
  }
  registry.close();
  const truth = openTable(join(folder, "truth.csv"), "person_id,register,row_id,label");
  for (const name of registers) links += writeRegister(name);
  truth.close();
  return { folder, persons, rows: Object.values(rows).reduce((sum, count) => sum + count, 0), links };

  function writeRegister(name: RegisterName): number {
    const table = openTable(
      join(folder, `${name}.csv`),
      "row_id,name,sex,id_no,county,town,village,village_code,phone,note",
    );
    const own = linked[name];
    const every = Math.max(1, Math.floor(rows[name] / Math.max(1, own.length)));
    let [count, at] = [0, 0];
    for (let i = 0; i < rows[name]; i++) {
      const row = `${name.slice(0, 1).toUpperCase()}${String(i + 1).padStart(7, "0")}`;
      const link = i % every === 0 ? own[at++] : undefined;
      const person =
        link?.person ??
        makePerson(world, makePlace(world), { age: 20 + random.below(50), isWoman: random.isLucky(0.4) });
      // Extracts of companies often lack the number.
      const mistake =
        name === "company" && random.isLucky(0.1) ? "missing" : (link?.mistake ?? mistakes.drawOfOthers());
      const { seen, kind } = mistakes.make(mistake, person);
      table.add([row, ...registerCells(name, seen, person), `${name} ${i % 97}`]);
      if (link === undefined || link.kind === "") continue;
      const label = [link.kind, kind].filter((each) => each !== "clean").join("+") || "clean";
      truth.add([link.person.person, name, row, label]);
      count++;
    }
    table.close();
    return count;
  }

  /** Registers know less than the registry: often no place, seldom a sex. */
  function registerCells(name: RegisterName, seen: Seen, { place }: Person): string[] {
    const here = random.isLucky(0.6) ? place : random.isLucky(0.6) ? makePlace(world) : undefined;
    const isBare = mix.bare > 0 && random.isLucky(mix.bare);
    const phone = random.isLucky(0.5) && !isBare ? seen.phone : "";
    const { county, town, village, code } = here ?? { county: "", town: "", village: "", code: "" };
    const isVague = (name === "payroll" && random.isLucky(0.8)) || isBare;
    const sex = name !== "payroll" ? "" : seen.isWoman ? "女" : "男";
    return [seen.name, sex, seen.idNo, county, town, isVague ? "" : village, isVague ? "" : code, phone];
  }
}

type Link = { person: Person; kind: string; mistake?: string };

const cellsOf = (seen: Seen, { county, town, village, code }: Place): string[] => [
  seen.name,
  seen.isWoman ? "女" : "男",
  seen.idNo,
  county,
  town,
  village,
  code,
  seen.phone,
];

type World = {
  random: Random;
  counties: number;
  commonness: number;
  taken: Map<string, number>;
  familyNames: Map<string, string>;
};

const makeWorld = (random: Random, counties: number, commonness: number): World => ({
  random,
  counties,
  commonness,
  taken: new Map(),
  familyNames: new Map(),
});

function makePlace({ random, counties }: World): Place {
  const county = random.below(counties);
  const town = random.below(townNames.length);
  const village = Math.floor(random.next() * random.next() * villageNames.length);
  const pad = (number: number, width: number): string => String(number).padStart(width, "0");
  return {
    county: `${countyNames[county] as string}县`,
    town: `${townNames[town] as string}乡`,
    village: `${villageNames[village] as string}村`,
    code: `${regionOf(county)}${pad(100 + town, 3)}${pad(200 + (village % 700), 3)}`,
  };
}

const regionOf = (county: number): string => String(149_900 + county + 1);

/** Few surnames make most of a village. */
function surnameIn({ random, familyNames }: World, { code }: Place): string {
  const drawn = surnames[Math.floor(random.next() ** 2 * surnames.length)] as string;
  const known = familyNames.get(code);
  if (known === undefined) familyNames.set(code, drawn);
  return known !== undefined && random.isLucky(0.35) ? known : drawn;
}

type Sort = { age: number; isWoman: boolean; surname?: string };

function makePerson(world: World, place: Place, { age, isWoman, surname }: Sort): Person {
  const { random, commonness } = world;
  const family = surname ?? surnameIn(world, place);
  const characters = isWoman ? women : men;
  const draw = (): string =>
    random.isLucky(0.005)
      ? random.pick(Object.keys(rare))
      : (characters[Math.floor(random.next() ** (1 + commonness) * characters.length)] as string);
  const name = family + draw() + (random.isLucky(0.82) ? draw() : "");
  return {
    person: "",
    household: "",
    relation: "",
    place,
    head: undefined,
    name,
    isWoman,
    idNo: makeNumber(world, place, age, isWoman),
    phone: random.isLucky(0.85)
      ? `1${random.pick("35789")}${String(random.below(1e9)).padStart(9, "0")}`
      : "",
  };
}

/** Serials are given out in turn, so that no two persons have one number. */
function makeNumber({ random, taken }: World, { code }: Place, age: number, isWoman: boolean): string {
  const born = new Date(Date.UTC(2016 - age, 0, 1 + random.below(365)));
  const stem = code.slice(0, 6) + born.toISOString().slice(0, 10).replaceAll("-", "");
  const key = stem + (isWoman ? "f" : "m");
  const turn = taken.get(key) ?? random.below(400);
  taken.set(key, turn + 1);
  const seventeen = stem + String((turn % 499) * 2 + (isWoman ? 2 : 1)).padStart(3, "0");
  return seventeen + ("0123456789X"[computeCheck(Array.from(seventeen, Number))] as string);
}

function makeHousehold(world: World, number: number): Person[] {
  const { random } = world;
  const place = makePlace(world);
  const age = 30 + random.below(55);
  const head = makePerson(world, place, { age, isWoman: random.isLucky(0.15) });
  const members = [{ ...head, relation: "户主" }];
  const add = (relation: string, sort: Sort): void => {
    members.push({ ...makePerson(world, place, sort), relation, head });
  };
  if (random.isLucky(0.6)) add("配偶", { age: age - 3 + random.below(7), isWoman: !head.isWoman });
  if (age < 62 && random.isLucky(0.2))
    add("父母", { age: age + 22 + random.below(8), isWoman: random.isLucky(0.6) });
  const surname = head.name.slice(0, 1);
  for (let i = random.isLucky(0.5) ? 1 + random.below(2) : 0; i > 0; i--)
    add("子女", { age: Math.max(1, age - 22 - random.below(12)), isWoman: random.isLucky(0.5), surname });
  const household = `H${String(number).padStart(7, "0")}`;
  return members.map((member) => ({ ...member, household, phone: head.phone }));
}

/** Somebody else who looks alike: of the same name and village, or of the same name and birthday. */
function namesakeOf(world: World, { name, isWoman, place, idNo }: Person): Person {
  const isNeighbour = world.random.isLucky(0.5);
  const age = isNeighbour ? 20 + world.random.below(50) : 2016 - Number(idNo.slice(6, 10));
  const other = makePerson(world, place, { age, isWoman });
  return { ...other, name, place: isNeighbour ? place : makePlace(world) };
}

type Table = { add: (cells: readonly string[]) => void; close: () => void };

function openTable(path: string, head: string): Table {
  const file = openSync(path, "w");
  let lines = [head];
  const flush = (): void => {
    if (lines.length > 0) writeSync(file, `${lines.join("\n")}\n`);
    lines = [];
  };
  return {
    add: (cells) => {
      lines.push(cells.join(","));
      if (lines.length > 8000) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}
