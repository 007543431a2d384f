// What may import what: docs/ARCHITECTURE.md, "What may import what". Run by scripts/checks/boundaries.mjs, which also proves
// with fixtures/must-fail/boundaries that every rule below still bites.
const { join } = require("node:path");

// Domains in order. Each may use the front door (index.ts) or core of those named, plus the base.
const base = ["audit", "auth", "org", "ledger"];
const may = {
  audit: [],
  auth: ["audit"],
  org: ["audit", "auth"],
  ledger: ["audit", "auth", "org"],
  returns: base,
  indicators: base,
  projects: base,
  industry: base,
  relief: base,
  accountability: [...base, "indicators", "projects"],
  proofing: [...base, "indicators"], // docs/decisions/0013
  dispatch: [
    ...base,
    "returns",
    "indicators",
    "projects",
    "industry",
    "relief",
    "accountability",
    "proofing",
  ],
};

// A domain may only name domains listed above it, so the order can never hold a loop.
const order = Object.keys(may);
for (const [name, allowed] of Object.entries(may))
  for (const other of allowed)
    if (order.indexOf(other) >= order.indexOf(name))
      throw new Error(`${name} may not use ${other}: wrong order`);

const D = "^src/domains/";
const TEST = "\\.test\\.tsx?$"; // x.test.ts, x.db.test.ts, x.http.test.ts
const DECIMAL = "node_modules/decimal\\.js/";
const CEL = "node_modules/@marcbachmann/cel-js/";
const rule = (name, from, to) => ({ name, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule("no-cycles", {}, { circular: true }),
    rule("nothing-missing", {}, { couldNotResolve: true }),
    // shared wraps two packages, exact decimals and expressions, each in one file.
    rule(
      "shared-is-a-leaf",
      { path: "^src/shared/", pathNot: TEST },
      { pathNot: ["^src/shared/", DECIMAL, CEL] },
    ),
    rule(
      "decimals-are-wrapped-once",
      { path: "^(src|packs)/", pathNot: "^src/shared/decimal\\.ts$" },
      { path: DECIMAL },
    ),
    rule(
      "expressions-are-wrapped-once",
      { path: "^(src|packs)/", pathNot: "^src/shared/expression\\.ts$" },
      { path: CEL },
    ),
    rule(
      "core-is-pure",
      { path: `${D}[^/]+/core/`, pathNot: TEST },
      { pathNot: [`${D}[^/]+/core/`, "^src/shared/", DECIMAL] },
    ),
    rule(
      "contract-is-portable",
      { path: `${D}[^/]+/contract(\\.ts$|/)` },
      { pathNot: [`${D}[^/]+/(core/|contract(\\.ts$|/))`, "^src/shared/", "node_modules/zod/"] },
    ),
    rule("platform-knows-no-domain", { path: "^src/platform/" }, { path: "^src/(domains|main|web)/" }),
    // Contracts may build on other contracts (ARCHITECTURE.md); every other file goes through index.ts or core.
    rule(
      "front-door-only",
      { path: `${D}([^/]+)/`, pathNot: `${D}[^/]+/contract(\\.ts$|/)` },
      { path: `${D}([^/]+)/`, pathNot: [`${D}$1/`, `${D}[^/]+/(index\\.ts$|core/)`] },
    ),
    rule("domains-know-no-page", { path: D }, { path: "^src/web/" }),
    rule(
      "web-sees-core-and-contract",
      { path: "^src/web/" },
      { path: "^src/(domains|platform|main)/", pathNot: `${D}[^/]+/(core/|contract\\.ts$)` },
    ),
    rule("web-runs-in-a-browser", { path: "^src/web/", pathNot: TEST }, { dependencyTypes: ["core"] }),
    // A test is no part of the program: it may start the whole of it.
    rule(
      "nobody-imports-main",
      { path: "^(src|packs)/", pathNot: ["^src/main/", TEST] },
      { path: "^src/main/" },
    ),
    rule(
      "program-without-test-material",
      { path: "^(src|packs)/", pathNot: TEST },
      { path: ["^(fixtures|e2e|bench|scripts)/", TEST] },
    ),
    rule(
      "server-without-dev-packages",
      { path: "^src/(shared|platform|domains|main)/", pathNot: TEST },
      { dependencyTypes: ["npm-dev"] },
    ),
    ...Object.entries(may).map(([name, allowed]) =>
      rule(
        `order-${name}`,
        { path: `${D}${name}/` },
        { path: D, pathNot: `${D}(${[name, ...allowed].join("|")})/` },
      ),
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "fixtures/must-fail" },
    // Without this line TypeScript goes through a forgiving JavaScript parser, which overlooks imports without a word.
    parser: "swc",
    tsPreCompilationDeps: true, // an import of types is a dependency too
    tsConfig: { fileName: join(__dirname, "tsconfig.core.json") },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
