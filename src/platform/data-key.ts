/** The data key: encrypts secrets at rest and is kept outside the database, so that a copy of the database opens none. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The key from TAIZHANG_DATA_KEY (32 bytes in base64), else from `<dataDir>/secrets/data-key`, which is made at the
 * first start and never again.
 * @throws Error when the key is not 32 bytes: a damaged key must stop the program and not be replaced
 */
export async function readDataKey(
  dataDir: string,
  env: Record<string, string | undefined> = process.env,
): Promise<Buffer> {
  const given = env["TAIZHANG_DATA_KEY"];
  if (given) return parseKey(given, "TAIZHANG_DATA_KEY");
  const file = join(dataDir, "secrets", "data-key");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text !== undefined) return parseKey(text, file);
  await createKeyFile(dataDir, file);
  return parseKey(await readFile(file, "utf8"), file);
}

/** Written whole under another name and then linked: a crash leaves no half key, and of two starts one wins. */
async function createKeyFile(dataDir: string, file: string): Promise<void> {
  await mkdir(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
  const directory = await open(join(dataDir, "secrets"), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function parseKey(text: string, place: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== KEY_BYTES) {
    throw new Error(`${place} holds ${key.length} bytes in base64; the data key must be ${KEY_BYTES}`);
  }
  return key;
}

/** Encrypts with AES-256-GCM: nonce, ciphertext, tag. `purpose` is bound in: a secret moved to another row does not open. */
export function sealSecret(key: Buffer, plain: Buffer, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the key, the purpose or a byte is not the one it was sealed with */
export function openSecret(key: Buffer, sealed: Buffer, purpose: string): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag);
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
    decipher.final(),
  ]);
}
