/** Recording, sealing and verifying the audit trail. */
import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor, Tx } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { FORBIDDEN } from "../../platform/problem.ts";
import { NO_HASH, canonicalEntry, canonicalSealHead, checkLinks } from "./core/chain.ts";
import type { Algorithm, ChainProblem, Seal } from "./core/chain.ts";
import {
  findHead,
  findLastFinishedEntry,
  insertEntry,
  insertSeal,
  listEntries,
  listSeals,
  readEntries,
} from "./store.ts";
import type { EntryFilter, NewEntry, StoredSeal } from "./store.ts";

/** Records one write (or full view of personal data) in the transaction that does it. Call it last: it is what a seal waits for. */
export async function recordAudit(tx: Tx, entry: NewEntry): Promise<void> {
  await insertEntry(tx, entry);
}

/** Who the program is when it seals. Sees the trail and nothing else. */
export const sealer: Actor = {
  door: "taizhang_sealer",
  access: "write",
  region: 0,
  regionFrom: 0,
  regionTo: 0,
  lineage: [],
  ownUnit: null,
  county: 0,
  post: null,
  account: null,
  username: null,
  postTitle: null,
  role: null,
  address: null,
  request: null,
};

export type SealOptions = {
  algorithm: Algorithm;
  /** a file outside the database to which each new head is appended; it convicts a trail that was cut off */
  headsFile: string;
};

/** Seals all finished entries that no seal covers yet. @returns the new seal, or undefined when there was nothing to seal. */
export async function sealEntries(pools: Pools, options: SealOptions): Promise<Seal | undefined> {
  const seal = await withActor(pools, sealer, async (tx) => {
    const last = await findLastFinishedEntry(tx);
    const head = await findHead(tx);
    const fromId = (head?.toId ?? 0) + 1;
    if (last < fromId) return undefined;
    let entries = 0;
    for await (const page of readEntries(tx, fromId, last)) entries += page.length;
    const draft = {
      number: (head?.number ?? 0) + 1,
      fromId,
      toId: last,
      entries,
      algorithm: options.algorithm,
      previous: head?.hash ?? NO_HASH,
    };
    const made = { ...draft, hash: await computeHash(tx, draft) };
    await insertSeal(tx, made);
    return made;
  });
  if (seal) {
    await mkdir(dirname(options.headsFile), { recursive: true });
    await appendFile(options.headsFile, `${seal.number} ${seal.algorithm} ${seal.hash}\n`);
  }
  return seal;
}

async function computeHash(tx: Tx, seal: Omit<Seal, "hash">): Promise<string> {
  const hash = createHash(seal.algorithm).update(canonicalSealHead(seal));
  for await (const page of readEntries(tx, seal.fromId, seal.toId))
    for (const entry of page) hash.update(canonicalEntry(entry));
  return hash.digest("hex");
}

export type Verification = {
  ok: boolean;
  seals: number;
  entries: number;
  unsealed: number;
  problems: ChainProblem[];
};

/**
 * Recomputes the whole chain from the entries.
 * @param known heads kept elsewhere ("number algorithm hash" a line, or just a hash): each must be in the chain
 */
export async function verifyTrail(pools: Pools, known: readonly string[] = []): Promise<Verification> {
  return withActor(
    pools,
    { ...sealer, access: "read" },
    async (tx) => {
      const seals = await listSeals(tx);
      const problems = checkLinks(seals);
      let entries = 0;
      for (const seal of seals) {
        entries += seal.entries;
        const found = await countAndHash(tx, seal);
        if (found.hash !== seal.hash) {
          const detail = `entries ${seal.fromId}–${seal.toId}: ${found.entries} of ${seal.entries} there; the hash does not match`;
          problems.push({ seal: seal.number, code: "ENTRIES_CHANGED", detail });
        }
      }
      problems.push(...checkHeads(seals, known));
      let unsealed = 0;
      const end = seals.at(-1)?.toId ?? 0;
      for await (const page of readEntries(tx, end + 1, Number.MAX_SAFE_INTEGER)) unsealed += page.length;
      return { ok: problems.length === 0, seals: seals.length, entries, unsealed, problems };
    },
    { readOnly: true },
  );
}

async function countAndHash(tx: Tx, seal: Seal): Promise<{ entries: number; hash: string }> {
  let entries = 0;
  for await (const page of readEntries(tx, seal.fromId, seal.toId)) entries += page.length;
  // With the number that the seal says, so that a change of the number is found as well.
  return { entries, hash: await computeHash(tx, seal) };
}

function checkHeads(seals: readonly StoredSeal[], known: readonly string[]): ChainProblem[] {
  const hashes = new Map(seals.map((seal) => [seal.hash, seal.number]));
  return known.flatMap((line) => {
    const parts = line.trim().split(/\s+/);
    const hash = parts.at(-1) ?? "";
    if (hash === "" || hashes.has(hash)) return [];
    const number = parts.length > 1 ? Number(parts[0]) : null;
    return [
      {
        seal: number,
        code: "CUT_OFF" as const,
        detail: `the head ${hash.slice(0, 16)}… known from outside is not in the chain`,
      },
    ];
  });
}

/** Heads that earlier seals left in the file beside the database. */
export async function readHeads(headsFile: string): Promise<string[]> {
  try {
    return (await readFile(headsFile, "utf8")).split("\n").filter((line) => line !== "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The newest seal, readable by whoever may read a briefing: a hash tells nothing of the entries. */
export async function findAuditHead(tx: Tx): Promise<StoredSeal | undefined> {
  return findHead(tx);
}

/** Entries of the auditor's scope, newest first. */
export async function listAudit(pools: Pools, actor: Actor, filter: EntryFilter) {
  if (actor.door !== "taizhang_auditor") throw FORBIDDEN();
  return withActor(pools, actor, (tx) => listEntries(tx, filter), { readOnly: true });
}
