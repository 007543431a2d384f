/** The checks of the tree, each shown a small tree that is right and the same one broken. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { anchorsOf, check as checkLinks, linksOf } from "./links.mjs";
import { check as checkLockfile } from "./lockfile.mjs";
import { check as checkMessages } from "./messages.mjs";
import { check as checkMigrations } from "./migrations.mjs";
import { check as checkVocabulary } from "./vocabulary.mjs";

const trees = [];

function tree(files) {
  const root = mkdtempSync(join(tmpdir(), "taizhang-checks-"));
  trees.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

afterEach(() => {
  for (const root of trees.splice(0)) rmSync(root, { recursive: true });
});

async function findings(check, files) {
  const { claims } = await check({ root: tree(files) });
  expect(claims.length).toBeGreaterThan(0);
  return claims.flatMap((claim) => claim.findings).join("\n");
}

describe("links", () => {
  const target = "# 指标 Measures (8)\n\n## Again\n\n## Again\n";

  test("passes what leads somewhere", async () => {
    const text =
      "[a](docs/b.md) [b](docs/b.md#指标-measures-8) [c](docs/b.md#again-1) [d](https://example.org/x) ![e](e.png)";
    expect(await findings(checkLinks, { "README.md": text, "docs/b.md": target, "e.png": "x" })).toBe("");
  });

  test.each([
    ["[a](docs/gone.md)", "no such file"],
    ["[a](docs/b.md#gone)", "no heading #gone"],
    ["[a](#gone)", "no heading #gone"],
    ["![a](gone.png)", "no such file"],
    ['<img src="gone.png">', "no such file"],
    ["[a][x]\n\n[x]: gone.md", "no such file"],
    ["[a](../outside.md)", "leaves the repository"],
    ["[a](/docs/b.md)", "absolute"],
  ])("refuses %s", async (text, reason) => {
    expect(await findings(checkLinks, { "README.md": text, "docs/b.md": target })).toContain(reason);
  });

  test("reads no links and no headings in code", () => {
    const text = "```\n[a](b.md)\n# no\n```\n`[c](d.md)` [e](f.md)\n# yes\n";
    expect(linksOf(text)).toEqual([{ target: "f.md", line: 5 }]);
    expect([...anchorsOf(text)]).toEqual(["yes"]);
  });
});

describe("vocabulary", () => {
  test.each([
    ["/wo%rk/main/src", "path of one machine"],
    ["see ../sha%red/design/STACK.md", "outside the repository"],
    ["https://regis%try.npmjs.org/pg", "registry"],
    ["/ho%me/someone/code", "path of one machine"],
  ])("refuses %s", async (masked, reason) => {
    const text = masked.replace("%", ""); // so that this file passes the check itself
    expect(await findings(checkVocabulary, { "a.md": `words ${text} words` })).toContain("a.md:1");
    expect(await findings(checkVocabulary, { "a.md": text })).toContain(reason);
  });

  test("passes paths of the project", async () => {
    expect(
      await findings(checkVocabulary, { "a.ts": 'import "../shared/period.ts"; // network/work/x' }),
    ).toBe("");
  });
});

describe("lockfile", () => {
  const manifest = { name: "a", version: "1.0.0", dependencies: { pg: "8.0.0" } };
  const pg = { version: "8.0.0", integrity: "sha512-x", dependencies: { split: "^1.0.0" } };
  const split = { version: "1.2.0", integrity: "sha512-y" };
  const lock = {
    version: "1.0.0",
    lockfileVersion: 3,
    packages: { "": manifest, "node_modules/pg": pg, "node_modules/split": split },
  };
  const files = (changed, packages = {}) => ({
    "package.json": { ...manifest, ...changed },
    "package-lock.json": { ...lock, packages: { ...lock.packages, ...packages } },
    ".npmrc": "omit-lockfile-registry-resolved=true\n",
  });

  test("passes a complete one", async () => {
    expect(await findings(checkLockfile, files({}))).toBe("");
    const foreign = { version: "1.2.0", optional: true, os: ["darwin"] };
    expect(await findings(checkLockfile, files({}, { "node_modules/mac": foreign }))).toBe("");
  });

  test.each([
    ["another version", files({ dependencies: { pg: "8.0.1" } }), "package.json 8.0.1, lockfile 8.0.0"],
    ["a package not locked", files({ devDependencies: { vite: "1.0.0" } }), "vite: not in the lockfile"],
    ["an address", files({}, { "node_modules/pg": { ...pg, resolved: "https://x" } }), "has an address"],
    ["no hash", files({}, { "node_modules/split": { version: "1.2.0" } }), "no integrity"],
    ["a hole", files({}, { "node_modules/pg": { ...pg, dependencies: { gone: "1" } } }), "needs gone@1"],
    ["addresses next time", { ...files({}), ".npmrc": "" }, "omit-lockfile-registry-resolved"],
  ])("refuses %s", async (_what, broken, reason) => {
    expect(await findings(checkLockfile, broken)).toContain(reason);
  });
});

describe("migrations", () => {
  const sql = "SELECT 1;";
  test("passes numbers without gaps", async () => {
    expect(
      await findings(checkMigrations, {
        "db/migrations/000001_a.sql": sql,
        "db/migrations/000002_b_c.sql": sql,
      }),
    ).toBe("");
  });
  test.each([
    [{ "db/migrations/000002_b.sql": sql }, "number 000001 expected"],
    [{ "db/migrations/000001_a.sql": sql, "db/migrations/000001_b.sql": sql }, "number 000002 expected"],
    [{ "db/migrations/000001_a.sql": " \n" }, "empty"],
    [{ "db/migrations/1-a.sql": sql }, "not NNNNNN"],
  ])("refuses %j", async (files, reason) => {
    expect(await findings(checkMigrations, files)).toContain(reason);
  });
});

describe("messages", () => {
  const files = (chinese, english) => ({
    "src/web/i18n/zh-CN.ts": `export const zhCN = ${chinese};`,
    "src/web/i18n/en-US.ts": `export const enUS = ${english};`,
    "src/web/page.tsx": "t.nav.home; t.count(1);",
  });

  test("passes two complete languages", async () => {
    const right = files(
      '{ nav: { home: "首页" }, count: (n) => `${n} 个` }',
      '{ nav: { home: "Home" }, count: (n) => `${n}` }',
    );
    expect(await findings(checkMessages, right)).toBe("");
  });

  test.each([
    ['{ nav: { home: "首页" } }', "{ nav: {} , count: () => '' }", "en-US lacks nav.home"],
    ['{ nav: { home: "首页" } }', '{ nav: { home: "Home" }, count: "x" }', "zh-CN lacks count"],
    ['{ nav: { home: "首页" } }', '{ nav: { home: " " } }', "nav.home has no text"],
    ['{ nav: { home: "首页" } }', '{ nav: { home: "首页" } }', "nav.home: 首页"],
    ['{ nav: { home: "{n} 页" } }', '{ nav: { home: "Home" } }', "nav.home: zh-CN has {n}"],
    ['{ nav: { home: "首页", gone: "旧" } }', '{ nav: { home: "Home", gone: "Old" } }', "nav.gone"],
  ])("refuses %s with %s", async (chinese, english, reason) => {
    expect(await findings(checkMessages, files(chinese, english))).toContain(reason);
  });

  test("does not take the text in a part for its own use", async () => {
    const parts = {
      "src/web/page.tsx": "t.nav.home;",
      "src/web/i18n/zh-CN.ts": 'import { nav } from "./zh-CN/nav.ts"; export const zhCN = { nav };',
      "src/web/i18n/en-US.ts": 'import { nav } from "./en-US/nav.ts"; export const enUS = { nav };',
      "src/web/i18n/zh-CN/nav.ts": 'export const nav = { home: "首页", gone: "旧" };',
      "src/web/i18n/en-US/nav.ts": 'export const nav = { home: "Home", gone: "Old" };',
    };
    expect(await findings(checkMessages, parts)).toBe("nav.gone");
  });

  test("says which file is missing", async () => {
    expect(await findings(checkMessages, { "a.md": "" })).toContain("src/web/i18n/zh-CN.ts does not exist");
  });
});
