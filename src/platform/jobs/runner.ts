/** Background jobs in the database: enqueued with the transaction that causes them, run by whoever is a worker. */
import { Logger, parseCronItems, run } from "graphile-worker";
import pg from "pg";
import type { Connection } from "../db/connection.ts";

export type JobRunner = { stop(): Promise<void> };
export type Task = (payload: unknown) => Promise<void>;
export type JobOptions = {
  log: (line: string) => void;
  tasks: Readonly<Record<string, Task>>;
  /** what runs by the clock: minute hour day month weekday, in UTC */
  schedule: readonly { task: string; at: string }[];
};

/** Starts a worker on the queue. A lost database connection is waited out by the library. */
export async function runJobs(connection: Connection, options: JobOptions): Promise<JobRunner> {
  const pool = new pg.Pool({ ...connection, max: 3, application_name: "taizhang jobs" });
  const lost = (error: Error): void => options.log(`job queue connection lost: ${error.message}`);
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") options.log(`jobs: ${message}`);
    }),
    parsedCronItems: parseCronItems(options.schedule.map(({ task, at }) => ({ task, match: at }))),
    taskList: Object.fromEntries(
      Object.entries(options.tasks).map(([name, task]) => [name, (payload) => task(payload)]),
    ),
  });
  // stop() also rejects this promise's waiters; the runner's own log has told why by then
  runner.promise.catch(() => {});
  return {
    stop: async () => {
      await runner.stop().catch(() => {});
      await pool.end();
    },
  };
}
