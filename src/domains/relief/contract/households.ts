/** A household: its form, members, incomes, help, history; what is recorded about it. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { Amount, Day, RecordedDay, RegistryStatus, Sex, typed } from "./words.ts";

export const IncomeView = z.object({
  year: z.number().int(),
  wage: Amount.nullable(),
  business: Amount.nullable(),
  transfer: Amount.nullable(),
  property: Amount.nullable(),
  /** A17, A18, A19, A20 as stated */
  total: Amount.nullable(),
  costs: Amount.nullable(),
  net: Amount.nullable(),
  members: z.number().int().nullable(),
  perCapita: Amount.nullable(),
  /** identities that do not hold, with what they should give */
  breaks: z.array(z.object({ field: z.enum(["total", "net", "perCapita"]), computed: Amount })),
  /** poverty line of the year, yuan a person */
  line: Amount.nullable(),
});
export type IncomeView = z.infer<typeof IncomeView>;

export const HelpMeasureView = z.object({
  id: z.number().int(),
  kind: z.string(),
  unit: z.string(),
  content: z.string(),
  cost: Amount.nullable(),
  onDay: Day,
  signedBy: z.string(),
  recordedAt: z.string(),
});

export const RegistryActionView = z.object({
  id: z.number().int(),
  kind: z.enum(["register", "amend", "exit", "return", "remove", "restore"]),
  onDay: Day,
  person: z.number().int().nullable(),
  reason: z.string().nullable(),
  /** field → value, masked */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  clue: z.number().int().nullable(),
  recordedAt: z.string(),
});
export type RegistryActionView = z.infer<typeof RegistryActionView>;

export const MemberView = z.object({
  id: z.number().int(),
  number: z.string(),
  name: z.string(),
  sex: Sex.nullable(),
  birthYear: z.number().int().nullable(),
  idMask: z.string().nullable(),
  relation: z.string(),
  fromDay: Day,
  toDay: Day.nullable(),
  status: RegistryStatus,
  /** field code → text, as core/registry/fields.ts lists them */
  form: z.record(z.string(), z.string()),
});

export const HouseholdView = z.object({
  id: z.number().int(),
  number: z.string(),
  region: RegionBrief,
  /** township and county above it */
  above: z.array(RegionBrief),
  status: RegistryStatus,
  phoneMask: z.string().nullable(),
  accountMask: z.string().nullable(),
  form: z.record(z.string(), z.string()),
  causes: z.array(z.object({ cause: z.string(), isMain: z.boolean() })),
  members: z.array(MemberView),
  incomes: z.array(IncomeView),
  measures: z.array(HelpMeasureView),
  actions: z.array(RegistryActionView),
  recusals: z.array(z.object({ official: z.string(), kinship: z.string() })),
  origin: z.object({
    id: z.number().int(),
    title: z.string(),
    origin: z.enum(["file", "synthetic"]),
    fileName: z.string(),
    sha256: z.string(),
    recordedAt: z.string(),
  }),
});
export type HouseholdView = z.infer<typeof HouseholdView>;

export const UnmaskRequest = z.object({
  /** why: shown to the auditor beside who, when and from where */
  purpose: typed(4, 200),
});
export type UnmaskRequest = z.infer<typeof UnmaskRequest>;
export const UnmaskedView = z.object({
  phone: z.string().nullable(),
  account: z.string().nullable(),
  persons: z.array(z.object({ id: z.number().int(), idNumber: z.string().nullable() })),
});
export type UnmaskedView = z.infer<typeof UnmaskedView>;

export const RecordMeasureRequest = z.object({
  kind: z.string().max(40),
  unit: typed(1, 80),
  content: typed(1, 500),
  cost: Amount.regex(/^\d/).nullable(),
  onDay: RecordedDay,
  signedBy: typed(1, 40),
});
export type RecordMeasureRequest = z.infer<typeof RecordMeasureRequest>;
export const RecordIncomeRequest = IncomeView.omit({ year: true, breaks: true, line: true }).extend({
  members: z.number().int().min(1).max(99).nullable(),
});
export type RecordIncomeRequest = z.infer<typeof RecordIncomeRequest>;
export const RegistryActionRequest = z.object({
  kind: z.enum(["exit", "return"]),
  onDay: RecordedDay,
  reason: typed(2, 500),
});
export type RegistryActionRequest = z.infer<typeof RegistryActionRequest>;
export const RecusalRequest = z.object({
  official: typed(2, 40),
  kinship: typed(1, 40),
});
export type RecusalRequest = z.infer<typeof RecusalRequest>;
