/** Brings a database to the schema of this version: numbered, one-way SQL files, each in a transaction of its own. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { runMigrations } from "graphile-worker";
import { derivedPassword, loginAs } from "./connection.ts";
import type { Connection } from "./connection.ts";

const folder = new URL("../../../db/migrations/", import.meta.url);
/** Any number, the same in all processes: holds off a second migration of the same database. */
const MIGRATION_LOCK = 7_214_981;

type Migration = { name: string; text: string; hash: string };

/**
 * Applies what is missing and sets the passwords of the logins.
 * @returns names of the migrations applied now
 * @throws Error when an applied migration was changed afterwards, or the database is newer than the program
 */
export async function migrateDatabase(admin: Connection): Promise<string[]> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    await requireVersion(client);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await applyMissing(client);
    for (const role of ["taizhang_app", "taizhang_jobs"])
      await setPassword(client, role, derivedPassword(role, admin));
    await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    await migrateJobQueue(loginAs("taizhang_jobs", admin));
    return applied;
  } finally {
    await client.end();
  }
}

/** Sets the passwords of the logins, which a restored backup or another administrator's password leaves behind. */
export async function ensureLogins(admin: Connection): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname IN ('taizhang_app', 'taizhang_jobs')",
    );
    for (const { name } of rows) await setPassword(client, name, derivedPassword(name, admin));
  } finally {
    await client.end();
  }
}

/** Names of migrations that the database lacks, without changing anything; all of them for an empty database. */
export async function listMissingMigrations(admin: Connection): Promise<string[]> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const known = await client.query("SELECT to_regclass('public.taizhang_migrations') IS NOT NULL AS there");
    const files = await readMigrations();
    if (!known.rows[0].there) return files.map((file) => file.name);
    const rows = await client.query<{ name: string }>("SELECT name FROM public.taizhang_migrations");
    const done = new Set(rows.rows.map((row) => row.name));
    return files.filter((file) => !done.has(file.name)).map((file) => file.name);
  } finally {
    await client.end();
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number");
  const major = Math.floor(rows[0].number / 10000);
  if (major < 15) throw new Error(`PostgreSQL ${major} is too old: 15 or newer is needed`);
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS public.taizhang_migrations (
    name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string; hash: string }>(
    "SELECT name, hash FROM public.taizhang_migrations",
  );
  const done = new Map(rows.map((row) => [row.name, row.hash]));
  const files = await readMigrations();
  for (const name of done.keys()) {
    if (!files.some((file) => file.name === name)) {
      throw new Error(
        `the database has migration ${name}, which this version of Taizhang does not know: use the newer version`,
      );
    }
  }
  const applied: string[] = [];
  for (const file of files) {
    const hash = done.get(file.name);
    if (hash === file.hash) continue;
    if (hash !== undefined)
      throw new Error(
        `migration ${file.name} was changed after it had been applied; write a new one instead`,
      );
    await applyOne(client, file);
    applied.push(file.name);
  }
  return applied;
}

async function applyOne(client: pg.Client, file: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(file.text);
    await client.query("INSERT INTO public.taizhang_migrations (name, hash) VALUES ($1, $2)", [
      file.name,
      file.hash,
    ]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`migration ${file.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{6}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), "utf8");
      return { name, text, hash: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

/** Several databases of one server share roles: two setting the same password at once collide harmlessly. */
async function setPassword(client: pg.Client, role: string, password: string): Promise<void> {
  // PASSWORD takes no parameter; both values are ours and hexadecimal, and are quoted all the same.
  const statement = `ALTER ROLE ${client.escapeIdentifier(role)} PASSWORD ${client.escapeLiteral(password)}`;
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      if (attempt >= 5 || !(error as Error).message.includes("concurrently updated")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

async function migrateJobQueue(jobs: Connection): Promise<void> {
  const pool = new pg.Pool({ ...jobs, max: 1 });
  // Failures of a query reach its caller; these are connections that end while idle.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
