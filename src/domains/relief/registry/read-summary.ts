/** The registry in numbers, by village. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import { levelOf } from "../../../shared/region-code.ts";
import { listRegionsByCode } from "../../org/index.ts";
import type { RegistrySummary, VillageRow } from "../contract.ts";
import { scopedRegion } from "../../ledger/index.ts";
import { askedRange } from "../region-range.ts";
import type { Range } from "../region-range.ts";
import { lastHouseholdActionOf } from "./registry-sql.ts";
import { listCounties } from "./persons-store.ts";

type Counted = Omit<VillageRow, "region"> & { code: number; nameZh: string; nameEn: string | null };

/** @throws OUT_OF_SCOPE */
export async function readSummary(tx: Tx, within: number | undefined): Promise<RegistrySummary> {
  const code = scopedRegion(tx.actor, within);
  const range = {
    ...askedRange(tx.actor, within),
    counties: await listCounties(tx, askedRange(tx.actor, within)),
  };
  const [[region], villages, causes, newest] = await Promise.all([
    listRegionsByCode(tx, [code]),
    countVillages(tx, range),
    countCauses(tx, range),
    findNewest(tx, range),
  ]);
  const sum = (key: "households" | "persons"): number => villages.reduce((total, row) => total + row[key], 0);
  return {
    region: region ?? { code, level: levelOf(code), nameZh: String(code), nameEn: null },
    villages: villages.map(({ code: village, nameZh, nameEn, ...row }) => ({
      region: { code: village, level: levelOf(village), nameZh, nameEn },
      ...row,
    })),
    households: sum("households"),
    persons: sum("persons"),
    causes,
    newest: newest ?? null,
  };
}

type Asked = Range & { counties: readonly number[] };

/**
 * Kind of the last action of a whole household. Looked up for each by its index: joined as one list of all, the planner,
 * which cannot see through the row policies, compares every household with every action.
 */
const withLastAction = (county: Sql, household: Sql): Sql =>
  sql`CROSS JOIN LATERAL (SELECT ${lastHouseholdActionOf(county, household)} AS kind) l`;

/** Households and persons whoever they are; exited and removed of them, households; without a number, persons. */
async function countVillages(tx: Tx, asked: Asked): Promise<Counted[]> {
  const { from, to, counties } = asked;
  const { rows } = await tx.query<Counted>(sql`
    SELECT v.code, v.name_zh AS "nameZh", v.name_en AS "nameEn", h.households, coalesce(p.persons, 0) AS persons, h.exited, h.removed,
      coalesce(p.without, 0) AS "withoutId"
    FROM (SELECT h.region, count(*) AS households, count(*) FILTER (WHERE l.kind = 'exit') AS exited,
        count(*) FILTER (WHERE l.kind = 'remove') AS removed
      FROM relief.households h ${withLastAction(sql`h.county`, sql`h.id`)}
      WHERE h.county = ANY (${counties}::integer[]) AND h.region >= ${from} AND h.region < ${to} GROUP BY h.region) h
    LEFT JOIN (SELECT p.region, count(*) AS persons, count(*) FILTER (WHERE p.id_hash IS NULL) AS without
      FROM relief.persons p WHERE p.county = ANY (${counties}::integer[]) AND p.region >= ${from} AND p.region < ${to}
      GROUP BY p.region) p ON p.region = h.region
    JOIN org.regions v ON v.code = h.region ORDER BY v.code`);
  return rows;
}

async function countCauses(tx: Tx, asked: Asked): Promise<RegistrySummary["causes"]> {
  const { from, to, counties } = asked;
  const { rows } = await tx.query<{
    cause: string;
    households: number;
  }>(sql`SELECT c.cause, count(*) AS households
    FROM relief.causes c ${withLastAction(sql`c.county`, sql`c.household`)}
    WHERE c.county = ANY (${counties}::integer[]) AND c.region >= ${from} AND c.region < ${to} AND c.is_main
      AND coalesce(l.kind, 'register') NOT IN ('exit', 'remove')
    GROUP BY c.cause ORDER BY count(*) DESC, c.cause`);
  return rows;
}

async function findNewest(tx: Tx, { counties }: Asked): Promise<RegistrySummary["newest"] | undefined> {
  const { rows } = await tx.query<
    NonNullable<RegistrySummary["newest"]>
  >(sql`SELECT title, origin, recorded_at AS "recordedAt"
    FROM relief.imports WHERE county = ANY (${counties}::integer[]) ORDER BY id DESC LIMIT 1`);
  return rows[0];
}
