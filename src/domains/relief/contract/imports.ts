/** Exports of the national system that were read in. */
import { z } from "zod";

export const ImportView = z.object({
  id: z.number().int(),
  title: z.string(),
  origin: z.enum(["file", "synthetic"]),
  fileName: z.string(),
  sha256: z.string(),
  persons: z.number().int(),
  households: z.number().int(),
  /** persons that were not there before */
  added: z.number().int(),
  /** known persons and households whose data the file changes */
  changed: z.number().int(),
  /** registered persons of the region whom the file does not have: they stay */
  absent: z.number().int(),
  /** cells that are likely wrong and were kept as they stood, when the sender asked for that */
  doubts: z.number().int(),
  recordedAt: z.string(),
  /** the same file had been read before, and nothing was done */
  repeated: z.boolean(),
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportList = z.object({ items: z.array(ImportView) });
export type ImportList = z.infer<typeof ImportList>;
