/** Which one-time codes are taken (RFC 6238). A step is 30 seconds counted from 1970. */

export const TOTP_STEP_SECONDS = 30;
/** Steps before and after the present one whose codes are taken too, for clocks that differ. */
export const TOTP_WINDOW = 1;

export function stepAt(now: number): number {
  return Math.floor(now / (TOTP_STEP_SECONDS * 1000));
}

/**
 * Whether a code of `step` may be taken now: near enough, and later than the last one taken. A code is good once
 * (RFC 6238, 5.2), and an older one is not good after a newer one.
 */
export function mayAcceptStep(step: number, lastStep: number | null, now: number): boolean {
  return Math.abs(step - stepAt(now)) <= TOTP_WINDOW && (lastStep === null || step > lastStep);
}
