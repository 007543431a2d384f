/** The day in China, which keeps one time zone (UTC+8) without summer time. */

/** @param at the moment @returns yyyy-mm-dd */
export function dayInChina(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
