/** Imports an export of the national system into the relief registry. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { makeSystemActor } from "../../domains/auth/index.ts";
import { importRegistry } from "../../domains/relief/index.ts";
import { readKeyring } from "../../platform/sealing/keyring.ts";
import { openSealer } from "../../platform/sealing/sealer.ts";
import { dayInChina } from "../../shared/china-day.ts";
import { parseRegionCode } from "../../shared/region-code.ts";
import { emptyDatabase, openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

const usage = `usage: taizhang registry import FILE [--title TEXT] [--region CODE] [--as-is]

  FILE      CSV (UTF-8 or GB18030) or .xlsx with the columns of the national system's export, in any order
  --region  the region whose villages the file may name (12 digits); the installed county when absent
  --as-is   keep ID numbers, phones and choices that are likely wrong as they stand, and count them;
            without it they refuse the file, each by line and column

  All rows enter or none. The same file twice changes nothing. Persons that the file does not have stay.`;

export const registry: Command = {
  summary: "import an export of the national system into the relief registry",
  usage,
  run: async (args, config) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        title: { type: "string" },
        region: { type: "string" },
        "as-is": { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [action, file] = positionals;
    if (action !== "import" || file === undefined) throw new UsageError("which file?");
    const given = values.region === undefined ? undefined : parseRegionCode(values.region);
    if (given?.ok === false) throw new UsageError("--region takes a code of 12 digits");
    const { size } = await stat(file).catch(() => {
      throw new UsageError(`there is no file ${file}`);
    });
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      const installation = await application.installation();
      if (!installation) throw new Error(emptyDatabase);
      const region = given?.value ?? installation.county;
      const progress = tellProgress(size);
      const made = await importRegistry(
        { ...makeSystemActor("taizhang_actor", region), postTitle: "命令行 command line" },
        {
          title: values.title ?? basename(file),
          origin: "file",
          fileName: basename(file),
          keepDoubts: values["as-is"],
          file: {
            content: createReadStream(file, { highWaterMark: 1 << 18 }),
            onBytes: (bytes) => progress.onBytes(bytes),
          },
        },
        {
          pools: application.pools,
          sealer: openSealer(await readKeyring(config.dataDir), config.cipher),
          today: dayInChina(new Date()),
          tell: (view) => progress.tell(view),
        },
      );
      for (const one of made)
        say(
          one.repeated
            ? `nothing new: the same file was imported as ${one.id} on ${one.recordedAt}`
            : `import ${one.id}: ${one.persons} persons in ${one.households} households; ${one.added} added, ${one.changed} changed, ${one.absent} not in the file and kept, ${one.doubts} doubts`,
        );
      return 0;
    } finally {
      await application.close();
    }
  },
};

/** A line a second at most. */
function tellProgress(size: number): {
  onBytes(bytes: number): void;
  tell(view: { step: string; done: number }): void;
} {
  let read = 0;
  let toldAt = 0;
  let step = "";
  return {
    onBytes: (bytes) => {
      read = bytes;
    },
    tell: (view) => {
      const now = performance.now();
      if (view.step === step && now - toldAt < 1000) return;
      toldAt = now;
      step = view.step;
      note(
        view.step === "sealing"
          ? `sealing: ${view.done} rows, ${Math.floor((100 * read) / Math.max(size, 1))} % of the file`
          : "storing: all rows at once",
      );
    },
  };
}
