/**
 * The backstop itself: what the database shows and takes under the application's login, with no action in between.
 * Random worlds, and every table as the catalogue of the database lists it, so that a new table is looked at too.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { countyKey, liesIn, lineOf } from "../../../fixtures/permissions/hierarchy.ts";
import { continueNumbering, insertShared, insertWorld } from "../../../fixtures/permissions/insert-world.ts";
import { chooseSeed, openRandom } from "../../../fixtures/permissions/random.ts";
import { openNumbering } from "../../../fixtures/permissions/world-rows.ts";
import { makeMeasures, makeWorld } from "../../../fixtures/permissions/world.ts";
import type { World } from "../../../fixtures/permissions/world-rows.ts";
import { withActor } from "./actor.ts";
import type { Actor, Door } from "./actor.ts";
import { openPools } from "./pool.ts";
import type { Pools } from "./pool.ts";
import { sql } from "./sql.ts";

const database = withTestDatabase();
const seed = chooseSeed();
const worlds: World[] = [];
let pools: Pools;
let app: pg.Client;

beforeAll(async () => {
  const random = openRandom(seed);
  const numbering = openNumbering();
  const measures = makeMeasures(random);
  await insertShared(database, measures);
  for (const province of ["14", "33"]) {
    const world = makeWorld(random, province, { measures, numbering, passwordHash: "x" });
    await insertWorld(database, world);
    worlds.push(world);
  }
  await continueNumbering(database);
  await database.query("INSERT INTO ledger.versions SELECT DISTINCT county, 1 FROM ledger.figures");
  pools = openPools(database.app, { max: 2 });
  app = new pg.Client(database.app);
  app.on("error", () => {});
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await pools.end();
});

function actorAt(region: number, door: Door = "taizhang_actor", access: Actor["access"] = "write"): Actor {
  let size = 1;
  for (const step of [1e10, 1e8, 1e6, 1e3]) if (region % step === 0 && size === 1) size = step;
  return {
    door,
    access,
    region,
    regionFrom: region,
    regionTo: region + size,
    lineage: [...lineOf(region)],
    ownUnit: null,
    county: countyKey(region),
    post: 77,
    account: null,
    username: "somebody",
    postTitle: null,
    role: null,
    address: null,
    request: null,
  };
}

type Table = { name: string; secured: boolean; scoped: boolean; policies: number };
async function listTables(): Promise<Table[]> {
  return database.query<Table>(`
    SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS secured,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'county' AND a.attnum > 0) AS scoped,
      (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'graphile_worker', 'public')
    ORDER BY 1`);
}

/** Tables with a county in them that hold nothing of it. */
const UNSECURED = new Set([
  "org.installation", // whose ledger this is
  "ledger.versions", // a number that goes up
]);

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

describe("the schema", () => {
  test("secures every table that belongs to a county, with at least one policy", async () => {
    const tables = await listTables();
    const scoped = tables.filter((table) => table.scoped && !UNSECURED.has(table.name));
    expect(scoped.length).toBeGreaterThanOrEqual(12);
    expect(scoped.filter((table) => !table.secured || table.policies === 0)).toEqual([]);
    // an index of a key that does not begin with the county would let one county see that another has a row
    const keys = await database.query<{ name: string; first: string }>(`
      SELECT c.conrelid::regclass::text || ' ' || c.conname AS name, a.attname AS first
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype IN ('p', 'u') AND c.connamespace IN ('ledger'::regnamespace, 'indicators'::regnamespace, 'audit'::regnamespace)
        AND EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.conrelid AND x.attname = 'county')`);
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter((key) => key.first !== "county")).toEqual([]);
  });

  test("gives the application's logins no table, no role that owns one, and no way round the policies", async () => {
    const owned = await database.query(`SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
      WHERE r.rolname LIKE 'taizhang\\_%' AND r.rolname <> 'taizhang_jobs'`);
    expect(owned).toEqual([]);
    const roles = await database.query<{ rolname: string; free: boolean; rolinherit: boolean }>(
      `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS free, rolinherit
       FROM pg_roles WHERE rolname LIKE 'taizhang\\_%'`,
    );
    expect(roles.length).toBe(7);
    expect(roles.filter((role) => role.free || role.rolinherit)).toEqual([]);
  });

  test("lets nobody but the sealer ask for the last finished entry", async () => {
    const [row] = await database.query<{ who: string[] }>(`
      SELECT array_agg(r.rolname::text ORDER BY 1) AS who FROM pg_roles r
      WHERE r.rolname LIKE 'taizhang\\_%' AND has_function_privilege(r.oid, 'audit.last_finished_entry()', 'EXECUTE')`);
    expect(row?.who).toEqual(["taizhang_sealer"]);
    const [definer] = await database.query<{ n: string }>(`
      SELECT count(*) AS n FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND n.nspname IN ('app', 'audit', 'auth', 'org', 'ledger', 'indicators')`);
    expect(definer?.n, "no other function runs with its owner's rights").toBe("1");
  });
});

