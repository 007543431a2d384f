/** Writes the dispatch-meeting briefing as a Word file. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { sealEntries } from "../../domains/audit/index.ts";
import { makeSystemActor } from "../../domains/auth/index.ts";
import { composeRegionBriefing, renderBriefing } from "../../domains/dispatch/index.ts";
import { openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";
import { dayInChina } from "../../shared/china-day.ts";

export const briefing: Command = {
  summary: "write the dispatch-meeting briefing of a month as a Word file",
  usage: `usage: taizhang briefing --period 2016-07 --out FILE.docx [--region CODE] [--date yyyy-mm-dd]

  --region   a region of this installation; the county itself when absent
  --date     the date on the paper; today when absent. The same ledger and date give the same bytes.`,
  run: async (args, config) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        period: { type: "string" },
        out: { type: "string" },
        region: { type: "string" },
        date: { type: "string" },
      },
    });
    if (!values.period || !/^\d{4}-(0[1-9]|1[0-2])$/.test(values.period))
      throw new UsageError("--period should look like 2016-07");
    if (!values.out) throw new UsageError("--out names the file to write");
    if (values.date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.date))
      throw new UsageError("--date should look like 2016-08-15");
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      const installation = await application.installation();
      if (!installation) throw new Error("this database is empty: run npm start or taizhang init first");
      await sealEntries(application.pools, { algorithm: config.auditHash, headsFile: application.headsFile });
      const today = values.date ?? dayInChina(new Date());
      const region = values.region === undefined ? installation.county : Number(values.region);
      const reader = makeSystemActor("taizhang_actor", installation.county);
      const { briefing: composed } = await composeRegionBriefing(
        application.pools,
        { ...reader, access: "read" },
        { region, period: values.period, today },
      );
      const bytes = await renderBriefing(composed, { today });
      await writeFile(values.out, bytes);
      say(`${values.out}: ${bytes.length} bytes, ${composed.facts.length} facts traced`);
      return 0;
    } finally {
      await application.close();
    }
  },
};
