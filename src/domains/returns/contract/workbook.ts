/** Workbooks in and out. */
import { z } from "zod";
import { ReturnBrief, ReturnFileView } from "./filing.ts";

/** hard: to be mended; soft: to be explained, or looked at; note: how something was read, which stands in nothing's way */
const Severity = z.enum(["hard", "soft", "note"]);
export const WorkbookProblem = z.object({
  sheet: z.string(),
  /** C7; null about the sheet as a whole */
  cell: z.string().nullable(),
  severity: Severity,
  code: z.string(),
  subject: z.string().nullable(),
  column: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});
export type WorkbookProblem = z.infer<typeof WorkbookProblem>;
export const UploadView = z.object({
  file: ReturnFileView,
  /** the same file had been read before: nothing was entered again */
  repeated: z.boolean(),
  /** false when a cell could not be read: then nothing was entered */
  isEntered: z.boolean(),
  rows: z.number().int(),
  /** the first 500 */
  problems: z.array(WorkbookProblem),
  problemCount: z.number().int(),
  brief: ReturnBrief,
});
export type UploadView = z.infer<typeof UploadView>;
export const WorkbookQuery = z.object({ prefilled: z.enum(["true", "false"]).default("true") });
/** Chosen by the sender, unguessable enough for his own account. */
export const ProgressKey = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/);
export const UploadProgress = z.object({
  step: z.enum(["waiting", "reading", "checking", "entering", "done"]),
  /** rows */
  done: z.number().int(),
  of: z.number().int().nullable(),
});
export type UploadProgress = z.infer<typeof UploadProgress>;
