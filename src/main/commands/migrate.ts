/** Brings the database to the schema of this version. */
import { parseArgs } from "node:util";
import { migrateDatabase } from "../../platform/db/migrate.ts";
import { openApplication } from "../application.ts";
import { note, say } from "../command.ts";
import type { Command } from "../command.ts";

export const migrate: Command = {
  summary: "bring the database to the schema of this version",
  usage: "usage: taizhang migrate",
  run: async (args, config) => {
    parseArgs({ args: [...args], options: {} });
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "ignore" });
    try {
      const applied = await migrateDatabase(application.admin);
      say(
        applied.length === 0
          ? "the database is up to date"
          : applied.map((name) => `applied ${name}`).join("\n"),
      );
      return 0;
    } finally {
      await application.close();
    }
  },
};
