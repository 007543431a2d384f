/** SQL of photographs and signatures. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { NoFix } from "../core/clues/no-fix.ts";
import type { ClueState } from "./store.ts";

export type EvidenceKind = "photo" | "signature";
export type StoredEvidence = {
  id: number;
  kind: EvidenceKind;
  takenAt: string | null;
  latitude: number | null;
  longitude: number | null;
  /** typed, because of `noFix` */
  place: string | null;
  noFix: NoFix | null;
  recordedAt: string;
};

const columns = sql`id, kind, taken_at AS "takenAt", latitude, longitude, place, no_fix AS "noFix", recorded_at AS "recordedAt"`;

export async function listEvidence(tx: Tx, county: number, clue: number): Promise<StoredEvidence[]> {
  const { rows } = await tx.query<StoredEvidence>(
    sql`SELECT ${columns} FROM relief.evidence_files WHERE county = ${county} AND clue = ${clue} ORDER BY id`,
  );
  return rows;
}

/** Pictures that came after a moment; a photograph only with its time and place. @param since as the steps have it; empty: all */
export async function countEvidence(
  tx: Tx,
  clue: Pick<ClueState, "county" | "id">,
  since: string,
): Promise<Record<EvidenceKind, number>> {
  const { rows } = await tx.query<{ kind: EvidenceKind; n: number }>(sql`SELECT kind, count(*)::int AS n
    FROM relief.evidence_files WHERE county = ${clue.county} AND clue = ${clue.id}
      AND (kind = 'signature' OR (taken_at IS NOT NULL AND (latitude IS NOT NULL AND longitude IS NOT NULL OR place IS NOT NULL)))
      AND recorded_at >= coalesce(nullif(${since}, '')::timestamptz, '-infinity') GROUP BY kind`);
  const count = (kind: EvidenceKind): number => rows.find((row) => row.kind === kind)?.n ?? 0;
  return { photo: count("photo"), signature: count("signature") };
}

export type NewEvidence = Omit<StoredEvidence, "id" | "recordedAt"> & {
  mediaType: string;
  sha256: string;
  sealed: Buffer;
};

/** @returns the new file, or the one that was there with the same content */
export async function insertEvidence(
  tx: Tx,
  clue: Pick<ClueState, "county" | "id" | "region" | "confidential">,
  file: NewEvidence,
): Promise<StoredEvidence> {
  await tx.query(sql`INSERT INTO relief.evidence_files (county, region, confidential, clue, kind, media_type, sha256,
      sealed, taken_at, latitude, longitude, place, no_fix, recorded_by)
    VALUES (${clue.county}, ${clue.region}, ${clue.confidential}, ${clue.id}, ${file.kind}, ${file.mediaType},
      ${file.sha256}, ${file.sealed}, ${file.takenAt}, ${file.latitude}, ${file.longitude}, ${file.place},
      ${file.noFix}, ${tx.actor.post ?? 0})
    ON CONFLICT ON CONSTRAINT evidence_files_once DO NOTHING`);
  const { rows } = await tx.query<StoredEvidence>(sql`SELECT ${columns} FROM relief.evidence_files
    WHERE county = ${clue.county} AND clue = ${clue.id} AND kind = ${file.kind} AND sha256 = ${file.sha256}`);
  return rows[0] as StoredEvidence;
}

export async function findEvidence(
  tx: Tx,
  clue: number,
  id: number,
): Promise<{ county: number; mediaType: string; sealed: Buffer } | undefined> {
  const { rows } = await tx.query<{ county: number; mediaType: string; sealed: Buffer }>(
    sql`SELECT county, media_type AS "mediaType", sealed FROM relief.evidence_files WHERE clue = ${clue} AND id = ${id}`,
  );
  return rows[0];
}
