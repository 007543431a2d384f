/**
 * The keys that personal data are sealed with.
 *
 * Words:
 * - key: a number from 1 to 255 and material derived (RFC 5869) from the data key and the key's own salt; the files hold
 *   salts only, so neither they nor the data key alone opens anything
 * - current: the newest key; everything new is sealed with it
 * - in use: current, or values under it may still be there while a rotation runs
 * - retired: a rotation found nothing left under it. It still opens what an older backup brings back
 *
 * One file for each key, `secrets/sealing-keys/<number>`, made whole and never written again; a retired one is renamed.
 */
import { createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { link, mkdir, open, rename, unlink } from "node:fs/promises";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readDataKey } from "../data-key.ts";

export type SealingKey = {
  number: number;
  isRetired: boolean;
  /** one for each use and algorithm: nothing serves two purposes */
  aes: KeyObject;
  sm4: KeyObject;
  sm3: KeyObject;
  hashing: KeyObject;
};

export type Keyring = {
  /** what new values are sealed with; a rotation begun by another process is noticed within a second */
  current(): SealingKey;
  /** the current key and those that a running rotation has not emptied yet, newest first */
  inUse(): readonly SealingKey[];
  /** @throws Error naming the key that is missing */
  get(number: number): SealingKey;
  /** Makes the next key, which is current from then on. Of two who ask at once one makes it. */
  add(): Promise<void>;
  retire(number: number): Promise<void>;
};

const LOOK_AGAIN_MS = 1000;
const MOST_KEYS = 255;

/**
 * The keys of a data directory; the first one is made where there is none.
 * @throws Error when a file is damaged: it must stop the program and not be replaced
 */
export async function readKeyring(
  dataDir: string,
  env: Record<string, string | undefined> = process.env,
): Promise<Keyring> {
  const dataKey = await readDataKey(dataDir, env);
  const directory = join(dataDir, "secrets", "sealing-keys");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // The first salt is empty, so that several machines with one TAIZHANG_DATA_KEY have one first key.
  if (readdirSync(directory).every((name) => !/^\d/.test(name)))
    await writeKeyFile(directory, { number: 1, salt: "" });
  return watchKeys(directory, dataKey);
}

function watchKeys(directory: string, dataKey: Buffer): Keyring {
  let stamp = statSync(directory).mtimeMs;
  let keys = readKeys(directory, dataKey);
  let readAt = performance.now();
  const look = (now: boolean): readonly SealingKey[] => {
    if (!now && performance.now() - readAt < LOOK_AGAIN_MS) return keys;
    readAt = performance.now();
    const { mtimeMs } = statSync(directory);
    if (now || mtimeMs !== stamp) keys = readKeys(directory, dataKey);
    stamp = mtimeMs;
    return keys;
  };
  return {
    current: () => look(false)[0] as SealingKey,
    inUse: () => look(false).filter((key) => !key.isRetired),
    get: (number) => {
      const isIt = (key: SealingKey): boolean => key.number === number;
      const found = keys.find(isIt) ?? look(true).find(isIt);
      if (!found) throw new Error(`sealing key ${number} is missing in ${directory}`);
      return found;
    },
    add: async () => {
      const number = (keys[0] as SealingKey).number + 1;
      if (number > MOST_KEYS) throw new Error(`there are ${MOST_KEYS} sealing keys already`);
      await writeKeyFile(directory, { number, salt: randomBytes(32).toString("base64") });
      look(true);
    },
    retire: async (number) => {
      await rename(join(directory, String(number)), join(directory, `${number}.retired`));
      await syncDirectory(directory);
      look(true);
    },
  };
}

type KeyFile = { number: number; salt: string };

/** Written whole under another name and then linked: a crash leaves no half key, and what is there is never replaced. */
async function writeKeyFile(directory: string, key: KeyFile): Promise<void> {
  const draft = join(directory, `draft-${randomBytes(6).toString("hex")}`);
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(key)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, join(directory, String(key.number)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Newest first. A file that another process retires between listing and reading is looked for once more. */
function readKeys(directory: string, dataKey: Buffer): readonly SealingKey[] {
  try {
    return readKeysOnce(directory, dataKey);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return readKeysOnce(directory, dataKey);
  }
}

function readKeysOnce(directory: string, dataKey: Buffer): readonly SealingKey[] {
  const keys = readdirSync(directory).flatMap((name) => {
    const match = /^(\d{1,3})(\.retired)?$/.exec(name);
    if (!match) return [];
    const place = join(directory, name);
    const file = parseKeyFile(readFileSync(place, "utf8"), place, Number(match[1]));
    return [{ ...deriveKeys(dataKey, file), isRetired: match[2] !== undefined }];
  });
  if (keys.every((key) => key.isRetired)) throw new Error(`no sealing key is in use in ${directory}`);
  return keys.toSorted((a, b) => b.number - a.number);
}

function parseKeyFile(text: string, place: string, number: number): KeyFile {
  try {
    const file = JSON.parse(text) as Partial<KeyFile>;
    if (file.number === number && typeof file.salt === "string") return { number, salt: file.salt };
  } catch {
    // told below
  }
  throw new Error(`${place} is damaged: put it back from the copy of secrets/`);
}

function deriveKeys(dataKey: Buffer, { number, salt }: KeyFile): Omit<SealingKey, "isRetired"> {
  const derive = (use: string, bytes: number, digest = "sha256"): KeyObject => {
    const info = `taizhang sealing ${number} ${use}`;
    return createSecretKey(Buffer.from(hkdfSync(digest, dataKey, Buffer.from(salt, "base64"), info, bytes)));
  };
  return {
    number,
    aes: derive("aes-256-gcm", 32),
    // With HMAC-SM3: a system under 密评 uses the national algorithms throughout.
    sm4: derive("sm4-ctr", 16, "sm3"),
    sm3: derive("hmac-sm3", 32, "sm3"),
    hashing: derive("hash", 32),
  };
}
