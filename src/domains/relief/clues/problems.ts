/** What can go wrong with clues and notices. */
import { defineProblem } from "../../../platform/problem.ts";

export const CLUE_NOT_FOUND = defineProblem("CLUE_NOT_FOUND", 404, "没有这条线索", "There is no such clue");
export const CLUE_MOVED = defineProblem(
  "CLUE_MOVED",
  409,
  "这条线索已由他人处理，请看最新情况后再办",
  "Somebody has dealt with this clue meanwhile; look at it again first",
);
export const WRONG_QUEUE = defineProblem(
  "WRONG_QUEUE",
  409,
  "线索当前环节不能这样办理",
  "Where the clue stands now this cannot be done with it",
);
export const VISITOR_REFUSED = defineProblem(
  "VISITOR_REFUSED",
  422,
  "核实人员须回避",
  "This person must not verify the clue",
);
export const EVIDENCE_MISSING = defineProblem(
  "EVIDENCE_MISSING",
  422,
  "缺少入户照片或签名",
  "A photograph of the visit or a signature is missing",
);
export const JUDGEMENT_REFUSED = defineProblem(
  "JUDGEMENT_REFUSED",
  422,
  "核实结论填写有误",
  "The verdict is not filled in as it should be",
);
export const PICTURE_REFUSED = defineProblem(
  "PICTURE_REFUSED",
  422,
  "图片不能接收",
  "The picture cannot be taken",
);
export const NOTHING_TO_POST = defineProblem(
  "NOTHING_TO_POST",
  422,
  "没有待公示的线索",
  "There are no clues to be made public",
);
export const NOTICE_OF_ONE_COUNTY = defineProblem(
  "NOTICE_OF_ONE_COUNTY",
  422,
  "公示以县或县以下为单位，请逐县发布",
  "A notice is of one county or less; post one for each",
);
export const NOTICE_NOT_FOUND = defineProblem(
  "NOTICE_NOT_FOUND",
  404,
  "没有这份公示",
  "There is no such notice",
);
export const NOTICE_DATES = defineProblem(
  "NOTICE_DATES",
  422,
  "公示期不合要求",
  "The days of the notice are not as they should be",
);
export const NOTICE_RUNNING = defineProblem(
  "NOTICE_RUNNING",
  409,
  "公示期未满",
  "The days of the notice are not over",
);
export const NOTHING_TO_DRAW = defineProblem(
  "NOTHING_TO_DRAW",
  422,
  "没有待复核的线索可抽",
  "There are no clues in review to draw from",
);
