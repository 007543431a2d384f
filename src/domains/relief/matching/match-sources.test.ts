import { describe, expect, it } from "vitest";
import { checkCharacter } from "../core/registry/id-number.ts";
import type { Problem } from "../../../platform/problem.ts";
import { matchSources } from "./match-sources.ts";
import type { FoundClue, MatchResult } from "./match-sources.ts";

const registryHead = "person_id,household_id,relation,name,sex,id_no,county,town,village,village_code,phone";
const registerHead = "row_id,name,sex,id_no,county,town,village,village_code,phone";
const village = "原平市,崞阳镇,下庄村,140981101201";

const persons = [
  `P1,H1,户主,王海明,男,140981196503120019,${village},13800000001`,
  `P2,H1,配偶,李秀英,女,140981196703120021,${village},13800000001`,
  `P3,H2,户主,赵堃,男,140981195001010018,${village},`,
];
const rows = [
  `V1,王海明,,140981650312001,,,,,`, // fifteen digits
  `V2,李秀英,,140981196703120022,${village},`, // a slip of the check character
  `V3,赵坤,,140981195001010018,${village},`, // a homophone
  `V4,孙大力,,140981197711110012,${village},`,
];

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const table = (head: string, lines: readonly string[], end = "\n"): string => [head, ...lines, ""].join(end);

/** Two bytes for each character beyond ASCII: the decoder tells which. */
function encodeGb18030(text: string): Uint8Array {
  const bytesOf = new Map<string, number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++)
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Uint8Array.from(Array.from(text).flatMap((each) => bytesOf.get(each) ?? [each.charCodeAt(0)]));
}

/** A hundred couples of one village, no two of one name, with an ID number for each. */
const hundred = Array.from("春夏秋冬山水林田湖草", (first) =>
  Array.from("文武忠孝仁义礼智信和", (last) => first + last),
).flat();
const phoneOf = (i: number): string => `138${String(i).padStart(8, "0")}`;
function numberOf(i: number, who: "husband" | "wife"): string {
  const birth = who === "husband" ? `${1950 + (i % 40)}0312` : `${1953 + (i % 40)}0413`;
  const first17 = `140981${birth}${String(2 * i + (who === "husband" ? 1 : 0)).padStart(3, "0")}`;
  return `${first17}${checkCharacter(first17)}`;
}
const couples = hundred.flatMap((name, i) => [
  `H${i},F${i},户主,赵${name},男,${numberOf(i, "husband")},${village},${phoneOf(i)}`,
  `S${i},F${i},配偶,钱${name},女,${numberOf(i, "wife")},${village},${phoneOf(i)}`,
]);

type Given = {
  registry?: Uint8Array;
  vehicle?: Uint8Array;
  threads?: number;
  least?: number;
  signal?: AbortSignal;
};

function match({ registry, vehicle, threads = 1, least = 0.05, signal }: Given = {}): Promise<MatchResult> {
  return matchSources({
    registry: { name: "registry.csv", bytes: registry ?? encode(table(registryHead, persons)) },
    against: [{ name: "vehicle", bytes: vehicle ?? encode(table(registerHead, rows)) }],
    threads,
    least,
    relativesOn: ["vehicle"],
    progress: () => {},
    ...(signal === undefined ? {} : { signal }),
  });
}

const told = ({ clues }: { clues: readonly FoundClue[] }): string[] =>
  clues.map(({ personId, rowId, tier }) => `${personId} ${rowId} ${tier}`);

const expected = ["P1 V1 exact", "P1 V2 household", "P2 V1 household", "P2 V2 repaired", "P3 V3 exact"];

