/**
 * The routes of the server that the pages use, typed by the contracts. Types only: the schemas themselves stay on the
 * server, which checks every request (and, in the tests, every answer), so Zod is no part of what a browser loads.
 */
import type { z } from "zod";
import type { AuditHeadView, AuditPage, AuditQuery, AuditVerifyView } from "../../domains/audit/contract.ts";
import type {
  AccountAction,
  AccountList,
  AccountQuery,
  AdministeredAccountView,
  ChangePasswordRequest,
  CreateAccountRequest,
  CreatedAccountView,
  CreatedTokenView,
  CreateTokenRequest,
  PasswordRequest,
  SessionView,
  SignInRequest,
  SwitchPostRequest,
  TokenList,
  TotpConfirmRequest,
  TotpStartView,
} from "../../domains/auth/contract.ts";
import type { BriefingQuery, BriefingView } from "../../domains/dispatch/contract.ts";
import type {
  FactsView,
  IndicatorQuery,
  IndicatorView,
  OverviewQuery,
  OverviewView,
  RankingQuery,
  RankingView,
  SearchView,
} from "../../domains/indicators/contract.ts";
import type {
  CorrectFigureRequest,
  FigureDetail,
  FigurePage,
  FigureQuery,
  MeasureList,
  RecordedView,
  RecordFiguresRequest,
} from "../../domains/ledger/contract.ts";
import type {
  NameQuery,
  PersonList,
  RegionList,
  RegionPage,
  RegionQuery,
  UnitList,
} from "../../domains/org/contract.ts";
import type { ProofRequest, ProofView } from "../../domains/proofing/contract.ts";
import type {
  BeginRunRequest,
  ClueQuery,
  CluePage,
  ClueStepRequest,
  ClueSummary,
  ClueView,
  DrawnView,
  DrawSampleRequest,
  EffectView,
  FindPersonRequest,
  FoundPersons,
  HouseholdView,
  ImportList,
  NoticeList,
  NoticeView,
  PersonPage,
  PersonQuery,
  PostNoticeRequest,
  PrecisionTable,
  ProgressView,
  RecordIncomeRequest,
  RecordMeasureRequest,
  RecusalRequest,
  RegisterList,
  RegistryActionRequest,
  RegistrySummary,
  ReminderList,
  RuleSet,
  RulesView,
  RunList,
  RunMatchPage,
  RunMatchQuery,
  RunView,
  SendRunRequest,
  UnmaskedView,
  UnmaskRequest,
} from "../../domains/relief/contract.ts";
import { addressOf, receiveFile, send } from "./client.ts";
import type { QueryValues } from "./client.ts";

/** What a caller may leave out, the server fills in. */
export type Asked<Query extends z.ZodType> = { [Key in keyof z.output<Query>]?: z.output<Query>[Key] };
type Parameters = Record<string, string | number>;

/** ":id" in a path is filled from the parameters, each escaped. */
function fill(path: string, parameters: Parameters): string {
  return path.replaceAll(/:([a-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(parameters[name] ?? "")),
  );
}

export const read =
  <Answer, Query = Record<string, never>>(path: string) =>
  (query?: Query, parameters: Parameters = {}, signal?: AbortSignal): Promise<Answer> =>
    send<Answer>({
      method: "GET",
      path: fill(path, parameters),
      query: query as QueryValues | undefined,
      signal,
    });

export const write =
  <Body, Answer = void>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string) =>
  (body?: Body, parameters: Parameters = {}, headers?: Record<string, string>): Promise<Answer> =>
    send<Answer>({ method, path: fill(path, parameters), body, headers });

export type DemoView = {
  accounts: { username: string; titleZh: string; titleEn: string }[];
  password: string;
};

