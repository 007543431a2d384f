/**
 * Returns hang on units, and their row policies know it: what the database shows and takes for a post that sees its own unit's
 * alone, with no action in between. Random worlds, and every table of the schema as the catalogue lists it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { countyKey, liesIn } from "../../../fixtures/permissions/hierarchy.ts";
import { continueNumbering, insertShared, insertWorld } from "../../../fixtures/permissions/insert-world.ts";
import { chooseSeed, openRandom } from "../../../fixtures/permissions/random.ts";
import { insertReturns } from "../../../fixtures/permissions/returns-rows.ts";
import { openNumbering } from "../../../fixtures/permissions/world-rows.ts";
import type { World } from "../../../fixtures/permissions/world-rows.ts";
import { makeMeasures, makeWorld } from "../../../fixtures/permissions/world.ts";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor } from "../../platform/db/actor.ts";
import { openPools } from "../../platform/db/pool.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { makeSystemActor } from "../auth/index.ts";

/** What all units of a county have in common. Everything else of the schema is a unit's. */
const COMMON = ["returns.forms", "returns.opening_actions", "returns.openings"];

const database = withTestDatabase();
const seed = chooseSeed();
let world: World;
let pools: Pools;
let tables: string[];

beforeAll(async () => {
  const random = openRandom(seed);
  const numbering = openNumbering();
  const measures = makeMeasures(random);
  await insertShared(database, measures);
  world = makeWorld(random, "14", { measures, numbering, passwordHash: "x" });
  await insertWorld(database, world);
  await insertReturns(database, world.returns);
  await continueNumbering(database);
  await database.query(`INSERT INTO returns.deliveries (county, message, channel, region, unit, address, state)
    SELECT county, id, 'email', region, unit, 'a@example.cn', 'sending' FROM returns.messages`);
  await database.query(`INSERT INTO returns.postings (county, return, version, region, unit, entered, corrected)
    SELECT county, id, accepted, region, unit, 0, 0 FROM returns.returns WHERE accepted IS NOT NULL`);
  const listed = await database.query<{ name: string }>(`
    SELECT 'returns.' || relname AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'returns'::regnamespace ORDER BY 1`);
  tables = listed.map(({ name }) => name).filter((name) => !COMMON.includes(name));
  pools = openPools(database.app, { max: 2 });
});
afterAll(() => pools.end());

type Scope = { region: number; ownUnit: number | null };
const actorOf = ({ region, ownUnit }: Scope, access: Actor["access"] = "write"): Actor => ({
  ...makeSystemActor("taizhang_actor", region),
  ownUnit,
  access,
});

