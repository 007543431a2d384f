/** Passwords as argon2id hashes in PHC text: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
import { argon2, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** About 50 ms and 19 MiB a password (OWASP's second choice of equal strength); RFC 9106. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Argon2 version 1.3, the only one that OpenSSL computes. */
const VERSION = 19;
const PHC = /^\$argon2id\$v=(\d+)\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Off the main thread; one at a time takes 19 MiB, so callers go through hash slots. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive("argon2id", {
    message: normalise(password),
    nonce: salt,
    parallelism: COST.parallelism,
    memory: COST.memory,
    passes: COST.passes,
    tagLength: HASH_BYTES,
  });
  return formatPhc(salt, hash);
}

/** Whether the password has this hash; takes the same time whatever differs. @throws Error for a malformed hash */
export async function verifyPassword(phc: string, password: string): Promise<boolean> {
  const parts = PHC.exec(phc);
  if (!parts || Number(parts[1]) !== VERSION) throw new Error("a stored password hash is malformed");
  const expected = Buffer.from(parts[6] as string, "base64");
  const found = await derive("argon2id", {
    message: normalise(password),
    nonce: Buffer.from(parts[5] as string, "base64"),
    memory: Number(parts[2]),
    passes: Number(parts[3]),
    parallelism: Number(parts[4]),
    tagLength: expected.length,
  });
  return timingSafeEqual(expected, found);
}

/** A hash of nobody's password: same cost, and no password is known to fit. */
const NOBODY = formatPhc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

/** Takes as long as a real verification and says no: the time of an answer must not tell whether a user exists. */
export async function verifyNobody(password: string): Promise<false> {
  await verifyPassword(NOBODY, password);
  return false;
}

function formatPhc(salt: Buffer, hash: Buffer): string {
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=${VERSION}$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** One character may come from keyboards in several encodings (NFKC, RFC 8265). */
function normalise(password: string): string {
  return password.normalize("NFKC");
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

/** Without characters that are mistaken for each other on paper. */
const ALPHABETS = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "-+=#%"] as const;
const GENERATED_LENGTH = 16;

/** A one-time password with all four classes, about 90 bits; to be shown once. */
export function generatePassword(): string {
  const pick = (letters: string): string => letters[randomInt(letters.length)] as string;
  const letters: string[] = ALPHABETS.map(pick);
  while (letters.length < GENERATED_LENGTH) letters.push(pick(ALPHABETS.join("")));
  for (let i = letters.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [letters[i], letters[j]] = [letters[j] as string, letters[i] as string];
  }
  return letters.join("");
}
