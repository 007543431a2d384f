/**
 * The door to the database.
 *
 * Words:
 * - actor: who acts, through which post, from where; decides role and scope of a transaction
 * - door: the database role entered; each sees only the schemas it needs
 * - Tx: a transaction inside the scope; the only thing a store accepts, and made only here
 */
import type { Pools, Result, Row } from "./pool.ts";
import type { Sql } from "./sql.ts";

export type Door =
  | "taizhang_actor"
  | "taizhang_gate"
  | "taizhang_admin"
  | "taizhang_auditor"
  | "taizhang_sealer";

export type Actor = {
  door: Door;
  access: "read" | "write";
  /** root of the scope; the subtree is regionFrom ≤ r < regionTo */
  region: number;
  regionFrom: number;
  regionTo: number;
  /** the root and its ancestors: circulars to any of these may be read */
  lineage: readonly number[];
  /** the only unit whose returns are seen; null: every unit of the scope */
  ownUnit: number | null;
  county: number;
  post: number | null;
  account: number | null;
  username: string | null;
  postTitle: string | null;
  role: string | null;
  /** network address and request id, for the audit trail */
  address: string | null;
  request: string | null;
};

declare const made: unique symbol;
export type Tx = {
  readonly [made]: true;
  readonly actor: Actor;
  /** Runs one statement. Rows come as objects; bigint as number (all ids and region codes are safe integers), numeric as text. */
  query<T extends Row>(statement: Sql): Promise<Result<T>>;
  /** Streams text rows into a table by COPY; only in a transaction opened with `{ copy: true }`. */
  copyFrom(target: string, rows: AsyncIterable<Uint8Array | string>): Promise<void>;
};

export type ActorOptions = {
  /** one snapshot for several statements, and no writing */
  readOnly?: boolean;
  /** a connection on which COPY can run (not pipelined) */
  copy?: boolean;
  /** milliseconds after which the database gives up on a statement */
  timeout?: number;
};

/**
 * Opens a transaction, enters the actor's role and scope, runs `work` and commits; rolls back when it throws.
 * The first statements travel together with BEGIN and the entry: PostgreSQL answers them in order, and if the
 * entry fails the rest fails with it.
 */
export async function withActor<T>(
  pools: Pools,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: ActorOptions = {},
): Promise<T> {
  const lease = await pools.lease(options.copy === true);
  const begin = options.readOnly ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
  let broken: unknown;
  let ending: Promise<unknown> | undefined;
  const opened = Promise.all([lease.raw(begin), lease.enter(scopeOf(actor))]);
  // Reported below: without this, a failure in `work` that comes first would leave it unhandled.
  opened.catch(() => {});
  try {
    if (options.copy) await opened;
    const tx = { actor, query: lease.query, copyFrom: lease.copyFrom } as unknown as Tx;
    if (options.timeout !== undefined) await lease.setTimeout(options.timeout);
    const value = await work(tx);
    await opened;
    const committed = lease.raw("COMMIT");
    // What a snapshot has shown stays true whatever becomes of its end: the answer need not wait for it.
    if (options.readOnly) ending = committed.catch((error: unknown) => (broken = error));
    else await committed;
    return value;
  } catch (error) {
    await lease.raw("ROLLBACK").catch((rollbackError: unknown) => {
      broken = rollbackError;
    });
    // When the entry was refused, every later statement fails for that reason only.
    await opened;
    throw error;
  } finally {
    if (ending === undefined) lease.release(broken);
    else void ending.then(() => lease.release(broken));
  }
}

function scopeOf(actor: Actor): readonly unknown[] {
  const lineage = `{${actor.lineage.join(",")}}`;
  const { door, access, regionFrom, regionTo, post, account, ownUnit } = actor;
  return [door, access, regionFrom, regionTo, lineage, post, account, ownUnit ?? 0];
}
