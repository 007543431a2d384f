/** Front door of the indicators. */
export { assessRegion, economyMeasures } from "./actions/assess-region.ts";
export type { RegionFacts } from "./actions/assess-region.ts";
export { readFacts } from "./actions/read-facts.ts";
export type { FactRecord } from "./actions/read-facts.ts";
export { findRegions, insertTarget, listPeriods } from "./store.ts";
