/** Imports an export of the national system into the relief registry. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { makeSystemActor } from "../../domains/auth/index.ts";
import { importRegistry } from "../../domains/relief/index.ts";
import { readKeyring } from "../../platform/sealing/keyring.ts";
import { Problem } from "../../platform/problem.ts";
import { openSealer } from "../../platform/sealing/sealer.ts";
import type { Language } from "../../shared/period.ts";
import { dayInChina } from "../../shared/china-day.ts";
import { parseRegionCode } from "../../shared/region-code.ts";
import { emptyDatabase, openApplication } from "../application.ts";
import { UsageError, note, notePlaces, readLanguage, say } from "../command.ts";
import type { Command } from "../command.ts";

const usage = `usage: taizhang registry import FILE [--title TEXT] [--region CODE] [--as-is] [--lang zh|en]

  FILE      CSV (UTF-8 or GB18030) or .xlsx with the columns of the national system's export, in any order
  --region  the region whose villages the file may name (12 digits); the installed county when absent
  --as-is   keep ID numbers, phones and choices that are likely wrong as they stand, and count them;
            without it they refuse the file, each by line and column
  --lang    language of messages, zh when absent

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
        lang: { type: "string", default: "zh" },
      },
      allowPositionals: true,
    });
    const lang = readLanguage(values.lang);
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
      const progress = tellProgress(size, lang);
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
      for (const one of made) say(tellImport(one)[lang]);
      return 0;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      note(`taizhang registry: ${(error.detail ?? error.title)[lang]}`);
      notePlaces(error.places, lang);
      return 1;
    } finally {
      await application.close();
    }
  },
};

type Made = Awaited<ReturnType<typeof importRegistry>>[number];

function tellImport(one: Made): Record<Language, string> {
  if (one.repeated)
    return {
      zh: `没有新内容：同一文件已于 ${one.recordedAt} 导入（第 ${one.id} 次）`,
      en: `nothing new: the same file was imported as ${one.id} on ${one.recordedAt}`,
    };
  return {
    zh: `第 ${one.id} 次导入：${one.households} 户 ${one.persons} 人；新增 ${one.added}，变更 ${one.changed}，文件中没有而保留 ${one.absent}，存疑 ${one.doubts}`,
    en: `import ${one.id}: ${one.persons} persons in ${one.households} households; ${one.added} added, ${one.changed} changed, ${one.absent} not in the file and kept, ${one.doubts} doubts`,
  };
}

/** A line a second at most. */
function tellProgress(
  size: number,
  lang: Language,
): {
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
      const share = Math.floor((100 * read) / Math.max(size, 1));
      const sealing = {
        zh: `正在加密：${view.done} 行，文件的 ${share} %`,
        en: `sealing: ${view.done} rows, ${share} % of the file`,
      };
      const storing = { zh: "正在入库：全部行一次写入", en: "storing: all rows at once" };
      note((view.step === "sealing" ? sealing : storing)[lang]);
    },
  };
}
