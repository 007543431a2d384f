import { readFileSync } from "node:fs";
import { join } from "node:path";

const kinds = ["dependencies", "devDependencies", "optionalDependencies"];

/** The lockfile fits package.json, pins every package by hash and records no download address. */
export async function check({ root }) {
  const read = (name) => readFileSync(join(root, name), "utf8");
  const manifest = JSON.parse(read("package.json"));
  const text = read("package-lock.json");
  const lock = JSON.parse(text);
  const packages = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  return {
    claims: [
      { claim: "lockfile fits package.json", findings: differences(manifest, lock) },
      {
        claim: "no download addresses",
        findings: [
          ...packages
            .filter(([, entry]) => entry.resolved !== undefined)
            .map(([path]) => `${path} has an address`),
          ...(/^\s*omit-lockfile-registry-resolved\s*=\s*true\s*$/m.test(read(".npmrc"))
            ? []
            : [
                ".npmrc: omit-lockfile-registry-resolved=true is missing; the next npm install would record them",
              ]),
        ],
      },
      {
        claim: "every package has a hash",
        findings:
          packages.length === 0
            ? ["the lockfile lists no package"]
            : packages
                .filter(([, entry]) => entry.integrity === undefined && !entry.link && !isForeign(entry))
                .map(([path]) => `${path} has no integrity`),
      },
      {
        claim: "nothing is missing (npm ci would refuse it)",
        findings: listMissingDependencies(lock).map(
          ({ from, name, version }) =>
            `${from || "package.json"} needs ${name}@${version}: node scripts/complete-lock.mjs`,
        ),
      },
    ],
  };
}

function differences(manifest, lock) {
  const findings = [];
  const top = lock.packages?.[""] ?? {};
  if (lock.lockfileVersion !== 3) findings.push(`lockfileVersion is ${lock.lockfileVersion}, not 3`);
  if (lock.version !== manifest.version)
    findings.push(`version is ${lock.version}, package.json says ${manifest.version}`);
  for (const kind of kinds) {
    const wanted = manifest[kind] ?? {};
    const locked = top[kind] ?? {};
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
      const version = wanted[name];
      if (version !== locked[name])
        findings.push(`${name}: package.json ${version}, lockfile ${locked[name]}`);
      else if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
        findings.push(`${name}: ${version} is not an exact version`);
      const installed = lock.packages[`node_modules/${name}`];
      if (installed !== undefined && installed.version !== version) {
        findings.push(`${name}: the lockfile installs ${installed.version} instead of ${version}`);
      }
      if (installed === undefined) findings.push(`${name}: not in the lockfile`);
    }
  }
  return findings;
}

/** A binary for a platform that Taizhang is not installed on; see scripts/complete-lock.mjs. */
function isForeign({ optional = false, os, cpu, libc }) {
  const isOurs = (list, ours) => list === undefined || list.some((name) => ours.includes(name));
  return optional && !(isOurs(os, ["linux"]) && isOurs(cpu, ["x64", "arm64"]) && isOurs(libc, ["glibc"]));
}

/** Dependencies, optional ones too, of packages in the lockfile that are not in it themselves. */
export function listMissingDependencies(lock) {
  return Object.entries(lock.packages).flatMap(([from, entry]) =>
    ["dependencies", "optionalDependencies", "devDependencies"].flatMap((kind) =>
      Object.entries((kind !== "devDependencies" || from === "" ? entry[kind] : undefined) ?? {})
        .filter(([name]) => !isReachable(lock, from, name))
        .map(([name, version]) => ({ from, name, version, isOptional: kind === "optionalDependencies" })),
    ),
  );
}

/** Node's own way of looking: in the package's node_modules, then in each folder above. */
function isReachable(lock, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (lock.packages[at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`] !== undefined)
      return true;
    if (at === "") return false;
  }
}
