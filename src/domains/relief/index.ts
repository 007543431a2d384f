/** Front door of the relief domain. */
export { changeKeys } from "./change-keys.ts";
export { remindOfClues } from "./clues/remind-job.ts";
export { openRunner } from "./lookback/runner.ts";
export { importRegistry } from "./registry/import-registry.ts";
export { loadHistory } from "./registry/load-history.ts";
export { reliefRoutes } from "./routes.ts";
