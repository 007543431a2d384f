/** The audit trail over HTTP, for the audit administrator. */
import { z } from "zod";

export const AuditEntryView = z.object({
  id: z.number().int(),
  at: z.string(),
  username: z.string().nullable(),
  postTitle: z.string().nullable(),
  region: z.number().int(),
  action: z.string(),
  object: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  address: z.string().nullable(),
  request: z.string().nullable(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;
export const AuditQuery = z.object({
  action: z.string().max(60).optional(),
  username: z.string().max(64).optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const AuditPage = z.object({ items: z.array(AuditEntryView), next: z.number().int().nullable() });

export const AuditHeadView = z.object({
  number: z.number().int(),
  hash: z.string(),
  algorithm: z.enum(["sha256", "sm3"]),
  entries: z.number().int(),
  at: z.string().nullable(),
});
export type AuditHeadView = z.infer<typeof AuditHeadView>;
export const AuditVerifyView = z.object({
  ok: z.boolean(),
  seals: z.number().int(),
  entries: z.number().int(),
  unsealed: z.number().int(),
  problems: z.array(z.object({ seal: z.number().int().nullable(), code: z.string(), detail: z.string() })),
});
export type AuditVerifyView = z.infer<typeof AuditVerifyView>;
