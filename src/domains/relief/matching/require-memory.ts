/** Whether a match has room: a clear word beforehand is better than being ended by the system in the middle. */
import { totalmem } from "node:os";
import { MATCH_TOO_LARGE } from "./problems.ts";

const mega = 1 << 20;

/** Measured: a row of a register takes as much as in its file, a person of the registry with blocks and facts five times that. */
export const memoryFor = (registryBytes: number, registerBytes: number): number =>
  200 * mega + 5 * registryBytes + registerBytes;

/** @throws Problem MATCH_TOO_LARGE @param limit bytes that the process may have */
export function requireMemory(needed: number, limit: number = memoryLimit()): void {
  if (needed <= limit) return;
  const [needs, has] = [needed, limit].map((bytes) => Math.round(bytes / mega));
  throw MATCH_TOO_LARGE({
    detail: {
      zh: `约需内存 ${needs} MB，只有 ${has} MB；请把名册分成几份，分别比对`,
      en: `it needs about ${needs} MB of memory and there are ${has} MB; split the registers and match them one by one`,
    },
  });
}

/** Of the machine, or of the control group that the process is in. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
