import { defineConfig } from "vitest/config";
import { createCountReporter } from "./scripts/checks/count-reporter.ts";

const countFile = process.env.TAIZHANG_TEST_COUNT;
const never = ["**/node_modules/**", "dist/**", "data/**", "fixtures/must-fail/**"];

// One kind of test, one project; scripts/test.mjs runs them and adds the results up.
export default defineConfig({
  test: {
    allowOnly: false, // a forgotten .only would silently drop every other test of its file
    passWithNoTests: false,
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    // scripts/test.mjs asks for the numbers, and adds them up over all kinds.
    reporters: ["default", ...(countFile === undefined ? [] : [createCountReporter(countFile)])],
    experimental: { diagnostics: false },
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,packs,fixtures,e2e,bench,scripts}/**/*.test.{ts,tsx,mjs}"],
          exclude: [...never, "**/*.{db,http,slow}.test.*"],
          testTimeout: 20_000, // property tests on a busy two-core machine
        },
      },
      {
        test: {
          name: "db",
          include: ["{src,packs,fixtures,bench}/**/*.db.test.ts"],
          exclude: never,
          globalSetup: "fixtures/cluster.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "http",
          include: ["{src,packs,fixtures,bench}/**/*.http.test.ts"],
          exclude: never,
          globalSetup: "fixtures/cluster.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Kills servers, starts whole programs: one at a time, each with clusters of its own.
        test: {
          name: "slow",
          include: ["{src,packs,fixtures,bench,scripts}/**/*.slow.test.ts"],
          exclude: never,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.e2e.ts"],
          exclude: never,
          globalSetup: ["fixtures/cluster.ts", "e2e/demo-template.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
