/** An import that is torn off at any moment has left nothing, and the same file enters whole afterwards, once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, VILLAGE } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import type { Lease, Pools } from "../../../platform/db/pool.ts";
import { readKeyring } from "../../../platform/sealing/keyring.ts";
import { openSealer } from "../../../platform/sealing/sealer.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { importRegistry } from "./import-registry.ts";

const PERSONS = 6000;
const file = [
  "行政村代码,户编号,人编号,姓名,主要致贫原因,电话",
  ...Array.from(
    { length: PERSONS },
    (_, i) => `${VILLAGE},H${i >> 1},P${i},示例${i % 1000},因病,128${10_000_000 + i}`,
  ),
].join("\n");

const database = withTestDatabase();
let county: SmallCounty;
let dataDir: string;
beforeAll(async () => {
  county = await openSmallCounty(database);
  dataDir = await mkdtemp(join(tmpdir(), "taizhang-import-"));
});
afterAll(async () => {
  await county.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function countAll(): Promise<number[]> {
  const tables = ["imports", "households", "persons", "memberships", "causes", "registry_actions"];
  const counts = await Promise.all(
    tables.map((table) =>
      database.query<{ n: number }>(`SELECT count(*)::integer AS n FROM relief.${table}`),
    ),
  );
  return counts.map(([row]) => row?.n ?? -1);
}

const NOTHING = [0, 0, 0, 0, 0, 0];
const ALL = [1, 3000, 6000, 6000, 3000, 3000];

/**
 * The pools of a program whose database server is ended, as by a power cut, before so many statements of the import.
 * COPY is one of them: it is ended in its middle.
 */
function cutAt(pools: Pools, statement: number): Pools & { statements(): number } {
  let count = 0;
  const lease = async (copy: boolean): Promise<Lease> => {
    const made = await pools.lease(copy);
    const { rows } = (await made.raw("SELECT pg_backend_pid() AS pid")) as { rows: { pid: number }[] };
    const cut = async (): Promise<void> => {
      if (++count === statement) await database.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    };
    const copying = async function* (text: AsyncIterable<Uint8Array | string>) {
      let first = true;
      for await (const piece of text) {
        yield piece;
        if (first) await cut();
        first = false;
      }
    };
    return {
      ...made,
      query: async (text) => {
        await cut();
        return made.query(text);
      },
      copyFrom: (target, text) => made.copyFrom(target, copying(text)),
    };
  };
  return { ...pools, lease, statements: () => count };
}

async function importFrom(pools: Pools): Promise<string> {
  const content = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < file.length; at += 50_000) yield Buffer.from(file.slice(at, at + 50_000));
  };
  const incoming = { title: "r", origin: "file" as const, fileName: "r.csv", keepDoubts: false };
  const deps = {
    pools,
    sealer: openSealer(await readKeyring(dataDir, {})),
    today: "2016-08-31",
    tell: () => {},
  };
  const actor = makeSystemActor("taizhang_actor", COUNTY);
  return importRegistry(actor, { ...incoming, file: { content: content() } }, deps).then(
    ([one]) => `${one?.added} added, repeated ${one?.repeated}`,
    (error: Error) => `failed: ${error.message}`,
  );
}

test("torn off before each of its statements nothing is there, and then everything once", {
  timeout: 180_000,
}, async () => {
  const whole = cutAt(county.pools, Number.POSITIVE_INFINITY);
  expect(await importFrom(whole)).toBe(`${PERSONS} added, repeated false`);
  expect(await countAll()).toEqual(ALL);
  expect(whole.statements()).toBeGreaterThan(20);
  await database.query(
    "TRUNCATE relief.imports, relief.memberships, relief.causes, relief.registry_actions, relief.persons, relief.households CASCADE",
  );
  for (let at = 1; at <= whole.statements(); at++) {
    const told = await importFrom(cutAt(county.pools, at));
    expect(told, `cut at statement ${at}`).toMatch(/^failed: /);
    expect(told).not.toMatch(/128\d{8}/);
    expect(await countAll(), `cut at statement ${at}`).toEqual(NOTHING);
  }
  expect(await importFrom(county.pools)).toBe(`${PERSONS} added, repeated false`);
  expect(await importFrom(county.pools)).toBe(`${PERSONS} added, repeated true`);
  expect(await countAll()).toEqual(ALL);
});
