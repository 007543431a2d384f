/** Installs a county: its regions by code, the measures, and the three administrators. */
import { parseArgs } from "node:util";
import { readCounty } from "../../../packs/divisions/read-divisions.ts";
import { readPack } from "../../../packs/pack-schema.ts";
import { generatePassword, hashPassword } from "../../domains/auth/index.ts";
import { asAdministrator } from "../../platform/db/admin.ts";
import type { AdminTx } from "../../platform/db/admin.ts";
import { sql } from "../../platform/db/sql.ts";
import { openApplication } from "../application.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";
import { demoPack } from "../demo.ts";
import { loadMeasureCatalogue } from "../load-pack.ts";

const usage = `usage: taizhang init --county 140981 [--pack DIR]

  Regions down to the village come from the national division list by the county's 6-digit code. Makes the three
  administrators (sysadmin, secadmin, auditor); each one-time password is shown once and must be changed.
  --pack   take the measures from this pack instead of the built-in ones`;

const administrators = [
  { username: "sysadmin", titleZh: "系统管理员", titleEn: "System administrator" },
  { username: "secadmin", titleZh: "安全管理员", titleEn: "Security administrator" },
  { username: "auditor", titleZh: "审计管理员", titleEn: "Audit administrator" },
] as const;

export const init: Command = {
  summary: "install a county by its code into an empty database",
  usage,
  run: async (args, config) => {
    const { values } = parseArgs({
      args: [...args],
      options: { county: { type: "string" }, pack: { type: "string" } },
    });
    if (!values.county || !/^\d{6}$/.test(values.county))
      throw new UsageError("--county takes the 6-digit code of a county");
    const county = Number(values.county);
    const divisions = await readCounty(county);
    const measures = await readPack(values.pack ?? demoPack);
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "migrate" });
    try {
      if (await application.installation()) throw new Error("this database has an installation already");
      const passwords = await Promise.all(
        administrators.map(async (who) => {
          const password = generatePassword();
          return { ...who, password, hash: await hashPassword(password) };
        }),
      );
      await asAdministrator(application.admin, async (tx) => {
        for (const region of divisions) {
          await tx.query(sql`INSERT INTO org.regions (code, parent, level, name_zh)
            VALUES (${region.code}, ${region.parent}, ${region.level}, ${region.name}) ON CONFLICT DO NOTHING`);
        }
        await loadMeasureCatalogue(tx, measures);
        await makeAdministrators(tx, county, passwords);
        await tx.query(
          sql`INSERT INTO org.installation (county, mode) VALUES (${county * 1_000_000}, 'production')`,
        );
      });
      const name = divisions.find((region) => region.code === county * 1_000_000)?.name;
      say(`${name}: ${divisions.length} regions, ${measures.measures.length} measures`);
      say("one-time passwords, shown only now:");
      for (const who of passwords) say(`  ${who.username.padEnd(10)} ${who.password}`);
      say(
        "next: taizhang serve; people and posts come with a pack (packs/README.md): taizhang pack load DIR",
      );
      return 0;
    } finally {
      await application.close();
    }
  },
};

type NewAdministrator = (typeof administrators)[number] & { hash: string };

async function makeAdministrators(
  tx: AdminTx,
  county: number,
  people: readonly NewAdministrator[],
): Promise<void> {
  const region = county * 1_000_000;
  await tx.query(sql`INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
    VALUES (${county}, ${region}, 'administration', '系统管理', 'Administration of the system', 'office')`);
  for (const who of people) {
    await tx.query(
      sql`INSERT INTO org.people (county, region, code, name) VALUES (${county}, ${region}, ${who.username}, ${who.titleZh})`,
    );
    await tx.query(sql`INSERT INTO org.posts (county, region, unit, person, code, role, title_zh, title_en)
      SELECT ${county}, ${region}, u.id, p.id, ${who.username}, ${who.username}, ${who.titleZh}, ${who.titleEn}
      FROM org.units u JOIN org.people p ON p.county = u.county AND p.code = ${who.username}
      WHERE u.county = ${county} AND u.code = 'administration'`);
    await tx.query(sql`INSERT INTO auth.accounts (county, region, person, username, password_hash, must_change, state)
      SELECT ${county}, ${region}, id, ${who.username}, ${who.hash}, true, 'active' FROM org.people
      WHERE county = ${county} AND code = ${who.username}`);
  }
}
