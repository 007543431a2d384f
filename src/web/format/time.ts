/** Instants in Beijing time, whatever the machine is set to: the ledger's days are days of the county. */
const beijingOffset = 8 * 60 * 60 * 1000;

/** "2026-11-24 08:12" from an ISO instant; text that is no instant comes back unchanged. */
export function formatInstant(iso: string): string {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) return iso;
  const text = new Date(instant + beijingOffset).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** The same to the second, for the audit trail. */
export function formatInstantExactly(iso: string): string {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) return iso;
  const text = new Date(instant + beijingOffset).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

export function formatDay(iso: string): string {
  return formatInstant(iso).slice(0, 10);
}
