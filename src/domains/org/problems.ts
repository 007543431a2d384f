/** What giving a post refuses, told in both languages. */
import { defineProblem } from "../../platform/problem.ts";

export const EXCLUSIVE_POST = defineProblem(
  "EXCLUSIVE_POST",
  409,
  "管理员岗位（三员）不得与任何其他岗位兼任",
  "An administrator's post may not be held together with any other post",
);
export const OWN_POST = defineProblem("OWN_POST", 403, "不能变更自己的岗位", "Not one's own post");
