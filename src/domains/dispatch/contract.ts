/** The dispatch-meeting briefing over HTTP. */
import { z } from "zod";
import { Month, RefText } from "../indicators/contract.ts";

export const BriefingQuery = z.object({
  period: Month.optional(),
  region: z.coerce.number().int().optional(),
});

/** A piece of running text; with refs it is a figure that opens its source. */
export const RunView = z.object({
  text: z.string(),
  refs: z.array(RefText).optional(),
  /** the calculation in words, shown when the figure is opened */
  how: z.object({ zh: z.string(), en: z.string() }).optional(),
  strong: z.boolean().optional(),
});
export const BlockView = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.number().int().min(1).max(4), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), runs: z.array(RunView) }),
  z.object({
    kind: z.literal("table"),
    caption: z.string(),
    head: z.array(z.string()),
    rows: z.array(z.array(z.array(RunView))),
    note: z.string().optional(),
  }),
  z.object({
    kind: z.literal("chart"),
    caption: z.string(),
    alt: z.string(),
    /** an ECharts option, made of plain data */
    option: z.record(z.string(), z.unknown()),
    refs: z.array(RefText),
  }),
]);
export const BriefingView = z.object({
  region: z.number().int(),
  period: z.string(),
  title: z.string(),
  issuer: z.string(),
  date: z.string(),
  blocks: z.array(BlockView),
  appendix: z.array(
    z.object({
      ref: RefText,
      measure: z.string(),
      region: z.string(),
      period: z.string(),
      aspect: z.string(),
      value: z.string(),
      source: z.string(),
      sourceKind: z.string(),
      locator: z.string(),
      sha256: z.string(),
    }),
  ),
  auditHead: z.object({ number: z.number().int(), algorithm: z.string(), hash: z.string() }),
});
export type BriefingView = z.infer<typeof BriefingView>;
