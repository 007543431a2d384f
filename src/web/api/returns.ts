/** The routes of the returns, typed by their contract; loaded with their pages. */
import type { z } from "zod";
import type {
  BoardQuery,
  BoardView,
  BulkStepRequest,
  BulkStepView,
  ChangeOpeningRequest,
  ContactList,
  EditCellsRequest,
  EditedView,
  ExplainRequest,
  FormList,
  FormQuery,
  FormView,
  InboxList,
  OpenPeriodRequest,
  RemindedView,
  RemindRequest,
  ReturnPage,
  ReturnQuery,
  ReturnStepRequest,
  ReturnView,
  ReturnViewQuery,
  RuleTrialList,
  SaveContactRequest,
  SaveFormRequest,
  SendAgainRequest,
  SentAgainView,
  TryRulesRequest,
  UndeliveredList,
  UploadProgress,
} from "../../domains/returns/contract.ts";
import { addressOf } from "./client.ts";
import type { QueryValues } from "./client.ts";
import { read, write } from "./routes.ts";
import type { Asked } from "./routes.ts";

export const returnsApi = {
  returns: read<ReturnPage, Asked<typeof ReturnQuery>>("/returns"),
  one: read<ReturnView, Asked<typeof ReturnViewQuery>>("/returns/:id"),
  editCells: write<z.input<typeof EditCellsRequest>, EditedView>("PATCH", "/returns/:id/cells"),
  explain: write<z.input<typeof ExplainRequest>>("PUT", "/returns/:id/explanations"),
  step: write<z.input<typeof ReturnStepRequest>, ReturnView>("POST", "/returns/:id/steps"),
  acceptSeveral: write<z.input<typeof BulkStepRequest>, BulkStepView>("POST", "/returns/accept"),
  uploadProgress: read<UploadProgress>("/returns/uploads/:key"),

  board: read<BoardView, Asked<typeof BoardQuery>>("/returns/board"),
  inbox: read<z.output<typeof InboxList>>("/returns/inbox"),
  readMessage: write<undefined>("POST", "/returns/inbox/:id/read"),
  remind: write<z.input<typeof RemindRequest>, z.output<typeof RemindedView>>("POST", "/returns/remind"),

  undelivered: read<UndeliveredList>("/returns/undelivered"),
  sendAgain: write<z.input<typeof SendAgainRequest>, z.output<typeof SentAgainView>>(
    "POST",
    "/returns/undelivered/again",
  ),

  contacts: read<z.output<typeof ContactList>>("/returns/contacts"),
  saveContact: write<z.input<typeof SaveContactRequest>>("PUT", "/returns/contacts/:unit"),

  forms: read<z.output<typeof FormList>>("/returns/forms"),
  form: read<FormView, Asked<typeof FormQuery>>("/returns/forms/:code"),
  saveForm: write<z.input<typeof SaveFormRequest>, FormView>("PUT", "/returns/forms/:code"),
  tryRules: write<z.input<typeof TryRulesRequest>, z.output<typeof RuleTrialList>>(
    "POST",
    "/returns/forms/:code/try",
  ),
  openPeriod: write<z.input<typeof OpenPeriodRequest>, FormView>("POST", "/returns/forms/:code/openings"),
  changeOpening: write<z.input<typeof ChangeOpeningRequest>, FormView>(
    "PUT",
    "/returns/forms/:code/openings/:period",
  ),
};

/** Addresses that the browser opens by itself, as downloads. */
export const returnDownloads = {
  workbook: (id: number, prefilled: boolean): string =>
    addressOf(`/returns/${id}/workbook`, { prefilled: String(prefilled) }),
  original: (id: number, file: number): string => addressOf(`/returns/${id}/files/${file}`),
  marked: (id: number, file: number): string => addressOf(`/returns/${id}/files/${file}/marked`),
  board: (format: "xlsx" | "csv", query: Asked<typeof BoardQuery>): string =>
    addressOf("/returns/board/export", { ...(query as QueryValues), format }),
};
