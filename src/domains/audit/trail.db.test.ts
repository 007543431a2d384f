/** Sealing and verifying against a superuser who changes the trail, and against writers who write while it is sealed. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { chooseSeed, openRandom } from "../../../fixtures/permissions/random.ts";
import type { Random } from "../../../fixtures/permissions/random.ts";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor } from "../../platform/db/actor.ts";
import { openPools } from "../../platform/db/pool.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { readHeads, recordAudit, sealEntries, sealer, verifyTrail } from "./actions.ts";

const COUNTY = 140981000000;
const database = withTestDatabase();
const seed = chooseSeed();
let pools: Pools;
let folder: string;
let headsFile: string;

beforeAll(async () => {
  pools = openPools(database.app, { max: 24 });
  folder = await mkdtemp(join(tmpdir(), "taizhang-trail-"));
  headsFile = join(folder, "audit", "heads.log");
});
afterAll(async () => {
  await pools.end();
  await rm(folder, { recursive: true, force: true });
});

function writer(name: string): Actor {
  const scope = { region: COUNTY, regionFrom: COUNTY, regionTo: COUNTY + 1_000_000, lineage: [COUNTY] };
  const who = {
    username: name,
    account: 5,
    post: 7,
    postTitle: "统计局",
    role: "department",
    county: 140981,
  };
  return { ...sealer, ...scope, ...who, door: "taizhang_actor", address: "10.0.0.9", request: "req-1" };
}

class Undone extends Error {}

/** Writes entries, each in its own transaction; some are rolled back and leave gaps in the numbers. */
async function write(random: Random, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const undone = random.chance(0.25);
    await withActor(pools, writer(`user${random.below(3)}`), async (tx) => {
      await recordAudit(tx, {
        action: random.pick(["ledger.recordFigures", "ledger.correctFigure"]),
        object: `figure:${random.below(1000)}`,
        ...(random.chance(0.5) ? { before: { value: `${random.below(99)}.50`, note: "原\n文" } } : {}),
        after: { value: random.below(99), list: [1, null, "“引号”"] },
      });
      if (undone) throw new Undone();
    }).catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  }
}

const verify = async () => verifyTrail(pools, await readHeads(headsFile));

async function keepCopy(): Promise<void> {
  await database.query("CREATE TABLE public.kept_entries AS TABLE audit.entries");
  await database.query("CREATE TABLE public.kept_seals AS TABLE audit.seals");
}
async function bringBack(): Promise<void> {
  await database.query("DELETE FROM audit.entries");
  await database.query("DELETE FROM audit.seals");
  const columns =
    "county, id, region, at, account, username, post, post_title, action, object, before, after, address, request";
  await database.query(
    `INSERT INTO audit.entries (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM public.kept_entries`,
  );
  await database.query("INSERT INTO audit.seals SELECT * FROM public.kept_seals");
}

type Ids = { sealed: number[]; gaps: number[]; seals: number };
/** What one column can be changed to, given what it is; all allowed by the table's own constraints. */
const changes: Readonly<Record<string, string>> = {
  "county and region": "county = county + 1, region = region + 1000000",
  region: "region = region + 1000",
  at: "at = at + interval '1 microsecond'",
  account: "account = coalesce(account, 0) + 1",
  "account, to nobody": "account = NULL",
  username: "username = username || '2'",
  "username, to nobody": "username = NULL",
  post: "post = post + 1",
  post_title: "post_title = '另一岗位'",
  action: "action = action || 'x'",
  object: "object = object || '0'",
  before: `before = '{"value":"1"}'`,
  "after, one digit": `after = jsonb_set(after, '{value}', to_jsonb((after->>'value')::int + 1))`,
  "after, the same number written otherwise": `after = jsonb_set(after, '{value}', ((after->>'value') || '.0')::jsonb)`,
  "after, to nothing": "after = NULL",
  address: "address = '10.0.0.8'",
  request: "request = 'req-2'",
};

type Tampering = (random: Random, ids: Ids) => Promise<string>;
const COLUMNS =
  "region, at, account, username, post, post_title, action, object, before, after, address, request";

