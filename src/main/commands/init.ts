/** Installs a county: its regions by code, the measures, and the three administrators. */
import { parseArgs } from "node:util";
import { readCounty } from "../../../packs/divisions/read-divisions.ts";
import { readPack } from "../../../packs/pack-schema.ts";
import {
  generatePassword,
  hashPassword,
  loadAccounts,
  makeSystemActor,
  resetAccount,
} from "../../domains/auth/index.ts";
import type { LoadedAccount } from "../../domains/auth/index.ts";
import { ensurePerson, ensurePost, ensureUnit } from "../../domains/org/index.ts";
import { asAdministrator } from "../../platform/db/admin.ts";
import { withActor } from "../../platform/db/actor.ts";
import type { Tx } from "../../platform/db/actor.ts";
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
      });
      const region = county * 1_000_000;
      const system = makeSystemActor("taizhang_admin", region);
      await withActor(application.pools, system, (tx) => makeAdministrators(tx, region, passwords));
      // Last: what was broken off before this line is not yet an installation.
      await asAdministrator(application.admin, (tx) =>
        tx.query(sql`INSERT INTO org.installation (county, mode) VALUES (${region}, 'production')`),
      );
      const name = divisions.find((division) => division.code === region)?.name;
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

/** Unit, people, posts and accounts of the three, audited as acts of the system. */
async function makeAdministrators(
  tx: Tx,
  region: number,
  administratorsToMake: readonly NewAdministrator[],
): Promise<void> {
  const unit = await ensureUnit(tx, {
    region,
    code: "administration",
    nameZh: "系统管理",
    nameEn: "Administration of the system",
    kind: "office",
  });
  const accounts: LoadedAccount[] = [];
  for (const who of administratorsToMake) {
    const { username, titleZh, titleEn } = who;
    const person = await ensurePerson(tx, { region, code: username, name: titleZh });
    await ensurePost(tx, { region, unit, person, code: username, role: username, titleZh, titleEn });
    accounts.push({ username, person, passwordHash: who.hash, state: "active", mustChange: true });
  }
  await loadAccounts(tx, accounts, new Date());
  // An earlier init that was broken off may have left the accounts: the passwords shown now are those that hold.
  for (const who of administratorsToMake) await resetAccount(tx, who.username, who.hash, new Date());
}
