/** Days as yyyy-mm-dd, counted without any zone. */
const dayMs = 86_400_000;

export function addDays(day: string, days: number): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? day : new Date(start + days * dayMs).toISOString().slice(0, 10);
}

/** Saturday or Sunday; whether one works on it all the same is known to the server's calendar. */
export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
