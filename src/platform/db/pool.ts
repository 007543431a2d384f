/** Connections of the application: a pipelined pool for short work and a small plain one for COPY. */
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { Writable } from "node:stream";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Connection } from "./connection.ts";
import type { Sql } from "./sql.ts";

export type Row = Record<string, unknown>;
export type Result<T> = { rows: T[]; count: number };

export type Lease = {
  raw(text: string): Promise<unknown>;
  /** role, access, region range, lineage, post, account, own unit: the arguments of app.enter */
  enter(scope: readonly unknown[]): Promise<unknown>;
  query: <T extends Row>(statement: Sql) => Promise<Result<T>>;
  copyFrom: (target: string, rows: AsyncIterable<Uint8Array | string>) => Promise<void>;
  setTimeout(milliseconds: number): Promise<unknown>;
  release(broken?: unknown): void;
};

export type Pools = {
  lease(copy: boolean): Promise<Lease>;
  /** answers only when the database answers, within the time given */
  ping(milliseconds: number): Promise<void>;
  stats(): { total: number; idle: number; waiting: number };
  end(): Promise<void>;
};

const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") => {
    // bigint: ids and region codes stay far below 2^53; timestamps stay text in ISO form
    if (oid === 20) return Number;
    if (oid === 1016)
      return (text: string) => (text === "{}" ? [] : text.slice(1, -1).split(",").map(Number));
    if (oid === 1184) return isoTime;
    return pg.types.getTypeParser(oid, format);
  },
};

/** "2016-08-01 09:30:00.25+00", as a session in UTC writes it, to ISO 8601 with milliseconds. */
function isoTime(text: string): string {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(text)) return new Date(text).toISOString();
  const milliseconds = text.slice(20, -3).padEnd(3, "0").slice(0, 3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}

/** Statement names by text: the server keeps a prepared statement for each text on each connection. */
const names = new Map<string, string>();
function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  // A query built from optional parts has a bounded number of texts; past this bound it goes unnamed.
  if (names.size >= 500) return undefined;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

export function openPools(
  connection: Connection,
  options: { max?: number; onError?: (error: Error) => void } = {},
): Pools {
  const base = {
    ...connection,
    types: types as never,
    application_name: "taizhang",
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  };
  const short = new pg.Pool({ ...base, max: options.max ?? 10, pipeline: true });
  const bulk = new pg.Pool({ ...base, max: 2 });
  for (const pool of [short, bulk]) {
    pool.on("error", (error) => options.onError?.(error));
    // A connection that is being closed belongs to no pool any more: the server's last word must not end the program.
    pool.on("connect", (client) => client.on("error", () => {}));
  }
  return {
    lease: async (copy) => makeLease(await (copy ? bulk : short).connect()),
    ping: (milliseconds) => ping(short, milliseconds),
    stats: () => ({ total: short.totalCount, idle: short.idleCount, waiting: short.waitingCount }),
    end: async () => {
      await Promise.all([short.end(), bulk.end()]);
    },
  };
}

async function ping(pool: pg.Pool, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([pool.query("SELECT 1"), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What is sent in one turn of the event loop leaves in one piece: BEGIN, the entry and the first statement wake the
 * server once and not three times. Half of a short request's processor time went into such calls.
 */
function makeGather(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    stream.cork();
    process.nextTick(() => {
      isGathering = false;
      stream.uncork();
    });
  };
}

function makeLease(client: pg.PoolClient): Lease {
  // A connection that dies between two statements is reported by the statement that fails next.
  const ignore = (): void => {};
  client.on("error", ignore);
  const gather = makeGather(client);
  return {
    raw: (text) => {
      gather();
      return client.query(text);
    },
    enter: (scope) => {
      gather();
      return client.query({
        name: "enter",
        text: "SELECT app.enter($1, $2, $3, $4, $5, $6, $7, $8)",
        values: [...scope],
      });
    },
    query: async <T extends Row>(statement: Sql) => {
      gather();
      const result = await client.query<T>({
        name: statementName(statement.text),
        text: statement.text,
        values: [...statement.values],
      });
      return { rows: result.rows, count: result.rowCount ?? 0 };
    },
    copyFrom: async (target, rows) => {
      const into = client.query(copyFrom(`COPY ${target} FROM STDIN`));
      await pipeline(Readable.from(rows), into);
    },
    setTimeout: (milliseconds) => client.query(`SET LOCAL statement_timeout = ${Math.trunc(milliseconds)}`),
    release: (broken) => {
      client.off("error", ignore);
      client.release(broken === undefined ? undefined : true);
    },
  };
}
