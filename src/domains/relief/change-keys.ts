/**
 * Changing the key of personal data: a new key, everything sealed with an older one sealed anew in batches, keyed hashes
 * worked out again, the older keys retired. Killed at any moment every value opens, and the same call goes on.
 */
import { setTimeout as delay } from "node:timers/promises";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor, Tx } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { sql } from "../../platform/db/sql.ts";
import type { Keyring } from "../../platform/sealing/keyring.ts";
import type { Sealer } from "../../platform/sealing/sealer.ts";
import { recordAudit } from "../audit/index.ts";
import { readIdNumber } from "./core/registry/id-number.ts";
import { fingerprintOf } from "./lookback/plan-clues.ts";
import { openRow, sealRow } from "./lookback/sealed-row.ts";
import { readMapping } from "./lookback/register-store.ts";
import { SEALING_LOCK } from "./registry/import-store.ts";
import {
  openAccount,
  openIdNumber,
  openPhone,
  sealAccount,
  sealIdNumber,
  sealPhone,
} from "./registry/sealed-fields.ts";

export type KeyChange = {
  pools: Pools;
  /** the program itself, over everything */
  actor: Actor;
  keyring: Keyring;
  sealer: Sealer;
  log: (line: string) => void;
};

/** Other processes look for a new key once a second. */
const UNTIL_NOTICED_MS = 1500;
const BATCH = 500;

/** @returns values that were sealed anew */
export async function changeKeys({ pools, actor, keyring, sealer, log }: KeyChange): Promise<number> {
  // A change that was broken off left two keys in use: it is finished, and no third one made.
  if (keyring.inUse().length === 1) await keyring.add();
  await delay(UNTIL_NOTICED_MS);
  let total = 0;
  for (let changed = -1; changed !== 0; ) {
    // Whoever seals for longer, with the key that was current when he began, is waited for.
    await withActor(pools, actor, (tx) => tx.query(sql`SELECT pg_advisory_xact_lock(${SEALING_LOCK})`));
    changed = 0;
    for (const [name, reseal] of Object.entries(TABLES)) {
      const count = await resealTable(reseal, { pools, actor, sealer });
      if (count > 0) log(`${name}: ${count} sealed anew`);
      changed += count;
    }
    total += changed;
  }
  const key = keyring.current().number;
  await withActor(pools, actor, (tx) =>
    recordAudit(tx, { action: "relief.changeKeys", object: `key:${key}`, after: { values: total } }),
  );
  for (const { number } of keyring.inUse().slice(1)) await keyring.retire(number);
  return total;
}

type Batch = { last: number; rows: number; changed: number };
type Reseal = (tx: Tx, after: number, sealer: Sealer) => Promise<Batch>;

async function resealTable(
  reseal: Reseal,
  { pools, actor, sealer }: Pick<KeyChange, "pools" | "actor" | "sealer">,
): Promise<number> {
  let changed = 0;
  for (let after = 0; ; ) {
    const batch = await withActor(pools, actor, (tx) => reseal(tx, after, sealer));
    changed += batch.changed;
    if (batch.rows === 0) return changed;
    after = batch.last;
  }
}

/** Fingerprints come last: they are made of the hashes of rows. */
const TABLES: Readonly<Record<string, Reseal>> = {
  households: resealHouseholds,
  persons: resealPersons,
  matches: resealMatches,
  "register pieces": resealPieces,
  pictures: resealPictures,
  fingerprints: renewFingerprints,
};

const endOf = (rows: readonly { id: number }[], changed: number): Batch => ({
  last: rows.at(-1)?.id ?? 0,
  rows: rows.length,
  changed,
});

async function resealHouseholds(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<{
    county: number;
    id: number;
    phone: Buffer | null;
    account: Buffer | null;
  }>(
    sql`SELECT county, id, phone, account FROM relief.households WHERE id > ${after} ORDER BY id LIMIT ${BATCH}`,
  );
  const old = rows.filter(({ phone, account }) => isOld(sealer, phone) || isOld(sealer, account));
  const phones = old.map(({ phone }) => phone && sealPhone(sealer, openPhone(sealer, phone)));
  const accounts = old.map(({ account }) => account && sealAccount(sealer, openAccount(sealer, account)));
  const column = <T>(values: readonly (T | null | undefined)[]): (T | null)[] =>
    values.map((value) => value ?? null);
  // What an import has changed since it was read is left for the next round: it must not get its old number back.
  await tx.query(sql`UPDATE relief.households h SET phone = n.phone, phone_hash = n.phone_hash, account = n.account,
      account_hash = n.account_hash
    FROM unnest(${old.map(({ county }) => county)}::int[], ${old.map(({ id }) => id)}::bigint[],
      ${old.map(({ phone }) => phone)}::bytea[], ${old.map(({ account }) => account)}::bytea[],
      ${column(phones.map((one) => one?.sealed))}::bytea[], ${column(phones.map((one) => one?.hash))}::bytea[],
      ${column(accounts.map((one) => one?.sealed))}::bytea[], ${column(accounts.map((one) => one?.hash))}::bytea[])
      AS n (county, id, old_phone, old_account, phone, phone_hash, account, account_hash)
    WHERE h.county = n.county AND h.id = n.id AND h.phone IS NOT DISTINCT FROM n.old_phone
      AND h.account IS NOT DISTINCT FROM n.old_account`);
  return endOf(rows, old.length);
}

