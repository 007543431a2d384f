/** What every command needs: the database, open and migrated, and the connections to it. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../platform/config.ts";
import { asAdministrator, ensureDatabase } from "../platform/db/admin.ts";
import { loginAs } from "../platform/db/connection.ts";
import type { Connection } from "../platform/db/connection.ts";
import { ensureLogins, listMissingMigrations, migrateDatabase } from "../platform/db/migrate.ts";
import { openPools } from "../platform/db/pool.ts";
import type { Pools } from "../platform/db/pool.ts";
import { sql } from "../platform/db/sql.ts";
import { openCluster, openOrAttachCluster } from "../platform/postgres/index.ts";
import type { Cluster } from "../platform/postgres/index.ts";

export type Installation = { county: number; mode: "demo" | "production"; pack: string | null };

export type Application = {
  config: Config;
  admin: Connection;
  pools: Pools;
  cluster: Cluster | undefined;
  headsFile: string;
  /** undefined while the database is empty */
  installation(): Promise<Installation | undefined>;
  close(): Promise<void>;
};

export const emptyDatabase =
  "this database is empty: install a county with `taizhang init --county <code>`, or try the demonstration with `npm start`";

export type OpenApplication = {
  log: (line: string) => void;
  /** own: this process runs the server and nobody else may; attach: use the running one, or start it for this command */
  cluster: "own" | "attach";
  /** migrate: bring the schema up to date; refuse: stop with a message when it is not; ignore: for migrate and doctor */
  schema: "migrate" | "refuse" | "ignore";
};

export async function openApplication(config: Config, options: OpenApplication): Promise<Application> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const cluster = config.database ? undefined : await openServer(config, options);
  try {
    const admin = config.database ?? (await ensureDatabase((cluster as Cluster).connection, "taizhang"));
    if (options.schema === "migrate") {
      const applied = await migrateDatabase(admin);
      if (applied.length > 0) options.log(`database: ${applied.length} migrations applied`);
    } else if (options.schema === "refuse") {
      const missing = await listMissingMigrations(admin);
      if (missing.some((name) => name.startsWith("000001_"))) throw new Error(emptyDatabase);
      if (missing.length > 0)
        throw new Error(`the database lacks ${missing.length} migrations: run taizhang migrate`);
    }
    if (options.schema !== "migrate" && cluster?.owned !== false) await ensureLogins(admin);
    const pools = openPools(loginAs("taizhang_app", admin), {
      max: config.poolSize,
      onError: (error) => options.log(`database connection lost: ${error.message}`),
    });
    return {
      config,
      admin,
      pools,
      cluster,
      headsFile: join(config.dataDir, "audit", "heads.log"),
      installation: () => readInstallation(admin),
      close: async () => {
        await pools.end();
        await cluster?.stop();
      },
    };
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
}

function openServer(config: Config, options: OpenApplication): Promise<Cluster> {
  const open = { dataDir: config.dataDir, log: options.log };
  return options.cluster === "own" ? openCluster(open) : openOrAttachCluster(open);
}

async function readInstallation(admin: Connection): Promise<Installation | undefined> {
  return asAdministrator(admin, async (tx) => {
    const { rows } = await tx.query<{ county: string; mode: "demo" | "production"; pack: string | null }>(
      sql`SELECT county, mode, pack FROM org.installation`,
    );
    const row = rows[0];
    return row && { ...row, county: Number(row.county) };
  });
}
