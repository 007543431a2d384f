export {
  attachCluster,
  type OpenOptions,
  openCluster,
  openOrAttachCluster,
} from "./cluster.ts";
export { type ClusterError, type ClusterErrorCode, isClusterError } from "./cluster-error.ts";
export type { Cluster, ClusterState } from "./supervise.ts";
export type { Connection, ServerExit } from "./postmaster.ts";
export { BackupManifest } from "./backup-manifest.ts";
export { type BackupReport, hotCopy } from "./hot-copy.ts";
export { restoreCopy } from "./restore-copy.ts";
