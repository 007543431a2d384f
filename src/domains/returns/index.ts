/** Front door of returns. */
export { fileHistory } from "./filing/file-history.ts";
export { openScheduled } from "./forms/openings.ts";
export { ensureForm } from "./forms/save-form.ts";
export { deliverMessages } from "./inbox/deliver.ts";
export { openAndRemind } from "./open-and-remind.ts";
export { returnsRoutes } from "./routes.ts";
