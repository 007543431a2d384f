// A program that owns a cluster, for tests that kill it. Run: node crash.fixture.ts MODE DATA_DIRECTORY [FIRST_ID]
//   write  writes rows one after another and prints each id when its commit is acknowledged, for ever
//   once   opens, asks one question, stops
//   leave  opens and comes to its end without stopping anything
import { writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Connection, isClusterError, openCluster } from "./index.ts";

const [mode = "", dataDir = "", firstId = "1"] = process.argv.slice(2);

// Straight to the descriptor: what was told before the kill must have left the process.
const tell = (...words: (string | number)[]) => writeSync(1, `${words.join(" ")}\n`);

const cluster = await openCluster({
  dataDir,
  log: (message) => tell("log", message.replaceAll("\n", " | ")),
}).catch((error: unknown) => {
  if (!isClusterError(error)) throw error;
  tell("refused", error.code, error.message);
  process.exit(2);
});
cluster.onState((state) => tell("state", state));
tell("open", cluster.pid, cluster.adoptedOrphan ? "adopted" : "fresh");

if (mode === "once") {
  const client = await connect(cluster.connection);
  await client.query("select 1");
  await client.end();
  await cluster.stop();
}
if (mode === "write") await writeRows(cluster.connection, Number(firstId));

async function writeRows(connection: Connection, from: number): Promise<void> {
  for (let id = from; ; ) {
    try {
      const client = await connect(connection);
      await client.query("create table if not exists written (id bigint primary key, words text not null)");
      for (; ; id++) {
        await client.query("insert into written values ($1, $2)", [id, `row ${id} `.repeat(40)]);
        tell("ack", id);
      }
    } catch {
      // The row in flight may or may not be there: neither is a loss. The next gets a number of its own.
      id++;
      await delay(20);
    }
  }
}

async function connect(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  return client;
}