const run = (scope: Scope, text: string, values: unknown[] = []) =>
  withActor(pools, actorOf(scope), (tx) => tx.query<{ unit: number }>({ text, values, pieces: [] }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

/** Two enterprises of one township, as every county of these worlds has them. */
function neighbours(): [Scope & { ownUnit: number }, number] {
  const filers = new Set(world.returns.returns.map(({ unit }) => unit));
  for (const { region, id } of world.units.filter(
    ({ kind, id: unit }) => kind === "enterprise" && filers.has(unit),
  )) {
    const other = world.units.find(
      (one) => one.kind === "enterprise" && one.region === region && one.id !== id,
    );
    if (other !== undefined) return [{ region, ownUnit: id }, other.id];
  }
  throw new Error("no two enterprises of one township");
}

test("every table of a unit has the policy", async () => {
  expect(tables.length).toBe(9);
  const restricted = await database.query<{ name: string }>(`
    SELECT DISTINCT p.polrelid::regclass::text AS name FROM pg_policy p
    WHERE NOT p.polpermissive AND p.polcmd = '*' AND p.polrelid::regclass::text LIKE 'returns.%' ORDER BY 1`);
  expect(restricted.map(({ name }) => name)).toEqual(tables);
});

test(`each shows the rows of the scope, or of the one unit in it (SEED=${seed})`, async () => {
  const random = openRandom(seed + 1);
  for (const table of tables) {
    const all = await database.query<{ unit: number; region: number }>(
      `SELECT unit::float8, region::float8 FROM ${table}`,
    );
    let [shown, hidden] = [0, 0];
    // In a world with few such rows it takes more looks until enough was shown and enough withheld.
    for (let i = 0; i < 30 || (i < 1000 && Math.min(shown, hidden) <= 20); i++) {
      const row = random.pick(all);
      const place = random.pick(
        world.places.filter(({ code }) => liesIn(code, row.region) || random.chance(0.1)),
      );
      const scope = { region: place.code, ownUnit: random.chance(0.7) ? row.unit : null };
      const inScope = all.filter(({ region }) => liesIn(scope.region, region));
      const wanted = inScope.filter(({ unit }) => scope.ownUnit === null || unit === scope.ownUnit);
      const { rows } = await run(scope, `SELECT unit FROM ${table}`);
      const units = (list: readonly { unit: number }[]): number[] =>
        list.map(({ unit }) => unit).toSorted((a, b) => a - b);
      expect(units(rows), `SEED=${seed} ${table} from ${JSON.stringify(scope)}`).toEqual(units(wanted));
      shown += wanted.length;
      hidden += inScope.length - wanted.length;
    }
    expect(Math.min(shown, hidden), table).toBeGreaterThan(20);
  }
});

test("who enters without a unit, and a post of none, sees no row", async () => {
  const { top } = world;
  const open = "SELECT app.enter('taizhang_actor', 'write', $1, $2, '{}', 1, 1)";
  for (const table of tables) {
    const found = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    expect(found[0]?.n, table).toBeGreaterThan(0);
    const lease = await pools.lease(false);
    await lease.raw("BEGIN");
    await lease.query({ text: open, values: [top, top + 1e10], pieces: [] });
    const { rows } = await lease.query({ text: `SELECT 1 FROM ${table}`, values: [], pieces: [] });
    await lease.raw("ROLLBACK");
    lease.release();
    expect(rows, table).toEqual([]);
    expect((await run({ region: top, ownUnit: -1 }, `SELECT unit FROM ${table}`)).rows, table).toEqual([]);
  }
});

describe("an enterprise", () => {
  test("changes and removes nothing of its neighbour's, which is there", async () => {
    const [own, other] = neighbours();
    const changes = [
      "UPDATE returns.returns SET step = step",
      "UPDATE returns.rows SET cells = '{}'",
      "UPDATE returns.explanations SET text = '没有原因'",
      "UPDATE returns.messages SET read_at = now()",
      "UPDATE returns.deliveries SET refusals = 9",
      "UPDATE returns.contacts SET email = 'x@example.cn'",
      "DELETE FROM returns.rows",
      "DELETE FROM returns.explanations",
      "DELETE FROM returns.contacts",
    ];
    for (const change of changes) {
      const table = /returns\.\w+/.exec(change)?.[0] as string;
      await database.query(
        `INSERT INTO returns.contacts SELECT county, id, region, 'b@example.cn' FROM org.units WHERE id = $1
         ON CONFLICT DO NOTHING`,
        [other],
      );
      const theirs = () =>
        database.query(`SELECT * FROM ${table} WHERE unit = $1 ORDER BY 1, 2, 3, 4`, [other]);
      const before = await theirs();
      expect(before.length, table).toBeGreaterThan(0);
      expect((await run(own, `${change} WHERE unit = ${other}`)).count, change).toBe(0);
      await run(own, change);
      expect(await theirs(), change).toEqual(before);
    }
  });

  test("adds nothing to its neighbour's, neither by its unit nor by its return", async () => {
    const [own, other] = neighbours();
    const returnOf = (unit: number) => world.returns.returns.find((one) => one.unit === unit)?.id as number;
    const [county, region] = [countyKey(own.region), own.region];
    const statements: Readonly<Record<string, (unit: number, of: number) => string>> = {
      "returns.rows": (
        unit,
        of,
      ) => `INSERT INTO returns.rows (county, return, version, subject, region, unit, place, name, cells)
        VALUES (${county}, ${of}, 99, 'x', ${region}, ${unit}, 1, 'x', '{}')`,
      "returns.return_actions": (
        unit,
        of,
      ) => `INSERT INTO returns.return_actions (county, return, step, region, unit, verb, status,
        version, recorded_by, recorded_by_title)
        VALUES (${county}, ${of}, 99, ${region}, ${unit}, 'begin', 'draft', 1, 1, 'x')`,
      "returns.explanations": (
        unit,
        of,
      ) => `INSERT INTO returns.explanations (county, return, version, code, subject, region, unit, text,
        recorded_by, recorded_by_title) VALUES (${county}, ${of}, 1, 'x', '', ${region}, ${unit}, '原因', 1, 'x')`,
      "returns.messages": (
        unit,
        of,
      ) => `INSERT INTO returns.messages (county, region, return, unit, kind, occasion)
        VALUES (${county}, ${region}, ${of}, ${unit}, 'late', 'x')`,
    };
    for (const [table, statement] of Object.entries(statements)) {
      const add = (unit: number, of: number): Promise<string> =>
        codeOf(run(own, statement(unit, returnOf(of))));
      expect(await add(other, other), table).toBe("42501");
      // its own unit's name on another's return: the key to the return holds both
      expect(await add(own.ownUnit, other), table).toBe("23503");
      expect(await add(own.ownUnit, own.ownUnit), table).toBe("done");
    }
  });
});
