/** What the registry refuses, in both languages. */
import { defineProblem } from "../../../platform/problem.ts";

export const HOUSEHOLD_NOT_FOUND = defineProblem(
  "HOUSEHOLD_NOT_FOUND",
  404,
  "没有这一户",
  "There is no such household",
);
export const REGISTRY_REFUSED = defineProblem(
  "REGISTRY_REFUSED",
  422,
  "台账文件有误，一行也没有导入",
  "The file has problems; nothing of it was imported",
);
export const REGISTRY_CURSOR = defineProblem(
  "BAD_CURSOR",
  400,
  "翻页标记无效，请从第一页开始",
  "The page cursor is not valid; begin at the first page",
);
export const UNKNOWN_MEASURE_KIND = defineProblem(
  "UNKNOWN_MEASURE_KIND",
  422,
  "没有这类帮扶措施",
  "There is no such kind of help",
);
export const ACTION_REFUSED = defineProblem(
  "ACTION_REFUSED",
  409,
  "该户目前的状态不能这样办理",
  "In its present status this cannot be done with the household",
);
export const DAY_IN_FUTURE = defineProblem("DAY_IN_FUTURE", 422, "日期尚未到来", "The day has not come yet");