describe("without entering", () => {
  test("the application reads and writes nothing, table by table", async () => {
    const tables = await listTables();
    expect(tables.length).toBeGreaterThan(14);
    for (const { name } of tables) {
      expect(await codeOf(app.query(`SELECT * FROM ${name} LIMIT 1`)), name).toBe("42501");
      expect(await codeOf(app.query(`DELETE FROM ${name}`)), name).toBe("42501");
      expect(await codeOf(app.query(`TRUNCATE ${name}`)), name).toBe("42501");
    }
  });

  test.each(["postgres", "taizhang_jobs", "pg_read_all_data", "pg_write_all_data"])(
    "it cannot become %s",
    async (role) => {
      expect(await codeOf(app.query(`SET ROLE ${role}`))).toBe("42501");
      expect(await codeOf(app.query(`SET SESSION AUTHORIZATION ${role}`))).toBe("42501");
      const door = "SELECT app.enter($1, 'write', 0, 1000000000000, '{}', 1, 1)";
      expect(await codeOf(app.query(door, [role]))).toBe("42501");
    },
  );

  test("a role taken without a scope sees no row", async () => {
    for (const role of ["taizhang_actor", "taizhang_admin", "taizhang_auditor"]) {
      await app.query("BEGIN");
      await app.query(`SET LOCAL ROLE ${role}`);
      for (const { name } of (await listTables()).filter((table) => table.secured)) {
        await app.query("SAVEPOINT s");
        const rows = await app.query(`SELECT count(*)::int AS n FROM ${name}`).catch(() => undefined);
        if (rows === undefined) await app.query("ROLLBACK TO s");
        else expect(rows.rows[0].n, `${role} in ${name}`).toBe(0);
      }
      await app.query("ROLLBACK");
    }
  });

  test("the scope cannot be smuggled into the lineage", async () => {
    const door = "SELECT app.enter('taizhang_actor', 'read', 1, 2, $1, 1, 1)";
    for (const lineage of ["{1}'; SET LOCAL role = 'postgres", "{1,a}", "1", "", "{1}; --"]) {
      expect(await codeOf(app.query(door, [lineage])), lineage).toBe("22023");
    }
  });
});

describe("after the transaction", () => {
  test.each(["COMMIT", "ROLLBACK"])("%s leaves neither role nor scope on the connection", async (end) => {
    const { top } = worlds[0] as World;
    await app.query("BEGIN");
    await app.query("SELECT app.enter('taizhang_actor', 'write', $1, $2, '{}', 1, 1)", [top, top + 1e10]);
    expect((await app.query("SELECT count(*)::int AS n FROM ledger.figures")).rows[0].n).toBeGreaterThan(100);
    await app.query(end);
    expect(await codeOf(app.query("SELECT count(*) FROM ledger.figures"))).toBe("42501");
    const left = await app.query(
      `SELECT current_user::text AS who, app.region_from() AS region, app.may_write() AS write`,
    );
    expect(left.rows).toEqual([{ who: "taizhang_app", region: null, write: false }]);
  });

  test("a hundred transactions of different scopes at once on two connections see their own rows only", async () => {
    const random = openRandom(seed + 1);
    const world = worlds[0] as World;
    const counts = Array.from({ length: 100 }, async () => {
      const { code } = random.pick(world.places);
      const fails = random.chance(0.2);
      const rows = await withActor(pools, actorAt(code), async (tx) => {
        if (fails) await tx.query(sql`SELECT 1 / 0`).catch(() => {});
        return fails
          ? []
          : (await tx.query<{ region: number }>(sql`SELECT region FROM ledger.one_offs`)).rows;
      }).catch(() => []);
      return { fails, code, rows: rows.map((row) => row.region) };
    });
    let seen = 0;
    for (const { fails, code, rows } of await Promise.all(counts)) {
      const wanted = fails ? [] : world.oneOffs.filter((row) => liesIn(code, row.region));
      expect(
        rows.toSorted((a, b) => a - b),
        `SEED=${seed} ${code}`,
      ).toEqual(wanted.map((row) => row.region).toSorted((a, b) => a - b));
      seen += rows.length;
    }
    expect(seen).toBeGreaterThan(50);
  });
});

