/** What the routes of the domain are given. */
import type { Pools } from "../../platform/db/pool.ts";
import type { Sealer } from "../../platform/sealing/sealer.ts";
import type { LookbackRunner } from "./lookback/runner.ts";

export type ReliefDeps = {
  pools: Pools;
  sealer: Sealer;
  /** yyyy-mm-dd in China */
  today: () => string;
  /** largest upload in bytes */
  uploadLimit: number;
  runner: LookbackRunner;
};
