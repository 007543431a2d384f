/** Registers come in: looked at, mapped, sealed, and forgotten when their run is over. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { countyOf, levelOf } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import type { InspectedFile, RegisterView } from "../contract.ts";
import { readRuleBook } from "../clues/rule-book.ts";
import { guessMapping } from "../core/clues/register-columns.ts";
import { maskFileName } from "../core/masks.ts";
import { askedColumns } from "../core/clues/rules.ts";
import { ONE_COUNTY, REGISTER_GONE, REGISTER_IN_USE, REGISTER_NOT_FOUND } from "./problems.ts";
import {
  deletePieces,
  findKeptMapping,
  findSameRegister,
  insertPiece,
  insertRegister,
  listRegisters,
  readPiece,
} from "./register-store.ts";
import { canonicalise, inspectTable } from "./register-table.ts";
import type { Mapping, SentFile } from "./register-table.ts";
import { listOpenRuns } from "./run-store.ts";

const PIECE_BYTES = 1 << 20;

/** What the file holds, and how its columns would be read. @throws REGISTER_REFUSED */
export async function inspectRegister(tx: Tx, kind: string, file: SentFile): Promise<InspectedFile> {
  const table = await inspectTable(file);
  const kept = await findKeptMapping(tx, kind);
  const fits =
    kept !== undefined && Object.values(kept.columns).every((heading) => table.headings.includes(heading));
  const { rules } = await readRuleBook(tx);
  const guess = (headings: readonly string[]) => guessMapping(headings, askedColumns(rules, kind));
  if (!fits) return { ...table, mapping: guess(table.headings), mappedBy: "guessed" };
  // A column that the last file had not was not left out by anybody: unused, it would cost matches and nobody would know.
  const known = new Set([...Object.values(kept.columns), ...kept.extras]);
  const fresh = guess(table.headings.filter((heading) => !known.has(heading)));
  return { ...table, mapping: { ...fresh, ...kept.columns }, mappedBy: "kept" };
}

export type SentRegister = { kind: string; title: string; asOf: string; mapping: Mapping; file: SentFile };
export type Receiving = { pools: Pools; sealer: Sealer };

/**
 * Checks the whole file, then keeps it sealed. The same file of the same day is kept once.
 * @throws REGISTER_REFUSED, ONE_COUNTY
 */
export async function receiveRegister(
  actor: Actor,
  sent: SentRegister,
  { pools, sealer }: Receiving,
): Promise<RegisterView> {
  const { county, region } = requireCounty(actor);
  const { kind, title, asOf, mapping, file } = sent;
  const { rows, sha256, kept, pieces } = await canonicalise(file, mapping, PIECE_BYTES);
  return withActor(pools, actor, async (tx) => {
    const same = await findSameRegister(tx, { kind, sha256, asOf }, kept);
    if (same !== undefined) return getRegister(tx, same);
    const bytes = file.bytes.length;
    const register = {
      county,
      region,
      kind,
      title,
      fileName: maskFileName(file.name),
      sha256,
      bytes,
      rows,
      asOf,
      mapping: kept,
    };
    const id = await insertRegister(tx, register);
    for (const [number, piece] of pieces.entries())
      await insertPiece(
        tx,
        { county, region, register: id, number },
        sealer.seal(piece, purposeOf(id, number)),
      );
    await recordAudit(tx, {
      action: "relief.receiveRegister",
      object: `register:${id}`,
      after: { kind, title, asOf, rows, sha256 },
    });
    return getRegister(tx, id);
  });
}

const purposeOf = (register: number, number: number): string =>
  `relief.register_pieces:${register}:${number}`;

/** A look-back is of one county. @throws ONE_COUNTY */
export function requireCounty(actor: Actor): { county: number; region: number } {
  if (levelOf(actor.region) !== "county") throw ONE_COUNTY();
  return { county: countyOf(actor.region), region: actor.region };
}

/** @throws REGISTER_NOT_FOUND */
export async function getRegister(tx: Tx, id: number): Promise<RegisterView> {
  const [register] = await listRegisters(tx, [id]);
  if (register === undefined) throw REGISTER_NOT_FOUND();
  return register;
}

/** The rows of a register in the canonical form, in clear, for as long as the caller keeps them. @throws REGISTER_GONE */
export async function openRegister(tx: Tx, register: number, sealer: Sealer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const number = pieces.length;
    const sealed = await readPiece(tx, register, number);
    if (sealed === undefined) break;
    pieces.push(sealer.open(sealed, purposeOf(register, number)));
  }
  if (pieces.length === 0) throw REGISTER_GONE();
  return Buffer.concat(pieces);
}

/** Deletes the rows; file name, hash and date stay. @throws REGISTER_NOT_FOUND, REGISTER_IN_USE */
export async function forgetRegister(tx: Tx, id: number): Promise<void> {
  const register = await getRegister(tx, id);
  const open = await listOpenRuns(tx);
  if (open.some((run) => run.registers.includes(id))) throw REGISTER_IN_USE();
  await deletePieces(tx, [id]);
  await recordAudit(tx, {
    action: "relief.forgetRegister",
    object: `register:${id}`,
    before: { isHeld: register.isHeld },
    after: { isHeld: false },
  });
}
