/** Front door of sign-in, sessions, posts and permissions. */
export { forgetEndedSessions, loadAccounts, resetAccount } from "./actions/load-accounts.ts";
export type { LoadedAccount } from "./actions/load-accounts.ts";
export { openAuth } from "./auth.ts";
export type { Auth } from "./auth.ts";
export { guardRequests } from "./guard.ts";
export { generatePassword, hashPassword } from "./password-hash.ts";
export { makeSystemActor } from "./principal.ts";
export type { Acting } from "./principal.ts";
export { resolveActor, SESSION_COOKIE } from "./resolve-actor.ts";
export { authRoutes } from "./routes.ts";
export { rolesThat } from "./core/roles.ts";
export { listPeopleWithAccounts } from "./store/accounts-admin.ts";
