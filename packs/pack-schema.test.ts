import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PackError, generateFiguresOf, readPack } from "./pack-schema.ts";

const YUANPING = join(import.meta.dirname, "yuanping-2016");
const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

/** A copy of the demonstration pack with one file changed. */
function damaged(file: string, change: (text: string) => string): string {
  const directory = mkdtempSync(join(tmpdir(), "pack-"));
  directories.push(directory);
  cpSync(YUANPING, directory, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  const before = readFileSync(join(directory, file), "utf8");
  const after = change(before);
  if (after === before) throw new Error("the damage did nothing");
  writeFileSync(join(directory, file), after);
  return directory;
}

const replacing = (from: string, to: string) => (text: string) => text.replace(from, to);
const appending = (line: string) => (text: string) => `${text}${line}\n`;

async function problemsOf(directory: string): Promise<string> {
  try {
    await readPack(directory);
  } catch (error) {
    if (error instanceof PackError) return error.message;
    throw error;
  }
  return "no problem";
}

describe("readPack", () => {
  it("reads the demonstration pack", async () => {
    const pack = await readPack(YUANPING);
    expect(pack).toMatchObject({
      code: "yuanping-2016",
      county: 140981,
      region: 140981000000,
      prefecture: 140900000000,
      today: "2016-08-31",
    });
  });

  it("gives the history of the pack's own generator, and none where a pack has no generator", async () => {
    const pack = await readPack(YUANPING);
    expect((await generateFiguresOf(pack)).length).toBeGreaterThan(8000);
    expect(await generateFiguresOf({ ...pack, generator: undefined })).toEqual([]);
  });

  it("accepts a pack without the optional tables", async () => {
    const directory = damaged("pack.json", replacing("原平市（2016年8月）", "原平"));
    for (const file of ["seasonal_plans.csv", "projects.csv", "campaign.csv"])
      unlinkSync(join(directory, file));
    const pack = await readPack(directory);
    expect([pack.seasonalPlans, pack.projects, pack.campaign]).toEqual([[], [], []]);
  });

  it("accepts a byte-order mark and Windows line ends, which Excel writes", async () => {
    const directory = damaged("people.csv", (text) => `\ufeff${text.replaceAll("\n", "\r\n")}`);
    expect((await readPack(directory)).people.length).toBeGreaterThan(10);
  });
});

describe("a damaged pack names file, row and column", () => {
  const figure = (cells: string) => appending(`${cells},,,,,,,synthetic,,`);
  it.each<[string, string, (text: string) => string, string]>([
    [
      "a cell that is no number",
      "figures.csv",
      replacing(",55,", ",5五,"),
      'figures.csv, row 2, column value: must be a plain decimal number (cell: "5五")',
    ],
    [
      "a missing column",
      "figures.csv",
      replacing("qualifier,", "qualifer,"),
      "figures.csv, row 1, column qualifier: column is missing",
    ],
    [
      "an unknown column",
      "units.csv",
      replacing("short_zh", "short"),
      "units.csv, row 1, column short: column is not known",
    ],
    [
      "a row that is too short",
      "people.csv",
      appending("a,b"),
      "people.csv, row 19: 2 cells, the header has 4",
    ],
    [
      "an unknown region",
      "figures.csv",
      figure("140999000000,region,gdp,ytd,2016-06,1,亿元,1"),
      "row 63, column region: 140999000000 is not in regions.csv",
    ],
    [
      "an unknown measure",
      "figures.csv",
      figure("140981000000,region,gnp,ytd,2016-06,1,亿元,1"),
      "row 63, column measure: gnp is not in measures.csv",
    ],
    [
      "a wrong unit",
      "figures.csv",
      figure("140981000000,region,gdp,ytd,2016-06,1,万吨,1"),
      "row 63, column unit: gdp is kept in 万元, not 万吨",
    ],
    [
      "a period that does not fit the basis",
      "figures.csv",
      figure("140981000000,region,gdp,ytd,2016,1,亿元,1"),
      "row 63, column period: 2016 is not a ytd period",
    ],
    [
      "a month that is none",
      "figures.csv",
      figure("140981000000,region,gdp,ytd,2016-13,1,亿元,1"),
      "row 63, column period: must be 2016, 2016Q3 or 2016-07",
    ],
    [
      "a missing growth at comparable prices",
      "figures.csv",
      figure("140981000000,region,gdp,ytd,2016-06,1,亿元,"),
      "row 63, column growth: gdp is at comparable prices",
    ],
    [
      "neither value nor growth",
      "figures.csv",
      figure("140981000000,region,retail_sales,ytd,2016-06,,亿元,"),
      "row 63, column value: a row needs a value, a growth or both",
    ],
    [
      "the same figure twice",
      "figures.csv",
      figure("140981000000,region,gdp,ytd,2016-07,1,亿元,1"),
      "row 63, column period: 140981000000 region gdp ytd 2016-07 is already in row 2",
    ],
    [
      "an unknown source",
      "figures.csv",
      replacing("speech", "hearsay"),
      "figures.csv, row 2, column source: source hearsay is not in sources.csv",
    ],
    [
      "a growth target in money",
      "targets.csv",
      replacing(",growth,2.5,%", ",growth,2.5,亿元"),
      "targets.csv, row 2, column unit: a growth target is in %",
    ],
    [
      "a region outside its parent",
      "regions.csv",
      replacing("140921000000,定襄县", "150921000000,定襄县"),
      "column parent: 150921000000 does not lie inside 140900000000",
    ],
    [
      "a township code with a village's digits",
      "regions.csv",
      replacing("140981001000,北城街道", "140981001001,北城街道"),
      "column code: a township code ends in 3 zeros",
    ],
    [
      "an administrator with a second post",
      "posts.csv",
      appending("sys-2,sysadmin,stats,department,140981000000,兼,second,synthetic"),
      "sysadmin is exclusive, but sysadmin holds another post",
    ],
    [
      "a post of an unknown unit",
      "posts.csv",
      replacing("leader,leader,gov,", "leader,leader,nowhere,"),
      "posts.csv, row 2, column unit: nowhere is not in units.csv",
    ],
    [
      "comparable prices that may be recomputed",
      "measures.csv",
      replacing("comparable,reported", "comparable,recomputable"),
      "measures.csv, row 2, column growth_policy",
    ],
    [
      "a set member of another level",
      "pack.json",
      replacing("140902000000", "140981101000"),
      "pack.json: set xinzhou-15: 140981101000 is a township",
    ],
    ["JSON that is none", "pack.json", replacing("{", "["), "pack.json: "],
    [
      "a wrong role",
      "posts.csv",
      replacing(",dispatcher,140981000000", ",emperor,140981000000"),
      "posts.csv, row 4, column role",
    ],
  ])("%s", async (_, file, change, expected) => {
    expect(await problemsOf(damaged(file, change))).toContain(expected);
  });

  it("a missing table", async () => {
    const directory = damaged("pack.json", replacing("原平市（2016年8月）", "原平"));
    unlinkSync(join(directory, "measures.csv"));
    expect(await problemsOf(directory)).toContain("measures.csv: file is missing");
  });

  it("lists all problems together", async () => {
    const directory = damaged("figures.csv", (text) => text.replaceAll("亿元", "亿圆"));
    const error = await readPack(directory).catch((thrown: unknown) => thrown);
    expect((error as PackError).problems.length).toBeGreaterThan(5);
  });
});

describe("a source whose text the pack carries", () => {
  const text = "本月全区完成投资十二亿元。";
  /** The demonstration pack with one source of its own text, cited by the campaign's first row. */
  function withText(written: string, quote: string): string {
    const sha256 = createHash("sha256").update(text).digest("hex");
    const directory = damaged("sources.csv", appending(`notice,file,通知,Notice,notice.txt,${sha256},,`));
    writeFileSync(join(directory, "notice.txt"), written);
    const campaign = join(directory, "campaign.csv");
    const row = readFileSync(campaign, "utf8").split("\n")[1] ?? "";
    const item = row.split(",").slice(0, 2).join(",");
    writeFileSync(campaign, readFileSync(campaign, "utf8").replace(row, `${item},notice,一,${quote},`));
    return directory;
  }

  it("is compared with its hash and with every quote", async () => {
    expect(await problemsOf(withText(text, "完成投资十二亿元"))).toBe("no problem");
    expect(await problemsOf(withText(text, "完成投资十三亿元"))).toContain(
      "campaign.csv, row 2, column quote",
    );
    expect(await problemsOf(withText(`${text}。`, "完成投资十二亿元"))).toContain(
      "sources.csv, row 6, column sha256",
    );
  });
});
