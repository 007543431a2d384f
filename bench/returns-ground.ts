/** Two thousand villages that file, made beside the demonstration: regions, units, posts, sessions, forms, a board of two years. */
import { createHash } from "node:crypto";
import type pg from "pg";
import { makeSystemActor } from "../src/domains/auth/index.ts";
import { FormDefinition } from "../src/domains/returns/contract.ts";
import { ensureForm, openScheduled } from "../src/domains/returns/index.ts";
import { withActor } from "../src/platform/db/actor.ts";
import type { Pools } from "../src/platform/db/pool.ts";

export const COUNTY = 140981;
export const REGION = COUNTY * 1_000_000;
export const PERIOD = "2016-08";
export const BARE_PERIOD = "2016-09";
export const FORM = "bench-monthly";
export const BOARD_FORM = "bench-board";
const CSRF = "csrf-of-the-bench";

const named = (code: string, name: string) => ({ code, nameZh: name, nameEn: name });
const money = { kind: "number", unit: "万元", decimals: 2, required: true, min: "0" };
const posts = (measure: string) => ({ measure, basis: "ytd" });

const form = {
  ...named(FORM, "村级经济月报"),
  owner: "stats",
  periodForm: "month",
  filers: { kinds: ["bench"] },
  review: [{ level: "county", units: ["stats"] }],
  due: { kind: "working-days", count: 5 },
  schedule: { from: PERIOD, to: BARE_PERIOD },
  subjects: { kind: "region" },
  columns: [
    { ...money, ...named("month", "本月") },
    { ...money, ...named("ytd", "累计零售额"), posts: posts("retail_sales") },
    { ...money, ...named("online", "网上零售") },
    { ...money, ...named("fai", "累计投资"), posts: posts("fixed_asset_investment") },
    { ...money, ...named("equipment", "设备购置") },
    { ...named("note", "备注"), kind: "text" },
  ],
  rules: [
    ["sum", "last.ytd > 0 ? now.ytd == last.ytd + now.month : now.ytd >= now.month"],
    ["part", "now.online <= now.ytd"],
    ["equipment", "now.equipment <= now.fai"],
  ].map(([code, expression]) => ({
    code,
    kind: "identity",
    severity: "hard",
    expression,
    column: "ytd",
    messageZh: "不平衡",
    messageEn: "Does not add up",
  })),
};

export type Filer = {
  n: number;
  region: number;
  unit: number;
  post: number;
  id: number;
  bareId: number;
  cookie: string;
};

/** @returns the filers with their returns, and how to head their requests */
export async function makeFilers(client: pg.Client, pools: Pools, units: number): Promise<Filer[]> {
  await client.query(
    `INSERT INTO org.regions (code, parent, level, name_zh)
     SELECT ${REGION} + (900 + t) * 1000, ${REGION}, 'township', '测试乡' || t FROM generate_series(0, ($1 - 1) / 100) t`,
    [units],
  );
  await client.query(
    `INSERT INTO org.regions (code, parent, level, name_zh)
     SELECT ${REGION} + (900 + n / 100) * 1000 + 1 + n % 100, ${REGION} + (900 + n / 100) * 1000, 'village', '测试村' || n
     FROM generate_series(0, $1 - 1) n`,
    [units],
  );
  const at = `${COUNTY}, ${REGION} + (900 + n / 100) * 1000 + 1 + n % 100`;
  const each = "FROM generate_series(0, $1 - 1) n";
  await client.query(
    `INSERT INTO org.units (county, region, code, name_zh, name_en, kind) SELECT ${at}, 'bench-' || n, '村委会' || n, 'Village ' || n, 'bench' ${each}`,
    [units],
  );
  await client.query(
    `INSERT INTO org.people (county, region, code, name) SELECT ${at}, 'bench-' || n, '某' || n ${each}`,
    [units],
  );
  await client.query(
    `INSERT INTO org.posts (county, region, unit, person, code, role, title_zh, title_en)
     SELECT u.county, u.region, u.id, p.id, u.code, 'village', '统计员', 'Statistician' FROM org.units u
     JOIN org.people p ON p.county = u.county AND p.code = u.code WHERE u.kind = 'bench'`,
  );
  await client.query(
    `INSERT INTO auth.accounts (county, region, person, username, password_hash, must_change, state)
     SELECT county, region, id, code, 'none', false, 'active' FROM org.people WHERE code LIKE 'bench-%'`,
  );
  await withActor(pools, makeSystemActor("taizhang_actor", REGION), async (tx) => {
    await ensureForm(tx, COUNTY, FormDefinition.parse(form));
    await openScheduled(tx, "2016-10-01");
  });
  return openSessions(client);
}

