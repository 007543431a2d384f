/** Loads a pack into the database. Loading the same pack again changes nothing. */
import { createHash } from "node:crypto";
import { generateFiguresOf } from "../../packs/pack-schema.ts";
import type { FigureRow, Pack } from "../../packs/pack-schema.ts";
import { hashPassword, loadAccounts, makeSystemActor } from "../domains/auth/index.ts";
import { ensurePerson, ensurePost, ensureUnit } from "../domains/org/index.ts";
import { recordFigures } from "../domains/ledger/index.ts";
import type { TextRow } from "../domains/ledger/index.ts";
import { asAdministrator } from "../platform/db/admin.ts";
import type { AdminTx } from "../platform/db/admin.ts";
import { withActor } from "../platform/db/actor.ts";
import type { Tx } from "../platform/db/actor.ts";
import { sql } from "../platform/db/sql.ts";
import type { Application } from "./application.ts";
import { loadForms } from "./load-pack-forms.ts";
import { loadReturns } from "./load-pack-returns.ts";
import { loadRegistry } from "./load-pack-registry.ts";
import { loadOneOffs, loadTargets } from "./load-pack-targets.ts";

export type PackLoad = { figures: number; repeated: boolean };

/**
 * @param demoPassword signs in every person of the pack; without it the pack's people get no accounts
 */
export async function loadPack(
  application: Application,
  pack: Pack,
  options: { mode: "demo" | "production"; demoPassword?: string; today: string },
): Promise<PackLoad> {
  const passwordHash =
    options.demoPassword === undefined ? undefined : await hashPassword(options.demoPassword);
  await asAdministrator(application.admin, (tx) => loadCatalogues(tx, pack));
  await withActor(application.pools, makeSystemActor("taizhang_admin", pack.prefecture), (tx) =>
    loadPeople(tx, pack, passwordHash),
  );

  const generated = await generateFiguresOf(pack);
  const rows = [...pack.figures, ...generated];
  // Side by side: while the database stores one, the other is read and checked.
  const [figures] = await Promise.all([
    loadReporting(application, pack, rows, options.today),
    loadRegistry(application, pack, options.today),
  ]);

  // Last, so that a load that was broken off is taken up again at the next start.
  await asAdministrator(application.admin, (tx) =>
    tx.query(
      sql`INSERT INTO org.installation (county, mode, pack) VALUES (${pack.region}, ${options.mode}, ${pack.code}) ON CONFLICT DO NOTHING`,
    ),
  );
  return { figures, repeated: figures === 0 };
}

/** Figures, what they are held against, and the returns, which say what the figures say. @returns figures recorded now */
async function loadReporting(
  application: Application,
  pack: Pack,
  rows: readonly FigureRow[],
  today: string,
): Promise<number> {
  const figures = await loadFigures(application, pack, rows, today);
  await loadTargets(application, pack);
  await loadOneOffs(application, pack);
  await loadForms(application, pack, today);
  await loadReturns(application, pack, rows);
  return figures;
}

async function loadCatalogues(tx: AdminTx, pack: Pack): Promise<void> {
  for (const region of pack.regions) {
    await tx.query(sql`INSERT INTO org.regions (code, parent, level, name_zh, name_en, note)
      VALUES (${region.code}, ${region.parent}, ${region.level}, ${region.nameZh}, ${region.nameEn}, ${region.note})
      ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, note = excluded.note`);
  }
  await loadMeasureCatalogue(tx, pack);
  for (const set of pack.comparisonSets) {
    const region = set.level === "county" ? pack.prefecture : pack.region;
    await tx.query(sql`INSERT INTO indicators.comparison_sets (code, region, name_zh, name_en, rank_by, members)
      VALUES (${set.code}, ${region}, ${set.nameZh}, ${set.nameEn}, ${set.by}, ${set.members}::bigint[])
      ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        rank_by = excluded.rank_by, members = excluded.members`);
  }
}

