/**
 * The peer: the statements that the server sends for a request, sent through pg alone over as many connections, as
 * the application's login inside the same scope with row-level security on. No HTTP, no JSON, no sessions.
 * Reads a BarePlan from standard input, writes Latencies. A process of its own, like the generator.
 */
import { text } from "node:stream/consumers";
import pg from "pg";
import { summarise } from "./latencies.ts";

export type Statement = { text: string; values: unknown[] };
/** The statements of one request in its transaction, the entry into the scope included. */
export type Transaction = { begin: string; statements: Statement[]; rows: number };
export type BarePlan = {
  connection: pg.ClientConfig;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  transactions: Transaction[];
};

const plan = JSON.parse(await text(process.stdin)) as BarePlan;
const from = performance.now() + plan.warmUpSeconds * 1000;
const to = from + plan.seconds * 1000;
const latencies: number[] = [];
const names = new Map<string, string>();
let next = 0;

function named(statement: Statement): pg.QueryConfig {
  let name = names.get(statement.text);
  if (name === undefined) names.set(statement.text, (name = `b${names.size}`));
  return { name, text: statement.text, values: statement.values };
}

async function drive(): Promise<void> {
  const client = new pg.Client({ ...plan.connection, pipeline: true });
  await client.connect();
  while (performance.now() < to) {
    const transaction = plan.transactions[next++ % plan.transactions.length] as Transaction;
    const started = performance.now();
    const sent = [
      client.query(transaction.begin),
      ...transaction.statements.map((statement) => client.query(named(statement))),
      client.query("COMMIT"),
    ];
    const results = await Promise.all(sent);
    const ended = performance.now();
    if (started >= from && ended <= to) latencies.push(ended - started);
    const rows = results.reduce((sum, result) => sum + result.rows.length, 0);
    if (rows !== transaction.rows) throw new Error(`${rows} rows instead of ${transaction.rows}`);
  }
  await client.end();
}

await Promise.all(Array.from({ length: plan.connections }, drive));
process.stdout.write(JSON.stringify(summarise(latencies, plan.seconds)));
process.exit(0);
