/** Reading under load with the big ledger and a region scope, each answer checked, beside the same statements alone. */
import pg from "pg";
import { makeSystemActor } from "../src/domains/auth/index.ts";
import { readIndicator } from "../src/domains/indicators/actions/read-indicator.ts";
import { readOverview } from "../src/domains/indicators/actions/read-overview.ts";
import { FigureQuery } from "../src/domains/ledger/contract.ts";
import { readFigurePage } from "../src/domains/ledger/actions/read-figures.ts";
import { loginAs } from "../src/platform/db/connection.ts";
import type { Connection } from "../src/platform/db/connection.ts";
import { openPools } from "../src/platform/db/pool.ts";
import type { Pools } from "../src/platform/db/pool.ts";
import { attachCluster } from "../src/platform/postgres/index.ts";
import type { Transaction } from "./bare-sql.ts";
import { runChild } from "./child.ts";
import type { LoadRequest, LoadResult } from "./generator.ts";
import { median } from "./latencies.ts";
import type { Latencies } from "./latencies.ts";
import { cpuMs, residentMb, signIn, startProgram } from "./program.ts";
import type { Program, SignedIn } from "./program.ts";
import {
  indicatorQuestions,
  listPlaces,
  nextPages,
  overviewQuestions,
  pageQuestions,
  plainPage,
} from "./questions.ts";
import { recordTransaction } from "./recorded-statements.ts";
import type { Finding, Report } from "./report.ts";

const YUANPING = 140981000000;
const ECONOMY_MEASURES = 8;

export type ReadingOptions = { connections: number; seconds: number; runs: number; figures: number };

type Ground = {
  program: Program;
  admin: Connection;
  client: pg.Client;
  pools: Pools;
  options: ReadingOptions;
  report: Report;
  dataDir: string;
};

export async function measureReading(
  dataDir: string,
  options: ReadingOptions,
  report: Report,
  nodeArgs: string[] = [],
): Promise<void> {
  const program = await startProgram(dataDir, nodeArgs);
  const cluster = await attachCluster({ dataDir });
  const admin = { ...cluster.connection, database: "taizhang" };
  const client = new pg.Client(admin);
  await client.connect();
  const pools = openPools(loginAs("taizhang_app", admin));
  const ground: Ground = { program, admin, client, pools, options, report, dataDir };
  try {
    await measurePages(ground, "leader", "county");
    await measurePages(ground, "xinzhou", "prefecture of 15 counties");
    await measurePages(ground, "township", "township");
    await measurePages(ground, "village", "village");
    await measureOverviews(ground);
    const mb = await residentMb(program.pid);
    report.add({
      part: "Memory",
      what: "server after reading under load",
      value: mb,
      unit: "MB",
      aim: { most: 250 },
    });
  } finally {
    await pools.end();
    await client.end();
    await program.stop();
  }
}

async function measurePages(ground: Ground, username: string, level: string): Promise<void> {
  const { program, client, options, report } = ground;
  const session = await signIn(program, ground.dataDir, username);
  const places = await listPlaces(client, session.region % 1_000_000 === 0 ? YUANPING : session.region);
  const kinds = pageQuestions(session.region, places);
  const get = (path: string): Promise<string> => getText(ground, session, path);
  const first = kinds["measure and years, newest first"] as LoadRequest[];
  const second = await nextPages(first, get);
  if (session.region % 1000 === 0) kinds["measure and years, second page"] = second;
  for (const questions of Object.values(kinds)) await comparePlain(ground, session, questions.slice(0, 3));
  const mix = interleave(Object.values(kinds));
  const actor = makeSystemActor("taizhang_actor", session.region);
  const bare = (path: string): Promise<Transaction> =>
    recordTransaction(() => readFigurePage(ground.pools, { ...actor, access: "read" }, queryOf(path)));
  const isMain = level === "county";
  await addFindings(
    ground,
    session,
    { requests: mix, bareOf: bare },
    {
      part: `Page of 50 of ${options.figures.toLocaleString("en")} figures, ${options.connections} connections`,
      what: `scope ${level}: mix of all below`,
      aims: { p95: 20, perSecond: 1000 },
    },
  );
  if (!isMain && level !== "prefecture of 15 counties") return;
  for (const [name, questions] of Object.entries(kinds)) {
    const result = await runChild<LoadResult>(
      "generator.ts",
      planOf(ground, session, questions, Math.min(3, options.seconds)),
    );
    requireRight(result);
    report.add({
      part: partOf(options),
      what: `  ${name}`,
      value: result.perSecond,
      unit: "requests/s",
      note: times(result),
    });
  }
}

