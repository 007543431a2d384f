import { defineProblem } from "../../platform/problem.ts";

export const BRIEFING_EMPTY = defineProblem(
  "BRIEFING_EMPTY",
  404,
  "该地区在这一时期没有数据，无法生成材料",
  "The region has no figures for this period; there is nothing to report",
);
