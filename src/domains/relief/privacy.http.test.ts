/**
 * Personal data at rest: after a run, neither the files of the database nor its rows, the log, the answers to bad input, nor
 * the data directory hold an ID number or a phone that came in, in any way it may be written.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Asking } from "../../../fixtures/ask.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { withServedCounty } from "../../../fixtures/served-county.ts";
import { COUNTY, VILLAGE } from "../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../fixtures/small-registry.ts";

const REGISTERED = idNumberOf("14098119831207907");
const STRANGER = idNumberOf("14098119840308908");
const ACCOUNT = "6217001830009876543";
const PHONES = ["13907265431", "13907265432"] as const;
/** These come with an export of the national system. */
const IMPORTED = idNumberOf("14098119550909909");
const IMPORTED_PHONE = "12866554433";
const IMPORTED_ACCOUNT = "9900009988776655443";
const old = (number: string): string => number.slice(0, 6) + number.slice(8, 17);
/** What must be nowhere, but for the fifteen digits within the eighteen of another. */
const secrets = [
  REGISTERED,
  STRANGER,
  ACCOUNT,
  ...PHONES,
  old(REGISTERED),
  old(STRANGER),
  IMPORTED,
  old(IMPORTED),
  IMPORTED_PHONE,
  IMPORTED_ACCOUNT,
];

const served = withServedCounty({ env: { TAIZHANG_LOG: "debug" } });
const { database } = served;
beforeAll(async () => {
  await insertHouseholds(database, served.server.application.config.dataDir, [
    {
      number: "H1",
      region: VILLAGE,
      phone: PHONES[0],
      members: [{ name: "王建国", relation: "户主", sex: "male", idNumber: REGISTERED }],
    },
  ]);
});

const csv = [
  "编号,车主姓名,证件号码,联系电话,备注",
  `V1,王建国,${REGISTERED},${PHONES[1]},还款账号 ${ACCOUNT}`,
  `V2,无关人,${STRANGER},${PHONES[1]},`,
].join("\n");
const mapping = JSON.stringify({ row: "编号", name: "车主姓名", idNumber: "证件号码", phone: "联系电话" });
const register = { kind: "vehicle", title: "车辆", asOf: "2016-08-01", mapping };

const exported = (name: string, idNumber: string, hamlet = "东沟"): string =>
  [
    "行政村代码,户编号,人编号,姓名,证件号码,与户主关系,自然村,电话,银行账号",
    `${VILLAGE},H2,P2,${name},${idNumber},户主,${hamlet},${IMPORTED_PHONE},${IMPORTED_ACCOUNT}`,
  ].join("\n");

/** An export with numbers in every column that may hold one by mistake, then as it should be, then with another number. */
async function importExports(relief: Asking): Promise<string> {
  const files = [
    exported(IMPORTED, ""),
    exported("李建国", `${IMPORTED.slice(0, 17)}?`),
    exported("李建国", IMPORTED).replace(String(VILLAGE), IMPORTED),
    exported("李建国", IMPORTED).replace(",户主,", `,${IMPORTED_PHONE},`).replace("自然村", "备注"),
    exported("李建国", old(IMPORTED), `电话${IMPORTED_PHONE}，卡号 9900 0099 8877 6655 443`),
    exported("李建国", IMPORTED),
  ];
  const told: string[] = [];
  for (const file of files)
    told.push((await relief("POST", "/relief/imports", multipart("台账.csv", file))).text);
  const { json, text } = await relief("GET", `/relief/persons?q=${encodeURIComponent("李建国")}`);
  told.push(text, (await relief("GET", `/relief/households/${json.items[0].household}`)).text);
  told.push((await relief("GET", "/relief/persons/export?format=csv")).text);
  return told.join("\n");
}

async function carryOut(relief: Asking): Promise<string> {
  const told: string[] = [await importExports(relief)];
  const ask = async (...request: Parameters<Asking>): Promise<ReturnType<typeof JSON.parse>> => {
    const answer = await relief(...request);
    told.push(answer.text);
    return answer.json;
  };
  await ask("POST", "/lookback/registers/inspect", multipart("v.csv", csv, { kind: "vehicle" }));
  // The number stands where a key should be, where a heading should be, and in a row too long.
  for (const bad of [
    csv.replaceAll("V2", REGISTERED).replaceAll("V1", REGISTERED),
    csv.replace("备注", REGISTERED),
    `${csv},${ACCOUNT}`,
  ])
    await ask("POST", "/lookback/registers", multipart("v.csv", bad, register));
  const sent = await ask("POST", "/lookback/registers", multipart("v.csv", csv, register));
  const body = { title: "比对", registers: [sent.id], key: "privacy-run-1" };
  const run = await ask("POST", "/lookback/runs", { body });
  await expect
    .poll(async () => (await relief("GET", `/lookback/runs/${run.id}`)).json.state, { timeout: 30_000 })
    .toBe("done");
  await ask("GET", `/lookback/runs/${run.id}/matches`);
  await ask("POST", `/lookback/runs/${run.id}/send`, { body: { rules: ["vehicle"], dueDay: "2099-01-01" } });
  const { items } = await ask("GET", "/clues");
  await ask("GET", `/clues/${items[0].id}`);
  await ask("GET", "/clues/export?format=csv");
  return told.join("\n");
}

/** Every row of every table as text: compressed values too. */
async function dump(): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const texts = await Promise.all(
    tables.map(({ name }) => database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)),
  );
  return texts
    .flat()
    .map(({ row }) => row)
    .join("\n");
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size > 0);
}

/** In UTF-8 and, as workbooks and Windows write, in UTF-16. */
function findIn(content: Buffer): string[] {
  return secrets.filter(
    (secret) => content.includes(secret) || content.includes(Buffer.from(secret, "utf16le")),
  );
}

async function findOnDisk(): Promise<string[]> {
  await database.query("CHECKPOINT");
  const [{ directory, oid } = { directory: "", oid: "" }] = await database.query<{
    directory: string;
    oid: string;
  }>(
    "SELECT current_setting('data_directory') AS directory, oid::text FROM pg_database WHERE datname = current_database()",
  );
  const files = [...filesBelow(join(directory, "base", oid)), ...filesBelow(join(directory, "pg_wal"))];
  expect(files.length).toBeGreaterThan(50);
  return files.flatMap((file) => findIn(readFileSync(file)).map((secret) => `${secret} in ${file}`));
}

test("holds no number in clear: in rows, files, log, answers or the data directory", {
  timeout: 120_000,
}, async () => {
  const told = await carryOut(served.as("relief"));
  expect(told).toContain("140981********");
  expect(findIn(Buffer.from(told))).toEqual([]);
  expect(findIn(Buffer.from(await dump()))).toEqual([]);
  expect(await findOnDisk()).toEqual([]);
  expect(findIn(Buffer.from(served.server.errors.join("\n")))).toEqual([]);
  for (const file of filesBelow(served.server.application.config.dataDir))
    expect(findIn(readFileSync(file)), file).toEqual([]);
});

test("and would be found if it did", async () => {
  await database.query(
    `INSERT INTO relief.notices (county, region, title, posted_on, ends_on, contact, key, recorded_by)
     VALUES (140981, ${COUNTY}, $1, '2016-08-01', '2016-08-09', 'x', 'planted', 1)`,
    [`公示 ${STRANGER}`],
  );
  expect(findIn(Buffer.from(await dump()))).toEqual([STRANGER]);
  expect(await findOnDisk()).not.toEqual([]);
});