describe(`reading (SEED=${seed})`, () => {
  const tables = {
    "ledger.figures": "figures",
    "ledger.sources": "sources",
    "ledger.corrections": "corrections",
    "ledger.one_offs": "oneOffs",
    "indicators.targets": "targets",
    "org.units": "units",
    "org.people": "people",
    "org.posts": "posts",
  } as const;

  test.each(Object.entries(tables))(
    "%s shows exactly the scope and the circulars to it",
    async (table, key) => {
      const random = openRandom(seed + 2);
      let [shown, hidden] = [0, 0];
      for (let i = 0; i < 30; i++) {
        const { code } = random.pick(random.pick(worlds).places);
        const line = lineOf(code);
        const all = worlds.flatMap(
          (world) => world[key] as readonly { region: number; audience?: number | null }[],
        );
        const wanted = all.filter(
          (row) =>
            liesIn(code, row.region) ||
            (table.startsWith("ledger.") && typeof row.audience === "number" && line.has(row.audience)),
        );
        const { rows } = await withActor(pools, actorAt(code, "taizhang_actor", "read"), (tx) =>
          tx.query<{ n: number }>({ text: `SELECT count(*) AS n FROM ${table}`, values: [], pieces: [] }),
        );
        expect(rows[0]?.n, `SEED=${seed} ${table} from ${code}`).toBe(wanted.length);
        shown += wanted.length;
        hidden += all.length - wanted.length;
      }
      expect(Math.min(shown, hidden)).toBeGreaterThan(20);
    },
  );

  test.each([
    ["taizhang_auditor", "audit.entries", "entries"],
    ["taizhang_admin", "auth.accounts", "accounts"],
    ["taizhang_admin", "org.people", "people"],
    ["taizhang_admin", "org.posts", "posts"],
  ] as const)("%s sees of %s what lies in the scope", async (door, table, key) => {
    const random = openRandom(seed + 3);
    let seen = 0;
    for (let i = 0; i < 80; i++) {
      const { code } = random.pick(random.pick(worlds).places);
      const all = worlds.flatMap((world) => world[key] as readonly { id: number; region: number }[]);
      const wanted = all.filter((row) => liesIn(code, row.region)).map((row) => row.id);
      const { rows } = await withActor(pools, actorAt(code, door), (tx) =>
        tx.query<{ id: number }>({ text: `SELECT id FROM ${table} ORDER BY id`, values: [], pieces: [] }),
      );
      expect(
        rows.map((row) => row.id),
        `SEED=${seed} ${table} from ${code}`,
      ).toEqual(wanted.toSorted((a, b) => a - b));
      seen += wanted.length;
    }
    expect(seen).toBeGreaterThan(20);
  });

  test("administrators and the auditor see no business data whatever their region", async () => {
    const { top } = worlds[0] as World;
    for (const door of ["taizhang_admin", "taizhang_auditor", "taizhang_gate", "taizhang_sealer"] as const) {
      for (const table of ["ledger.figures", "ledger.sources", "indicators.targets", "ledger.measures"]) {
        const read = withActor(pools, actorAt(top, door), (tx) =>
          tx.query({ text: `SELECT 1 FROM ${table}`, values: [], pieces: [] }),
        );
        expect(await codeOf(read), `${door} in ${table}`).toBe("42501");
      }
    }
    const entries = await withActor(pools, actorAt(top), (tx) =>
      tx.query(sql`SELECT 1 FROM audit.entries`),
    ).catch((error: { code: string }) => error.code);
    expect(entries).toBe("42501");
  });
});