export const api = {
  demo: read<DemoView>("/demo"),

  session: read<SessionView>("/session"),
  signIn: write<z.input<typeof SignInRequest>, SessionView>("POST", "/session"),
  signOut: write<undefined>("DELETE", "/session"),
  switchPost: write<z.input<typeof SwitchPostRequest>, SessionView>("PUT", "/session/post"),
  changePassword: write<z.input<typeof ChangePasswordRequest>, SessionView>("POST", "/session/password"),
  totpStart: write<undefined, z.output<typeof TotpStartView>>("POST", "/session/totp/start"),
  totpConfirm: write<z.input<typeof TotpConfirmRequest>, SessionView>("POST", "/session/totp/confirm"),
  totpDisable: write<z.input<typeof PasswordRequest>, SessionView>("POST", "/session/totp/disable"),

  tokens: read<z.output<typeof TokenList>>("/tokens"),
  createToken: write<z.input<typeof CreateTokenRequest>, z.output<typeof CreatedTokenView>>(
    "POST",
    "/tokens",
  ),
  revokeToken: write<undefined>("DELETE", "/tokens/:id"),

  accounts: read<z.output<typeof AccountList>, Asked<typeof AccountQuery>>("/accounts"),
  createAccount: write<z.input<typeof CreateAccountRequest>, z.output<typeof CreatedAccountView>>(
    "POST",
    "/accounts",
  ),
  actOnAccount: (id: number, action: AccountAction) =>
    send<AdministeredAccountView>({ method: "POST", path: `/accounts/${id}/${action}` }),
  people: read<z.output<typeof PersonList>>("/people"),

  units: read<z.output<typeof UnitList>, Asked<typeof NameQuery>>("/units"),
  regions: read<z.output<typeof RegionList>, Asked<typeof RegionQuery>>("/regions"),
  region: read<z.output<typeof RegionPage>>("/regions/:code"),

  measures: read<z.output<typeof MeasureList>>("/measures"),
  figures: read<FigurePage, Asked<typeof FigureQuery>>("/figures"),
  figure: read<FigureDetail>("/figures/:id"),
  recordFigures: write<z.input<typeof RecordFiguresRequest>, RecordedView>("POST", "/figures"),
  correctFigure: write<z.input<typeof CorrectFigureRequest>, FigureDetail>(
    "POST",
    "/figures/:id/corrections",
  ),

  overview: read<OverviewView, Asked<typeof OverviewQuery>>("/overview"),
  indicator: read<IndicatorView, Asked<typeof IndicatorQuery>>("/indicators/:measure"),
  rankings: read<RankingView, Asked<typeof RankingQuery>>("/rankings"),
  facts: read<z.output<typeof FactsView>, { refs: string }>("/facts"),
  search: read<SearchView, { q: string }>("/search"),

  briefing: read<BriefingView, Asked<typeof BriefingQuery>>("/briefing"),

  proofText: write<ProofRequest, ProofView>("POST", "/proofing"),
  markWord: (form: FormData): Promise<Blob> =>
    receiveFile({ method: "POST", path: "/proofing/document", form }),

  registrySummary: read<RegistrySummary, { within?: number }>("/relief/summary"),
  registryPersons: read<z.output<typeof PersonPage>, Asked<typeof PersonQuery>>("/relief/persons"),
  findPerson: write<z.input<typeof FindPersonRequest>, z.output<typeof FoundPersons>>(
    "POST",
    "/relief/persons/find",
  ),
  household: read<HouseholdView>("/relief/households/:id"),
  unmaskHousehold: write<z.input<typeof UnmaskRequest>, UnmaskedView>(
    "POST",
    "/relief/households/:id/unmask",
  ),
  recordMeasure: write<z.input<typeof RecordMeasureRequest>, HouseholdView>(
    "POST",
    "/relief/households/:id/measures",
  ),
  recordIncome: write<z.input<typeof RecordIncomeRequest>, HouseholdView>(
    "PUT",
    "/relief/households/:id/incomes/:year",
  ),
  actOnHousehold: write<z.input<typeof RegistryActionRequest>, HouseholdView>(
    "POST",
    "/relief/households/:id/actions",
  ),
  recuse: write<z.input<typeof RecusalRequest>, HouseholdView>("POST", "/relief/households/:id/recusals"),
  registryImports: read<z.output<typeof ImportList>>("/relief/imports"),
  importProgress: read<ProgressView>("/relief/imports/progress/:key"),

  registers: read<z.output<typeof RegisterList>>("/lookback/registers"),
  forgetRegister: write<undefined>("DELETE", "/lookback/registers/:id"),
  rules: read<RulesView>("/lookback/rules"),
  changeRules: write<z.input<typeof RuleSet>, RulesView>("PUT", "/lookback/rules"),
  precision: read<PrecisionTable>("/lookback/precision"),
  runs: read<z.output<typeof RunList>>("/lookback/runs"),
  run: read<RunView>("/lookback/runs/:id"),
  beginRun: write<z.input<typeof BeginRunRequest>, RunView>("POST", "/lookback/runs"),
  cancelRun: write<undefined, RunView>("POST", "/lookback/runs/:id/cancel"),
  sendRun: write<z.input<typeof SendRunRequest>, RunView>("POST", "/lookback/runs/:id/send"),
  runMatches: read<z.output<typeof RunMatchPage>, Asked<typeof RunMatchQuery>>("/lookback/runs/:id/matches"),

  clues: read<z.output<typeof CluePage>, Asked<typeof ClueQuery>>("/clues"),
  clueSummary: read<ClueSummary, { within?: number }>("/clues/summary"),
  clue: read<ClueView>("/clues/:id"),
  stepClue: write<z.input<typeof ClueStepRequest>, ClueView>("POST", "/clues/:id/steps"),
  drawSample: write<z.input<typeof DrawSampleRequest>, z.output<typeof DrawnView>>("POST", "/clues/sample"),
  clueReminders: read<z.output<typeof ReminderList>>("/clues/reminders"),

  notices: read<z.output<typeof NoticeList>>("/notices"),
  notice: read<NoticeView>("/notices/:id"),
  postNotice: write<z.input<typeof PostNoticeRequest>, NoticeView>("POST", "/notices"),
  takeEffect: write<undefined, z.output<typeof EffectView>>("POST", "/notices/:id/effect"),

  auditEntries: read<z.output<typeof AuditPage>, Asked<typeof AuditQuery>>("/audit/entries"),
  auditHead: read<AuditHeadView>("/audit/head"),
  auditVerify: write<undefined, z.output<typeof AuditVerifyView>>("POST", "/audit/verify"),
};

/** Addresses that the browser opens by itself, as downloads. */
export const downloads = {
  figures: (format: "xlsx" | "csv", query: Asked<typeof FigureQuery>): string =>
    addressOf("/figures/export", { ...(query as QueryValues), format }),
  registry: (format: "xlsx" | "csv", query: Asked<typeof PersonQuery>): string =>
    addressOf("/relief/persons/export", { ...(query as QueryValues), format }),
  clues: (format: "xlsx" | "csv", query: Asked<typeof ClueQuery>): string =>
    addressOf("/clues/export", { ...(query as QueryValues), format }),
  notice: (id: number, format: "docx" | "xlsx"): string => addressOf(`/notices/${id}/document`, { format }),
  clueFile: (clue: number, file: number): string => addressOf(`/clues/${clue}/files/${file}`),
  briefing: (query: Asked<typeof BriefingQuery>): string => addressOf("/briefing/document", query),
};

export type FigureFilter = Asked<typeof FigureQuery>;
