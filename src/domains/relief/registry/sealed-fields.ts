/** How ID numbers, phones and accounts of the registry are sealed, found and shown: the only place that says it. */
import type { OneWaySealer, Sealer } from "../../../platform/sealing/sealer.ts";
import { maskAccount, maskIdNumber, maskPhone } from "../core/masks.ts";

/** One for each column, so that a value moved to another column does not open. */
export const PURPOSES = {
  idNumber: "relief.id_number",
  phone: "relief.phone",
  account: "relief.account",
} as const;

export type SealedField = { sealed: Buffer; hash: Buffer; mask: string };

/** @param text as it stood in the file; `normal`: eighteen characters to compare by */
export function sealIdNumber(
  sealer: OneWaySealer,
  { text, normal }: { text: string; normal: string },
): SealedField {
  return {
    sealed: sealer.seal(text, PURPOSES.idNumber),
    hash: sealer.hash(normal, PURPOSES.idNumber),
    mask: maskIdNumber(normal),
  };
}

export function sealPhone(sealer: OneWaySealer, phone: string): SealedField {
  return {
    sealed: sealer.seal(phone, PURPOSES.phone),
    hash: sealer.hash(phone, PURPOSES.phone),
    mask: maskPhone(phone),
  };
}

export function sealAccount(sealer: OneWaySealer, account: string): SealedField {
  return {
    sealed: sealer.seal(account, PURPOSES.account),
    hash: sealer.hash(account, PURPOSES.account),
    mask: maskAccount(account),
  };
}

export const openIdNumber = (sealer: Sealer, sealed: Buffer): string =>
  sealer.open(sealed, PURPOSES.idNumber).toString();
export const openPhone = (sealer: Sealer, sealed: Buffer): string =>
  sealer.open(sealed, PURPOSES.phone).toString();
export const openAccount = (sealer: Sealer, sealed: Buffer): string =>
  sealer.open(sealed, PURPOSES.account).toString();

/** What to look for, under every key that may still be in use. */
export const idHashes = (sealer: Sealer, normal: string): Buffer[] =>
  sealer.hashes(normal, PURPOSES.idNumber);
