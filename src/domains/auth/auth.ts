/** What the parts of this domain share while the program runs. */
import { dayInChina } from "../../shared/china-day.ts";
import type { Config } from "../../platform/config.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { openActorCache } from "./actor-cache.ts";
import type { ActorCache } from "./actor-cache.ts";
import { openHashSlots } from "./hash-slots.ts";
import type { HashSlots } from "./hash-slots.ts";
import { openStrangers } from "./strangers.ts";
import type { Strangers } from "./strangers.ts";

export type AuthDeps = {
  pools: Pools;
  config: Pick<Config, "idleMinutes" | "sessionHours" | "publicUrl">;
  /** the real time: sessions and locks live by it, in a demonstration too */
  clock: () => Date;
  dataKey: Buffer;
  demo: boolean;
  /** the day that counts as today, yyyy-mm-dd; the clock's day in China when absent */
  today?: (() => string) | undefined;
};

export type Auth = AuthDeps & { cache: ActorCache; slots: HashSlots; strangers: Strangers };

export function openAuth(deps: AuthDeps): Auth {
  return { ...deps, cache: openActorCache(), slots: openHashSlots(), strangers: openStrangers() };
}

/** The day that counts as today, yyyy-mm-dd. */
export function todayOf(auth: Auth): string {
  return auth.today?.() ?? dayInChina(auth.clock());
}
