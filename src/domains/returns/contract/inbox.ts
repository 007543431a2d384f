/** Reminders: the inbox, what could not be delivered, where a unit is reached. */
import { z } from "zod";
import { ReturnBrief } from "./filing.ts";
import { Code, PeriodText, UnitBrief } from "./words.ts";

export const InboxView = z.object({
  id: z.number().int(),
  kind: z.enum(["soon", "today", "late", "sent-back", "accepted"]),
  brief: ReturnBrief,
  at: z.string(),
  isRead: z.boolean(),
});
export type InboxView = z.infer<typeof InboxView>;
export const InboxList = z.object({ items: z.array(InboxView), unread: z.number().int() });
const Channel = z.enum(["email", "webhook"]);
export const UndeliveredView = z.object({
  message: z.number().int(),
  channel: Channel,
  kind: z.enum(["soon", "today", "late", "sent-back", "accepted"]),
  brief: ReturnBrief,
  /** how often it was refused since it was last asked for */
  refusals: z.number().int(),
  /** what the mail server or the chat robot said last */
  reason: z.string().nullable(),
  at: z.string(),
  /** it is not tried again by itself */
  isGivenUp: z.boolean(),
});
export type UndeliveredView = z.infer<typeof UndeliveredView>;
export const UndeliveredList = z.object({ items: z.array(UndeliveredView) });
export type UndeliveredList = z.infer<typeof UndeliveredList>;
export const SendAgainRequest = z.object({
  items: z
    .array(z.object({ message: z.number().int().positive(), channel: Channel }))
    .min(1)
    .max(100),
});
export const SentAgainView = z.object({ again: z.number().int() });
export const RemindRequest = z.object({ form: Code, period: PeriodText });
export const RemindedView = z.object({ reminded: z.number().int() });
export const ContactView = z.object({ unit: UnitBrief, email: z.string().nullable() });
export const ContactList = z.object({ items: z.array(ContactView) });
export const SaveContactRequest = z.object({ email: z.email().max(200).nullable() });
