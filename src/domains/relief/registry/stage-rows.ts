/**
 * Rows on their way into the staging table, as COPY text. Only sealed values go there: the file of a temporary table is
 * a file like any other.
 *
 * What a row says of its household is told once: by the head's row, filled up from the rows of the other members.
 */
import type { OneWaySealer } from "../../../platform/sealing/sealer.ts";
import type { RegistryRow } from "../core/registry/read-row.ts";
import { sealAccount, sealIdNumber, sealPhone } from "./sealed-fields.ts";
import type { SealedField } from "./sealed-fields.ts";

export type PlacedRow = { line: number; row: RegistryRow };

export const STAGING_COLUMNS = `line, region, household, number, name, sex, birth_year, id_number, id_hash, id_mask,
  relation, from_day, form, lead, head, about, phone, phone_hash, phone_mask, account, account_hash, account_mask,
  causes, has_main, identified_on, poverty_state, exit_year`;

type About = RegistryRow["about"];

/** Takes rows in the order of the file; members of a household mostly stand together, and are told of once then. */
export function makeStager(sealer: OneWaySealer): { add(placed: PlacedRow): string; end(): string } {
  let group: PlacedRow[] = [];
  const flush = (): string => {
    const lead = group.findIndex(({ row }) => row.isHead);
    const place = Math.max(lead, 0);
    const text = group
      .map((placed, i) => copyLine(sealer, placed, i === place ? gather(group, place) : undefined))
      .join("");
    group = [];
    return text;
  };
  return {
    add: (placed) => {
      const text = group.length > 0 && group[0]?.row.household !== placed.row.household ? flush() : "";
      group.push(placed);
      return text;
    },
    end: () => (group.length > 0 ? flush() : ""),
  };
}

function gather(group: readonly PlacedRow[], lead: number): About {
  const all = group.map(({ row }) => row.about);
  const own = all[lead] as About;
  if (group.length === 1) return own;
  const first = <Key extends keyof About>(key: Key): About[Key] =>
    own[key] ?? (all.find((about) => about[key] !== null)?.[key] as About[Key]) ?? own[key];
  const withCauses = [own, ...all].find(({ causes }) => causes.length > 0) ?? own;
  return {
    form: Object.assign({}, ...all.toReversed().map(({ form }) => form), own.form) as About["form"],
    phone: first("phone"),
    account: first("account"),
    causes: withCauses.causes,
    hasMainCause: withCauses.hasMainCause,
    identifiedOn: first("identifiedOn"),
    povertyState: first("povertyState"),
    exitYear: first("exitYear"),
  };
}

function copyLine(sealer: OneWaySealer, { line, row }: PlacedRow, about: About | undefined): string {
  const id = row.id && sealIdNumber(sealer, row.id);
  const cells = [
    String(line),
    String(row.region),
    escape(row.household),
    escape(row.number),
    escape(row.name),
    row.sex ?? "\\N",
    String(row.id?.birthYear ?? "\\N"),
    ...sealedCells(id),
    escape(row.relation),
    row.fromDay ?? "\\N",
    escape(JSON.stringify(row.form)),
    about === undefined ? "f" : "t",
    row.isHead ? "t" : "f",
    ...(about === undefined ? NOTHING : aboutCells(sealer, about)),
  ];
  return `${cells.join("\t")}\n`;
}

const NOTHING: readonly string[] = Array<string>(12).fill("\\N");

function aboutCells(sealer: OneWaySealer, about: About): string[] {
  return [
    escape(JSON.stringify(about.form)),
    ...sealedCells(about.phone === null ? null : sealPhone(sealer, about.phone)),
    ...sealedCells(about.account === null ? null : sealAccount(sealer, about.account)),
    // codes of ours: nothing in them needs quoting
    `{${about.causes.join(",")}}`,
    about.hasMainCause ? "t" : "f",
    about.identifiedOn ?? "\\N",
    about.povertyState ?? "\\N",
    String(about.exitYear ?? "\\N"),
  ];
}

function sealedCells(field: SealedField | null): string[] {
  if (field === null) return ["\\N", "\\N", "\\N"];
  return [`\\\\x${field.sealed.toString("hex")}`, `\\\\x${field.hash.toString("hex")}`, escape(field.mask)];
}

function escape(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
