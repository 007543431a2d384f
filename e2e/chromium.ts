/**
 * Makes a Chromium that runs on a bare Debian: nothing from apt, nothing in the system's folders.
 *
 * The package @sparticuz/chromium carries a headless Chromium and the few shared libraries that a bare system lacks (NSS,
 * expat), all compressed. Its own unpacker writes to fixed names in the temporary folder, where a half-written file from a
 * killed run looks finished and two users collide; so we unpack ourselves, into a folder named by version, by rename.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, createBrotliDecompress } from "node:zlib";
import { untar } from "./untar.ts";

const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname, "..");

/** An executable Chromium and the environment it must be started in. */
export type Chromium = { executablePath: string; env: Record<string, string> };

/**
 * The browser named by CHROMIUM_PATH, or the one from npm, unpacked if this is its first use (about 5 s, 200 MB).
 * Fonts come from npm in both cases, so that pages look the same on every machine.
 */
export async function prepareChromium(): Promise<Chromium> {
  const own = process.env.CHROMIUM_PATH;
  if (own !== undefined && own !== "") {
    await access(own);
    return { executablePath: own, env: await fontEnvironment(await cacheDirectory()) };
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`no bundled Chromium for ${process.platform}-${process.arch}: set CHROMIUM_PATH to one`);
  }
  const cache = await cacheDirectory();
  const unpacked = await unpackOnce(cache);
  return {
    executablePath: join(unpacked, "chromium"),
    env: { ...(await fontEnvironment(cache)), LD_LIBRARY_PATH: join(unpacked, "lib") },
  };
}

/** node_modules/.cache/taizhang, or a folder of this user's own where the clone is not writable. */
async function cacheDirectory(): Promise<string> {
  const inClone = join(root, "node_modules", ".cache", "taizhang");
  try {
    await mkdir(inClone, { recursive: true });
    await rm(await mkdtemp(join(inClone, "probe-")), { recursive: true });
    return inClone;
  } catch {
    const ofUser = join(tmpdir(), `taizhang-cache-${process.getuid?.() ?? "user"}`);
    await mkdir(ofUser, { recursive: true, mode: 0o700 });
    return ofUser;
  }
}

async function unpackOnce(cache: string): Promise<string> {
  // The package exports no package.json, so its version is read beside its entry point.
  const packageRoot = dirname(dirname(require.resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(cache, `chromium-${version}`);
  if (await exists(join(target, "chromium"))) return target;

  const partial = await mkdtemp(`${target}.partial-`);
  try {
    await unpack(join(packageRoot, "bin"), partial);
    await chmod(partial, 0o755); // mkdtemp made it private; a clone set up by root serves other users too
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another run may have finished first: its folder is as good as ours.
    if (!(await exists(join(target, "chromium")))) throw error;
  }
  return target;
}

async function unpack(bin: string, target: string): Promise<void> {
  const decompress = promisify(brotliDecompress);
  await pipeline(
    createReadStream(join(bin, "chromium.br")),
    createBrotliDecompress(),
    createWriteStream(join(target, "chromium"), { mode: 0o755 }),
  );
  // al2023: libraries under lib/. swiftshader: the software graphics library, which must lie beside the executable.
  for (const archive of ["al2023.tar.br", "swiftshader.tar.br"]) {
    await untar(await decompress(await readFile(join(bin, archive))), target);
  }
}

/** Three weights of Noto Sans SC for every family name: a page must never fall back to boxes. */
async function fontEnvironment(cache: string): Promise<Record<string, string>> {
  const fonts = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
  const directories = ["400Regular", "500Medium", "700Bold"].map(
    (weight) => `  <dir>${escapeXml(join(fonts, weight))}</dir>`,
  );
  const generic = ["sans-serif", "serif", "monospace", "system-ui"].map(
    (family) =>
      `  <alias binding="strong"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  );
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    ...directories,
    `  <cachedir>${escapeXml(join(cache, "fontconfig"))}</cachedir>`,
    ...generic,
    "</fontconfig>",
    "",
  ].join("\n");
  const file = join(cache, "fonts.conf");
  if ((await readIfThere(file)) !== text) {
    const partial = join(await mkdtemp(join(cache, "fonts-")), basename(file));
    await writeFile(partial, text);
    await rename(partial, file);
    await rm(dirname(partial), { recursive: true });
  }
  return { FONTCONFIG_FILE: file };
}

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch(() => undefined);
