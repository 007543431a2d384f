/** Front door of the embedded PostgreSQL. */
export { attachCluster, openCluster, openOrAttachCluster } from "./cluster.ts";
export { isClusterError } from "./cluster-error.ts";
export { type BackupReport, hotCopy } from "./hot-copy.ts";
export type { Connection } from "./postmaster.ts";
export { restoreCopy } from "./restore-copy.ts";
export type { Cluster } from "./supervise.ts";
