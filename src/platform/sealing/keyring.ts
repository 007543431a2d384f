/**
 * The keys that seal personal data. The first is the data key; each rotation adds one, and the newest seals.
 *
 * They lie in `<dataDir>/secrets/keyring`, one a line, "number base64": written whole under another name and then renamed,
 * so that no moment shows half a ring. A key is dropped only when nothing sealed with it is left (`taizhang keys rotate`).
 */
import { randomBytes } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { readDataKey } from "../data-key.ts";

const KEY_BYTES = 32;

export type Keyring = {
  /** the key that seals from now on */
  current: number;
  /** by number, 1 and up */
  keys: ReadonlyMap<number, Buffer>;
};

const fileOf = (dataDir: string): string => join(dataDir, "secrets", "keyring");

/** @throws Error when the file is damaged: it must stop the program and not be replaced */
export async function readKeyring(
  dataDir: string,
  env: Record<string, string | undefined> = process.env,
): Promise<Keyring> {
  const text = await readFile(fileOf(dataDir), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return { current: 1, keys: new Map([[1, await readDataKey(dataDir, env)]]) };
  const keys = new Map<number, Buffer>();
  for (const [i, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const match = /^(\d{1,4}) ([A-Za-z0-9+/]{43}=)$/.exec(line);
    if (match === null) throw new Error(`${fileOf(dataDir)}: line ${i + 1} is not "number key"`);
    keys.set(Number(match[1]), Buffer.from(match[2] as string, "base64"));
  }
  if (keys.size === 0) throw new Error(`${fileOf(dataDir)} holds no key`);
  return { current: Math.max(...keys.keys()), keys };
}

/** A ring with one key more, which seals from now on; kept before anything is sealed with it. */
export async function addKey(dataDir: string, ring: Keyring): Promise<Keyring> {
  const current = ring.current + 1;
  const keys = new Map([...ring.keys, [current, randomBytes(KEY_BYTES)]]);
  await writeKeyring(dataDir, keys);
  return { current, keys };
}

/** The ring with its newest key alone. */
export async function dropOldKeys(dataDir: string, ring: Keyring): Promise<Keyring> {
  const keys = new Map([...ring.keys].filter(([number]) => number === ring.current));
  await writeKeyring(dataDir, keys);
  return { current: ring.current, keys };
}

async function writeKeyring(dataDir: string, keys: ReadonlyMap<number, Buffer>): Promise<void> {
  const file = fileOf(dataDir);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    const lines = [...keys]
      .sort(([a], [b]) => a - b)
      .map(([number, key]) => `${number} ${key.toString("base64")}\n`);
    await handle.writeFile(lines.join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const directory = await open(join(dataDir, "secrets"), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
