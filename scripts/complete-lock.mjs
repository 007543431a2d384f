// Completes package-lock.json after an `npm install`: run `node scripts/complete-lock.mjs` and commit the result.
//
// Tools like biome, swc and oxlint list one optional package for each platform. npm leaves out of the lockfile
// those that the registry it asked does not carry, and from then on every `npm ci` refuses ("Missing: … from lock
// file"). What is added here is what npm itself would have written, but for the hash, which only the package's file
// can give: such an entry is never fetched on the platforms that Taizhang supports.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CPU = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

const file = process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = findMissing(lock.packages);
for (const [path, entry] of missing) lock.packages[path] = entry;
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a === b ? 0 : a.localeCompare(b, "en") < 0 ? -1 : 1)),
);
if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${missing.length} optional packages of other platforms added to ${file}\n`);

function findMissing(packages) {
  const found = new Map();
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      if (packages[path] || packages[`${parent}/${path}`]) continue;
      if (!/^\d+\.\d+\.\d+[^ ]*$/.test(range))
        throw new Error(`${name}@${range}: not an exact version; add it by hand.`);
      found.set(path, { version: range, ...platformOf(name), ...(dev ? { dev: true } : {}), optional: true });
    }
  }
  return [...found];
}

/** From names like @swc/core-linux-arm-gnueabihf or @oxlint/binding-linux-x64-musl. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = OS.find((word) => words.includes(word));
  const cpu = CPU.find((word) => words.includes(word));
  if (!os || !cpu) throw new Error(`${name}: its platform cannot be told from its name; add it by hand.`);
  const libc = os !== "linux" ? undefined : words.at(-1).startsWith("musl") ? "musl" : "glibc";
  return { cpu: [cpu], ...(libc ? { libc: [libc] } : {}), os: [os] };
}
