/**
 * Generated permission tests: random provinces, random posts, every route of the program, and for every answer the
 * question whether anything from outside the post's scope is in it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../fixtures/database.ts";
import type { Exercises } from "../../fixtures/permissions/exercise.ts";
import { indicatorRoutes } from "../../fixtures/permissions/indicator-routes.ts";
import {
  continueNumbering,
  HOME,
  insertShared,
  insertWorld,
} from "../../fixtures/permissions/insert-world.ts";
import { clueRoutes } from "../../fixtures/permissions/clue-routes.ts";
import { lookbackRoutes } from "../../fixtures/permissions/lookback-routes.ts";
import { reliefRegistryRoutes } from "../../fixtures/permissions/relief-registry-routes.ts";
import { insertRelief } from "../../fixtures/permissions/relief-rows.ts";
import { returnFormRoutes } from "../../fixtures/permissions/return-form-routes.ts";
import { returnBoardRoutes } from "../../fixtures/permissions/return-board-routes.ts";
import { returnWorkbookRoutes } from "../../fixtures/permissions/return-workbook-routes.ts";
import { returnRoutes } from "../../fixtures/permissions/return-routes.ts";
import { insertReturns } from "../../fixtures/permissions/returns-rows.ts";
import { ledgerRoutes } from "../../fixtures/permissions/ledger-routes.ts";
import { organisationRoutes } from "../../fixtures/permissions/organisation-routes.ts";
import { proofingRoutes } from "../../fixtures/permissions/proofing-routes.ts";
import { chooseSeed, openRandom } from "../../fixtures/permissions/random.ts";
import { startRun } from "../../fixtures/permissions/run.ts";
import type { Stage, Tally } from "../../fixtures/permissions/run.ts";
import { PASSWORD, sessionRoutes } from "../../fixtures/permissions/session-routes.ts";
import { openNumbering } from "../../fixtures/permissions/world-rows.ts";
import { makeMeasures, makeWorld } from "../../fixtures/permissions/world.ts";
import type { World } from "../../fixtures/permissions/world-rows.ts";
import { listRoutes } from "../../fixtures/list-routes.ts";
import { openTestServer } from "../../fixtures/test-server.ts";
import type { TestServer } from "../../fixtures/test-server.ts";
import { readKeyring } from "../platform/sealing/keyring.ts";
import { openSealer } from "../platform/sealing/sealer.ts";
import { hashPassword } from "../domains/auth/index.ts";

/** Every route that a person or a program can ask for business data, and what the test does with it. */
const exercises: Exercises = {
  ...ledgerRoutes,
  ...indicatorRoutes,
  ...proofingRoutes,
  ...reliefRegistryRoutes,
  ...lookbackRoutes,
  ...clueRoutes,
  ...returnFormRoutes,
  ...returnRoutes,
  ...returnBoardRoutes,
  ...returnWorkbookRoutes,
  ...organisationRoutes,
  ...sessionRoutes,
};

/** Routes that hold nothing of anybody: the description of the API, health, metrics, the demonstration's sign-ins. */
const open = [
  /^GET \/api\/docs(\*|\/.*)?$/,
  /^GET \/api\/v1\/openapi\.json$/,
  /^GET \/api\/v1\/demo$/,
  /^GET \/health\/(live|ready)$/,
  /^GET \/metrics$/,
  /^GET \/(assets\/[\w.-]+|mark\.svg|index\.html(\.gz|\.br)?)?$/,
];

const seed = chooseSeed();
const PROVINCES = ["11", "13", "14", "15", "21", "22", "31", "32", "41", "51", "61", "71"];

const database = withTestDatabase();
const worlds: { world: World; seed: number }[] = [];
const tally: Tally = new Map();
let server: TestServer;
let stage: Stage;

beforeAll(async () => {
  const numbering = openNumbering();
  const measures = makeMeasures(openRandom(seed));
  const passwordHash = await hashPassword(PASSWORD);
  await insertShared(database, measures);
  for (const [i, province] of PROVINCES.entries()) {
    const world = makeWorld(openRandom(seed + i), province, { measures, numbering, passwordHash });
    await insertWorld(database, world);
    worlds.push({ world, seed: seed + i });
  }
  await database.query("ANALYZE");
  const allCodes = new Set(worlds.flatMap(({ world }) => world.places.map((place) => place.code)));
  server = await openTestServer(database, { county: HOME });
  const sealer = openSealer(await readKeyring(server.application.config.dataDir));
  for (const { world } of worlds) await insertRelief(database, world.relief, sealer);
  for (const { world } of worlds) await insertReturns(database, world.returns);
  await continueNumbering(database);
  stage = { app: server.app, database, numbering, allCodes, tally };
});
afterAll(() => server.close());

describe("every route of the server", () => {
  test("is exercised here, or holds nothing of anybody", () => {
    const routes = listRoutes(server.app);
    expect(routes.length).toBeGreaterThan(40);
    const known = (route: string): boolean =>
      route in exercises || open.some((pattern) => pattern.test(route));
    expect(routes.filter((route) => !known(route))).toEqual([]);
    expect(Object.keys(exercises).filter((route) => !routes.includes(route))).toEqual([]);
  });
});

describe(`in random provinces (SEED=${seed} repeats this run)`, () => {
  test.each(PROVINCES.map((province, i) => [province, i] as const))(
    "province %s: nothing from outside the scope, all from inside",
    async (_province, i) => {
      const { world, seed: worldSeed } = worlds[i] as { world: World; seed: number };
      const random = openRandom(worldSeed ^ 0x5eed);
      const runs = Object.entries(exercises).flatMap(([route, { times = 1 }]) =>
        Array<string>(times).fill(route),
      );
      for (const route of random.shuffle(runs)) {
        const exercise = exercises[route];
        if (exercise === undefined) continue;
        const run = await startRun(stage, { route, world, random, needs: exercise.needs });
        try {
          await exercise.run(run);
        } catch (error) {
          const { post, region, via, access } = run.acting;
          const who = `${post.role} of ${region} (${via}, ${access})`;
          (error as Error).message = `SEED=${seed}, ${route} as ${who}: ${(error as Error).message}`;
          throw error;
        }
      }
      expect(runs.length).toBeGreaterThan(20);
    },
    120_000,
  );

  test("there were enough runs, and none of them proved nothing", () => {
    const all = [...tally.entries()];
    const runs = all.reduce((sum, [, counts]) => sum + counts.runs, 0);
    expect(runs).toBeGreaterThanOrEqual(200);
    const empty = all.filter(([, counts]) => counts.rows + counts.wrote === 0);
    expect(
      empty.map(([route]) => route),
      `SEED=${seed}: routes that never answered with anything`,
    ).toEqual([]);
    const sum = (what: "hidden" | "refused" | "wrote"): number =>
      all.reduce((total, [, counts]) => total + counts[what], 0);
    // how often something outside the scope was asked for, a post had no such right, something was written
    for (const what of ["hidden", "refused", "wrote"] as const) expect(sum(what), what).toBeGreaterThan(100);
  });
});
