/**
 * Seals personal data at rest, and finds it again by keyed hashes.
 *
 * A sealed value is: format (1 byte), number of the key (2 bytes), nonce, ciphertext, tag. Format and key number stand in
 * front so that values of several keys and ciphers live side by side while keys are changed; nobody can change them
 * unnoticed, since the tag covers them. The purpose is covered too: a value moved to another column does not open.
 *
 * - 1: AES-256-GCM, nonce 12 bytes, tag 16 (NIST SP 800-38D)
 * - 2: SM4 in counter mode and HMAC-SM3 over it, nonce 16 bytes, tag 32 (GB/T 32907, GB/T 32905)
 *
 * Each key is split by HKDF: nothing is used for two things.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";
import type { Keyring } from "./keyring.ts";

export type SealingCipher = "aes-256-gcm" | "sm4";

export type Sealer = {
  seal(plain: Uint8Array | string, purpose: string): Buffer;
  /** @throws Error when key, purpose or a byte is not what it was sealed with */
  open(sealed: Uint8Array, purpose: string): Buffer;
  /** 32 bytes; the same text and purpose give the same under the same key */
  hash(text: string, purpose: string): Buffer;
  /** the hashes under every key of the ring, the newest first: what to look for while keys are being changed */
  hashes(text: string, purpose: string): Buffer[];
  /** whether a value was sealed with the newest key and the chosen cipher */
  isCurrent(sealed: Uint8Array): boolean;
};

const HEAD_BYTES = 3;
const FORMATS: Readonly<Record<SealingCipher, number>> = { "aes-256-gcm": 1, sm4: 2 };
const SIZES: Readonly<Record<number, readonly [nonce: number, tag: number]>> = { 1: [12, 16], 2: [16, 32] };

type Keys = { aes: Buffer; sm4: Buffer; mac: Buffer; hash: Buffer };

export function openSealer(ring: Keyring, cipher: SealingCipher = "aes-256-gcm"): Sealer {
  const split = new Map([...ring.keys].map(([number, key]) => [number, splitKey(key)]));
  const current = split.get(ring.current) as Keys;
  const format = FORMATS[cipher];
  const digest = cipher === "sm4" ? "sm3" : "sha256";
  const nonces = makeNonces();
  const hashWith = (keys: Keys, text: string, purpose: string): Buffer =>
    createHmac(digest, keys.hash).update(`${purpose}\0${text}`).digest();
  return {
    seal: (plain, purpose) => {
      const head = Buffer.from([format, ring.current >>> 8, ring.current & 0xff]);
      const bytes = typeof plain === "string" ? Buffer.from(plain) : plain;
      const nonce = nonces((SIZES[format] as [number, number])[0]);
      return format === 1
        ? sealAes(current, bytes, { head, nonce, purpose })
        : sealSm4(current, bytes, { head, nonce, purpose });
    },
    open: (sealed, purpose) =>
      openSealed(split, Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length), purpose),
    hash: (text, purpose) => hashWith(current, text, purpose),
    hashes: (text, purpose) =>
      [...split].sort(([a], [b]) => b - a).map(([, keys]) => hashWith(keys, text, purpose)),
    isCurrent: (sealed) =>
      sealed[0] === format && ((sealed[1] ?? 0) << 8) + (sealed[2] ?? 0) === ring.current,
  };
}

function splitKey(key: Buffer): Keys {
  const part = (use: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync("sha256", key, "", `taizhang sealing ${use}`, bytes));
  return {
    aes: part("aes-256-gcm", 32),
    sm4: part("sm4", 16),
    mac: part("hmac-sm3", 32),
    hash: part("hash", 32),
  };
}

/** Random bytes in larger helpings: asking for each nonce by itself took longer than sealing. */
function makeNonces(): (length: number) => Buffer {
  const pool = Buffer.alloc(4096);
  let at = pool.length;
  return (length) => {
    if (at + length > pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    at += length;
    return Buffer.from(pool.subarray(at - length, at));
  };
}

type Around = { head: Buffer; nonce: Buffer; purpose: string };

function sealAes(keys: Keys, plain: Uint8Array, { head, nonce, purpose }: Around): Buffer {
  const cipher = createCipheriv("aes-256-gcm", keys.aes, nonce).setAAD(covered(head, purpose));
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function sealSm4(keys: Keys, plain: Uint8Array, { head, nonce, purpose }: Around): Buffer {
  const cipher = createCipheriv("sm4-ctr", keys.sm4, nonce);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, nonce, text, macOf(keys, text, { head, nonce, purpose })]);
}

/** Purposes hold no zero byte, so that no two pairs of head and purpose read alike. */
function covered(head: Buffer, purpose: string): Buffer {
  return Buffer.concat([head, Buffer.from(purpose), Buffer.alloc(1)]);
}

function macOf(keys: Keys, text: Uint8Array, { head, nonce, purpose }: Around): Buffer {
  return createHmac("sm3", keys.mac).update(covered(head, purpose)).update(nonce).update(text).digest();
}

function openSealed(split: ReadonlyMap<number, Keys>, sealed: Buffer, purpose: string): Buffer {
  const head = sealed.subarray(0, HEAD_BYTES);
  const sizes = SIZES[head[0] ?? 0];
  if (sizes === undefined || sealed.length < HEAD_BYTES + sizes[0] + sizes[1])
    throw new Error("not a sealed value");
  const keys = split.get(head.readUInt16BE(1));
  if (keys === undefined)
    throw new Error(`sealed with key ${head.readUInt16BE(1)}, which is not in the keyring`);
  const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + sizes[0]);
  const text = sealed.subarray(HEAD_BYTES + sizes[0], sealed.length - sizes[1]);
  const tag = sealed.subarray(sealed.length - sizes[1]);
  if (head[0] === 1) {
    const decipher = createDecipheriv("aes-256-gcm", keys.aes, nonce, { authTagLength: sizes[1] });
    decipher.setAAD(covered(head, purpose)).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  }
  if (!timingSafeEqual(tag, macOf(keys, text, { head, nonce, purpose })))
    throw new Error("a sealed value was changed");
  const decipher = createDecipheriv("sm4-ctr", keys.sm4, nonce);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}