async function resealPersons(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<{ county: number; id: number; idNumber: Buffer | null }>(
    sql`SELECT county, id, id_number AS "idNumber" FROM relief.persons WHERE id > ${after} ORDER BY id LIMIT ${BATCH}`,
  );
  const old = rows.filter(({ idNumber }) => isOld(sealer, idNumber));
  const sealed = old.map(({ idNumber }) => {
    const text = openIdNumber(sealer, idNumber as Buffer);
    // The day decides about a fault only, never about what is compared.
    return sealIdNumber(sealer, { text, normal: readIdNumber(text, "9999-12-31")?.normal ?? text });
  });
  await tx.query(sql`UPDATE relief.persons p SET id_number = n.sealed, id_hash = n.hash
    FROM unnest(${old.map(({ county }) => county)}::int[], ${old.map(({ id }) => id)}::bigint[],
      ${old.map(({ idNumber }) => idNumber)}::bytea[], ${sealed.map((one) => one.sealed)}::bytea[],
      ${sealed.map(({ hash }) => hash)}::bytea[]) AS n (county, id, old, sealed, hash)
    WHERE p.county = n.county AND p.id = n.id AND p.id_number = n.old`);
  return endOf(rows, old.length);
}

async function resealMatches(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<{ county: number; id: number; register: number; row: Buffer }>(
    sql`SELECT county, id, register, row FROM relief.matches WHERE id > ${after} ORDER BY id LIMIT ${BATCH}`,
  );
  const old = rows.filter(({ row }) => isOld(sealer, row));
  for (const { county, id, register, row } of old) {
    const { columns } = await readMapping(tx, register);
    const made = sealRow(sealer, openRow(sealer, row), columns["row"]);
    await tx.query(sql`UPDATE relief.matches SET row = ${made.row}, row_hash = ${made.rowHash}
      WHERE county = ${county} AND id = ${id} AND row = ${row}`);
  }
  return endOf(rows, old.length);
}

/** One by one, since each has a megabyte; in the order of the registers. */
async function resealPieces(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<{ id: number; number: number }>(sql`SELECT register AS id, number
    FROM relief.register_pieces WHERE register = (SELECT min(register) FROM relief.register_pieces WHERE register > ${after})
    ORDER BY number`);
  let changed = 0;
  for (const { id, number } of rows) {
    const purpose = `relief.register_pieces:${id}:${number}`;
    const piece = await tx.query<{ sealed: Buffer }>(
      sql`SELECT sealed FROM relief.register_pieces WHERE register = ${id} AND number = ${number}`,
    );
    const sealed = piece.rows[0]?.sealed;
    if (sealed === undefined || sealer.isCurrent(sealed)) continue;
    changed++;
    await tx.query(sql`UPDATE relief.register_pieces SET sealed = ${sealer.seal(sealer.open(sealed, purpose), purpose)}
      WHERE register = ${id} AND number = ${number}`);
  }
  return endOf(rows, changed);
}

async function resealPictures(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<{ id: number; clue: number; sealed: Buffer }>(
    sql`SELECT id, clue, sealed FROM relief.evidence_files WHERE id > ${after} ORDER BY id LIMIT 8`,
  );
  const old = rows.filter(({ sealed }) => isOld(sealer, sealed));
  for (const { id, clue, sealed } of old) {
    const purpose = `relief.evidence_files:${clue}`;
    await tx.query(sql`UPDATE relief.evidence_files SET sealed = ${sealer.seal(sealer.open(sealed, purpose), purpose)}
      WHERE id = ${id}`);
  }
  return endOf(rows, old.length);
}

type Fingerprinted = {
  county: number;
  id: number;
  person: number;
  matter: string;
  fingerprint: Buffer;
  rowHashes: string[];
};

/** Of all the rows that speak for the clue. */
async function renewFingerprints(tx: Tx, after: number, sealer: Sealer): Promise<Batch> {
  const { rows } = await tx.query<Fingerprinted>(sql`SELECT c.county, c.id, c.person, c.matter, c.fingerprint,
      array(SELECT DISTINCT encode(m.row_hash, 'hex') FROM relief.matches m WHERE m.county = c.county AND m.clue = c.id)
        AS "rowHashes"
    FROM relief.clues c WHERE c.id > ${after} ORDER BY c.id LIMIT ${BATCH}`);
  const old = rows.filter(({ fingerprint }) => isOld(sealer, fingerprint));
  for (const { county, id, person, matter, rowHashes, fingerprint: before } of old) {
    const fingerprint = fingerprintOf(sealer, { person, matter, rowHashes: rowHashes.toSorted() });
    await tx.query(
      sql`UPDATE relief.clues SET fingerprint = ${fingerprint}
        WHERE county = ${county} AND id = ${id} AND fingerprint = ${before}`,
    );
  }
  return endOf(rows, old.length);
}

const isOld = (sealer: Sealer, value: Buffer | null): boolean => value !== null && !sealer.isCurrent(value);
