/** The registry as the engine reads it: a table in memory, in clear, for as long as a run takes. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { quoteCell } from "../../../shared/csv-cell.ts";
import { lastActionOf } from "../registry/registry-sql.ts";
import { openIdNumber, openPhone } from "../registry/sealed-fields.ts";

export type RegistryTable = {
  bytes: Buffer;
  /** by the number in the table */
  persons: ReadonlyMap<string, { id: number; region: number }>;
};

type StoredPerson = {
  id: number;
  region: number;
  household: number;
  relation: string;
  name: string;
  sex: "male" | "female" | null;
  idNumber: Buffer | null;
  phone: Buffer | null;
  county: string;
  town: string;
  village: string;
};

const PAGE = 5000;
const HEAD = "person_id,household_id,relation,name,sex,id_no,county,town,village,village_code,phone\n";

/** Everybody in the scope who is registered or has come back. */
export async function readRegistryTable(tx: Tx, sealer: Sealer): Promise<RegistryTable> {
  const pieces: Buffer[] = [Buffer.from(HEAD)];
  const persons = new Map<string, { id: number; region: number }>();
  let after = 0;
  for (;;) {
    const page = await readPage(tx, after);
    if (page.length === 0) break;
    let text = "";
    for (const person of page) {
      persons.set(String(person.id), { id: person.id, region: person.region });
      text += `${toCells(person, sealer).map(quoteCell).join(",")}\n`;
    }
    pieces.push(Buffer.from(text));
    after = (page.at(-1) as StoredPerson).id;
    // A page takes some tens of milliseconds: requests in between are answered.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { bytes: Buffer.concat(pieces), persons };
}

async function readPage(tx: Tx, after: number): Promise<StoredPerson[]> {
  const { rows } =
    await tx.query<StoredPerson>(sql`SELECT p.id, p.region, m.household, m.relation, p.name, p.sex,
      p.id_number AS "idNumber", h.phone, c.name_zh AS county, t.name_zh AS town, v.name_zh AS village
    FROM relief.persons p
    JOIN relief.memberships m ON m.county = p.county AND m.person = p.id AND m.to_day IS NULL
    JOIN relief.households h ON h.county = m.county AND h.id = m.household
    JOIN org.regions v ON v.code = p.region
    LEFT JOIN org.regions t ON t.code = p.region - p.region % 1000
    LEFT JOIN org.regions c ON c.code = p.region - p.region % 1000000
    WHERE p.id > ${after} AND coalesce(${lastActionOf(sql`m.county`, sql`m.household`, sql`p.id`)}, 'register') NOT IN ('exit', 'remove')
    ORDER BY p.id LIMIT ${PAGE}`);
  return rows;
}

function toCells(person: StoredPerson, sealer: Sealer): string[] {
  const { id, household, relation, name, sex, idNumber, phone, county, town, village, region } = person;
  return [
    String(id),
    String(household),
    relation,
    name,
    sex === null ? "" : sex === "male" ? "男" : "女",
    idNumber === null ? "" : openIdNumber(sealer, idNumber),
    county ?? "",
    town ?? "",
    village,
    String(region),
    phone === null ? "" : openPhone(sealer, phone),
  ];
}
