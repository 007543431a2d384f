/** What proofing refuses, in both languages. */
import { defineProblem } from "../../platform/problem.ts";

export const DRAFT_EMPTY = defineProblem(
  "DRAFT_EMPTY",
  422,
  "材料里没有文字",
  "There is no text in the draft",
);
export const DRAFT_TOO_LONG = defineProblem("DRAFT_TOO_LONG", 413, "材料太长", "The draft is too long");
export const DRAFT_TYPE_UNKNOWN = defineProblem(
  "DRAFT_TYPE_UNKNOWN",
  415,
  "不能校核这种文件",
  "Files of this kind cannot be proofed",
);
export const DRAFT_UNREADABLE = defineProblem(
  "DRAFT_UNREADABLE",
  422,
  "文件无法读取",
  "The file cannot be read",
);
export const PROOFING_BUSY = defineProblem(
  "PROOFING_BUSY",
  503,
  "正在校核的材料太多，请稍后再试",
  "Too many drafts are being proofed; try again shortly",
);
export const PROOFING_TOO_SLOW = defineProblem(
  "PROOFING_TOO_SLOW",
  422,
  "材料太复杂，限定时间内没有校核完",
  "The draft is too intricate; it was not finished within the time allowed",
);
