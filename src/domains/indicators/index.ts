/** Front door of the indicators. */
export { assessRegion, economyMeasures } from "./actions/assess-region.ts";
export type { RegionFacts } from "./actions/assess-region.ts";
export { readFacts } from "./actions/read-facts.ts";
export type { FactRecord } from "./actions/read-facts.ts";
export { REGION_NOT_FOUND } from "./problems.ts";
export { findRegions, insertTarget, listNamedRegions, listPeriods } from "./store.ts";
export type { RegionRecord } from "./store.ts";
