/**
 * Seals single values: encrypted and authenticated, bound to their purpose, and found again through keyed hashes.
 *
 * A sealed value: 1 byte format, 1 byte number of the key, then
 *   format 1, AES-256-GCM:             12 bytes nonce, ciphertext, 16 bytes tag   (NIST SP 800-38D)
 *   format 2, SM4-CTR then HMAC-SM3:   16 bytes counter, ciphertext, 32 bytes tag (GB/T 32907, GB/T 32905)
 * The tag covers the two first bytes and the purpose as well. A hash has the same two first bytes, then 16 of
 * HMAC-SHA256 or HMAC-SM3 (cut as RFC 2104 allows). So values of several keys and ciphers live side by side, each saying
 * its own, while keys are changed.
 */
import { createCipheriv, createDecipheriv, createHmac, randomFillSync, timingSafeEqual } from "node:crypto";
import type { Keyring, SealingKey } from "./keyring.ts";

export type SealingCipher = "aes-256-gcm" | "sm4";

export type Sealer = {
  /** @param purpose what the value is: moved to a column of another purpose it does not open */
  seal(plain: Uint8Array | string, purpose: string): Buffer;
  /** @throws Error when a byte, the key or the purpose is not the one it was sealed with; it says nothing of the value */
  open(sealed: Uint8Array, purpose: string): Buffer;
  /** 18 bytes; equal for equal texts of one purpose, as long as neither key nor cipher is changed */
  hash(text: string, purpose: string): Buffer;
  /** under each key in use and each cipher: whoever looks something up asks for any of these, so that no change hides it */
  hashes(text: string, purpose: string): Buffer[];
  /** whether a sealed value or a hash is of the newest key and the chosen cipher */
  isCurrent(sealed: Uint8Array): boolean;
  /** the two first bytes of what is sealed or hashed now */
  head(): Buffer;
  /** what a thread needs to seal with the key that is current now; it can be posted and is never written anywhere */
  forThread(): ThreadKey;
};

/** Seals and hashes; opens nothing. */
export type OneWaySealer = Pick<Sealer, "seal" | "hash">;
export type ThreadKey = { key: SealingKey; format: number };

const FORMATS: Readonly<Record<SealingCipher, number>> = { "aes-256-gcm": 1, sm4: 2 };
const HEAD = 2;
const SIZES: Readonly<Record<number, { nonce: number; tag: number }>> = {
  1: { nonce: 12, tag: 16 },
  2: { nonce: 16, tag: 32 },
};
const HASH_BYTES = 16;

/** @param cipher of new values and hashes; those of the other one open and are found as well */
export function openSealer(keyring: Keyring, cipher: SealingCipher = "aes-256-gcm"): Sealer {
  const format = FORMATS[cipher];
  return {
    seal: (plain, purpose) => sealWith(keyring.current(), format, plain, purpose),
    open: (sealed, purpose) =>
      openSealed(keyring, Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length), purpose),
    hash: (text, purpose) => hashUnder(keyring.current(), format, text, purpose),
    hashes: (text, purpose) =>
      keyring
        .inUse()
        .flatMap((key) => [format, 3 - format].map((each) => hashUnder(key, each, text, purpose))),
    isCurrent: (sealed) => sealed[0] === format && sealed[1] === keyring.current().number,
    head: () => Buffer.of(format, keyring.current().number),
    forThread: () => ({ key: keyring.current(), format }),
  };
}

/** In the thread. */
export function openThreadSealer({ key, format }: ThreadKey): OneWaySealer {
  return {
    seal: (plain, purpose) => sealWith(key, format, plain, purpose),
    hash: (text, purpose) => hashUnder(key, format, text, purpose),
  };
}

function sealWith(key: SealingKey, format: number, plain: Uint8Array | string, purpose: string): Buffer {
  return format === 2 ? sealSm4(key, plain, purpose) : sealGcm(key, plain, purpose);
}

function sealGcm(key: SealingKey, plain: Uint8Array | string, purpose: string): Buffer {
  const head = Buffer.of(1, key.number);
  const nonce = takeRandom(12);
  const cipher = createCipheriv("aes-256-gcm", key.aes, nonce).setAAD(covered(head, purpose));
  return Buffer.concat([head, nonce, update(cipher, plain), cipher.final(), cipher.getAuthTag()]);
}

function sealSm4(key: SealingKey, plain: Uint8Array | string, purpose: string): Buffer {
  const counter = takeRandom(16);
  const cipher = createCipheriv("sm4-ctr", key.sm4, counter);
  const untagged = Buffer.concat([Buffer.of(2, key.number), counter, update(cipher, plain), cipher.final()]);
  return Buffer.concat([untagged, tagOf(key, untagged, purpose)]);
}

function update(cipher: ReturnType<typeof createCipheriv>, plain: Uint8Array | string): Buffer {
  return typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
}

function openSealed(keyring: Keyring, sealed: Buffer, purpose: string): Buffer {
  const sizes = SIZES[sealed[0] ?? 0];
  if (sizes === undefined || sealed.length < HEAD + sizes.nonce + sizes.tag)
    throw new Error("not a sealed value");
  const key = keyring.get(sealed[1] as number);
  const untagged = sealed.subarray(0, sealed.length - sizes.tag);
  const nonce = untagged.subarray(HEAD, HEAD + sizes.nonce);
  const text = untagged.subarray(HEAD + sizes.nonce);
  const tag = sealed.subarray(untagged.length);
  if (sealed[0] === 1) {
    const decipher = createDecipheriv("aes-256-gcm", key.aes, nonce, { authTagLength: sizes.tag });
    decipher.setAAD(covered(sealed.subarray(0, HEAD), purpose)).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  }
  // The tag is compared before anything is decrypted.
  if (!timingSafeEqual(tag, tagOf(key, untagged, purpose)))
    throw new Error("a sealed value was changed, or is not of this purpose");
  const decipher = createDecipheriv("sm4-ctr", key.sm4, nonce);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

function covered(head: Buffer, purpose: string): Buffer {
  return Buffer.concat([head, Buffer.from(purpose)]);
}

function tagOf(key: SealingKey, untagged: Buffer, purpose: string): Buffer {
  return createHmac("sm3", key.sm3).update(framed(purpose)).update(untagged).digest();
}

function hashUnder(key: SealingKey, format: number, text: string, purpose: string): Buffer {
  const hmac = createHmac(format === 2 ? "sm3" : "sha256", key.hashing).update(framed(purpose));
  return Buffer.concat([Buffer.of(format, key.number), hmac.update(text).digest().subarray(0, HASH_BYTES)]);
}

/** The purpose with its length, so that no end of one passes for the beginning of what follows. */
function framed(purpose: string): string {
  return `${purpose.length} ${purpose}`;
}

/** Random bytes, fetched in larger pieces: a call for each of a million values would cost more than the cipher. */
const pool = Buffer.alloc(16 * 1024);
let taken = pool.length;
function takeRandom(bytes: number): Buffer {
  if (taken + bytes > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += bytes;
  return Buffer.from(pool.subarray(taken - bytes, taken));
}
