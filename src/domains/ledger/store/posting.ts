/** SQL of posting: many figures of one source at once, new ones beside corrections of those that are there. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";

/** In canonical units; one county, one period, one region. */
export type PostedFigure = {
  subject: string;
  measure: number;
  aspect: string;
  basis: string;
  value: string;
  stated: string;
  locator: string | null;
};
export type PostingPlace = { county: number; region: number; period: string };
export type CurrentFigure = Pick<PostedFigure, "subject" | "measure" | "aspect" | "basis" | "value"> & {
  id: number;
  version: number;
  audience: number | null;
  /** the return that posted it last, whatever was corrected by hand since; with what it posted and under which title */
  return: number | null;
  posted: string | null;
  title: string | null;
};

/** A statement of so many is parsed quickly and held in little memory. */
const AT_ONCE = 5000;

export function* chunksOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += AT_ONCE) yield items.slice(i, i + AT_ONCE);
}

/** What the ledger says now under these keys. */
export async function listCurrent(
  tx: Tx,
  place: PostingPlace,
  keys: readonly Pick<PostedFigure, "subject" | "measure" | "aspect" | "basis">[],
): Promise<CurrentFigure[]> {
  const ofKey = sql`f.county = ${place.county} AND f.region = ${place.region} AND f.period = ${place.period}
    AND f.measure = k.measure AND f.aspect = k.aspect AND f.basis = k.basis AND f.subject = k.subject`;
  const found: CurrentFigure[] = [];
  for (const chunk of chunksOf(keys)) {
    const { rows } = await tx.query<CurrentFigure>(sql`
      SELECT k.subject, k.measure, k.aspect, k.basis, f.value, f.id, f.version, f.audience, p.return, p.value AS posted, p.title
      FROM unnest(${chunk.map((key) => key.subject)}::text[], ${chunk.map((key) => key.measure)}::integer[],
        ${chunk.map((key) => key.aspect)}::text[], ${chunk.map((key) => key.basis)}::text[]) AS k(subject, measure, aspect, basis)
      CROSS JOIN LATERAL (
        SELECT f.value, f.id, f.version, f.audience FROM ledger.figures f WHERE ${ofKey} ORDER BY f.version DESC LIMIT 1) f
      LEFT JOIN LATERAL (
        SELECT f.value, s.title, substring(s.idempotency FROM '^return:(\\d+):')::bigint AS return
        FROM ledger.figures f JOIN ledger.sources s ON s.county = f.county AND s.id = f.source
        WHERE ${ofKey} AND s.kind IN ('return', 'synthetic') AND starts_with(s.idempotency, 'return:')
        ORDER BY f.version DESC LIMIT 1) p ON true`);
    found.push(...rows);
  }
  return found;
}

type Versioned = PostedFigure & { version: number; audience: number | null };

/** @returns ids in the order of the figures */
export async function insertPosted(
  tx: Tx,
  place: PostingPlace,
  source: number,
  figures: readonly Versioned[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of chunksOf(figures)) {
    const { rows } = await tx.query<{ id: number }>(sql`
      INSERT INTO ledger.figures (county, region, measure, version, subject, aspect, basis, period, value, stated, source,
        locator, audience, recorded_by)
      SELECT ${place.county}::integer, ${place.region}::bigint, k.measure, k.version, k.subject, k.aspect, k.basis,
        ${place.period}, k.value, k.stated, ${source}::bigint, k.locator, k.audience, ${tx.actor.post ?? 0}::bigint
      FROM ${columnsOf(chunk)} AS k(subject, measure, version, aspect, basis, value, stated, locator, audience, n)
      ORDER BY k.n RETURNING id`);
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

function columnsOf(chunk: readonly Versioned[]): Sql {
  return sql`unnest(${chunk.map((f) => f.subject)}::text[], ${chunk.map((f) => f.measure)}::integer[],
    ${chunk.map((f) => f.version)}::integer[], ${chunk.map((f) => f.aspect)}::text[], ${chunk.map((f) => f.basis)}::text[],
    ${chunk.map((f) => f.value)}::numeric[], ${chunk.map((f) => f.stated)}::text[], ${chunk.map((f) => f.locator)}::text[],
    ${chunk.map((f) => f.audience)}::bigint[]) WITH ORDINALITY`;
}

export async function insertCorrections(
  tx: Tx,
  place: PostingPlace,
  reason: string,
  pairs: readonly { superseded: number; replacement: number; audience: number | null }[],
): Promise<void> {
  for (const chunk of chunksOf(pairs)) {
    await tx.query(sql`
      INSERT INTO ledger.corrections (county, region, superseded, replacement, reason, audience, recorded_by)
      SELECT ${place.county}::integer, ${place.region}::bigint, k.superseded, k.replacement, ${reason}, k.audience,
        ${tx.actor.post ?? 0}::bigint
      FROM unnest(${chunk.map((p) => p.superseded)}::bigint[], ${chunk.map((p) => p.replacement)}::bigint[],
        ${chunk.map((p) => p.audience)}::bigint[]) AS k(superseded, replacement, audience)`);
  }
}
