/** Secrets that a client carries: session cookies and API tokens. Stored only as SHA-256. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export const TOKEN_PREFIX = "tz_";
const SECRET_BYTES = 32;

/** 256 random bits: nothing to guess, so a plain hash is enough to keep. */
export function makeSecret(prefix = ""): string {
  return prefix + randomBytes(SECRET_BYTES).toString("base64url");
}

export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(expected));
}