async function openSessions(client: pg.Client): Promise<Filer[]> {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT u.region, u.id AS unit, p.id AS post, a.id AS account, r.id, b.id AS bare FROM org.units u
     JOIN org.posts p ON p.county = u.county AND p.code = u.code JOIN auth.accounts a ON a.username = u.code
     JOIN returns.returns r ON r.county = u.county AND r.unit = u.id AND r.form = '${FORM}' AND r.period = '${PERIOD}'
     JOIN returns.returns b ON b.county = u.county AND b.unit = u.id AND b.form = '${FORM}' AND b.period = '${BARE_PERIOD}'
     WHERE u.kind = 'bench' ORDER BY u.id`,
  );
  const hashes = rows.map((_, n) => createHash("sha256").update(`session-${n}`).digest());
  await client.query(
    `INSERT INTO auth.sessions (token_hash, account, county, post, csrf, expires_at)
     SELECT k.hash, k.account, ${COUNTY}, k.post, '${CSRF}', now() + interval '1 day'
     FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) k(hash, account, post)`,
    [hashes, rows.map(({ account }) => account), rows.map(({ post }) => post)],
  );
  return rows.map(({ region, unit, post, id, bare }, n) => ({
    n,
    region: Number(region),
    unit: Number(unit),
    post: Number(post),
    id: Number(id),
    bareId: Number(bare),
    cookie: `taizhang_session=session-${n}`,
  }));
}

export const headersOf = ({ cookie }: { cookie: string }): Record<string, string> => ({
  cookie,
  "x-csrf-token": CSRF,
  "content-type": "application/json",
});

/** A second form over `periods` months with a return of every unit for each, at various statuses. */
export async function makeBoard(client: pg.Client, units: number, periods: number): Promise<void> {
  const definition = { ...form, ...named(BOARD_FORM, "看板月报"), schedule: null };
  await client.query(
    `INSERT INTO returns.forms (county, code, version, region, owner, definition, recorded_by, recorded_by_title)
     VALUES (${COUNTY}, '${BOARD_FORM}', 1, ${REGION}, 'stats', $1, 0, '')`,
    [JSON.stringify(FormDefinition.parse(definition))],
  );
  const month = "date '2014-09-01' + n * interval '1 month'";
  await client.query(
    `INSERT INTO returns.openings (county, form, period, region, form_version, due_day)
     SELECT ${COUNTY}, '${BOARD_FORM}', to_char(${month}, 'YYYY-MM'), ${REGION}, 1, (${month} + interval '36 days')::date
     FROM generate_series(0, $1 - 1) n`,
    [periods],
  );
  await client.query(
    `INSERT INTO returns.returns (county, region, form, form_version, period, unit, step, status, version, accepted, submitted_at, sent_back)
     SELECT u.county, u.region, o.form, 1, o.period, u.id, 3, CASE WHEN u.id % 9 = 0 THEN 'due' ELSE 'accepted' END, 1, 1,
       CASE WHEN u.id % 9 > 0 THEN o.due_day + (u.id % 7 - 4) * interval '1 day' END, u.id % 3
     FROM (SELECT * FROM org.units WHERE kind = 'bench' ORDER BY id LIMIT $1) u
     JOIN returns.openings o ON o.county = u.county AND o.form = '${BOARD_FORM}'`,
    [units],
  );
  await client.query("ANALYZE");
}
