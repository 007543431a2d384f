/** SQL of registers and their sealed rows. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { RegisterView } from "../contract.ts";
import type { KeptMapping } from "./register-table.ts";

const columns = sql`g.id, g.kind, g.title, g.file_name AS "fileName", g.sha256, g.bytes, g.rows, g.as_of::text AS "asOf",
  g.recorded_at AS "recordedAt",
  EXISTS (SELECT FROM relief.register_pieces p WHERE p.county = g.county AND p.register = g.id) AS "isHeld"`;

export async function listRegisters(tx: Tx, ids?: readonly number[]): Promise<RegisterView[]> {
  const wanted = ids === undefined ? sql`true` : sql`g.id = ANY (${ids}::bigint[])`;
  const { rows } = await tx.query<RegisterView>(
    sql`SELECT ${columns} FROM relief.registers g WHERE ${wanted} ORDER BY g.id DESC LIMIT 500`,
  );
  return rows;
}

export async function findKeptMapping(tx: Tx, kind: string): Promise<KeptMapping | undefined> {
  const { rows } = await tx.query<{ mapping: KeptMapping }>(
    sql`SELECT mapping FROM relief.registers WHERE kind = ${kind} ORDER BY id DESC LIMIT 1`,
  );
  return rows[0]?.mapping;
}

export async function readMapping(tx: Tx, id: number): Promise<KeptMapping> {
  const { rows } = await tx.query<{ mapping: KeptMapping }>(
    sql`SELECT mapping FROM relief.registers WHERE id = ${id}`,
  );
  return rows[0]?.mapping ?? { columns: {}, extras: [] };
}

export type NewRegister = Pick<
  RegisterView,
  "kind" | "title" | "fileName" | "sha256" | "bytes" | "rows" | "asOf"
> & {
  county: number;
  region: number;
  mapping: KeptMapping;
};

export async function insertRegister(tx: Tx, register: NewRegister): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(sql`INSERT INTO relief.registers
      (county, region, kind, title, file_name, sha256, bytes, rows, as_of, mapping, recorded_by)
    VALUES (${register.county}, ${register.region}, ${register.kind}, ${register.title}, ${register.fileName},
      ${register.sha256}, ${register.bytes}, ${register.rows}, ${register.asOf}, ${JSON.stringify(register.mapping)},
      ${tx.actor.post ?? 0}) RETURNING id`);
  return (rows[0] as { id: number }).id;
}

/** The same file, of the same kind and day, whose rows are still held. */
export async function findSameRegister(
  tx: Tx,
  { kind, sha256, asOf }: Pick<RegisterView, "kind" | "sha256" | "asOf">,
  mapping: KeptMapping,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(sql`SELECT g.id FROM relief.registers g
    WHERE g.kind = ${kind} AND g.sha256 = ${sha256} AND g.as_of = ${asOf} AND g.mapping = ${JSON.stringify(mapping)}::jsonb
      AND EXISTS (SELECT FROM relief.register_pieces p WHERE p.county = g.county AND p.register = g.id)
    ORDER BY g.id LIMIT 1`);
  return rows[0]?.id;
}

export type Piece = { county: number; region: number; register: number; number: number };

export async function insertPiece(tx: Tx, piece: Piece, sealed: Buffer): Promise<void> {
  await tx.query(sql`INSERT INTO relief.register_pieces (county, region, register, number, sealed)
    VALUES (${piece.county}, ${piece.region}, ${piece.register}, ${piece.number}, ${sealed})`);
}

export async function readPiece(tx: Tx, register: number, number: number): Promise<Buffer | undefined> {
  const { rows } = await tx.query<{ sealed: Buffer }>(
    sql`SELECT sealed FROM relief.register_pieces WHERE register = ${register} AND number = ${number}`,
  );
  return rows[0]?.sealed;
}

export async function deletePieces(tx: Tx, registers: readonly number[]): Promise<number> {
  const { count } = await tx.query(
    sql`DELETE FROM relief.register_pieces WHERE register = ANY (${registers}::bigint[])`,
  );
  return count;
}

/** Registers whose rows are held and that are older than so many days. */
export async function listStale(tx: Tx, before: string): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(sql`SELECT g.id FROM relief.registers g
    WHERE g.recorded_at < ${before} AND EXISTS (SELECT FROM relief.register_pieces p
      WHERE p.county = g.county AND p.register = g.id)`);
  return rows.map(({ id }) => id);
}
