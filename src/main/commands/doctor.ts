/** Looks at an installation and says what is wrong and how to mend it. */
import { statfs } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readHeads, verifyTrail } from "../../domains/audit/index.ts";
import type { Config } from "../../platform/config.ts";
import { asAdministrator } from "../../platform/db/admin.ts";
import { listMissingMigrations } from "../../platform/db/migrate.ts";
import { sql } from "../../platform/db/sql.ts";
import { openApplication } from "../application.ts";
import type { Application } from "../application.ts";
import { note, say } from "../command.ts";
import type { Command } from "../command.ts";

type Finding = { ok: boolean; what: string };

export const doctor: Command = {
  summary: "check the database, the schema, the roles, the audit trail and the disk",
  usage: "usage: taizhang doctor",
  run: async (args, config) => {
    parseArgs({ args: [...args], options: {} });
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "ignore" });
    try {
      const findings = [...(await checkSchema(application)), await checkDisk(config)];
      if (findings.every((finding) => finding.ok))
        findings.push(...(await checkRoles(application)), await checkTrail(application));
      for (const finding of findings) say(`${finding.ok ? "ok     " : "PROBLEM"} ${finding.what}`);
      return findings.every((finding) => finding.ok) ? 0 : 1;
    } finally {
      await application.close();
    }
  },
};

async function checkSchema(application: Application): Promise<Finding[]> {
  const missing = await listMissingMigrations(application.admin);
  if (missing.length > 0)
    return [{ ok: false, what: `the schema lacks ${missing.join(", ")}: run taizhang migrate` }];
  const installation = await application.installation();
  return [
    { ok: true, what: "the schema is that of this version" },
    installation
      ? { ok: true, what: `installed: ${installation.county} (${installation.mode})` }
      : { ok: false, what: "no county is installed: run taizhang init --county <code>" },
  ];
}

/** What the security of the whole rests on: the application owns nothing and cannot pass row-level security. */
async function checkRoles(application: Application): Promise<Finding[]> {
  return asAdministrator(application.admin, async (tx) => {
    const { rows: strong } = await tx.query<{ name: string }>(sql`
      SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'taizhang%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`);
    const { rows: open } = await tx.query<{ name: string }>(sql`
      SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('audit', 'auth', 'indicators', 'ledger', 'org', 'relief') AND c.relkind = 'r' AND NOT c.relrowsecurity
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'county' AND NOT a.attisdropped)
        AND (n.nspname, c.relname) NOT IN (('org', 'installation'), ('ledger', 'versions'))`);
    return [
      {
        ok: strong.length === 0,
        what:
          strong.length === 0
            ? "no role of the application is privileged"
            : `privileged: ${strong.map((row) => row.name).join(", ")}`,
      },
      {
        ok: open.length === 0,
        what:
          open.length === 0
            ? "row-level security is on for every tenant table"
            : `without row-level security: ${open.map((row) => row.name).join(", ")}`,
      },
    ];
  });
}

async function checkTrail(application: Application): Promise<Finding> {
  const result = await verifyTrail(application.pools, await readHeads(application.headsFile));
  const first = result.problems[0];
  return {
    ok: result.ok,
    what: first
      ? `audit trail: ${first.code} ${first.detail}; see taizhang audit verify`
      : `audit trail: ${result.entries} entries under ${result.seals} seals, intact`,
  };
}

async function checkDisk(config: Config): Promise<Finding> {
  const disk = await statfs(config.dataDir);
  const free = (disk.bavail * disk.bsize) / 2 ** 30;
  return {
    ok: free >= 1,
    what: `${free.toFixed(1)} GiB free for ${config.dataDir}${free >= 1 ? "" : ": make room, the database stops when it is full"}`,
  };
}
