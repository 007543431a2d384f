/** SQL of an import: staged rows are checked as a set and enter the registry in a few statements under the row policies. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { ImportView } from "../contract.ts";
import { lastHouseholdActionOf } from "./registry-sql.ts";
import { STAGING_COLUMNS } from "./stage-rows.ts";

export const STAGING_TARGET = `staged (${STAGING_COLUMNS})`;
/** Shared by whoever seals for longer than a moment; a rotation waits for it before it retires a key. */
export const SEALING_LOCK = 20_160_831;

export async function createStaging(tx: Tx): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock_shared(${SEALING_LOCK})`);
  // A prefecture's rows are sorted and joined whole; an import runs one at a time in each county.
  await tx.query(sql`SET LOCAL work_mem = '64MB'`);
  await tx.query(sql`CREATE TEMPORARY TABLE staged (
    line integer, region bigint, household text, number text, name text, sex text, birth_year integer,
    id_number bytea, id_hash bytea, id_mask text, relation text, from_day date, form jsonb, lead boolean, head boolean,
    about jsonb, phone bytea, phone_hash bytea, phone_mask text, account bytea, account_hash bytea, account_mask text,
    causes text[], has_main boolean, identified_on date, poverty_state text, exit_year integer,
    county integer GENERATED ALWAYS AS (region / 1000000) STORED) ON COMMIT DROP`);
}

export type StagedCounty = { county: number; regionMin: number; regionMax: number; persons: number };

/** One import after the other in each county: what is known must not change between looking and writing. */
export async function lockCounties(tx: Tx): Promise<StagedCounty[]> {
  await tx.query(sql`ANALYZE staged (county, household, number, id_hash)`);
  const { rows } =
    await tx.query<StagedCounty>(sql`SELECT county, min(region) AS "regionMin", max(region) AS "regionMax",
    count(*) AS persons FROM staged GROUP BY county ORDER BY county`);
  for (const { county } of rows)
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('relief.registry', ${county}))`);
  return rows;
}

const importColumns = sql`id, title, origin, file_name AS "fileName", sha256, persons, households, added, changed, absent, doubts,
  recorded_at AS "recordedAt"`;

export async function listImports(tx: Tx): Promise<Omit<ImportView, "repeated">[]> {
  const { rows } = await tx.query<Omit<ImportView, "repeated">>(
    sql`SELECT ${importColumns} FROM relief.imports ORDER BY id DESC LIMIT 200`,
  );
  return rows;
}

/** The last imports, if they are of this very file in each of its places: none when another came after it. */
export async function findSameImport(tx: Tx, sha256: string): Promise<Omit<ImportView, "repeated">[]> {
  const { rows } = await tx.query<Omit<ImportView, "repeated"> & { county: number; isLast: boolean }>(sql`
    SELECT DISTINCT ON (i.county, i.region) i.county, ${importColumns},
      NOT EXISTS (SELECT FROM relief.imports l WHERE l.county = i.county AND l.id > i.id AND l.sha256 <> i.sha256) AS "isLast"
    FROM relief.imports i WHERE sha256 = ${sha256} ORDER BY i.county, i.region, i.id DESC`);
  if (!rows.every(({ isLast }) => isLast)) return [];
  return rows.map(({ county: _, isLast: __, ...one }) => one).sort((one, other) => one.id - other.id);
}

export type StagedClash = {
  kind: "NUMBER_REPEATED" | "HOUSEHOLD_SPLIT" | "HEAD_REPEATED" | "ID_REPEATED" | "ID_KNOWN";
  line: number;
  /** the earlier line of the file, or null: it stands in the registry */
  other: number | null;
  mask: string | null;
};

/**
 * Numbers of persons that stand twice, and households in two villages: errors. Two persons with one ID number, and two heads of one household, whose
 * relations then say nothing: doubts.
 * Each is counted first, by hashing; only what stands twice is put in order.
 */
