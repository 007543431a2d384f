/** The command as a script calls it: what it writes, what it says, its exit status. */
import { spawn } from "node:child_process";
import { lstat, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = resolve(import.meta.dirname, "../../../bin/taizhang.mjs");

const registry = `人编号,户编号,姓名,证件号码,与户主关系,县,乡,行政村,电话
P1,H1,王海明,140981196503120019,户主,原平市,崞阳镇,下庄村,13800000001
P2,H1,李秀英,140981196703120021,配偶,原平市,崞阳镇,下庄村,13800000001
`;
const vehicle = `row_id,name,id_no,plate
V1,王海明,140981650312001,晋H00001
=V2,李秀英,140981196703120022,晋H00002
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taizhang-lookback-"));
  await writeFile(join(folder, "registry.csv"), registry);
  await writeFile(join(folder, "vehicle.csv"), vehicle);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Done = { status: number | null; err: string };

/** With settings that no other command would start with: this one has no need of them. */
function start(file: string, args: readonly string[]): Promise<Done> {
  const child = spawn(file, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: "nonsense", PORT: "nonsense" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const done: Done = { status: null, err: "" };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (done.err += text));
  return new Promise((settle) => {
    child.on("close", (status) => settle({ ...done, status }));
  });
}

const input = ["--registry", "registry.csv", "--against", "vehicle=vehicle.csv"];
const run = (...args: string[]): Promise<Done> =>
  start(process.execPath, [program, "lookback", "match", ...args]);
const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");
const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

describe("taizhang lookback match", () => {
  test("writes clues with their evidence, and tells rows, tiers, time and memory", async () => {
    const { status, err } = await run(...input, "--out", "clues.csv");
    expect(status).toBe(0);
    const [head, ...lines] = (await read("clues.csv")).trimEnd().split("\n");
    expect(head).toBe("person_id,register,row_id,tier,probability,evidence");
    expect(lines.map((line) => line.split(",").slice(0, 4).join(" "))).toEqual([
      `P1 vehicle "'=V2" household`,
      "P1 vehicle V1 exact",
      `P2 vehicle "'=V2" repaired`,
      "P2 vehicle V1 household",
    ]);
    expect(lines[1]).toMatch(/,0\.999900,证件号码：相同；号码写法：15位旧号码；姓名：相同；地址：/);
    expect(lines[0]).toContain("亲属：配偶在名册上；证件号码：仅校验码不同");
    expect(err).toContain("台账 2 人");
    expect(err).toContain("vehicle 2 行，缺列 sex, county");
    expect(err).toMatch(/修正号码 \(repaired\) 1，估计准确率 99\.9 %/);
    expect(err).toMatch(/线索 4 条，\d+\.\d 秒，内存峰值 \d+ MB\n$/);
  });

  test("speaks English, and leaves nothing beside the clues", async () => {
    const { status, err } = await run(...input, "--out", "clues.csv", "--lang", "en", "--threads", "1");
    expect([status, err.includes("4 clues")]).toEqual([0, true]);
    expect(await read("clues.csv")).toContain("ID number: same; form of the number: 15 digits; name: same");
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.part$/));
  });

  test("takes those matches that the rules take", async () => {
    const rule = {
      code: "vehicle",
      nameZh: "有车",
      nameEn: "Vehicle",
      matter: "vehicle",
      registers: ["vehicle"],
    };
    const further = { when: [], effect: "flag", isRebuttable: true, isConfidential: false, basis: "" };
    const rules = [{ ...rule, ...further, tiers: { exact: 0.9 } }];
    await write("rules.json", JSON.stringify({ version: "2016-08", rules }));
    const { status, err } = await run(...input, "--out", "ruled.csv", "--rules", "rules.json");
    expect([status, err.includes("规则 2016-08")]).toEqual([0, true]);
    expect((await read("ruled.csv")).match(/^P\d.*?exact/gm)).toEqual(["P1,vehicle,V1,exact"]);
    expect((await read("ruled.csv")).trimEnd().split("\n")).toHaveLength(2);
  });

  test("asks conditions of other columns, and says which it could not ask", async () => {
    const shared = {
      matter: "vehicle",
      registers: ["vehicle"],
      tiers: { exact: 0.9, repaired: 0.9 },
      effect: "flag",
    };
    const words = { nameZh: "有车", nameEn: "Vehicle", isRebuttable: true, isConfidential: false, basis: "" };
    const dear = {
      ...words,
      ...shared,
      code: "dear",
      when: [{ column: "price", is: "at-least", value: 30_000 }],
    };
    const open = {
      ...words,
      ...shared,
      code: "open",
      when: [{ column: "status", is: "one-of", value: ["存续"] }],
    };
    await write("conditions.json", JSON.stringify({ version: "2", rules: [dear, open] }));
    const prices =
      "row_id,name,id_no,价格（万元）\nV1,王海明,140981650312001,3.5\nV2,李秀英,140981196703120021,1.2\n";
    await write("prices.csv", prices);
    const files = ["--registry", "registry.csv", "--against", "vehicle=prices.csv", "--out", "dear.csv"];
    const { status, err } = await run(...files, "--rules", "conditions.json");
    expect([status, err.includes("规则 open 未用：名册没有 status 列")]).toEqual([0, true]);
    expect((await read("dear.csv")).trimEnd().split("\n").slice(1)).toEqual([
      expect.stringMatching(/^P1,vehicle,V1,exact,/),
    ]);
  });

  test("finds a column that a rule asks for under its own heading, and says of which register no rule speaks", async () => {
    const rule = {
      code: "plate",
      nameZh: "号牌",
      nameEn: "Plate",
      matter: "vehicle",
      registers: ["vehicle"],
      tiers: { exact: 0.9, repaired: 0.9 },
      when: [{ column: "plate", is: "one-of", value: ["晋H00002"] }],
      effect: "flag",
      isRebuttable: true,
      isConfidential: false,
      basis: "",
    };
    await write("plates.json", JSON.stringify({ version: "3", rules: [rule] }));
    const files = [...input, "--against", "payroll=vehicle.csv", "--out", "plates.csv"];
    const { status, err } = await run(...files, "--rules", "plates.json");
    expect([status, err.includes("没有规则涉及名册 payroll"), err.includes("未用")]).toEqual([
      0,
      true,
      false,
    ]);
    expect((await read("plates.csv")).trimEnd().split("\n").slice(1)).toEqual([
      expect.stringMatching(/^P2,vehicle,"'=V2",repaired,/),
    ]);
    const mute = { ...rule, when: [{ column: "plate", is: "at-least", value: "三万" }] };
    await write("mute.json", JSON.stringify({ version: "4", rules: [mute] }));
    const refused = await run(...input, "--out", "plates.csv", "--rules", "mute.json");
    expect([refused.status, refused.err]).toEqual([
      2,
      expect.stringMatching(/^taizhang lookback: mute\.json:1:\d+: 应为数字\n$/),
    ]);
  });

  test.each([
    [
      "a table",
      "bad.csv",
      "row_id,name,id_no\nV1,王海明\n",
      ["--against", "bad=bad.csv"],
      "bad.csv:2:id_no: 有 2 列，应为 3 列",
    ],
    [
      "rules that are not JSON",
      "bad.json",
      '{\n"version": "1",\n}',
      ["--rules", "bad.json"],
      "bad.json:3:1: 不是有效的 JSON",
    ],
    [
      "rules that are none",
      "none.json",
      '{\n"version": "1",\n "rules": [{"code": 5}]}',
      ["--rules", "none.json"],
      "none.json:3:21: rules.0.code 有误",
    ],
    [
      "lines that end as on an old Macintosh",
      "mac.csv",
      "row_id,name,id_no\rV1,王海明,140981196503120019\r",
      ["--against", "mac=mac.csv"],
      "mac.csv:1:1: 行尾只有回车符",
    ],
    [
      "a workbook",
      "book.xlsx",
      "PK\u0003\u0004…",
      ["--against", "book=book.xlsx"],
      "book.xlsx:1:1: 这是 Excel 工作簿",
    ],
  ])("tells file, line and column of %s", async (_, name, text, args, message) => {
    await write(name, text);
    await write("clues.csv", "as it was");
    const { status, err } = await run(...input, ...args, "--out", "clues.csv");
    expect([status, err.split("taizhang lookback: ")[1]?.slice(0, message.length)]).toEqual([2, message]);
    expect(await read("clues.csv")).toBe("as it was");
  });

  test.each([
    ["a file that is not there", ["--against", "no=no.csv", "--out", "x.csv"], "no.csv: 没有这个文件"],
    ["a folder that is not there", ["--out", "no/clues.csv"], "没有这个文件或文件夹"],
    ["clues over an input", ["--out", "./vehicle.csv"], "--out names another file"],
    [
      "one name twice",
      ["--against", "vehicle=registry.csv", "--out", "x.csv"],
      "two registers are named vehicle",
    ],
    ["no name", ["--against", "vehicle.csv", "--out", "x.csv"], "--against looks like"],
    ["a folder as a register", ["--against", "no=.", "--out", "x.csv"], "lookback: .: 这是文件夹"],
    [
      "a device as a register",
      ["--against", "no=/dev/null", "--out", "x.csv"],
      "lookback: /dev/null: 这是管道",
    ],
    ["a folder to write to", ["--out", "."], "lookback: .: 这是文件夹"],
    ["no threads", ["--threads", "0", "--out", "x.csv"], "--threads is a number"],
  ])("refuses %s", async (_, args, message) => {
    const { status, err } = await run(...input, ...args);
    expect([status, err.includes(message)]).toEqual([2, true]);
    expect(await read("vehicle.csv")).toBe(vehicle);
  });

  test("writes to a pipe, and through a link: what stood there stays what it was", async () => {
    await start("mkfifo", [join(folder, "pipe")]);
    const [piped, { status }] = await Promise.all([read("pipe"), run(...input, "--out", "pipe")]);
    expect([status, piped.split("\n").length, (await lstat(join(folder, "pipe"))).isFIFO()]).toEqual([
      0,
      6,
      true,
    ]);
    await write("target.csv", "as it was");
    await symlink("target.csv", join(folder, "link.csv"));
    await run(...input, "--out", "link.csv");
    expect([(await lstat(join(folder, "link.csv"))).isSymbolicLink(), await read("target.csv")]).toEqual([
      true,
      piped,
    ]);
  });

  test("leaves what was there when the clues cannot be written whole", async () => {
    await write("clues.csv", "as it was");
    const many = Array.from({ length: 3000 }, (_, i) => `V${i},王海明,140981196503120019,`);
    await write("many.csv", `row_id,name,id_no,plate\n${many.join("\n")}\n`);
    const command = [
      program,
      "lookback",
      "match",
      ...input,
      "--against",
      "many=many.csv",
      "--out",
      "clues.csv",
    ];
    const { status, err } = await start("bash", [
      "-c",
      'ulimit -f 64; exec "$0" "$@"',
      process.execPath,
      ...command,
    ]);
    expect([status, err.includes("clues.csv")]).toEqual([1, true]);
    expect(await read("clues.csv")).toBe("as it was");
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.part$/));
  });
});
