import { z } from "zod";

/** The last entry of a backup: what is in it. An archive without it is cut off. */
export const MANIFEST_NAME = "manifest.json";

export const BackupManifest = z.object({
  format: z.literal("taizhang-backup"),
  formatVersion: z.literal(1),
  /** ISO 8601, UTC: when the copy began. Every write acknowledged before is in it. */
  createdAt: z.iso.datetime(),
  postgresVersion: z.string(),
  postgresMajor: z.number().int(),
  startLsn: z.string(),
  stopLsn: z.string(),
  directories: z.array(z.string()),
  files: z.array(z.object({ name: z.string(), size: z.number().int(), sha256: z.string().length(64) })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;