export async function findClashes(tx: Tx, limit: number): Promise<StagedClash[]> {
  const { rows } = await tx.query<StagedClash>(sql`
    SELECT 'NUMBER_REPEATED' AS kind, s.line, t.first AS other, NULL AS mask
      FROM (SELECT county, number, min(line) AS first FROM staged GROUP BY county, number HAVING count(*) > 1) t
      JOIN staged s ON s.county = t.county AND s.number = t.number AND s.line > t.first
    UNION ALL SELECT 'HOUSEHOLD_SPLIT', s.line, h.line, NULL
      FROM (SELECT county, household, min(line) AS first FROM staged GROUP BY county, household HAVING min(region) <> max(region)) t
      JOIN staged h ON h.county = t.county AND h.household = t.household AND h.line = t.first
      JOIN staged s ON s.county = t.county AND s.household = t.household AND s.region <> h.region
    UNION ALL SELECT 'HEAD_REPEATED', s.line, o.line, NULL
      FROM (SELECT county, household, min(line) AS first FROM staged WHERE head GROUP BY county, household HAVING count(*) > 1) t
      JOIN staged o ON o.county = t.county AND o.household = t.household AND o.line = t.first
      JOIN staged s ON s.county = t.county AND s.household = t.household AND s.head AND s.number <> o.number
    UNION ALL SELECT 'ID_REPEATED', s.line, o.line, s.id_mask
      FROM (SELECT county, id_hash, min(line) AS first FROM staged WHERE id_hash IS NOT NULL GROUP BY county, id_hash
        HAVING count(*) > 1) t
      JOIN staged o ON o.county = t.county AND o.id_hash = t.id_hash AND o.line = t.first
      JOIN staged s ON s.county = t.county AND s.id_hash = t.id_hash AND s.number <> o.number
    UNION ALL SELECT 'ID_KNOWN', s.line, NULL, s.id_mask
      FROM staged s JOIN relief.persons p ON p.county = s.county AND p.id_hash = s.id_hash WHERE p.number <> s.number
    ORDER BY line LIMIT ${limit}`);
  return rows;
}

/** Which of the columns that are kept by themselves the file has: what it does not speak of stays as it was. */
export type Spoken = {
  forms: readonly string[];
  phone: boolean;
  account: boolean;
  idNumber: boolean;
  causes: boolean;
};

/** Hashes under two keys cannot be compared: then the masks must do. */
const same = (a: Sql, b: Sql): Sql =>
  sql`(${a} IS NOT DISTINCT FROM ${b} OR coalesce(substring(${a} FOR 2) <> substring(${b} FOR 2), false))`;
const ifSpoken = (spoken: boolean, staged: Sql, kept: Sql): Sql => (spoken ? staged : kept);

