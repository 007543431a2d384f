import { expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

test.each([
  ["近三年事故分别为12起、9起、7起，呈下降趋势。", "trend fits 12起 9起 7起"],
  ["近三年事故分别为12起、9起、11起，呈下降趋势。", "trend wrong 11起 12起 9起"],
  ["近三年产量分别为1.2万吨、1.5万吨、1.9万吨，逐年增加。", "trend fits 1.2万吨 1.5万吨 1.9万吨"],
  ["近三年产量分别为1.2万吨、1.9万吨、1.5万吨，逐年增加。", "trend wrong 1.5万吨 1.2万吨 1.9万吨"],
  ["增速分别为8.1%、7.4%、6.9%，持续回落。", "trend fits 8.1% 7.4% 6.9%"],
  ["增速分别为8.1%、8.1%、6.9%，持续回落。", "trend fits 8.1% 8.1% 6.9%"],
  // a row that also adds up falls all the same
  ["近四年事故分别为169起、58起、94起、17起，呈下降趋势。", "trend wrong 94起 169起 58起 17起"],
])("%s %s", (text, expected) => expect(tell(text, "trend")).toEqual([expected]));

test.each([
  "近三年事故分别为12起、9起、11起。",
  "近三年事故分别为12起、9起、11起，波动下降。",
  "近三年事故分别为12起、9起、11起，先降后升，持续上升势头需要重视。",
  "近两年事故分别为12起、19起，呈下降趋势。",
  "事故12起、死亡9人、受伤11人，呈下降趋势。",
])("is no trend to check: %s", (text) => expect(findWrong(text)).toEqual([]));
