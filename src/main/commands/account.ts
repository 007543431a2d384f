/** Opens an account again for whoever runs the program, when no security administrator can. */
import { parseArgs } from "node:util";
import { generatePassword, hashPassword, makeSystemActor, resetAccount } from "../../domains/auth/index.ts";
import { withActor } from "../../platform/db/actor.ts";
import { emptyDatabase, openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

export const account: Command = {
  summary: "give an account a one-time password, when no security administrator can",
  usage: `usage: taizhang account reset USERNAME

  Shows a new one-time password once, ends the account's sessions and tokens, and takes its authenticator away.
  The audit trail says that it was done from the command line.`,
  run: async (args, config) => {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    const [action, username] = positionals;
    if (action !== "reset" || username === undefined) throw new UsageError("whose account?");
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      if (!(await application.installation())) throw new Error(emptyDatabase);
      const password = generatePassword();
      const hash = await hashPassword(password);
      const system = makeSystemActor("taizhang_admin", 0);
      const found = await withActor(application.pools, system, (tx) =>
        resetAccount(tx, username, hash, new Date()),
      );
      if (!found) throw new Error(`there is no account "${username}"`);
      say(`one-time password of ${username}, shown only now: ${password}`);
      return 0;
    } finally {
      await application.close();
    }
  },
};