const partOf = (options: ReadingOptions): string =>
  `Page of 50 of ${options.figures.toLocaleString("en")} figures, ${options.connections} connections`;

function queryOf(path: string): FigureQuery {
  return FigureQuery.parse(Object.fromEntries(new URL(path, "http://bench").searchParams));
}

/** The server's page is the page that the plainest statement gives. */
async function comparePlain(
  ground: Ground,
  session: SignedIn,
  questions: readonly LoadRequest[],
): Promise<void> {
  for (const { path } of questions) {
    if (path.includes("cursor=")) continue;
    const answer = JSON.parse(await getText(ground, session, path)) as { items: { id: number }[] };
    const expected = await plainPage(ground.client, path, session.region);
    if (expected.length === 0) throw new Error(`${path}: nothing to compare`);
    if (JSON.stringify(answer.items.map((item) => item.id)) !== JSON.stringify(expected))
      throw new Error(`${path}: not the page of the plain statement`);
  }
}

async function getText({ program }: Ground, session: SignedIn, path: string): Promise<string> {
  const response = await fetch(program.url + path, { headers: { cookie: session.cookie } });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body.slice(0, 300)}`);
  return body;
}

function interleave(lists: readonly LoadRequest[][]): LoadRequest[] {
  if (lists.some((list) => list.length === 0))
    throw new Error("a kind of question has none: the measurement would be of nothing");
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) =>
    lists.map((list) => list[i % list.length] as LoadRequest),
  ).flat();
}

function planOf(
  { program, options }: Ground,
  session: SignedIn,
  requests: LoadRequest[],
  seconds = options.seconds,
) {
  return {
    port: program.port,
    cookie: session.cookie,
    connections: options.connections,
    warmUpSeconds: 1,
    seconds,
    requests,
  };
}

function requireRight(result: LoadResult): void {
  if (result.wrong > 0) throw new Error(`${result.wrong} wrong answers, the first: ${result.firstWrong}`);
  if (result.requests === 0) throw new Error("no answer came in time");
}

const times = (result: Latencies): string =>
  `p50 ${result.p50.toFixed(1)} p95 ${result.p95.toFixed(1)} p99 ${result.p99.toFixed(1)} ms`;

/** requests of the server, and the same as statements */
type Asked = { requests: LoadRequest[]; bareOf: (path: string) => Promise<Transaction> };
type Told = { part: string; what: string; aims: { p95?: number; perSecond?: number } };

/** Runs the server and its statements alone in turn, several times; tells the medians. */
async function addFindings(ground: Ground, session: SignedIn, asked: Asked, told: Told): Promise<void> {
  const { requests, bareOf } = asked;
  const { options, report } = ground;
  const transactions: Transaction[] = [];
  for (const { path } of requests.slice(0, 100)) transactions.push(await bareOf(path));
  const plan = planOf(ground, session, requests);
  const connection = loginAs("taizhang_app", ground.admin);
  const served: LoadResult[] = [];
  const bare: Latencies[] = [];
  let serverCpu = 0;
  for (let run = 0; run < options.runs; run++) {
    const before = await cpuMs(ground.program.pid);
    const result = await runChild<LoadResult>("generator.ts", plan);
    serverCpu += (await cpuMs(ground.program.pid)) - before;
    requireRight(result);
    served.push(result);
    bare.push(
      await runChild<Latencies>("bare-sql.ts", {
        connection,
        connections: options.connections,
        warmUpSeconds: 1,
        seconds: options.seconds,
        transactions,
      }),
    );
  }
  const of = (list: readonly Latencies[], key: keyof Latencies): number =>
    median(list.map((one) => one[key]));
  const share = options.seconds / (options.seconds + 1);
  const requestCpu = (serverCpu * share) / served.reduce((sum, one) => sum + one.requests, 0);
  const { part, what, aims } = told;
  const rate: Finding = {
    part,
    what,
    value: of(served, "perSecond"),
    unit: "requests/s",
    peer: { what: "bare SQL", value: of(bare, "perSecond") },
  };
  report.add({
    ...rate,
    ...(aims.perSecond === undefined ? {} : { aim: { least: aims.perSecond } }),
    note: `server processor ${requestCpu.toFixed(2)} ms each`,
  });
  const late: Finding = {
    part,
    what: `${what}, p95`,
    value: of(served, "p95"),
    unit: "ms",
    peer: { what: "bare SQL", value: of(bare, "p95") },
  };
  report.add({
    ...late,
    ...(aims.p95 === undefined ? {} : { aim: { most: aims.p95 } }),
    note: `p50 ${of(served, "p50").toFixed(1)}, p99 ${of(served, "p99").toFixed(1)} ms`,
  });
}

async function measureOverviews(ground: Ground): Promise<void> {
  const { program, client, options, dataDir } = ground;
  const session = await signIn(program, dataDir, "leader");
  const places = await listPlaces(client, session.region);
  const regions = [session.region, ...places.townships, ...places.villages];
  const part = `Overview and indicator, ${options.figures.toLocaleString("en")} figures, ${options.connections} connections`;
  const actor = { ...makeSystemActor("taizhang_actor", session.region), access: "read" as const };
  const ask = (path: string) => {
    const url = new URL(path, "http://bench");
    const question = {
      region: Number(url.searchParams.get("region")),
      period: url.searchParams.get("period") ?? undefined,
    };
    const measure = url.pathname.split("/")[4];
    return recordTransaction(() =>
      measure === undefined
        ? readOverview(ground.pools, actor, question)
        : readIndicator(ground.pools, actor, measure, question),
    );
  };
  /** what the server sends when it has kept the answer */
  const askAgain = async (path: string): Promise<Transaction> => {
    await ask(path);
    await getText(ground, session, path);
    return ask(path);
  };
  const months = [
    "2016-07",
    "2016-06",
    "2016-05",
    "2016-04",
    "2016-03",
    "2016-02",
    "2015-12",
    "2015-11",
    "2015-10",
    "2015-09",
  ];
  const townships = [session.region, ...places.townships];
  const warm = overviewQuestions(townships, ["2016-07"], ECONOMY_MEASURES);
  await addFindings(
    ground,
    session,
    { requests: warm, bareOf: askAgain },
    {
      part,
      what: "overview, warm (asked before, ledger unchanged)",
      aims: { p95: 25 },
    },
  );
  // More questions than answers are kept, so that each is computed anew however often the list is gone through.
  const cold = overviewQuestions(regions, months, ECONOMY_MEASURES);
  await addFindings(
    ground,
    session,
    { requests: cold, bareOf: ask },
    {
      part,
      what: "overview, cold (computed for each request)",
      aims: { p95: 25 },
    },
  );
  const own = [session.region];
  await measureOwnCold(ground, session, overviewQuestions(own, ["2016-07"], ECONOMY_MEASURES), part);
  const warmOnes = indicatorQuestions(townships, ["2016-07"]);
  await addFindings(
    ground,
    session,
    { requests: warmOnes, bareOf: askAgain },
    {
      part,
      what: "one indicator, warm",
      aims: {},
    },
  );
  await addFindings(
    ground,
    session,
    { requests: indicatorQuestions(regions, months), bareOf: ask },
    {
      part,
      what: "one indicator, cold",
      aims: {},
    },
  );
}

/** The county's own overview, ranked among fifteen, when its ledger has just changed: the dearest there is. */
async function measureOwnCold(
  ground: Ground,
  session: SignedIn,
  [question]: LoadRequest[],
  part: string,
): Promise<void> {
  const taken: number[] = [];
  for (let i = 0; i < 20; i++) {
    await ground.client.query("UPDATE ledger.versions SET version = version + 1 WHERE county = $1", [
      YUANPING / 1_000_000,
    ]);
    const started = performance.now();
    await getText(ground, session, (question as LoadRequest).path);
    taken.push(performance.now() - started);
  }
  ground.report.add({
    part,
    what: "the county's overview just after its ledger changed, alone",
    value: median(taken),
    unit: "ms",
    aim: { most: 25 },
  });
}
