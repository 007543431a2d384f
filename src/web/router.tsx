/** The pages by address; each is loaded when it is first opened. */
import type { AsyncRouteComponent } from "@tanstack/react-router";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import type { Permission } from "../domains/auth/contract.ts";
import { figureSearch, parseSearch, periodAndRegion, stringifySearch } from "./search-params.ts";
import { FirstPage, Guard } from "./shell/guard.tsx";
import { Shell } from "./shell/shell.tsx";
import { NotFound, Trouble, Waiting } from "./shell/trouble.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

type Page = AsyncRouteComponent<{}>;

/** A page that a post may read only with a permission. */
function guarded(needs: Permission, Inner: Page): Page {
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