describe("writing", () => {
  const copies: Readonly<Record<string, string>> = {
    "ledger.figures": `INSERT INTO ledger.figures (county, region, measure, subject, aspect, basis, period, value, source, recorded_by)
      VALUES ($1::bigint / 1000000, $1::bigint, 1, 'thing:x', 'value', 'ytd', '2016-01', 1, 1, 1)`,
    "ledger.sources": `INSERT INTO ledger.sources (county, region, kind, title, recorded_by, recorded_by_title)
      VALUES ($1::bigint / 1000000, $1::bigint, 'file', 'x', 1, 'x')`,
  };
  const inside = (): { own: number; other: number } => {
    const counties = (worlds[0] as World).places.filter((place) => place.level === "county");
    return { own: (counties[0] as { code: number }).code, other: (counties[1] as { code: number }).code };
  };

  test.each(["ledger.figures", "ledger.sources"])(
    "%s takes a row of the scope and refuses one outside",
    async (table) => {
      const { own, other } = inside();
      const write = (region: number, access: Actor["access"]): Promise<string> =>
        codeOf(
          withActor(pools, actorAt(own, "taizhang_actor", access), async (tx) => {
            await tx.query({ text: copies[table] as string, values: [region], pieces: [] });
            throw Object.assign(new Error("undo"), { code: "taken" });
          }),
        );
      expect(await write(own, "write")).toBe("taken");
      expect(await write(other, "write")).toBe("42501");
      expect(await write(own, "read"), "a reader writes nothing").toBe("42501");
    },
  );

  test("targets, one-offs and corrections outside the scope are refused too", async () => {
    const { own, other } = inside();
    const world = worlds[0] as World;
    const source = world.sources.find((row) => row.county === countyKey(other)) as { id: number };
    const [figure, second] = world.figures.filter(
      (row) => row.county === countyKey(other) && row.region === other,
    );
    const statements = [
      sql`INSERT INTO indicators.targets (county, region, measure, year, kind, value, stated, source, recorded_by)
        VALUES (${countyKey(other)}, ${other}, 1, 2017, 'value', 1, 'x', ${source.id}, 1)`,
      sql`INSERT INTO ledger.one_offs (county, region, measure, period, amount, stated, reason, source, recorded_by)
        VALUES (${countyKey(other)}, ${other}, 1, '2016-01', 1, 'x', 'x', ${source.id}, 1)`,
      sql`INSERT INTO ledger.corrections (county, region, superseded, replacement, reason, recorded_by)
        VALUES (${countyKey(other)}, ${other}, ${figure?.id}, ${second?.id}, 'why', 1)`,
    ];
    for (const statement of statements) {
      expect(await codeOf(withActor(pools, actorAt(own), (tx) => tx.query(statement))), statement.text).toBe(
        "42501",
      );
    }
  });

  test("what is recorded is never changed or deleted, by no door", async () => {
    const appendOnly = [
      "ledger.figures",
      "ledger.corrections",
      "ledger.sources",
      "ledger.one_offs",
      "indicators.targets",
      "audit.entries",
      "audit.seals",
    ];
    const doors = [
      "taizhang_actor",
      "taizhang_gate",
      "taizhang_admin",
      "taizhang_auditor",
      "taizhang_sealer",
    ] as const;
    const before = await Promise.all(
      appendOnly.map((table) => database.query(`SELECT count(*) FROM ${table}`)),
    );
    for (const door of doors) {
      for (const table of appendOnly) {
        const [column] = await database.query<{ name: string }>(
          "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1",
          [table],
        );
        for (const text of [
          `UPDATE ${table} SET ${column?.name} = ${column?.name}`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table} CASCADE`,
          `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
          `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
          `CREATE TRIGGER t BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
        ]) {
          const refused = withActor(pools, actorAt((worlds[0] as World).top, door), (tx) =>
            tx.query({ text, values: [], pieces: [] }),
          );
          expect(await codeOf(refused), `${door}: ${text}`).toBe("42501");
        }
      }
    }
    expect(
      await Promise.all(appendOnly.map((table) => database.query(`SELECT count(*) FROM ${table}`))),
    ).toEqual(before);
  });

  test("a post changes hands within the scope only, and nothing else of it changes", async () => {
    const { own, other } = inside();
    const change = (column: string): Promise<{ count: number }> =>
      withActor(pools, actorAt(own, "taizhang_admin"), (tx) =>
        tx.query({ text: `UPDATE org.posts SET ${column} WHERE region = ${other}`, values: [], pieces: [] }),
      );
    const { count } = await change("person = NULL");
    expect(count).toBe(0);
    for (const column of ["role = 'leader'", "region = region", "unit = unit"]) {
      expect(await codeOf(change(column)), column).toBe("42501");
    }
  });
});
