/** Which statements a piece of work sends: recorded where pg sends them, so that the peer runs what the server runs. */
import pg from "pg";
import type { Statement, Transaction } from "./bare-sql.ts";

type Query = { text: string; values?: unknown[] };

/** @param work must use one transaction */
export async function recordTransaction(work: () => Promise<unknown>): Promise<Transaction> {
  const prototype = pg.Client.prototype as unknown as {
    query: (this: unknown, query: string | Query) => Promise<pg.QueryResult>;
  };
  const original = prototype.query;
  const statements: Statement[] = [];
  let begin = "BEGIN";
  let rows = 0;
  prototype.query = function record(this: unknown, query) {
    const sent = original.call(this, query);
    if (typeof query !== "string") {
      statements.push({ text: query.text, values: query.values ?? [] });
      void sent.then((result) => (rows += result.rows.length));
    } else if (query.startsWith("BEGIN")) begin = query;
    return sent;
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return { begin, statements, rows };
}
