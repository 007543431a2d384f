/** The sealed columns of the registry: one purpose for each, so that a value moved to another column does not open. */
import type { Sealer } from "../../../platform/sealing/sealer.ts";

export const PURPOSES = { idNumber: "relief.id_number", phone: "relief.phone" } as const;

export const openIdNumber = (sealer: Sealer, sealed: Buffer): string =>
  sealer.open(sealed, PURPOSES.idNumber).toString("utf8");

export const openPhone = (sealer: Sealer, sealed: Buffer): string =>
  sealer.open(sealed, PURPOSES.phone).toString("utf8");