/** The state before and after, as actions show it: masked. */
export async function compareStaged(tx: Tx, spoken: Spoken): Promise<void> {
  const oldCauses = sql`(SELECT string_agg(c.cause, ',' ORDER BY NOT c.is_main, c.cause) FROM relief.causes c
    WHERE c.county = h.county AND c.household = h.id)`;
  const newCauses = sql`(SELECT string_agg(c, ',' ORDER BY NOT (s.has_main AND c = s.causes[1]), c) FROM unnest(s.causes) c)`;
  const [phone, account] = [spoken.phone, spoken.account];
  // Members of a household that are scattered over the file have told of it more than once: the head counts, else the first.
  await tx.query(sql`UPDATE staged s SET lead = false
    FROM (SELECT ctid AS place, row_number() OVER (PARTITION BY county, household ORDER BY head DESC, line) AS n
      FROM staged WHERE lead) t
    WHERE s.ctid = t.place AND t.n > 1`);
  await tx.query(sql`CREATE TEMPORARY TABLE homes ON COMMIT DROP AS
    SELECT s.county, s.household, s.line, s.region, s.from_day, h.id AS known,
      CASE WHEN h.id IS NULL THEN s.about ELSE (h.form - ${spoken.forms}::text[]) || s.about END AS form,
      ${ifSpoken(phone, sql`s.phone`, sql`h.phone`)} AS phone,
      ${ifSpoken(phone, sql`s.phone_hash`, sql`h.phone_hash`)} AS phone_hash,
      ${ifSpoken(phone, sql`s.phone_mask`, sql`h.phone_mask`)} AS phone_mask,
      ${ifSpoken(account, sql`s.account`, sql`h.account`)} AS account,
      ${ifSpoken(account, sql`s.account_hash`, sql`h.account_hash`)} AS account_hash,
      ${ifSpoken(account, sql`s.account_mask`, sql`h.account_mask`)} AS account_mask,
      s.causes, s.has_main, s.identified_on, s.poverty_state, s.exit_year,
      CASE WHEN h.id IS NOT NULL THEN h.form || jsonb_strip_nulls(jsonb_build_object('region', h.region::text,
        'phone', h.phone_mask, 'account', h.account_mask, 'causes', ${oldCauses})) END AS old,
      CASE WHEN h.id IS NOT NULL THEN (h.form - ${spoken.forms}::text[]) || s.about || jsonb_strip_nulls(jsonb_build_object('region', s.region::text,
        'phone', ${ifSpoken(phone, sql`s.phone_mask`, sql`h.phone_mask`)},
        'account', ${ifSpoken(account, sql`s.account_mask`, sql`h.account_mask`)},
        'causes', ${ifSpoken(spoken.causes, newCauses, oldCauses)})) END AS new,
      ${ifSpoken(phone, same(sql`h.phone_hash`, sql`s.phone_hash`), sql`true`)} AS same_phone,
      ${ifSpoken(account, same(sql`h.account_hash`, sql`s.account_hash`), sql`true`)} AS same_account
    FROM staged s LEFT JOIN relief.households h ON h.county = s.county AND h.number = s.household
    WHERE s.lead`);
  const id = spoken.idNumber;
  await tx.query(sql`CREATE TEMPORARY TABLE known_persons ON COMMIT DROP AS
    SELECT s.county, s.number, s.household, s.line, s.region, p.id AS person, p.region AS old_region,
      m.id AS membership, m.household AS old_household, s.name, coalesce(s.sex, p.sex) AS sex,
      coalesce(nullif(s.relation, ''), m.relation) AS relation, m.relation AS old_relation, o.number AS old_number,
      ${ifSpoken(id, sql`s.birth_year`, sql`p.birth_year`)} AS birth_year,
      ${ifSpoken(id, sql`s.id_number`, sql`p.id_number`)} AS id_number,
      ${ifSpoken(id, sql`s.id_hash`, sql`p.id_hash`)} AS id_hash,
      ${ifSpoken(id, sql`s.id_mask`, sql`p.id_mask`)} AS id_mask,
      (p.form - ${spoken.forms}::text[]) || s.form AS form,
      p.form || jsonb_strip_nulls(jsonb_build_object('name', p.name, 'sex', p.sex, 'idNumber', p.id_mask,
        'relation', m.relation, 'household', o.number)) AS old,
      (p.form - ${spoken.forms}::text[]) || s.form || jsonb_strip_nulls(jsonb_build_object('name', s.name,
        'sex', coalesce(s.sex, p.sex), 'idNumber', ${ifSpoken(id, sql`s.id_mask`, sql`p.id_mask`)},
        'relation', coalesce(nullif(s.relation, ''), m.relation), 'household', CASE WHEN m.id IS NOT NULL THEN s.household END)) AS new,
      ${ifSpoken(id, same(sql`p.id_hash`, sql`s.id_hash`), sql`true`)} AS same_id
    FROM staged s
    JOIN relief.persons p ON p.county = s.county AND p.number = s.number
    LEFT JOIN relief.memberships m ON m.county = p.county AND m.person = p.id AND m.to_day IS NULL
    LEFT JOIN relief.households o ON o.county = m.county AND o.id = m.household`);
  await tx.query(sql`ANALYZE homes (county, household, known)`);
  await tx.query(sql`ANALYZE known_persons (county, number, household, person)`);
}

const homeChanged = sql`(known IS NOT NULL AND (old <> new OR NOT same_phone OR NOT same_account))`;
const personChanged = sql`(k.old <> k.new OR NOT k.same_id OR k.old_region <> k.region)`;

