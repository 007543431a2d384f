/** The pages by address; each is loaded when it is first opened. */
import type { AsyncRouteComponent } from "@tanstack/react-router";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import type { Permission } from "../domains/auth/contract.ts";
import {
  boardSearch,
  clueSearch,
  figureSearch,
  formSearch,
  matchSearch,
  newFormSearch,
  parseSearch,
  periodAndRegion,
  registrySearch,
  reviewSearch,
  stringifySearch,
} from "./search-params.ts";
import { FirstPage, Guard } from "./shell/guard.tsx";
import { Shell } from "./shell/shell.tsx";
import { NotFound, Trouble, Waiting } from "./shell/trouble.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

type Page = AsyncRouteComponent<{}>;

/** A page that a post may read only with a permission, or with one of several. */
function guarded(needs: Permission | readonly Permission[], Inner: Page): Page {
  const Guarded: Page = () => (
    <Guard needs={needs}>
      <Inner />
    </Guard>
  );
  Guarded.preload = Inner.preload;
  return Guarded;
}

function firstPage(Inner: Page): Page {
  const First: Page = () => (
    <FirstPage>
      <Inner />
    </FirstPage>
  );
  First.preload = Inner.preload;
  return First;
}

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: periodAndRegion,
  component: firstPage(
    lazyRouteComponent(() => import("./pages/overview/overview-page.tsx"), "OverviewPage"),
  ),
});
const indicators = createRoute({
  getParentRoute: () => root,
  path: "/indicators",
  validateSearch: periodAndRegion,
  component: guarded(
    "figures.read",
    lazyRouteComponent(() => import("./pages/indicators/indicators-page.tsx"), "IndicatorsPage"),
  ),
});
const indicator = createRoute({
  getParentRoute: () => root,
  path: "/indicators/$measure",
  validateSearch: periodAndRegion,
  component: guarded(
    "figures.read",
    lazyRouteComponent(() => import("./pages/indicators/indicator-page.tsx"), "IndicatorPage"),
  ),
});
const figures = createRoute({
  getParentRoute: () => root,
  path: "/figures",
  validateSearch: figureSearch,
  component: guarded(
    "figures.read",
    lazyRouteComponent(() => import("./pages/ledger/figures-page.tsx"), "FiguresPage"),
  ),
});
const figure = createRoute({
  getParentRoute: () => root,
  path: "/figures/$id",
  component: guarded(
    "figures.read",
    lazyRouteComponent(() => import("./pages/ledger/figure-page.tsx"), "FigurePage"),
  ),
});
const importing = createRoute({
  getParentRoute: () => root,
  path: "/figures/import",
  component: guarded(
    "figures.write",
    lazyRouteComponent(() => import("./pages/ledger/import-page.tsx"), "ImportPage"),
  ),
});
const recording = createRoute({
  getParentRoute: () => root,
  path: "/figures/record",
  component: guarded(
    "figures.write",
    lazyRouteComponent(() => import("./pages/ledger/record-page.tsx"), "RecordPage"),
  ),
});
const briefing = createRoute({
  getParentRoute: () => root,
  path: "/briefing",
  validateSearch: periodAndRegion,
  component: guarded(
    "briefing.read",
    lazyRouteComponent(() => import("./pages/dispatch/briefing-page.tsx"), "BriefingPage"),
  ),
});
const proofing = createRoute({
  getParentRoute: () => root,
  path: "/proofing",
  validateSearch: periodAndRegion,
  component: guarded(
    "proofing.check",
    lazyRouteComponent(() => import("./pages/proofing/proofing-page.tsx"), "ProofingPage"),
  ),
});
const registry = createRoute({
  getParentRoute: () => root,
  path: "/relief",
  validateSearch: registrySearch,
  component: guarded(
    "registry.read",
    lazyRouteComponent(() => import("./pages/relief/registry/registry-page.tsx"), "RegistryPage"),
  ),
});
const registryImport = createRoute({
  getParentRoute: () => root,
  path: "/relief/import",
  component: guarded(
    "registry.import",
    lazyRouteComponent(
      () => import("./pages/relief/registry/registry-import-page.tsx"),
      "RegistryImportPage",
    ),
  ),
});
const household = createRoute({
  getParentRoute: () => root,
  path: "/relief/households/$id",
  component: guarded(
    "registry.read",
    lazyRouteComponent(() => import("./pages/relief/registry/household-page.tsx"), "HouseholdPage"),
  ),
});
const lookback = createRoute({
  getParentRoute: () => root,
  path: "/lookback",
  component: guarded(
    "lookback.run",
    lazyRouteComponent(() => import("./pages/relief/lookback/lookback-page.tsx"), "LookbackPage"),
  ),
});
const run = createRoute({
  getParentRoute: () => root,
  path: "/lookback/runs/$id",
  validateSearch: matchSearch,
  component: guarded(
    "lookback.run",
    lazyRouteComponent(() => import("./pages/relief/lookback/run-page.tsx"), "RunPage"),
  ),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: "/lookback/rules",
  component: guarded(
    "clues.read",
    lazyRouteComponent(() => import("./pages/relief/lookback/rules-page.tsx"), "RulesPage"),
  ),
});
const clueQueue = createRoute({
  getParentRoute: () => root,
  path: "/clues",
  validateSearch: clueSearch,
  component: guarded(
    "clues.read",
    lazyRouteComponent(() => import("./pages/relief/clues/clue-queue-page.tsx"), "ClueQueuePage"),
  ),
});
const clue = createRoute({
  getParentRoute: () => root,
  path: "/clues/$id",
  validateSearch: clueSearch,
  component: guarded(
    "clues.read",
    lazyRouteComponent(() => import("./pages/relief/clues/clue-page.tsx"), "CluePage"),
  ),
});
const notices = createRoute({
  getParentRoute: () => root,
  path: "/notices",
  component: guarded(
    "clues.read",
    lazyRouteComponent(() => import("./pages/relief/notices/notices-page.tsx"), "NoticesPage"),
  ),
});
const notice = createRoute({
  getParentRoute: () => root,
  path: "/notices/$id",
  component: guarded(
    "clues.read",
    lazyRouteComponent(() => import("./pages/relief/notices/notice-page.tsx"), "NoticePage"),
  ),
});
const filing = ["returns.read", "returns.file"] as const;
const returns = createRoute({
  getParentRoute: () => root,
  path: "/returns",
  component: guarded(
    filing,
    lazyRouteComponent(() => import("./pages/returns/home/returns-page.tsx"), "ReturnsPage"),
  ),
});
const oneReturn = createRoute({
  getParentRoute: () => root,
  path: "/returns/$id",
  component: guarded(
    filing,
    lazyRouteComponent(() => import("./pages/returns/one/return-page.tsx"), "ReturnPage"),
  ),
});
const review = createRoute({
  getParentRoute: () => root,
  path: "/returns/review",
  validateSearch: reviewSearch,
  component: guarded(
    "returns.review",
    lazyRouteComponent(() => import("./pages/returns/review/review-page.tsx"), "ReviewPage"),
  ),
});
const board = createRoute({
  getParentRoute: () => root,
  path: "/returns/board",
  validateSearch: boardSearch,
  component: guarded(
    "returns.read",
    lazyRouteComponent(() => import("./pages/returns/board/board-page.tsx"), "BoardPage"),
  ),
});
const forms = createRoute({
  getParentRoute: () => root,
  path: "/returns/forms",
  component: guarded(
    "returns.read",
    lazyRouteComponent(() => import("./pages/returns/forms/forms-page.tsx"), "FormsPage"),
  ),
});
const newForm = createRoute({
  getParentRoute: () => root,
  path: "/returns/forms/new",
  validateSearch: newFormSearch,
  component: guarded(
    "returns.design",
    lazyRouteComponent(() => import("./pages/returns/forms/new-form-page.tsx"), "NewFormPage"),
  ),
});
const form = createRoute({
  getParentRoute: () => root,
  path: "/returns/forms/$code",
  validateSearch: formSearch,
  component: guarded(
    "returns.read",
    lazyRouteComponent(() => import("./pages/returns/forms/form-page.tsx"), "FormPage"),
  ),
});
const password = createRoute({
  getParentRoute: () => root,
  path: "/account/password",
  component: lazyRouteComponent(() => import("./pages/auth/password-page.tsx"), "PasswordPage"),
});
const totp = createRoute({
  getParentRoute: () => root,
  path: "/account/totp",
  component: lazyRouteComponent(() => import("./pages/auth/totp-page.tsx"), "TotpPage"),
});
const tokens = createRoute({
  getParentRoute: () => root,
  path: "/account/tokens",
  component: guarded(
    "tokens.manage",
    lazyRouteComponent(() => import("./pages/auth/tokens-page.tsx"), "TokensPage"),
  ),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: "/accounts",
  component: guarded(
    "accounts.read",
    lazyRouteComponent(() => import("./pages/auth/accounts-page.tsx"), "AccountsPage"),
  ),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  component: guarded(
    "audit.read",
    lazyRouteComponent(() => import("./pages/audit/audit-page.tsx"), "AuditPage"),
  ),
});

const routeTree = root.addChildren([
  overview,
  indicators,
  indicator,
  figures,
  figure,
  importing,
  recording,
  briefing,
  proofing,
  registry,
  registryImport,
  household,
  lookback,
  run,
  rules,
  clueQueue,
  clue,
  notices,
  notice,
  returns,
  oneReturn,
  review,
  board,
  forms,
  newForm,
  form,
  password,
  totp,
  tokens,
  accounts,
  audit,
]);

export function makeRouter() {
  return createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: ({ error, reset }) => <Trouble error={error} again={reset} />,
    defaultNotFoundComponent: NotFound,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
