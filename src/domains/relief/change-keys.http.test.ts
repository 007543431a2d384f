/** A change of keys beside a running server: broken off at each transaction everything opens and is found, and in the end nothing is left under the old key. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Json } from "../../../fixtures/ask.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { withServedCounty } from "../../../fixtures/served-county.ts";
import { VILLAGE } from "../../../fixtures/small-county.ts";
import { idNumberOf } from "../../../fixtures/small-registry.ts";
import { readKeyring } from "../../platform/sealing/keyring.ts";
import { openSealer } from "../../platform/sealing/sealer.ts";
import { makeSystemActor } from "../auth/index.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { changeKeys } from "./change-keys.ts";

const actor = makeSystemActor("taizhang_actor", 0);
const PERSONS = 2300;
/** The i-th person's, each on a day of his own. */
function numberOf(i: number): string {
  const born = new Date(Date.UTC(1950, 0, 1 + i)).toISOString().slice(0, 10).replaceAll("-", "");
  return idNumberOf(`140981${born}901`);
}
const NAMED = numberOf(7);
const registryFile = [
  "行政村代码,户编号,人编号,姓名,证件号码,与户主关系,电话,银行账号",
  ...Array.from(
    { length: PERSONS },
    (_, i) =>
      `${VILLAGE},H${i},P${i},示例${i % 1000},${numberOf(i)},户主,128${String(10_000_000 + i)},99000${1e13 + i}`,
  ),
].join("\n");
const vehicles = `编号,车主姓名,证件号码,价格\nV1,示例7,${NAMED},80000\nV2,示例9,${numberOf(9)},90000\n`;

const served = withServedCounty({ clock: () => new Date("2016-08-31T02:00:00Z") });
const { database } = served;
const relief = served.as("relief");

async function runVehicles(key: string): Promise<Json> {
  const mapping = JSON.stringify({ row: "编号", name: "车主姓名", idNumber: "证件号码" });
  const fields = { kind: "vehicle", title: "车辆", asOf: "2016-08-01", mapping };
  const sent = await relief("POST", "/lookback/registers", multipart("v.csv", vehicles, fields));
  const body = { title: key, registers: [sent.json.id], key };
  const { id } = (await relief("POST", "/lookback/runs", { body })).json;
  const read = async (): Promise<Json> => (await relief("GET", `/lookback/runs/${id}`)).json;
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).toBe("done");
  return read();
}

/** As people see it: numbers in full, the household found by a number, the row of a match, the picture. */
async function lookAtAll(clue: number): Promise<void> {
  const found = await relief("POST", "/relief/persons/find", { body: { idNumber: NAMED } });
  expect(found.json.items.map((row: Json) => row.number)).toEqual(["P7"]);
  const last = await relief("POST", "/relief/persons/find", { body: { idNumber: numberOf(PERSONS - 1) } });
  for (const { json } of [found, last]) {
    const { household, number } = json.items[0];
    const opened = await relief("POST", `/relief/households/${household}/unmask`, {
      body: { purpose: "核对号码" },
    });
    const i = Number(number.slice(1));
    expect(opened.json).toMatchObject({
      phone: `128${10_000_000 + i}`,
      persons: [{ idNumber: numberOf(i) }],
    });
    expect(opened.json.account).toBe(`99000${1e13 + i}`);
  }
  const seen = await relief("GET", `/clues/${clue}`);
  expect(seen.json.matches[0].row).toMatchObject({ 编号: "V1", 价格: "80000" });
  const picture = await relief("GET", `/clues/${clue}/files/${seen.json.files[0].id}`);
  expect(picture.text).toBe("a picture");
}

/** The pools of a process that is ended when it asks for one transaction more. */
function endingAfter(pools: Pools, transactions: number): Pools {
  let left = transactions;
  return {
    ...pools,
    lease: (copy) => (left-- > 0 ? pools.lease(copy) : Promise.reject(new Error("killed"))),
  };
}

