/** The registry's persons by block. */
import { makeIndex, writeKeys } from "./blocks.ts";
import type { BlockFields, BlockIndex } from "./blocks.ts";
import type { NameTable } from "./name-table.ts";
import { isNumberless } from "./registry.ts";
import type { Registry } from "./registry.ts";

/** What blocks are made from. */
export type IndexSource = {
  registry: Pick<
    Registry,
    "rows" | "name" | "county" | "town" | "village" | "region" | "birth" | "packed" | "phone" | "marks"
  >;
  names: Pick<NameTable, "units" | "starts" | "givenAt" | "hash" | "sound" | "surnameSound">;
};

export function indexRegistry({ registry, names }: IndexSource, part: number): BlockIndex {
  const fields: BlockFields = {
    name: 0,
    place: { county: 0, town: 0, village: 0 },
    region: 0,
    birth: 0,
    packed: 0,
    phone: 0,
    isNumberless: false,
  };
  return makeIndex(registry.rows, part, (row, into) => {
    fields.name = registry.name[row] as number;
    fields.place.county = registry.county[row] as number;
    fields.place.town = registry.town[row] as number;
    fields.place.village = registry.village[row] as number;
    fields.phone = registry.phone[row] as number;
    // A number that is the head's finds the head, not the member who borrowed it.
    fields.isNumberless = isNumberless(registry, row);
    fields.region = fields.isNumberless ? 0 : (registry.region[row] as number);
    fields.birth = fields.isNumberless ? 0 : (registry.birth[row] as number);
    fields.packed = fields.isNumberless ? 0 : (registry.packed[row] as number);
    return writeKeys(names, fields, into, true, false);
  });
}
