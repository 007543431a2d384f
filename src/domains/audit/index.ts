/** Front door of the audit trail. */
export { findAuditHead, readHeads, recordAudit, sealEntries, verifyTrail } from "./actions.ts";
