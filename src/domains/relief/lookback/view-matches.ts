/** Matches side by side: the person as registered, the row as the register has it, and how each field agrees. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, sql } from "../../../platform/db/sql.ts";
import { lastActionOf, membershipOf } from "../registry/registry-sql.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { levelOf } from "../../../shared/region-code.ts";
import type { RunMatch, RunMatchQuery, Tier } from "../contract.ts";
import { maskLongNumbers } from "../core/masks.ts";
import { tellEvidence } from "../core/matching/evidence.ts";
import type { EvidenceItem } from "../core/matching/evidence.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import { listRegisters } from "./register-store.ts";
import { openRow } from "./sealed-row.ts";

type StoredMatch = {
  id: number;
  register: number;
  person: number;
  relative: number | null;
  relativeName: string | null;
  relativeRelation: string | null;
  tier: Tier;
  probability: number;
  evidence: readonly EvidenceItem[];
  row: Buffer;
  rule: string | null;
  clue: number | null;
  number: string;
  name: string;
  sex: "male" | "female" | null;
  birthYear: number | null;
  idMask: string | null;
  relation: string;
  household: number;
  householdNumber: string;
  region: number;
  regionZh: string;
  regionEn: string | null;
  lastAction: string | null;
};

export type MatchFilter = Partial<Omit<RunMatchQuery, "limit">> & {
  run?: number;
  clue?: number;
  limit?: number;
};

/** In order of their ids; rows opened, and masked before they leave. */
export async function viewMatches(tx: Tx, filter: MatchFilter, sealer: Sealer): Promise<RunMatch[]> {
  const found = await listMatches(tx, filter);
  const registers = await listRegisters(tx, [...new Set(found.map(({ register }) => register))]);
  return found.flatMap((match) => {
    const register = registers.find(({ id }) => id === match.register);
    return register === undefined ? [] : [toView(match, register, sealer)];
  });
}

async function listMatches(tx: Tx, filter: MatchFilter): Promise<StoredMatch[]> {
  const conditions = [sql`true`];
  if (filter.run !== undefined) conditions.push(sql`m.run = ${filter.run}`);
  if (filter.clue !== undefined) conditions.push(sql`m.clue = ${filter.clue}`);
  if (filter.tier !== undefined) conditions.push(sql`m.tier = ${filter.tier}`);
  if (filter.register !== undefined) conditions.push(sql`m.register = ${filter.register}`);
  if (filter.rule !== undefined)
    conditions.push(filter.rule === "" ? sql`m.rule IS NULL` : sql`m.rule = ${filter.rule}`);
  if (filter.cursor !== undefined) conditions.push(sql`m.id > ${filter.cursor}`);
  const { rows } =
    await tx.query<StoredMatch>(sql`SELECT m.id, m.register, m.person, m.relative, m.tier, m.probability, m.evidence,
      m.row, m.rule, m.clue, p.number, p.name, p.sex, p.birth_year AS "birthYear",
      p.id_mask AS "idMask", h.relation, h.household, k.number AS "householdNumber", p.region, v.name_zh AS "regionZh",
      v.name_en AS "regionEn", q.name AS "relativeName", g.relation AS "relativeRelation",
      ${lastActionOf(sql`m.county`, sql`h.household`, sql`m.person`)} AS "lastAction"
    FROM relief.matches m
    JOIN relief.persons p ON p.county = m.county AND p.id = m.person
    CROSS JOIN LATERAL ${membershipOf(sql`m.county`, sql`m.person`)} h
    JOIN relief.households k ON k.county = m.county AND k.id = h.household
    JOIN org.regions v ON v.code = p.region
    LEFT JOIN relief.persons q ON q.county = m.county AND q.id = m.relative
    LEFT JOIN LATERAL ${membershipOf(sql`m.county`, sql`m.relative`)} g ON true
    WHERE ${joinSql(conditions, " AND ")} ORDER BY m.id LIMIT ${filter.limit ?? 200}`);
  return rows;
}

function toView(match: StoredMatch, register: RunMatch["register"], sealer: Sealer): RunMatch {
  const { cells, values } = openRow(sealer, match.row);
  const row = Object.fromEntries(
    Object.entries(cells).map(([heading, cell]) => [heading, maskLongNumbers(cell)]),
  );
  return {
    id: match.id,
    tier: match.tier,
    probability: match.probability,
    register,
    rowKey: maskLongNumbers(values["row"] ?? ""),
    row,
    evidence: match.evidence.map((item) => ({ field: item.field, level: item.level, ...tellEvidence(item) })),
    rule: match.rule,
    relative:
      match.relative === null
        ? null
        : { id: match.relative, name: match.relativeName ?? "", relation: match.relativeRelation ?? "" },
    clue: match.clue,
    person: {
      id: match.person,
      number: match.number,
      name: match.name,
      sex: match.sex,
      birthYear: match.birthYear,
      idMask: match.idMask,
      relation: match.relation,
      household: match.household,
      householdNumber: match.householdNumber,
      region: {
        code: match.region,
        level: levelOf(match.region),
        nameZh: match.regionZh,
        nameEn: match.regionEn,
      },
      status: statusAfter(match.lastAction),
    },
  };
}
