/** What can go wrong with registers, rules and runs. */
import { defineProblem } from "../../../platform/problem.ts";

export const REGISTER_REFUSED = defineProblem(
  "REGISTER_REFUSED",
  422,
  "比对名册有误，没有接收",
  "The register has problems and was not taken",
);
export const REGISTER_NOT_FOUND = defineProblem(
  "REGISTER_NOT_FOUND",
  404,
  "没有这份比对名册",
  "There is no such register",
);
export const REGISTER_GONE = defineProblem(
  "REGISTER_GONE",
  409,
  "比对名册的内容已删除，请重新上传",
  "The rows of the register were deleted after its run; send the file again",
);
export const REGISTER_IN_USE = defineProblem(
  "REGISTER_IN_USE",
  409,
  "比对正在使用这份名册",
  "A run is using this register",
);
export const RULES_REFUSED = defineProblem(
  "RULES_REFUSED",
  422,
  "规则有误，没有记录",
  "The rules have problems and were not recorded",
);
export const RUN_NOT_FOUND = defineProblem("RUN_NOT_FOUND", 404, "没有这次比对", "There is no such run");
export const RUN_STATE = defineProblem(
  "RUN_STATE",
  409,
  "这次比对当前不能这样办理",
  "In its present state this cannot be done with the run",
);
export const ONE_COUNTY = defineProblem(
  "ONE_COUNTY",
  422,
  "比对以县为单位进行，当前岗位的范围不是一个县",
  "A look-back is run for one county; the acting post's region is none",
);
export const NOTHING_TO_SEND = defineProblem(
  "NOTHING_TO_SEND",
  422,
  "没有新的线索可以下发",
  "There are no new clues to send",
);
export const DUE_DAY = defineProblem(
  "DUE_DAY",
  422,
  "办理期限不合要求",
  "The deadline is not as it should be",
);
export const REGISTRY_EMPTY = defineProblem(
  "REGISTRY_EMPTY",
  422,
  "建档立卡台账里没有在册人员",
  "Nobody is registered in the relief registry yet",
);
