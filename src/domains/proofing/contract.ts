/** Proofing over HTTP: a draft in, its text and claims out. */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";
import { Month } from "../indicators/contract.ts";
import { RELATIONS, SEVERITIES, SLIPS, VERDICTS } from "./core/claim.ts";

/** UTF-16 offsets into the draft's text: from, to (exclusive) */
const SpanView = z.tuple([z.number().int(), z.number().int()]);

export const ClaimView = z.object({
  relation: z.enum(RELATIONS),
  verdict: z.enum(VERDICTS),
  severity: z.enum(SEVERITIES),
  /** the figures of the claim; the first is the one that was worked out */
  spans: z.array(SpanView).min(1),
  text: z.string(),
  stated: z.string(),
  computed: z.string(),
  message: z.object({ zh: z.string(), en: z.string() }),
  slip: z.enum(SLIPS).optional(),
  correction: z.object({ span: SpanView, replacement: z.string() }).optional(),
  refs: z.array(z.string().regex(/^[fto]\d+$/)).optional(),
});
export type ClaimView = z.infer<typeof ClaimView>;

/** The length is judged by the action, which can say how to mend it. */
export const ProofRequest = z.object({
  text: z.string().describe("材料全文 The draft, at most 200,000 characters"),
  region: z
    .number()
    .int()
    .optional()
    .describe("材料所写的地区 What the draft is of; the acting post's region when absent"),
  period: Month.optional().describe(
    "材料所写的月份 The newest month the draft speaks of; the newest with figures when absent",
  ),
});
export type ProofRequest = z.infer<typeof ProofRequest>;

/** The same beside a file, where every field is text. */
export const LedgerFields = z.object({
  region: z.coerce.number().int().optional(),
  period: Month.optional(),
});

export const ProofView = z.object({
  /** the text that the spans count in */
  text: z.string(),
  /** in the order of the text */
  claims: z.array(ClaimView),
  counts: z.object({
    wrong: z.number().int(),
    lastDigit: z.number().int(),
    look: z.number().int(),
    consistent: z.number().int(),
  }),
  /** what it was compared with; absent for a post that may not read figures */
  ledger: z
    .object({
      region: RegionBrief,
      /** the newest month that figures were looked for in; null where the region has none */
      period: z.string().nullable(),
      /** figures compared, right or wrong */
      compared: z.number().int(),
    })
    .optional(),
});
export type ProofView = z.infer<typeof ProofView>;

export const ProofFileView = ProofView.extend({ name: z.string() });
export type ProofFileView = z.infer<typeof ProofFileView>;
