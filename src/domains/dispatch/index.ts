/** Front door of the dispatch domain. */
export { composeRegionBriefing } from "./actions.ts";
export { renderBriefing } from "./render-briefing.ts";