const tamperings: Readonly<Record<string, Tampering>> = {
  "one column of one entry": async (random, { sealed }) => {
    const [name, change] = random.pick(Object.entries(changes));
    const id = random.pick(sealed);
    await database.query(`UPDATE audit.entries SET ${change} WHERE id = ${id}`);
    return `${name} of entry ${id}`;
  },
  "an entry deleted": async (random, { sealed }) => {
    const id = random.pick(sealed);
    await database.query(`DELETE FROM audit.entries WHERE id = ${id}`);
    return `entry ${id}`;
  },
  "the end of the trail deleted, its seals kept": async (random, { sealed }) => {
    const from = sealed[sealed.length - random.between(1, 5)];
    await database.query(`DELETE FROM audit.entries WHERE id >= ${from}`);
    return `from entry ${from}`;
  },
  "the last seals deleted with their entries": async (random, { seals }) => {
    const number = random.between(1, seals);
    await database.query(
      `DELETE FROM audit.entries WHERE id >= (SELECT from_id FROM audit.seals WHERE number = ${number})`,
    );
    await database.query(`DELETE FROM audit.seals WHERE number >= ${number}`);
    return `from seal ${number}`;
  },
  "the last seal deleted and its entries kept": async (_random, { seals }) => {
    await database.query(`DELETE FROM audit.seals WHERE number = ${seals}`);
    return `seal ${seals}`;
  },
  "a forged entry in a gap of the numbers": async (random, { gaps }) => {
    const id = random.pick(gaps);
    await database.query(`INSERT INTO audit.entries (county, id, ${COLUMNS}) OVERRIDING SYSTEM VALUE
      SELECT county, ${id}, ${COLUMNS} FROM audit.entries ORDER BY id LIMIT 1`);
    return `entry ${id}`;
  },
  "an entry replaced by another": async (random, { sealed }) => {
    const [gone, copied] = random.shuffle(sealed);
    await database.query(`DELETE FROM audit.entries WHERE id = ${gone}`);
    await database.query(`INSERT INTO audit.entries (county, id, ${COLUMNS}) OVERRIDING SYSTEM VALUE
      SELECT county, ${gone}, ${COLUMNS} FROM audit.entries WHERE id = ${copied}`);
    return `entry ${gone} by ${copied}`;
  },
  "two entries swapped": async (random, { sealed }) => {
    const [a, b] = random.shuffle(sealed);
    await database.query(`CREATE TABLE public.pair AS SELECT * FROM audit.entries WHERE id IN (${a}, ${b})`);
    await database.query(`DELETE FROM audit.entries WHERE id IN (${a}, ${b})`);
    await database.query(`INSERT INTO audit.entries (county, id, ${COLUMNS}) OVERRIDING SYSTEM VALUE
      SELECT county, CASE id WHEN ${a} THEN ${b} ELSE ${a} END, ${COLUMNS} FROM public.pair`);
    await database.query("DROP TABLE public.pair");
    return `entries ${a} and ${b}`;
  },
  "an entry moved to another number": async (random, { sealed, gaps }) => {
    const [from, to] = [random.pick(sealed), random.pick(gaps)];
    await database.query(`INSERT INTO audit.entries (county, id, ${COLUMNS}) OVERRIDING SYSTEM VALUE
      SELECT county, ${to}, ${COLUMNS} FROM audit.entries WHERE id = ${from}`);
    await database.query(`DELETE FROM audit.entries WHERE id = ${from}`);
    return `entry ${from} to ${to}`;
  },
  "a seal changed": async (random, { seals }) => {
    const number = random.between(1, seals);
    const change = random.pick([
      "hash = repeat('a', 64)",
      "previous = repeat('b', 64)",
      "entries = entries + 1",
      "to_id = to_id + 1",
      "from_id = greatest(from_id - 1, 0)",
      "algorithm = CASE algorithm WHEN 'sm3' THEN 'sha256' ELSE 'sm3' END",
      "number = 9999",
    ]);
    await database.query(`UPDATE audit.seals SET ${change} WHERE number = ${number}`);
    return `seal ${number}: ${change}`;
  },
  "a seal deleted": async (random, { seals }) => {
    const number = random.between(1, seals);
    await database.query(`DELETE FROM audit.seals WHERE number = ${number}`);
    return `seal ${number}`;
  },
  "the trail rewritten and sealed again": async (random, { sealed }) => {
    const id = random.pick(sealed);
    await database.query(`UPDATE audit.entries SET object = 'nothing:0' WHERE id = ${id}`);
    await database.query("DELETE FROM audit.seals");
    await sealEntries(pools, { algorithm: "sm3", headsFile: join(folder, "forged", "heads.log") });
    // a forgery that only a head from outside convicts
    if (!(await verifyTrail(pools)).ok) throw new Error("the forged chain is not good in itself");
    return `entry ${id}`;
  },
  "everything deleted": async () => {
    await database.query("DELETE FROM audit.entries");
    await database.query("DELETE FROM audit.seals");
    return "all";
  },
};

