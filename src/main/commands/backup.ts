/** Backup and restore of the embedded database. */
import { parseArgs } from "node:util";
import { hotCopy, restoreCopy } from "../../platform/postgres/index.ts";
import { openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

const ownServer =
  "DATABASE_URL is set: back up and restore one's own PostgreSQL with its own tools (pg_dump, pg_basebackup)";

export const backup: Command = {
  summary: "copy the embedded database into one file, while it runs",
  usage:
    "usage: taizhang backup FILE.tar\n\nThe data key (secrets/data-key) is not in it: keep that apart, without it encrypted fields stay closed.",
  run: async (args, config) => {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals[0] === undefined) throw new UsageError("into which file?");
    if (config.database) throw new UsageError(ownServer);
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "ignore" });
    try {
      if (!application.cluster) throw new UsageError(ownServer);
      const report = await hotCopy(application.cluster, positionals[0]);
      say(`${report.path}: ${report.files} files, ${report.bytes} bytes, sha256 ${report.sha256}`);
      return 0;
    } finally {
      await application.close();
    }
  },
};

export const restore: Command = {
  summary: "restore a backup into an empty data directory",
  usage: "usage: taizhang restore FILE.tar   (into TAIZHANG_DATA, which must hold no database)",
  run: async (args, config) => {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals[0] === undefined) throw new UsageError("from which file?");
    if (config.database) throw new UsageError(ownServer);
    const manifest = await restoreCopy(positionals[0], config.dataDir);
    say(`restored the copy of ${manifest.createdAt} into ${config.dataDir}`);
    return 0;
  },
};