describe("a registry against a register", () => {
  it("finds persons by number and by a slip in it, and their kin", async () => {
    const found = await match();
    expect(told(found)).toEqual(expected);
    expect(found.persons).toBe(3);
    expect(found.registers).toEqual([{ name: "vehicle", rows: 4, absent: [] }]);
    expect(found.clues.map(({ relativeId }) => relativeId)).toEqual([
      undefined,
      "P2",
      "P1",
      undefined,
      undefined,
    ]);
  });

  it("says how each field agrees, and no value of any", async () => {
    const { clues } = await match();
    expect(clues.find(({ rowId }) => rowId === "V3")?.evidence).toEqual([
      { field: "id", level: "same" },
      { field: "name", level: "homophone" },
      { field: "place", level: "village" },
      { field: "phone", level: "unknown" },
      { field: "sex", level: "same" },
    ]);
    expect(JSON.stringify(clues)).not.toMatch(/\d{7}|[王李赵海明秀英]/);
  });

  it.each([
    ["a byte order mark", `\uFEFF${table(registerHead, rows)}`],
    ["CRLF", table(registerHead, rows, "\r\n")],
    ["no end of the last line", table(registerHead, rows).trimEnd()],
    ["blank lines", table(registerHead, rows, "\n\n")],
    [
      "quotes",
      table(
        registerHead,
        rows.map((line) => line.replace(/^(\w+),(.*?),/, '"$1","$2",')),
      ),
    ],
    [
      "a column in quotes with line ends",
      table(
        `note,${registerHead}`,
        rows.map((line) => `"a ""b"",\nc",${line}`),
      ),
    ],
    [
      "a heading in quotes with comma and line end",
      table(
        `"note,\nold",${registerHead}`,
        rows.map((line) => `,${line}`),
      ),
    ],
    [
      "Chinese headings",
      table("序号,车主姓名,性别,身份证号码,县（市、区）,乡镇,行政村,行政村代码,联系电话", rows),
    ],
  ])("reads %s", async (_, text) => {
    expect(told(await match({ vehicle: encode(text) }))).toEqual(expected);
  });

  it("reads GB18030", async () => {
    const vehicle = encodeGb18030(table(registerHead, rows));
    expect(told(await match({ vehicle, registry: encodeGb18030(table(registryHead, persons)) }))).toEqual(
      expected,
    );
  });

  it.each([
    ["has moved", "五寨县,砚城镇,,"],
    ["gives no place", ",,,"],
  ])("finds a person without a number who %s by where the row's number is from", async (_, place) => {
    const registry = encode(
      table(registryHead, [...persons, `P4,H3,户主,尉迟敬,男,,${village},13800000004`]),
    );
    const row = (region: string): string => `V8,尉迟敬,,${region}197711110012,${place},`;
    const rowOf = (region: string): Uint8Array => encode(table(registerHead, [...rows, row(region)]));
    expect(told(await match({ registry, least: 0, vehicle: rowOf("140981") }))).toContain("P4 V8 name");
    expect(told(await match({ registry, least: 0, vehicle: rowOf("140982") }))).not.toContain("P4 V8 name");
  });

  it.each([
    ["the head's number", "140981195001010018"],
    ["the head's number but for a digit", "140981195001020018"],
    ["the head's number, its last three lost", "140981195001010000"],
  ])("does not take for his own what stands on a member's row: %s", async (_, written) => {
    const registry = encode(
      table(registryHead, [...persons, `P4,H2,子女,赵小军,男,${written},${village},13800000004`]),
    );
    const row = `V9,赵小军,,140981197711110012,${village},13800000004`;
    const { clues } = await match({
      registry,
      least: 0,
      vehicle: encode(table(registerHead, [...rows, row])),
    });
    const own = clues.find(({ personId, rowId }) => personId === "P4" && rowId === "V9");
    expect(own?.evidence[0]).toEqual({ field: "id", level: "borrowed" });
  });

  it("takes a number that two registered rows have for either of them, and says so", async () => {
    const twice = [...persons, `P4,H9,户主,王海明,男,140981196503120019,${village},13800000001`];
    const { clues } = await match({ registry: encode(table(registryHead, twice)) });
    expect(told({ clues: clues.filter(({ tier }) => tier === "exact") })).toEqual([
      "P1 V1 exact",
      "P3 V3 exact",
      "P4 V1 exact",
    ]);
  });

  it.each([
    ["on the row", persons, `V1,王海明,,140981196503120019,,,,,`.replace("140981", "140991")],
    [
      "in the registry",
      [(persons[0] as string).replace("140981", "140991"), ...persons.slice(1)],
      `V1,王海明,,140981196503120019,,,,,`,
    ],
  ])("does not take a slip in the region %s for another place", async (_, registered, row) => {
    const found = await match({
      registry: encode(table(registryHead, registered)),
      vehicle: encode(table(registerHead, [row])),
    });
    expect(told(found)).toContain("P1 V1 repaired");
    const evidence = found.clues.find(({ tier }) => tier === "repaired")?.evidence;
    expect(evidence).toContainEqual({ field: "place", level: "numberOfCounty" });
  });

  it("learns nothing about strangers from rows with the number of another of the household", async () => {
    // Of a hundred wives twenty stand under the husband's number, and one under none.
    const wives = hundred.map((name, i) => {
      const number = i === 0 ? "" : numberOf(i, i % 5 === 1 ? "husband" : "wife");
      return `R${i},钱${name},,${number},${village},${phoneOf(i)}`;
    });
    const { clues } = await match({
      registry: encode(table(registryHead, couples)),
      vehicle: encode(table(registerHead, wives)),
    });
    const own = clues.find(({ personId, rowId }) => personId === "S0" && rowId === "R0");
    expect(own?.probability).toBeGreaterThan(0.98);
  });

  it("does not hold against a row without a number that it is the only one, if most such rows are", async () => {
    // Sixty wives with two rows under their number each, forty with one row under none.
    const wives = hundred.flatMap((name, i) => {
      const row = `钱${name},,${i < 60 ? numberOf(i, "wife") : ""},${village},`;
      return i < 60 ? [`R${i},${row}`, `Q${i},${row}`] : [`R${i},${row}`];
    });
    const { clues } = await match({
      registry: encode(table(registryHead, couples)),
      vehicle: encode(table(registerHead, wives)),
    });
    const own = clues.find(({ personId, rowId }) => personId === "S99" && rowId === "R99");
    expect(own?.probability).toBeGreaterThan(0.8);
  });

  it("learns from certain strangers what a further row says", async () => {
    const elsewhere = (i: number): string => {
      const first17 = `14010519700101${500 + i}`;
      return first17 + checkCharacter(first17);
    };
    // Fifty wives have two rows under their numbers each, the first a third without one. Fifty strangers share names.
    const find = async (namesakesOf: number) => {
      const own = hundred.slice(0, 50).flatMap((name, i) => {
        const row = `钱${name},,${numberOf(i, "wife")},${village},`;
        return [`R${i},${row}`, `Q${i},${row}`];
      });
      const strangers = hundred
        .slice(namesakesOf, namesakesOf + 50)
        .map((name, i) => `V${i},钱${name},,${elsewhere(i)},${village},`);
      const others = Array.from({ length: 2000 }, (_, i) => `O${i},孙大力,,${elsewhere(i % 100)},,,,,`);
      const rowsOf = [...own, ...strangers, ...others, `T0,钱${hundred[0]},,,${village},`];
      const { clues } = await match({
        registry: encode(table(registryHead, couples)),
        vehicle: encode(table(registerHead, rowsOf)),
        least: 0,
      });
      const named = clues.find(
        ({ personId, rowId, tier }) => personId === "S0" && rowId === "T0" && tier === "name",
      );
      return named?.probability ?? 0;
    };
    // Beside those who have rows: a further row says less than where strangers are beside the others.
    const [beside, apart] = [await find(0), await find(50)];
    expect(beside).toBeGreaterThan(0);
    // Three times as doubtful it is by the commoner name alone.
    expect((1 - beside) / (1 - apart)).toBeGreaterThan(4);
  });

  it("learns from the rows without a number how often such slip in the name", async () => {
    const bySound: Readonly<Record<string, string>> = { 忠: "钟", 礼: "理", 智: "志", 和: "河" };
    const slip = (name: string): string => name.replace(/[忠礼智和]$/, (each) => bySound[each] ?? each);
    // Of sixty wives the number is there, of forty not: their telephones say who they are. One has neither.
    const find = async (nameOf: (name: string) => string) => {
      const wives = hundred.map((name, i) =>
        i === 2
          ? `R2,钱${slip(name)},,,${village},`
          : `R${i},钱${i < 60 ? name : nameOf(name)},,${i < 60 ? numberOf(i, "wife") : ""},${village},${phoneOf(i)}`,
      );
      const { clues } = await match({
        registry: encode(table(registryHead, couples)),
        vehicle: encode(table(registerHead, wives)),
        least: 0,
      });
      const own = clues.find(
        ({ personId, rowId, tier }) => personId === "S2" && rowId === "R2" && tier === "name",
      );
      return own?.probability ?? 0;
    };
    const [whole, slipped] = [await find((name) => name), await find(slip)];
    expect(slipped).toBeGreaterThan(whole * 1.1);
  });

  it("does not take a child for the grown person of the name, when no child is on the register", async () => {
    const number = "14098120150413011";
    const child = `W0,F0,子女,钱${hundred[0]},男,${number}${checkCharacter(number)},${village},`;
    const wives = hundred.map(
      (name, i) => `R${i},钱${name},,${i === 0 ? "" : numberOf(i, "wife")},${village},`,
    );
    const others = Array.from(
      { length: 2000 },
      (_, i) => `V${i},孙大力,,${numberOf(i % 100, "husband")},,,,,`,
    );
    const { clues } = await match({
      registry: encode(table(registryHead, [...couples, child])),
      vehicle: encode(table(registerHead, [...wives, ...others])),
      least: 0,
    });
    const named = clues.filter(({ tier, rowId }) => tier === "name" && rowId === "R0");
    const of = (person: string) => named.find(({ personId }) => personId === person);
    expect(of("S0")?.probability).toBeGreaterThan(0.8);
    expect(of("W0")?.probability).toBeLessThan(0.1);
    expect(of("W0")?.evidence).toContainEqual({ field: "peers", level: "rare" });
  });

  it("finds persons on a register that has no numbers at all, by name, village and telephone", async () => {
    const wives = hundred.map((name, i) => `R${i},钱${name},,,${village},${phoneOf(i)}`);
    const { clues } = await match({
      registry: encode(table(registryHead, couples)),
      vehicle: encode(table(registerHead, wives)),
    });
    const own = clues.filter(({ personId, rowId, tier, probability }) => {
      return tier === "name" && personId.slice(1) === rowId.slice(1) && probability > 0.5;
    });
    expect(own).toHaveLength(100);
  });

  it("stops when it is told to", async () => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(match({ signal: abort.signal, threads: 2 })).rejects.toThrow("enough");
  });
});