export type NewImport = {
  title: string;
  origin: "file" | "synthetic";
  fileName: string;
  sha256: string;
  bytes: number;
  doubts: number;
  /** of each county the region that covers its rows; `regionTo` is exclusive */
  places: readonly { county: number; region: number; regionTo: number }[];
};
export type MadeImport = Omit<ImportView, "repeated"> & { county: number };

/** One for each county. Counted before anything is written: afterwards nothing would be new any more. */
export async function insertImports(tx: Tx, one: NewImport): Promise<MadeImport[]> {
  const { places } = one;
  const { rows } = await tx.query<MadeImport>(sql`
    INSERT INTO relief.imports (county, region, title, origin, file_name, sha256, bytes, persons, households, added, changed,
      absent, doubts, recorded_by)
    SELECT c.county, c.region, ${one.title}, ${one.origin}, ${one.fileName}, ${one.sha256}, ${one.bytes}, s.persons, h.households,
      s.persons - coalesce(k.known, 0), h.changed + coalesce(k.changed, 0), coalesce(a.absent, 0), ${one.doubts}, ${tx.actor.post ?? 0}
    FROM unnest(${places.map(({ county }) => county)}::integer[], ${places.map(({ region }) => region)}::bigint[],
        ${places.map(({ regionTo }) => regionTo)}::bigint[]) c(county, region, region_to)
    JOIN (SELECT county, count(*) AS persons FROM staged GROUP BY county) s USING (county)
    JOIN (SELECT county, count(*) AS households, count(*) FILTER (WHERE ${homeChanged}) AS changed FROM homes GROUP BY county) h
      USING (county)
    LEFT JOIN (SELECT county, count(*) AS known, count(*) FILTER (WHERE ${personChanged}) AS changed FROM known_persons k
      GROUP BY county) k USING (county)
    LEFT JOIN LATERAL (SELECT count(*) AS absent FROM relief.memberships m WHERE m.county = c.county AND m.to_day IS NULL
      AND m.region >= c.region AND m.region < c.region_to
      AND NOT EXISTS (SELECT FROM known_persons p WHERE p.county = m.county AND p.person = m.person)) a ON true
    RETURNING county, ${importColumns}`);
  return rows;
}

/** Which import each county's rows came by; all counties of a file enter in the same statements. */
export async function numberImports(
  tx: Tx,
  imports: readonly { county: number; id: number }[],
): Promise<void> {
  await tx.query(sql`CREATE TEMPORARY TABLE made_imports ON COMMIT DROP AS
    SELECT * FROM unnest(${imports.map(({ county }) => county)}::integer[], ${imports.map(({ id }) => id)}::bigint[]) i(county, import)`);
}

/**
 * Households and persons that were not there, with their memberships, causes and first actions. Their new ids go into
 * temporary tables that are counted: of the registry itself the planner knows nothing yet, right after such an insertion,
 * and would go through it once for each row.
 */
export async function insertNew(tx: Tx, today: string): Promise<void> {
  await insertHouseholds(tx, today);
  await insertPersons(tx, today);
}

