import { defineProblem } from "../../platform/problem.ts";

export const REGION_NOT_FOUND = defineProblem(
  "REGION_NOT_FOUND",
  404,
  "没有这个行政区",
  "There is no such region",
);
export const SET_NOT_FOUND = defineProblem(
  "SET_NOT_FOUND",
  404,
  "没有这个排名范围",
  "There is no such comparison set",
);