describe("bad input is told with file, line and column", () => {
  const broken = Uint8Array.from([...encode(`${registerHead}\nV1,`), 0xff, 0xff, ...encode(",,,,,,,\n")]);
  it.each([
    ["an empty file", new Uint8Array(0), "vehicle:1:1"],
    ["a column that is missing", encode("row_id,name\nV1,x\n"), "vehicle:1:id_no"],
    ["a column that is there twice", encode("row_id,name,id_no,id_no\n"), "vehicle:1:id_no"],
    ["a broken encoding", broken, "vehicle:2:2"],
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x72, 0]), "vehicle:1:1"],
    ["a field too few", encode(`${registerHead}\n${rows[0]}\nV9,赵\n`), "vehicle:3:sex"],
    ["a field too many", encode(`${registerHead}\n${rows[0]},,\n`), "vehicle:2:10"],
    ["a row without a key", encode(`${registerHead}\n\n,赵,,,,,,,\n`), "vehicle:3:row_id"],
    ["a quote that is not closed", encode(`${registerHead}\n${rows[0]}\nV9,"赵,,,,,,,\n`), "vehicle:3:name"],
    ["a quote where it may not stand", encode(`${registerHead}\nV9,"赵"明,,,,,,,\n`), "vehicle:2:name"],
    [
      "a key that is there twice",
      encode(table(registerHead, [...rows, rows[1] as string])),
      "vehicle:6:row_id",
    ],
  ])("%s", async (_, vehicle, place) => {
    const error = (await match({ vehicle }).catch((thrown: unknown) => thrown)) as Problem;
    expect(error.places.map(({ field, line, column }) => `${field}:${line}:${column}`)).toEqual([place]);
    expect(JSON.stringify(error.places)).not.toContain("赵");
  });
});