describe(`a sealed trail (SEED=${seed})`, () => {
  let ids: Ids;
  beforeAll(async () => {
    const random = openRandom(seed);
    for (const algorithm of ["sha256", "sm3", "sm3", "sha256", "sm3"] as const) {
      await write(random, random.between(8, 14));
      await sealEntries(pools, { algorithm, headsFile });
    }
    await keepCopy();
    const rows = await database.query<{ id: string }>("SELECT id FROM audit.entries ORDER BY id");
    const sealed = rows.map((row) => Number(row.id));
    const known = new Set(sealed);
    const last = sealed.at(-1) as number;
    const gaps = Array.from({ length: last }, (_, i) => i + 1).filter((id) => !known.has(id));
    ids = { sealed, gaps, seals: 5 };
  });

  test("verifies: every entry lies under exactly one seal, and the heads are beside the database", async () => {
    expect(ids.gaps.length, "numbers that were rolled back").toBeGreaterThan(0);
    const result = await verify();
    expect(result).toEqual({ ok: true, seals: 5, entries: ids.sealed.length, unsealed: 0, problems: [] });
    const lines = (await readFile(headsFile, "utf8")).trim().split("\n");
    expect(lines.map((line) => line.replace(/ [0-9a-f]{64}$/, ""))).toEqual([
      "1 sha256",
      "2 sm3",
      "3 sm3",
      "4 sha256",
      "5 sm3",
    ]);
  });

  test("has nothing to seal twice, and verifies again after it was brought back", async () => {
    expect(await sealEntries(pools, { algorithm: "sm3", headsFile })).toBeUndefined();
    await bringBack();
    expect((await verify()).ok).toBe(true);
  });

  test.each(Object.keys(changes))("a change of %s is found", async (name) => {
    const id = openRandom(seed + 3).pick(ids.sealed);
    await database.query(`UPDATE audit.entries SET ${changes[name]} WHERE id = ${id}`);
    const result = await verify();
    await bringBack();
    expect(result.problems.map((problem) => problem.code)).toEqual(["ENTRIES_CHANGED"]);
  });

  test.each(Object.keys(tamperings))("%s: found wherever it happens", async (name) => {
    const random = openRandom(seed + name.length);
    for (let i = 0; i < 8; i++) {
      const what = await (tamperings[name] as Tampering)(random, ids);
      const result = await verify();
      expect(result.ok, `SEED=${seed} ${name}: ${what}`).toBe(false);
      expect(result.problems.length).toBeGreaterThan(0);
      await bringBack();
    }
    expect((await verify()).ok).toBe(true);
  });

  test("a seal cut out of the middle with its entries is found though no head is known", async () => {
    for (const number of [1, 2, 3, 4]) {
      await database.query(
        `DELETE FROM audit.entries e USING audit.seals s WHERE s.number = ${number} AND e.id BETWEEN s.from_id AND s.to_id`,
      );
      await database.query(`DELETE FROM audit.seals WHERE number = ${number}`);
      const { problems } = await verifyTrail(pools);
      await bringBack();
      expect(problems.map((problem) => [problem.seal, problem.code])).toEqual([
        [number, "SEAL_MISSING"],
        [number + 1, "SEAL_NOT_LINKED"],
        [number + 1, "SEAL_NOT_LINKED"],
      ]);
    }
  });

  test("what was not sealed yet is counted and told apart", async () => {
    await write(openRandom(seed + 5), 4);
    const [row] = await database.query<{ n: string }>("SELECT count(*) AS n FROM audit.entries");
    expect((await verify()).unsealed).toBe(Number(row?.n) - ids.sealed.length);
    await bringBack();
  });
});

describe("sealing while others write", () => {
  test("twenty writers and two sealers: no seal fails, no entry is left out, none lies under two", async () => {
    await database.query("DELETE FROM audit.entries");
    await database.query("DELETE FROM audit.seals");
    const heads = join(folder, "busy", "heads.log");
    const random = openRandom(seed + 7);
    const state = { writing: true };
    let sealed = 0;
    const failures: unknown[] = [];
    const sealing = async (algorithm: "sha256" | "sm3"): Promise<void> => {
      while (state.writing) {
        await sealEntries(pools, { algorithm, headsFile: heads }).then(
          (seal) => {
            if (seal) sealed++;
          },
          (error: unknown) => failures.push(error),
        );
      }
    };
    const sealers = [sealing("sm3"), sealing("sha256")];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => write(openRandom(seed + 10 + i), random.between(15, 25))),
    );
    state.writing = false;
    await Promise.all(sealers);
    await sealEntries(pools, { algorithm: "sm3", headsFile: heads });

    expect(failures).toEqual([]);
    expect(sealed).toBeGreaterThan(3);
    const result = await verifyTrail(pools, await readHeads(heads));
    expect(result.problems, `SEED=${seed}`).toEqual([]);
    const [row] = await database.query<{ n: string; out: string }>(`
      SELECT count(*) AS n, count(*) FILTER (WHERE (SELECT count(*) FROM audit.seals s WHERE e.id BETWEEN s.from_id AND s.to_id) <> 1) AS out
      FROM audit.entries e`);
    expect(row?.out).toBe("0");
    expect(result.entries).toBe(Number(row?.n));
    expect(result.unsealed).toBe(0);
  });

  test("an entry that is being written holds the seal up, and is not passed over", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let written = (): void => {};
    const ready = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow = withActor(pools, writer("slow"), async (tx) => {
      await recordAudit(tx, { action: "x.slow", object: "x:1" });
      written();
      await held;
    });
    await ready;
    await withActor(pools, writer("fast"), (tx) => recordAudit(tx, { action: "x.fast", object: "x:2" }));
    const options = { algorithm: "sm3" as const, headsFile: join(folder, "busy", "heads.log") };
    // gives up after a second rather than hold up everybody who writes
    await expect(sealEntries(pools, options)).rejects.toMatchObject({ code: "55P03" });
    release();
    await slow;
    const seal = await sealEntries(pools, options);
    expect(seal?.entries).toBe(2);
    expect((await verifyTrail(pools, await readHeads(options.headsFile))).ok).toBe(true);
  });
});
