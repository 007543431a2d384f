/** Incomes and help that come with a pack: many rows at once, for households by their numbers. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { sql } from "../../../platform/db/sql.ts";
import { recordAudit } from "../../audit/index.ts";
import { isMeasureKind } from "../core/registry/causes.ts";
import { findBreaks } from "../core/registry/incomes.ts";
import type { StatedIncome } from "../core/registry/incomes.ts";

export type PackIncome = StatedIncome & { household: string; year: number };
export type PackMeasure = {
  household: string;
  kind: string;
  unit: string;
  content: string;
  cost: string | null;
  onDay: string;
  signedBy: string;
};

/**
 * Loaded once: a county where the program itself has recorded any income is left as it is.
 * @throws Error for an income that does not add up or an unknown kind of help: a pack with an error
 */
export async function loadHistory(
  pools: Pools,
  actor: Actor,
  history: { incomes: readonly PackIncome[]; measures: readonly PackMeasure[] },
): Promise<void> {
  const broken = history.incomes.find((income) => findBreaks(income).length > 0);
  if (broken) throw new Error(`the income of ${broken.household} in ${broken.year} does not add up`);
  const unknown = history.measures.find(({ kind }) => !isMeasureKind(kind));
  if (unknown) throw new Error(`there is no kind of help "${unknown.kind}"`);
  await withActor(pools, actor, async (tx) => {
    if (await isLoaded(tx)) return;
    await insertIncomes(tx, history.incomes);
    await insertMeasures(tx, history.measures);
    const { incomes, measures } = history;
    const after = { incomes: incomes.length, measures: measures.length };
    await recordAudit(tx, { action: "relief.loadHistory", object: `region:${actor.region}`, after });
  });
}

async function isLoaded(tx: Tx): Promise<boolean> {
  const { county } = tx.actor;
  const { rows } = await tx.query(
    sql`SELECT FROM relief.incomes WHERE county = ${county} AND recorded_by = 0 LIMIT 1`,
  );
  return rows.length > 0;
}

async function insertIncomes(tx: Tx, incomes: readonly PackIncome[]): Promise<void> {
  await tx.query(sql`INSERT INTO relief.incomes (county, region, household, year, wage, business, transfer, property, total, costs,
      net, members, per_capita, recorded_by)
    SELECT h.county, h.region, h.id, i.year, i.wage, i.business, i.transfer, i.property, i.total, i.costs, i.net, i.members,
      i."perCapita", 0
    FROM jsonb_to_recordset(${JSON.stringify(incomes)}::jsonb) i(household text, year integer, wage numeric, business numeric,
      transfer numeric, property numeric, total numeric, costs numeric, net numeric, members integer, "perCapita" numeric)
    JOIN relief.households h ON h.county = ${tx.actor.county} AND h.number = i.household`);
}

async function insertMeasures(tx: Tx, measures: readonly PackMeasure[]): Promise<void> {
  await tx.query(sql`INSERT INTO relief.measures (county, region, household, kind, unit, content, cost, on_day, signed_by, recorded_by)
    SELECT h.county, h.region, h.id, m.kind, m.unit, m.content, m.cost, m."onDay", m."signedBy", 0
    FROM jsonb_to_recordset(${JSON.stringify(measures)}::jsonb) m(household text, kind text, unit text, content text,
      cost numeric, "onDay" date, "signedBy" text)
    JOIN relief.households h ON h.county = ${tx.actor.county} AND h.number = m.household`);
}
