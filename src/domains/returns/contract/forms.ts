/** Forms as data, their versions and trial, the periods that are opened. */
import { z } from "zod";
import type { FormDefinition as Definition } from "../core/form.ts";
import { Basis } from "../../ledger/contract.ts";
import { Bound, Code, ColumnCode, Day, Name, PeriodText, Subject } from "./words.ts";

export const Column = z.object({
  code: ColumnCode,
  nameZh: Name,
  nameEn: Name,
  kind: z.enum(["number", "text", "choice"]),
  unit: z.string().max(20).nullable().default(null),
  decimals: z.number().int().min(0).max(6).default(0),
  required: z.boolean().default(false),
  min: Bound.default(null),
  max: Bound.default(null),
  choices: z.array(z.string().min(1).max(60)).max(100).default([]),
  helpZh: z.string().max(500).nullable().default(null),
  helpEn: z.string().max(500).nullable().default(null),
  compare: z.array(z.enum(["last", "lastYear"])).default([]),
  posts: z
    .object({
      measure: z.string().max(60),
      basis: Basis,
      aspect: z.enum(["value", "growth"]).default("value"),
    })
    .nullable()
    .default(null),
});
export const Rule = z.object({
  code: ColumnCode,
  kind: z.enum(["identity", "sum", "fluctuation", "limit", "logic"]),
  severity: z.enum(["hard", "soft"]),
  scope: z.enum(["row", "form"]).default("row"),
  expression: z.string().min(1).max(2000),
  column: ColumnCode.nullable().default(null),
  messageZh: z.string().min(1).max(500),
  messageEn: z.string().min(1).max(500),
});
export const FormDefinition = z.object({
  code: Code,
  nameZh: Name,
  nameEn: Name,
  owner: Code,
  periodForm: z.enum(["ten-days", "month", "quarter", "year"]),
  filers: z.object({
    kinds: z.array(Code).default([]),
    within: z.array(z.number().int()).max(200).optional(),
    units: z.array(Code).default([]),
  }),
  review: z
    .array(
      z.object({
        level: z.enum(["township", "county"]),
        units: z.array(Code).default([]),
      }),
    )
    .min(1)
    .max(4),
  due: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("working-days"), count: z.number().int().min(1).max(60) }),
    z.object({
      kind: z.literal("day"),
      day: z.number().int().min(1).max(31),
      roll: z.enum(["earlier", "later"]),
    }),
  ]),
  schedule: z
    .object({ from: PeriodText, to: PeriodText.nullable().default(null) })
    .nullable()
    .default(null),
  subjects: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("region") }),
    z.object({
      kind: z.literal("list"),
      prefix: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/),
      nameZh: Name,
      nameEn: Name,
      items: z.array(z.object({ code: Subject, nameZh: Name, nameEn: Name.nullable().default(null) })),
      isOpen: z.boolean(),
    }),
  ]),
  columns: z.array(Column).min(1).max(60),
  rules: z.array(Rule).max(100).default([]),
});
export type FormDefinition = z.infer<typeof FormDefinition>;
/** The contract and the pure rules mean the same thing. */
const same = (form: FormDefinition): Definition => form;
void same;

/** A period that the schedule calls for and that cannot be opened, told to the form's owner. */
export const BlockedView = z.object({ period: PeriodText, zh: z.string(), en: z.string() });
export type BlockedView = z.infer<typeof BlockedView>;
export const FormRow = z.object({
  code: z.string(),
  version: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  owner: z.string(),
  periodForm: FormDefinition.shape.periodForm,
  columns: z.number().int(),
  rules: z.number().int(),
  /** the acting post may define, open and lock it */
  mayDesign: z.boolean(),
  /** the acting post may remind those who have not filed it */
  mayRemind: z.boolean(),
});
export type FormRow = z.infer<typeof FormRow>;
export const FormList = z.object({
  items: z.array(FormRow.extend({ blocked: z.array(BlockedView) })),
  /** code of the unit for which the acting post may make new ones */
  owner: z.string().nullable(),
});
export type FormList = z.infer<typeof FormList>;

export const OpeningView = z.object({
  form: z.string(),
  formVersion: z.number().int(),
  period: PeriodText,
  dueDay: Day,
  isLocked: z.boolean(),
  units: z.number().int(),
  openedAt: z.string(),
});
export type OpeningView = z.infer<typeof OpeningView>;
export const FormView = z.object({
  form: FormDefinition,
  version: z.number().int(),
  /** newest first */
  versions: z.array(z.object({ version: z.number().int(), recordedAt: z.string(), recordedBy: z.string() })),
  openings: z.array(OpeningView),
  blocked: z.array(BlockedView),
  mayDesign: z.boolean(),
});
export type FormView = z.infer<typeof FormView>;
export const FormQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export const SaveFormRequest = z.object({
  /** the version it was made from; 0 for a new form. Somebody else's newer version refuses it. */
  basedOn: z.number().int().min(0),
  form: FormDefinition,
});

export const TryRulesRequest = z.object({ form: FormDefinition, from: PeriodText, to: PeriodText });
export const RuleTrial = z.object({
  code: z.string(),
  /** why the expression cannot be read; then nothing was tried */
  fault: z.string().nullable(),
  /** rows, or returns for a rule of the form, that it could be asked of */
  asked: z.number().int(),
  fired: z.number().int(),
  examples: z.array(
    z.object({
      period: PeriodText,
      unitZh: z.string(),
      unitEn: z.string(),
      name: z.string().nullable(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});
export type RuleTrial = z.infer<typeof RuleTrial>;
export const RuleTrialList = z.object({ returns: z.number().int(), items: z.array(RuleTrial) });

export const OpenPeriodRequest = z.object({ period: PeriodText, dueDay: Day.optional() });
export const ChangeOpeningRequest = z.object({
  /** a new last day, or locking and unlocking */
  dueDay: Day.optional(),
  isLocked: z.boolean().optional(),
  reason: z.string().trim().min(2).max(500),
});