async function insertHouseholds(tx: Tx, today: string): Promise<void> {
  const by = tx.actor.post ?? 0;
  await tx.query(
    sql`CREATE TEMPORARY TABLE new_homes (county integer, id bigint, number text) ON COMMIT DROP`,
  );
  await tx.query(sql`WITH made AS (INSERT INTO relief.households (county, region, number, form, phone, phone_hash, phone_mask,
        account, account_hash, account_mask, origin)
      SELECT county, region, household, form, phone, phone_hash, phone_mask, account, account_hash, account_mask, import
      FROM homes JOIN made_imports USING (county) WHERE known IS NULL RETURNING county, id, number)
    INSERT INTO new_homes SELECT county, id, number FROM made`);
  await tx.query(
    sql`INSERT INTO new_homes SELECT county, known, household FROM homes WHERE known IS NOT NULL`,
  );
  await tx.query(sql`ANALYZE new_homes`);
  await tx.query(sql`INSERT INTO relief.causes (county, region, household, cause, is_main)
    SELECT n.county, n.region, h.id, c.cause, n.has_main AND c.place = 1
    FROM homes n JOIN new_homes h ON h.county = n.county AND h.number = n.household,
      unnest(n.causes) WITH ORDINALITY c(cause, place)
    WHERE n.known IS NULL`);
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, kind, on_day, import, recorded_by)
    SELECT n.county, n.region, h.id, k.kind, k.on_day, i.import, ${by}::bigint
    FROM homes n JOIN new_homes h ON h.county = n.county AND h.number = n.household
      JOIN made_imports i ON i.county = n.county
      CROSS JOIN LATERAL (SELECT coalesce(n.identified_on, n.from_day, ${today}::date) AS first) f
      CROSS JOIN LATERAL (VALUES (1, 'register', f.first),
        (2, CASE n.poverty_state WHEN '已脱贫' THEN 'exit' WHEN '返贫' THEN 'return' END,
          greatest(f.first, least(${today}::date, coalesce(make_date(n.exit_year, 12, 31), ${today}::date))))) k(place, kind, on_day)
    WHERE n.known IS NULL AND k.kind IS NOT NULL ORDER BY h.id, k.place`);
}

async function insertPersons(tx: Tx, today: string): Promise<void> {
  const by = tx.actor.post ?? 0;
  await tx.query(
    sql`CREATE TEMPORARY TABLE new_persons (county integer, id bigint, number text) ON COMMIT DROP`,
  );
  await tx.query(sql`WITH made AS (INSERT INTO relief.persons (county, region, number, name, sex, birth_year, id_number, id_hash,
        id_mask, form)
      SELECT county, region, number, name, sex, birth_year, id_number, id_hash, id_mask, form FROM staged s
      WHERE NOT EXISTS (SELECT FROM known_persons k WHERE k.county = s.county AND k.number = s.number)
      RETURNING county, id, number)
    INSERT INTO new_persons SELECT county, id, number FROM made`);
  await tx.query(sql`ANALYZE new_persons`);
  await tx.query(sql`INSERT INTO relief.memberships (county, region, household, person, relation, from_day)
    SELECT s.county, s.region, h.id, p.id, s.relation, coalesce(s.from_day, n.identified_on, ${today}::date)
    FROM staged s
    JOIN new_persons p ON p.county = s.county AND p.number = s.number
    JOIN new_homes h ON h.county = s.county AND h.number = s.household
    JOIN homes n ON n.county = s.county AND n.household = s.household`);
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, person, kind, on_day, import, recorded_by)
    SELECT s.county, s.region, n.known, p.id, 'register', coalesce(s.from_day, ${today}::date), i.import, ${by}::bigint
    FROM staged s
    JOIN new_persons p ON p.county = s.county AND p.number = s.number
    JOIN homes n ON n.county = s.county AND n.household = s.household
    JOIN made_imports i ON i.county = s.county
    WHERE n.known IS NOT NULL ORDER BY s.line`);
}

/** The fields of one state that the other has not or has otherwise. */
const differing = (one: Sql, other: Sql): Sql =>
  sql`coalesce((SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(${one}) e WHERE ${other} -> e.key IS DISTINCT FROM e.value), '{}')`;

/** Whether the file speaks of anybody who was there before. */
export async function knowsAny(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query(
    sql`SELECT FROM homes WHERE known IS NOT NULL UNION ALL SELECT FROM known_persons LIMIT 1`,
  );
  return rows.length > 0;
}

/** Known households and persons whose data the file changes: what was and what is now, both kept. */
export async function amendKnown(tx: Tx, today: string): Promise<void> {
  await amendHouseholds(tx, today);
  await amendPersons(tx, today);
}