async function countUnder(key: number): Promise<number> {
  const columns = [
    ["persons", "id_number", 1],
    ["persons", "id_hash", 1],
    ["households", "phone", 1],
    ["households", "phone_hash", 1],
    ["households", "account", 1],
    ["households", "account_hash", 1],
    ["register_pieces", "sealed", 1],
    ["evidence_files", "sealed", 1],
    ["matches", "row", 1],
    ["matches", "row_hash", 1],
    ["clues", "fingerprint", 1],
  ] as const;
  const counts = await Promise.all(
    columns.map(([table, column, byte]) =>
      database.query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM relief.${table} WHERE get_byte("${column}", ${byte}) = ${key}`,
      ),
    ),
  );
  return counts.reduce((total, [row]) => total + (row?.n ?? 0), 0);
}

test("broken off at each transaction everything opens and is found; in the end nothing is left under the old key", {
  timeout: 180_000,
}, async () => {
  const imported = await relief("POST", "/relief/imports", multipart("r.csv", registryFile));
  expect(imported.json, imported.text).toMatchObject({ added: PERSONS });
  const first = await runVehicles("rotation-run-1");
  await relief("POST", `/lookback/runs/${first.id}/send`, {
    body: { rules: ["vehicle"], dueDay: "2016-09-09" },
  });
  const { items } = (await relief("GET", "/clues")).json;
  const clue = items.find((row: Json) => row.name === "示例7").id;
  const dataDir = served.server.application.config.dataDir;
  const before = openSealer(await readKeyring(dataDir));
  await database.query(
    `INSERT INTO relief.evidence_files (county, region, confidential, clue, kind, media_type, sha256, sealed, recorded_by)
     VALUES (140981, ${VILLAGE}, false, $1, 'photo', 'image/png', 'x', $2, 1)`,
    [clue, before.seal("a picture", `relief.evidence_files:${clue}`)],
  );
  await lookAtAll(clue);
  const values = await countUnder(1);
  expect(values).toBeGreaterThan(6 * PERSONS);

  // Each attempt is a process of its own: it reads the keys anew and is ended at its next transaction but so many.
  for (const transactions of [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]) {
    const keyring = await readKeyring(dataDir);
    const pools = endingAfter(served.server.application.pools, transactions);
    const change = { actor, keyring, sealer: openSealer(keyring, "sm4"), log: () => {} };
    await expect(changeKeys({ ...change, pools })).rejects.toThrow("killed");
    await lookAtAll(clue);
  }
  expect(await countUnder(1)).toBeLessThan(values);
  expect((await readdir(join(dataDir, "secrets", "sealing-keys"))).sort()).toEqual(["1", "2"]);

  const keyring = await readKeyring(dataDir);
  const { pools } = served.server.application;
  await changeKeys({ pools, actor, keyring, sealer: openSealer(keyring, "sm4"), log: () => {} });
  expect(keyring.current().number).toBe(2);
  expect(await countUnder(1)).toBe(0);
  expect(await countUnder(2)).toBe(values);
  expect((await readdir(join(dataDir, "secrets", "sealing-keys"))).sort()).toEqual(["1.retired", "2"]);
  await lookAtAll(clue);
  const entries = await database.query("SELECT object FROM audit.entries WHERE action = 'relief.changeKeys'");
  expect(entries).toEqual([{ object: "key:2" }]);
});

test("evidence that was sent before is known under the new key, and a second rotation goes the same way", {
  timeout: 60_000,
}, async () => {
  // With the server's own cipher: the hashes of both can be compared.
  const keyring = await readKeyring(served.server.application.config.dataDir);
  const { pools } = served.server.application;
  await changeKeys({ pools, actor, keyring, sealer: openSealer(keyring), log: () => {} });
  expect(keyring.current().number).toBe(3);
  expect((await countUnder(2)) + (await countUnder(1))).toBe(0);
  const again = await runVehicles("rotation-run-2");
  expect(again.tallies.reduce((sum: number, row: Json) => sum + row.known, 0)).toBeGreaterThan(0);
  expect(again.toSend.reduce((sum: number, row: Json) => sum + row.clues, 0)).toBe(0);
});
