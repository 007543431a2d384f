/** Loads a county pack, or checks it. */
import { parseArgs } from "node:util";
import { readPack } from "../../../packs/pack-schema.ts";
import { openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";
import { demoPassword } from "../demo.ts";
import { dayInChina } from "../../shared/china-day.ts";
import { loadPack } from "../load-pack.ts";

const usage = `usage: taizhang pack check DIR
       taizhang pack load DIR

  check   read the pack and list every problem with file, row and column
  load    load regions, units, people, measures, figures, targets; loading again changes nothing`;

export const pack: Command = {
  summary: "check or load a county pack",
  usage,
  run: async (args, config) => {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    const [action, dir] = positionals;
    if (dir === undefined || (action !== "check" && action !== "load")) throw new UsageError("which pack?");
    const read = await readPack(dir);
    if (action === "check") {
      say(
        `${read.nameZh}: ${read.regions.length} regions, ${read.measures.length} measures, ${read.figures.length} figures, no problem`,
      );
      return 0;
    }
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      const installation = await application.installation();
      const mode = installation?.mode ?? "production";
      const loaded = await loadPack(application, read, {
        mode,
        today: dayInChina(new Date()),
        ...(mode === "demo" ? { demoPassword: await demoPassword(config.dataDir) } : {}),
      });
      say(
        loaded.repeated ? "nothing new: the pack had been loaded before" : `${loaded.figures} figures loaded`,
      );
      return 0;
    } finally {
      await application.close();
    }
  },
};