async function amendHouseholds(tx: Tx, today: string): Promise<void> {
  const by = tx.actor.post ?? 0;
  const shown = (
    state: Sql,
  ): Sql => sql`CASE WHEN same_phone THEN '{}' ELSE jsonb_build_object('phone', ${state} -> 'phone') END
    || CASE WHEN same_account THEN '{}' ELSE jsonb_build_object('account', ${state} -> 'account') END`;
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, kind, on_day, before, after, import, recorded_by)
    SELECT county, region, known, 'amend', ${today}::date, ${differing(sql`old`, sql`new`)} || ${shown(sql`old`)},
      ${differing(sql`new`, sql`old`)} || ${shown(sql`new`)}, import, ${by}::bigint
    FROM homes JOIN made_imports USING (county) WHERE ${homeChanged} ORDER BY line`);
  await tx.query(sql`DELETE FROM relief.causes c USING homes n WHERE c.county = n.county
    AND c.household = n.known AND n.old -> 'causes' IS DISTINCT FROM n.new -> 'causes'`);
  await tx.query(sql`INSERT INTO relief.causes (county, region, household, cause, is_main)
    SELECT n.county, n.region, n.known, c.cause, n.has_main AND c.place = 1
    FROM homes n, unnest(n.causes) WITH ORDINALITY c(cause, place)
    WHERE n.known IS NOT NULL AND n.old -> 'causes' IS DISTINCT FROM n.new -> 'causes'`);
  await tx.query(sql`UPDATE relief.households h SET region = n.region, form = n.form, phone = n.phone, phone_hash = n.phone_hash,
      phone_mask = n.phone_mask, account = n.account, account_hash = n.account_hash, account_mask = n.account_mask
    FROM homes n WHERE h.county = n.county AND h.id = n.known AND ${homeChanged}`);
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, kind, on_day, import, recorded_by)
    SELECT n.county, n.region, n.known, k.kind, least(${today}::date, coalesce(make_date(n.exit_year, 12, 31), ${today}::date)),
      import, ${by}::bigint
    FROM homes n JOIN made_imports i ON i.county = n.county CROSS JOIN LATERAL (SELECT coalesce(${lastHouseholdActionOf(sql`n.county`, sql`n.known`)}, 'register') AS last) l
      CROSS JOIN LATERAL (SELECT CASE WHEN n.poverty_state = '已脱贫' AND l.last IN ('register', 'return', 'restore') THEN 'exit'
        WHEN n.poverty_state = '返贫' AND l.last = 'exit' THEN 'return' END AS kind) k
    WHERE n.known IS NOT NULL AND k.kind IS NOT NULL ORDER BY n.line`);
}

async function amendPersons(tx: Tx, today: string): Promise<void> {
  const by = tx.actor.post ?? 0;
  const shown = (state: Sql): Sql =>
    sql`CASE WHEN same_id THEN '{}' ELSE jsonb_build_object('idNumber', ${state} -> 'idNumber') END`;
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, person, kind, on_day, before, after, import,
      recorded_by)
    SELECT k.county, k.region, h.id, k.person, 'amend', ${today}::date, ${differing(sql`old`, sql`new`)} || ${shown(sql`old`)},
      ${differing(sql`new`, sql`old`)} || ${shown(sql`new`)}, import, ${by}::bigint
    FROM known_persons k JOIN new_homes h ON h.county = k.county AND h.number = k.household
    JOIN made_imports i ON i.county = k.county
    WHERE (old <> new OR NOT same_id) ORDER BY k.line`);
  await tx.query(sql`UPDATE relief.persons p SET region = k.region, name = k.name, sex = k.sex, birth_year = k.birth_year,
      id_number = k.id_number, id_hash = k.id_hash, id_mask = k.id_mask, form = k.form
    FROM known_persons k WHERE p.county = k.county AND p.id = k.person AND ${personChanged}`);
  // Whoever is a member of nothing has died or moved away by a verdict: an older export does not bring him back.
  const moves = sql`(k.old_number <> k.household OR k.old_relation <> k.relation OR k.old_region <> k.region)`;
  await tx.query(sql`UPDATE relief.memberships m SET to_day = greatest(m.from_day, ${today}::date)
    FROM known_persons k WHERE m.county = k.county AND m.id = k.membership AND ${moves}`);
  await tx.query(sql`INSERT INTO relief.memberships (county, region, household, person, relation, from_day)
    SELECT k.county, k.region, h.id, k.person, k.relation, ${today}::date
    FROM known_persons k JOIN new_homes h ON h.county = k.county AND h.number = k.household
    WHERE k.membership IS NOT NULL AND ${moves} ORDER BY k.line`);
}
