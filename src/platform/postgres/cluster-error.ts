/** What can go wrong with the embedded server, as codes that callers may branch on. */
export type ClusterErrorCode =
  | "CLUSTER_IN_USE"
  | "CLUSTER_NOT_RUNNING"
  | "CLUSTER_FOREIGN_DIRECTORY"
  | "CLUSTER_WRONG_VERSION"
  | "CLUSTER_NO_BINARIES"
  | "CLUSTER_NO_SYSTEM_USER"
  | "CLUSTER_UNREACHABLE_DIRECTORY"
  | "CLUSTER_BAD_OPTIONS"
  | "CLUSTER_LOCK_FAILED"
  | "CLUSTER_INITDB_FAILED"
  | "CLUSTER_START_FAILED"
  | "CLUSTER_PASSWORD_REJECTED"
  | "CLUSTER_ORPHAN_STUCK"
  | "BACKUP_REFUSED"
  | "BACKUP_DAMAGED"
  | "RESTORE_REFUSED";

export type ClusterError = Error & {
  code: ClusterErrorCode;
  details: Readonly<Record<string, unknown>>;
};

export function clusterError(
  code: ClusterErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): ClusterError {
  return Object.assign(new Error(message), { name: "ClusterError", code, details });
}

export function isClusterError(error: unknown, code?: ClusterErrorCode): error is ClusterError {
  if (!(error instanceof Error) || error.name !== "ClusterError") return false;
  return code === undefined || (error as ClusterError).code === code;
}

/** The words of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `error.code` of a failed system call ("ENOENT", …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
