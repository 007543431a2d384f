/** The machine, as far as it explains the figures. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import pg from "pg";

export async function describeMachine(connection: pg.ClientConfig): Promise<Record<string, string | number>> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query(
    "SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers, current_setting('synchronous_commit') AS sync, current_setting('fsync') AS fsync",
  );
  await client.end();
  return {
    processors: `${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, shared by PostgreSQL, the server and the load generator`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.versions.node,
    postgresql: `${rows[0].version}, shared_buffers ${rows[0].buffers}, synchronous_commit ${rows[0].sync}, fsync ${rows[0].fsync}`,
    load: loadNow(),
  };
}

/** Averages over 1, 5 and 15 minutes; above the number of processors others were at work, or we were. */
export function loadNow(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(" ");
}
