/** Where units are reminded by e-mail. */
import type { z } from "zod";
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { ContactList } from "../contract.ts";
import { mayDesign } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";

type Row = {
  id: number;
  code: string;
  nameZh: string;
  nameEn: string;
  region: number;
  county: number;
  level: "country" | "province" | "prefecture" | "county" | "township" | "village";
  regionZh: string;
  regionEn: string | null;
  email: string | null;
};

/** Units in scope that file something, or the viewer's own alone when it may only file. */
export async function readContacts(tx: Tx, viewer: Viewer): Promise<z.infer<typeof ContactList>> {
  const which = viewer.rights.has("returns.read") ? sql`` : sql`AND u.id = ${viewer.unit?.id ?? 0}`;
  const rows = await listUnits(tx, which);
  return {
    items: rows.map(({ id, code, nameZh, nameEn, region, level, regionZh, regionEn, email }) => ({
      unit: { id, code, nameZh, nameEn, region: { code: region, level, nameZh: regionZh, nameEn: regionEn } },
      email,
    })),
  };
}

async function listUnits(tx: Tx, which: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await tx.query<Row>(sql`
    SELECT u.id, u.code, u.name_zh AS "nameZh", u.name_en AS "nameEn", u.region, u.county, p.level, p.name_zh AS "regionZh",
      p.name_en AS "regionEn", c.email
    FROM org.units u JOIN org.regions p ON p.code = u.region
    LEFT JOIN returns.contacts c ON c.county = u.county AND c.unit = u.id
    WHERE EXISTS (SELECT FROM returns.returns r WHERE r.county = u.county AND r.unit = u.id) ${which}
    ORDER BY u.region, u.id LIMIT 1000`);
  return rows;
}

/** By the unit itself, or by the department that owns a form which it files. @throws FORBIDDEN */
export async function saveContact(tx: Tx, unit: number, email: string | null, viewer: Viewer): Promise<void> {
  const isOwn = viewer.unit?.id === unit && viewer.rights.has("returns.file");
  if (!isOwn && !(await ownsFormOf(tx, unit, viewer))) throw FORBIDDEN();
  const [row] = await listUnits(tx, sql`AND u.id = ${unit}`);
  if (row === undefined) throw FORBIDDEN();
  await tx.query(
    email === null
      ? sql`DELETE FROM returns.contacts WHERE county = ${row.county} AND unit = ${unit}`
      : sql`INSERT INTO returns.contacts (county, unit, region, email) VALUES (${row.county}, ${unit}, ${row.region}, ${email})
          ON CONFLICT ON CONSTRAINT contacts_pk DO UPDATE SET email = excluded.email`,
  );
  await recordAudit(tx, {
    action: "returns.saveContact",
    object: `unit:${unit}`,
    after: { hasEmail: email !== null },
  });
}

async function ownsFormOf(tx: Tx, unit: number, viewer: Viewer): Promise<boolean> {
  const { rows } = await tx.query<{ owner: string }>(sql`
    SELECT DISTINCT f.owner FROM returns.returns r
    JOIN returns.forms f ON f.county = r.county AND f.code = r.form AND f.version = r.form_version WHERE r.unit = ${unit}`);
  return rows.some(({ owner }) => mayDesign(viewer, owner));
}
