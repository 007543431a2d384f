/** The catalogue of measures, kept in memory: it is small, public, and changes only when a pack is loaded. */
import type { Tx } from "../../platform/db/actor.ts";
import { sql } from "../../platform/db/sql.ts";
import type { Measure } from "./core/measure.ts";

export type CatalogMeasure = Measure & { id: number; topic: string };
export type MeasureCatalog = {
  list: readonly CatalogMeasure[];
  byCode: ReadonlyMap<string, CatalogMeasure>;
  byId: ReadonlyMap<number, CatalogMeasure>;
};

export async function loadMeasures(tx: Tx): Promise<MeasureCatalog> {
  const { rows } = await tx.query<CatalogMeasure & Record<string, unknown>>(sql`
    SELECT id, code, name_zh AS "nameZh", name_en AS "nameEn", unit, display_unit AS "displayUnit", decimals, kind,
      price_basis AS "priceBasis", growth_policy AS "growthPolicy", direction, frequency, additive,
      allows_negative AS "allowsNegative", topic
    FROM ledger.measures ORDER BY sort, id`);
  return {
    list: rows,
    byCode: new Map(rows.map((row) => [row.code, row])),
    byId: new Map(rows.map((row) => [row.id, row])),
  };
}
