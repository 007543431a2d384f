/** The administrator's connection, for installing and loading packs: tables that no actor may write. */
import pg from "pg";
import type { Connection } from "./connection.ts";
import type { Result, Row } from "./pool.ts";
import type { Sql } from "./sql.ts";

export type AdminTx = { query<T extends Row>(statement: Sql): Promise<Result<T>> };

/** One transaction as the owner of the schema; row-level security does not apply, so nothing of a request comes here. */
export async function asAdministrator<T>(admin: Connection, work: (tx: AdminTx) => Promise<T>): Promise<T> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    await client.query("BEGIN");
    const value = await work({
      query: async <R extends Row>(statement: Sql) => {
        const result = await client.query<R>(statement.text, statement.values as unknown[]);
        return { rows: result.rows, count: result.rowCount ?? 0 };
      },
    });
    await client.query("COMMIT");
    return value;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** Makes the database on a server of our own, if it is not there. */
export async function ensureDatabase(server: Connection, name: string): Promise<Connection> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    const { rows } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    return { ...server, database: name };
  } finally {
    await client.end();
  }
}
