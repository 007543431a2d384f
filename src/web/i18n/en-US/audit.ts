/** The audit trail. */
import type { Messages } from "../zh-CN.ts";
import { plural } from "./plural.ts";

export const audit: Messages["audit"] = {
  title: "Audit",
  entries: "Audit trail",
  head: "Head of the chain",
  headHint:
    "Entries are sealed in batches, each seal covering the one before. A head copied outside the system proves later that nothing was changed, added or cut off.",
  seal: "Seal",
  algorithm: "Algorithm",
  hash: "Hash",
  sealedAt: "Sealed",
  sealed: "Entries in this seal",
  copy: "Copy head",
  verify: "Verify the chain",
  verifying: "Recomputing every seal",
  intact: (seals, entries) => `${seals} seals and ${entries} entries recomputed: all agree`,
  unsealed: (n) => `${n} more are not sealed yet`,
  broken: (n) => `${n} ${plural(n, "discrepancy", "discrepancies")} found`,
  atSeal: (n) => `seal ${n}`,
  time: "Time",
  who: "User",
  post: "Post",
  action: "Action",
  object: "Object",
  from: "From",
  change: "Change",
  before: "Before",
  after: "After",
  filterAction: "Action (such as ledger.correctFigure)",
  filterUser: "User name",
  empty: "No entries match. Loosen the conditions.",
  notYet: "not sealed yet",
  detail: "Show",
};
