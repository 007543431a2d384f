/** Changes the key that personal data are sealed with. */
import { parseArgs } from "node:util";
import { makeSystemActor } from "../../domains/auth/index.ts";
import { changeKeys } from "../../domains/relief/index.ts";
import { readKeyring } from "../../platform/sealing/keyring.ts";
import { openSealer } from "../../platform/sealing/sealer.ts";
import { openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

const usage = `usage: taizhang keys rotate

  makes a new key, seals all personal data anew with it and with the cipher of TAIZHANG_CIPHER, and retires the old key.
  It runs beside the server; broken off, the same command goes on.`;

export const keys: Command = {
  summary: "change the key that personal data are sealed with",
  usage,
  run: async (args, config) => {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals[0] !== "rotate" || positionals.length !== 1) throw new UsageError("what about the keys?");
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      const keyring = await readKeyring(config.dataDir);
      const changed = await changeKeys({
        pools: application.pools,
        actor: { ...makeSystemActor("taizhang_actor", 0), postTitle: "命令行 command line" },
        keyring,
        sealer: openSealer(keyring, config.cipher),
        log: note,
      });
      say(`key ${keyring.current().number} is current; ${changed} values sealed anew`);
      return 0;
    } finally {
      await application.close();
    }
  },
};
