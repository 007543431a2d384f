/** Persons of the registry as people see them: always masked. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { levelOf } from "../../../shared/region-code.ts";
import type { PersonPage, PersonQuery, PersonRow, RegistryStatus } from "../contract.ts";
import { readIdNumber } from "../core/registry/id-number.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import { askedRange } from "../region-range.ts";
import { findByIdNumber, listCounties, listPersons } from "./persons-store.ts";
import type { ListedPerson, PersonCursor, PersonFilter } from "./persons-store.ts";
import { REGISTRY_CURSOR } from "./problems.ts";
import { idHashes } from "./sealed-fields.ts";

const LAST_ACTIONS: Readonly<Record<RegistryStatus, readonly string[]>> = {
  registered: ["register", "restore"],
  exited: ["exit"],
  returned: ["return"],
  removed: ["remove"],
};

type Asked = Pick<PersonQuery, "q" | "within" | "status">;

async function toFilter(tx: Tx, { q, within, status }: Asked): Promise<PersonFilter> {
  const range = askedRange(tx.actor, within);
  const lastActions = status && LAST_ACTIONS[status];
  return { ...range, counties: await listCounties(tx, range), q, lastActions };
}

/** @throws OUT_OF_SCOPE, BAD_CURSOR */
export async function readPersonPage(tx: Tx, query: PersonQuery): Promise<PersonPage> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const filter = await toFilter(tx, query);
  const rows = await listPersons(tx, filter, { after, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return { items: page.map(toPersonRow), cursor: last ? encodeCursor(last) : null };
}

/** All persons of a query, page by page, for exports. @throws OUT_OF_SCOPE before the first page */
export async function* readAllPersons(tx: Tx, query: Asked, most: number): AsyncGenerator<PersonRow[]> {
  const filter = await toFilter(tx, query);
  let after: PersonCursor | undefined;
  for (let sent = 0; sent < most; ) {
    const rows = await listPersons(tx, filter, { after, limit: Math.min(2000, most - sent) });
    if (rows.length === 0) return;
    yield rows.map(toPersonRow);
    sent += rows.length;
    after = rows.at(-1);
  }
}

/** @throws OUT_OF_SCOPE */
export function requireAskable(tx: Tx, query: Asked): void {
  askedRange(tx.actor, query.within);
}

/** Everybody in the scope with this number, however it is written. */
export async function findPersons(
  tx: Tx,
  { sealer, today }: { sealer: Sealer; today: string },
  idNumber: string,
): Promise<PersonRow[]> {
  const reading = readIdNumber(idNumber, today);
  if (reading === null) return [];
  const counties = await listCounties(tx, askedRange(tx.actor, undefined));
  return (await findByIdNumber(tx, counties, idHashes(sealer, reading.normal))).map(toPersonRow);
}

export function toPersonRow(row: ListedPerson): PersonRow {
  const { region, regionZh, regionEn, lastAction, ...rest } = row;
  return {
    ...rest,
    region: { code: region, level: levelOf(region), nameZh: regionZh, nameEn: regionEn },
    status: statusAfter(lastAction),
  };
}

function encodeCursor({ region, id }: PersonCursor): string {
  return Buffer.from(JSON.stringify([region, id])).toString("base64url");
}

/** @throws BAD_CURSOR */
function decodeCursor(text: string): PersonCursor {
  try {
    const [region, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (Number.isSafeInteger(region) && Number.isSafeInteger(id)) return { region, id } as PersonCursor;
  } catch {
    // refused below like any other cursor that we did not make
  }
  throw REGISTRY_CURSOR();
}
