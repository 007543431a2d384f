/** Lists from elsewhere that the registry is compared with. */
import { z } from "zod";
import { Day, RegisterKind } from "./words.ts";

/** our column → heading in the file; `row` may be absent, then rows are numbered */
export const ColumnMapping = z.record(z.string().max(30), z.string().max(200));
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const InspectedFile = z.object({
  headings: z.array(z.string()),
  encoding: z.enum(["utf-8", "gb18030", "workbook"]),
  /** kept from the last file of this kind, else guessed from the headings */
  mapping: ColumnMapping,
  /** how the mapping came about */
  mappedBy: z.enum(["kept", "guessed"]),
  /** first rows, digits of long numbers and phones masked */
  sample: z.array(z.array(z.string())),
});
export type InspectedFile = z.infer<typeof InspectedFile>;

export const RegisterView = z.object({
  id: z.number().int(),
  kind: RegisterKind,
  title: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  rows: z.number().int(),
  asOf: Day,
  recordedAt: z.string(),
  /** rows are still kept, sealed; a run can use it */
  isHeld: z.boolean(),
});
export type RegisterView = z.infer<typeof RegisterView>;
export const RegisterList = z.object({ items: z.array(RegisterView) });
