/** What may stand after the "?" of an address. Anything that does not fit is dropped, never trusted. */

import { QUEUES } from "../domains/relief/core/clues/clue-loop.ts";
import type { Queue } from "../domains/relief/core/clues/clue-loop.ts";

export type Given = Record<string, unknown>;

export type PeriodAndRegion = { period?: string; region?: number };

export type FigureSearch = PeriodAndRegion & {
  measure?: string;
  aspect?: "value" | "growth" | "rank" | "completion";
  from?: string;
  to?: string;
  sort?: "period" | "-period" | "value" | "-value" | "id" | "-id";
};

const statuses = ["registered", "exited", "returned", "removed"] as const;

/** Names that are looked for are personal data: they stay out of the address. */
export type RegistrySearch = { within?: number; status?: (typeof statuses)[number] };

export type ClueSearch = { queue?: Queue; within?: number; rule?: string; late?: "yes" };

export type MatchSearch = {
  tier?: "exact" | "repaired" | "name" | "household";
  rule?: string;
  register?: string;
};

export type ReviewSearch = { form?: string; period?: string };

export type BoardSearch = {
  form?: string;
  from?: string;
  to?: string;
  within?: number;
  sort?: "name" | "timeliness" | "quality" | "score";
};

export type FormSearch = { version?: string };

const text = (value: unknown, pattern: RegExp): string | undefined => {
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && pattern.test(given) ? given : undefined;
};

const choice = <Value extends string>(value: unknown, values: readonly Value[]): Value | undefined =>
  values.find((one) => one === value);

/** Absent keys stay absent, so that addresses stay short. */
const present = <Search extends object>(search: Search): Search =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Search;

const month = /^\d{4}-(0[1-9]|1[0-2])$/;

function regionOf(value: unknown): number | undefined {
  const digits = text(value, /^\d{12}$/);
  return digits === undefined ? undefined : Number(digits);
}

export function periodAndRegion(given: Given): PeriodAndRegion {
  return present({ period: text(given.period, month), region: regionOf(given.region) });
}

export function figureSearch(given: Given): FigureSearch {
  return present({
    region: regionOf(given.region),
    measure: text(given.measure, /^[a-z0-9_.:-]{1,60}$/),
    aspect: choice(given.aspect, ["value", "growth", "rank", "completion"]),
    from: text(given.from, month),
    to: text(given.to, month),
    sort: choice(given.sort, ["period", "-period", "value", "-value", "id", "-id"]),
  });
}

export function registrySearch(given: Given): RegistrySearch {
  return present({ within: regionOf(given.within), status: choice(given.status, statuses) });
}

export function clueSearch(given: Given): ClueSearch {
  return present({
    queue: choice(given.queue, QUEUES),
    within: regionOf(given.within),
    rule: text(given.rule, /^[a-z][a-z0-9-]{1,40}$/),
    late: choice(given.late, ["yes"]),
  });
}

export function matchSearch(given: Given): MatchSearch {
  return present({
    tier: choice(given.tier, ["exact", "repaired", "name", "household"]),
    rule: text(given.rule, /^[a-z][a-z0-9-]{1,40}$/),
    register: text(given.register, /^\d{1,15}$/),
  });
}

const formCode = /^[a-z][a-z0-9_-]{0,59}$/;
const anyPeriod = /^\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2])(?:T[1-3])?)?$/;

export function reviewSearch(given: Given): ReviewSearch {
  return present({ form: text(given.form, formCode), period: text(given.period, anyPeriod) });
}

export function boardSearch(given: Given): BoardSearch {
  return present({
    form: text(given.form, formCode),
    from: text(given.from, anyPeriod),
    to: text(given.to, anyPeriod),
    within: regionOf(given.within),
    sort: choice(given.sort, ["name", "timeliness", "quality", "score"]),
  });
}

export type NewFormSearch = { from?: string };
/** @returns the code of the form to copy */
export function newFormSearch(given: Given): NewFormSearch {
  return present({ from: text(given.from, formCode) });
}

export function formSearch(given: Given): FormSearch {
  return present({ version: text(given.version, /^[1-9]\d{0,4}$/) });
}

/** "?period=2016-07&region=140981000000" and back, without quotes or JSON. */
export function parseSearch(search: string): Given {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Given): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    (typeof value === "string" && value !== "") || typeof value === "number" ? [[name, String(value)]] : [],
  );
  const joined = new URLSearchParams(pairs).toString();
  return joined === "" ? "" : `?${joined}`;
}
