/** Seals, verifies and exports the audit trail. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { findAuditHead, readHeads, sealEntries, verifyTrail } from "../../domains/audit/index.ts";
import { makeSystemActor } from "../../domains/auth/index.ts";
import { withActor } from "../../platform/db/actor.ts";
import { openApplication } from "../application.ts";
import type { Application } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

const usage = `usage: taizhang audit verify [--head HASH]... [--heads FILE]
       taizhang audit head
       taizhang audit seal

  verify  recompute the hash chain; finds changed, added and deleted entries, removed seals, and a trail cut off
          at the end, the last by heads kept outside: the file beside the data, --head (as printed in a briefing), --heads
  head    print number, algorithm and hash of the newest seal, to be kept elsewhere
  seal    seal now what is not sealed yet`;

export const audit: Command = {
  summary: "verify, seal or print the head of the audit trail",
  usage,
  run: async (args, config) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { head: { type: "string", multiple: true }, heads: { type: "string" } },
      allowPositionals: true,
    });
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    try {
      switch (positionals[0]) {
        case "verify":
          return await verify(application, [...(values.head ?? []), ...(await headsIn(values.heads))]);
        case "head":
          return await printHead(application);
        case "seal": {
          const seal = await sealEntries(application.pools, {
            algorithm: config.auditHash,
            headsFile: application.headsFile,
          });
          say(
            seal
              ? `seal ${seal.number}: ${seal.entries} entries, ${seal.algorithm} ${seal.hash}`
              : "nothing to seal",
          );
          return 0;
        }
        default:
          throw new UsageError("verify, head or seal?");
      }
    } finally {
      await application.close();
    }
  },
};

async function headsIn(file: string | undefined): Promise<string[]> {
  return file === undefined
    ? []
    : (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
}

async function verify(application: Application, extra: readonly string[]): Promise<number> {
  const known = [...(await readHeads(application.headsFile)), ...extra];
  const result = await verifyTrail(application.pools, known);
  say(
    `${result.seals} seals, ${result.entries} entries sealed, ${result.unsealed} not sealed yet, ${known.length} heads known from outside`,
  );
  for (const problem of result.problems)
    say(`PROBLEM seal ${problem.seal ?? "?"} ${problem.code}: ${problem.detail}`);
  say(result.ok ? "the trail is intact" : "the trail is NOT intact");
  return result.ok ? 0 : 1;
}

async function printHead(application: Application): Promise<number> {
  const reader = makeSystemActor("taizhang_auditor", 0);
  const head = await withActor(application.pools, reader, (tx) => findAuditHead(tx), { readOnly: true });
  say(head ? `${head.number} ${head.algorithm} ${head.hash}` : "no seal yet");
  return 0;
}
