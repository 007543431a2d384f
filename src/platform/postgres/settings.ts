import { statfsSync } from "node:fs";
import { clusterError } from "./cluster-error.ts";
import { type Layout, SOCKET_PORT } from "./layout.ts";

/**
 * For a small server of 2–8 cores that also runs Node. Durability settings stand here although they are
 * PostgreSQL's own defaults, so that an edited postgresql.conf cannot quietly take them away.
 *
 * The bundled build has neither lz4 nor zstd, and pglz costs more in loading than it saves: wal_compression stays off.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  listen_addresses: "",
  unix_socket_permissions: "0700",
  password_encryption: "scram-sha-256",
  max_connections: "60",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  min_wal_size: "160MB",
  checkpoint_timeout: "10min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_destination: "stderr",
  logging_collector: "off",
  log_line_prefix: "%m [%p] ",
  lc_messages: "C",
};

/** Parallel queries share memory through /dev/shm, of which a container often has only 64 MB. */
const SHM_NEEDED_BYTES = 256 * 1024 * 1024;

/** `-c name=value …` for the server. TAIZHANG_PG_OPTIONS (`shared_buffers=1GB work_mem='32 MB'`) overrides. */
export function serverSettings(layout: Layout, options: string | undefined): string[] {
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...(hasSharedMemory() ? {} : { dynamic_shared_memory_type: "mmap" }),
    ...parseOptions(options ?? ""),
    // Last: these two are how we find the server again.
    port: String(SOCKET_PORT),
    unix_socket_directories: quoteListItem(layout.socketDir),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** `name=value` pairs, each with or without a leading `-c`; a value with blanks stands in quotes. */
export function parseOptions(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const pair = /\s*(?:-c\s*)?([a-z_][a-z0-9_.]*)=('[^']*'|"[^"]*"|[^\s'"]*)(?=\s|$)/giy;
  let at = 0;
  while (text.slice(at).trim() !== "") {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (match === null) {
      throw clusterError(
        "CLUSTER_BAD_OPTIONS",
        `TAIZHANG_PG_OPTIONS cannot be read at "${text.slice(at).trim()}". ` +
          "Write name=value pairs separated by blanks, for example: shared_buffers=1GB work_mem='32 MB'.",
      );
    }
    const [, name = "", value = ""] = match;
    found[name.toLowerCase()] = value.replace(/^(['"])(.*)\1$/, "$2");
    at = pair.lastIndex;
  }
  return found;
}

function hasSharedMemory(): boolean {
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize >= SHM_NEEDED_BYTES;
  } catch {
    return false;
  }
}

/** unix_socket_directories is a list split at commas; an item in double quotes is taken as it stands. */
function quoteListItem(directory: string): string {
  return `"${directory.replaceAll('"', '""')}"`;
}
