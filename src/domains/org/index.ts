/** Front door of regions, units, people and posts. */
export { ensurePerson, ensurePost, ensureUnit } from "./actions.ts";
export { orgRoutes } from "./routes.ts";
export { listRegionsByCode } from "./store.ts";