/** The measures of a pack; one that is there keeps its unit and conventions, since figures were recorded under them. */
export async function loadMeasureCatalogue(tx: AdminTx, pack: Pick<Pack, "measures">): Promise<void> {
  for (const measure of pack.measures) {
    await tx.query(sql`INSERT INTO ledger.measures (code, name_zh, name_en, unit, display_unit, decimals, kind, price_basis,
        growth_policy, direction, frequency, additive, allows_negative, topic, sort)
      VALUES (${measure.code}, ${measure.nameZh}, ${measure.nameEn}, ${measure.unit}, ${measure.displayUnit}, ${measure.decimals},
        ${measure.kind}, ${measure.priceBasis}, ${measure.growthPolicy}, ${measure.direction}, ${measure.frequency},
        ${measure.additive}, ${measure.allowsNegative}, ${measure.topic}, ${measure.sort})
      ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, sort = excluded.sort`);
  }
}

/** Units, people, posts and accounts, as the system acting through the administrators' door; audited like any such change. */
async function loadPeople(tx: Tx, pack: Pack, passwordHash: string | undefined): Promise<void> {
  const units = new Map<string, number>();
  for (const unit of pack.units) {
    const { unit: code, region, nameZh, nameEn, kind } = unit;
    units.set(code, await ensureUnit(tx, { region, code, nameZh, nameEn, kind }));
  }
  const people = new Map<string, number>();
  for (const person of pack.people) {
    // A person belongs to the region of the first post; it decides which administrator sees the account.
    const first = pack.posts.find((post) => post.username === person.username);
    if (!first) continue;
    const { username: code, nameZh: name } = person;
    people.set(code, await ensurePerson(tx, { region: first.region, code, name }));
  }
  for (const post of pack.posts) {
    const { post: code, region, role, titleZh, titleEn } = post;
    const unit = units.get(post.unit) as number;
    await ensurePost(tx, {
      region,
      unit,
      person: people.get(post.username) ?? null,
      code,
      role,
      titleZh,
      titleEn,
    });
  }
  if (passwordHash === undefined) return;
  const accounts = [...people].map(([username, person]) => ({
    username,
    person,
    passwordHash,
    state: "active" as const,
    mustChange: false,
  }));
  await loadAccounts(tx, accounts, new Date());
}

/** Figures go the way of any import, source by source, under a key made of their content. @returns figures recorded now */
async function loadFigures(
  application: Application,
  pack: Pack,
  rows: readonly FigureRow[],
  today: string,
): Promise<number> {
  const actor = {
    ...makeSystemActor("taizhang_actor", pack.prefecture),
    postTitle: "数据包装载 pack loader",
  };
  let figures = 0;
  for (const source of pack.sources) {
    const own = rows.filter((row) => row.source === source.source);
    if (own.length === 0) continue;
    const sha256 = source.sha256 ?? createHash("sha256").update(JSON.stringify(own)).digest("hex");
    const recorded = await recordFigures(application.pools, actor, today, {
      title: source.titleZh,
      kind: source.kind,
      fileName: source.file,
      sha256,
      idempotency: `pack:${pack.code}:${source.source}:${sha256}`,
      rows: own.flatMap(toTextRows),
    });
    figures += recorded.figures;
  }
  return figures;
}

/** A row of the pack, and a row more for each rank or completion that the source itself states. */
function toTextRows(row: FigureRow, index: number): TextRow[] {
  const place =
    row.locator === null ? null : row.quote === null ? row.locator : `${row.locator}：“${row.quote}”`;
  const key = {
    region: row.region,
    subject: row.subject,
    measure: row.measure,
    basis: row.basis,
    period: row.period,
  };
  const common = { ...key, line: index + 2, audience: row.audience, locator: place };
  const rows: TextRow[] = [];
  if (row.value !== null || row.growth !== null) {
    rows.push({
      ...common,
      value: row.value ?? undefined,
      unit: row.unit,
      growth: row.growth ?? undefined,
      qualifier: row.qualifier ?? undefined,
    });
  }
  if (row.statedRank !== null) rows.push({ ...common, aspect: "rank", value: String(row.statedRank) });
  if (row.statedCompletion !== null)
    rows.push({ ...common, aspect: "completion", value: row.statedCompletion });
  return rows;
}
