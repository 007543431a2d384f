/** The registry's persons by block. */
import { emptyFields, writeKeys } from "./blocks.ts";
import { keyRows } from "./block-index.ts";
import type { KeyedRows } from "./block-index.ts";
import { takeName } from "./name-parts.ts";
import { isNumberless, writeFacts } from "./registry.ts";
import type { Registry } from "./registry.ts";

/** Writes the facts of a range of persons, and gathers their keys. */
export function keyPersons(registry: Registry, range: { from: number; to: number }): KeyedRows {
  const fields = emptyFields();
  writeFacts(registry, range);
  return keyRows(range, (row, into) => {
    takeName(registry, row, fields.name);
    fields.place.county = registry.county[row] as number;
    fields.place.town = registry.town[row] as number;
    fields.place.village = registry.village[row] as number;
    fields.phone = registry.phone[row] as number;
    fields.homeRegion = registry.homeRegion[row] as number;
    // A number that is the head's finds the head, not the member who borrowed it.
    fields.isNumberless = isNumberless(registry, row);
    fields.region = fields.isNumberless ? 0 : (registry.region[row] as number);
    fields.birth = fields.isNumberless ? 0 : (registry.birth[row] as number);
    fields.packed = fields.isNumberless ? 0 : (registry.packed[row] as number);
    return writeKeys(fields, into, true, false);
  });
}
