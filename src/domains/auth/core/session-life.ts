/** How long a session lives. Times are milliseconds since 1970. */

export type SessionTimes = { seenAt: number; expiresAt: number; revokedAt: number | null };

/** Until when a session is good if nobody uses it any more. */
export function goodUntil(times: SessionTimes, idleMinutes: number): number {
  return Math.min(times.expiresAt, times.seenAt + idleMinutes * 60_000);
}

export function isAlive(times: SessionTimes, idleMinutes: number, now: number): boolean {
  return times.revokedAt === null && now < goodUntil(times, idleMinutes);
}

/**
 * Whether this use must be written down. Once a minute is enough; with an idle limit of a few minutes it is a
 * quarter of that limit, or a session in use would seem idle.
 */
export function mustNoteUse(seenAt: number, idleMinutes: number, now: number): boolean {
  return now - seenAt >= Math.min(60_000, (idleMinutes * 60_000) / 4);
}
