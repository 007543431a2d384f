/**
 * Working days in China: weekdays without the statutory holidays, and the weekend days that make up for them (调休).
 *
 * The General Office of the State Council announces each year's days the autumn before; what is not announced yet is
 * counted by weekends alone, and `isAnnounced` says so. Periods count from the day after (handbook, section 7).
 */

/** Year → weekdays off, then weekend days at work, each month and day. */
const ANNOUNCED: Readonly<Record<number, readonly [off: string, work: string]>> = {
  2014: [
    "0101 0131 0203 0204 0205 0206 0407 0501 0502 0602 0908 1001 1002 1003 1006 1007",
    "0126 0208 0504 0928 1011",
  ],
  2015: [
    "0101 0102 0218 0219 0220 0223 0224 0406 0501 0622 0903 0904 1001 1002 1005 1006 1007",
    "0104 0215 0228 0906 1010",
  ],
  2016: [
    "0101 0208 0209 0210 0211 0212 0404 0502 0609 0610 0915 0916 1003 1004 1005 1006 1007",
    "0206 0214 0612 0918 1008 1009",
  ],
  2017: [
    "0102 0127 0130 0131 0201 0202 0403 0404 0501 0529 0530 1002 1003 1004 1005 1006",
    "0122 0204 0401 0527 0930",
  ],
  2018: [
    "0101 0215 0216 0219 0220 0221 0405 0406 0430 0501 0618 0924 1001 1002 1003 1004 1005 1231",
    "0211 0224 0408 0428 0929 0930 1229",
  ],
  2019: [
    "0101 0204 0205 0206 0207 0208 0405 0501 0502 0503 0607 0913 1001 1002 1003 1004 1007",
    "0202 0203 0428 0505 0929 1012",
  ],
  2020: [
    "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 1007 1008",
    "0119 0426 0509 0628 0927 1010",
  ],
  2021: [
    "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007",
    "0207 0220 0425 0508 0918 0926 1009",
  ],
  2022: [
    "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007",
    "0129 0130 0402 0424 0507 1008 1009",
  ],
  2023: [
    "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006",
    "0128 0129 0423 0506 0625 1007 1008",
  ],
  2024: [
    "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
    "0204 0218 0407 0428 0511 0914 0929 1012",
  ],
  2025: [
    "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
    "0126 0208 0427 0928 1011",
  ],
  2026: [
    "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
    "0104 0214 0228 0509 0920 1010",
  ],
};

const DAY = 86_400_000;
const exceptions = readAnnounced();

function readAnnounced(): ReadonlyMap<string, boolean> {
  const days = new Map<string, boolean>();
  for (const [year, [off, work]] of Object.entries(ANNOUNCED)) {
    for (const day of off.split(" ")) days.set(`${year}-${day.slice(0, 2)}-${day.slice(2)}`, false);
    for (const day of work.split(" ")) days.set(`${year}-${day.slice(0, 2)}-${day.slice(2)}`, true);
  }
  return days;
}

const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** @param day yyyy-mm-dd, as everywhere below */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(timeOf(day)).getUTCDay();
  return exceptions.get(day) ?? (weekday !== 0 && weekday !== 6);
}

/** Whether the holidays of a year are known. */
export function isAnnounced(year: number): boolean {
  return year in ANNOUNCED;
}

export function addDays(day: string, days: number): string {
  return dayOf(timeOf(day) + days * DAY);
}

/** The working day that is `count` after a day, which itself does not count. @param count 1 or more */
export function addWorkingDays(day: string, count: number): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** The day itself when it is a working day, else the last one before it: a deadline does not wait for the weekend. */
export function lastWorkingDay(day: string): string {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, -1);
  return at;
}

/** Working days after `from` up to and including `to`; negative when `to` lies before, zero on the same day. */
export function countWorkingDays(from: string, to: string): number {
  const [early, late] = from <= to ? [from, to] : [to, from];
  let count = workedUntil(late) - workedUntil(early);
  for (let year = yearOf(early); year < yearOf(late); year++) count += workedIn(year).at(-1) ?? 0;
  return from <= to || count === 0 ? count : -count;
}

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Day of the year, from 0 → its working days up to that day. Boards count years of lateness, cell by cell. */
const workedByYear = new Map<number, readonly number[]>();

function workedIn(year: number): readonly number[] {
  const known = workedByYear.get(year);
  if (known !== undefined) return known;
  const worked: number[] = [];
  let count = 0;
  const first = `${String(year).padStart(4, "0")}-01-01`;
  for (let day = first; yearOf(day) === year; day = addDays(day, 1))
    worked.push((count += isWorkingDay(day) ? 1 : 0));
  workedByYear.set(year, worked);
  return worked;
}

function workedUntil(day: string): number {
  const at = (timeOf(day) - timeOf(`${day.slice(0, 4)}-01-01`)) / DAY;
  return workedIn(yearOf(day))[at] ?? 0;
}
