/** What the routes of the domain are given. */
import type { Pools } from "../../platform/db/pool.ts";

export type ReturnsDeps = {
  pools: Pools;
  now: () => Date;
  /** yyyy-mm-dd in China */
  today: () => string;
  /** largest workbook in bytes */
  uploadLimit: number;
  /** signs the hidden sheet of a workbook */
  workbookKey: Buffer;
};
