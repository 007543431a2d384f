/** Front door of the relief domain. */
export { remindOfClues } from "./clues/remind-job.ts";
export { openRunner } from "./lookback/runner.ts";
export { reliefRoutes } from "./routes.ts";
