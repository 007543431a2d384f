import { expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

test.each([
  ["全市综合排名由第9位上升到第4位，前移5位。", "rank fits 5位 9位 4位"],
  ["全市综合排名由第9位上升到第4位，前移6位。", "rank wrong 6位 9位 4位"],
  ["全市综合排名由第4位下降到第9位，后移5位。", "rank fits 5位 4位 9位"],
  ["全市综合排名由第4位下降到第9位，后移3位。", "rank wrong 3位 4位 9位"],
  // it went back, and is said to have gone forward
  ["全市综合排名由第4位下降到第9位，前移5位。", "rank wrong 5位 4位 9位"],
  ["在全省11个市中排第4位。", "rank fits 4位 11个"],
  ["在全省11个市中排第14位。", "rank wrong 14位 11个"],
  ["在全省11个市中排第11位。", "rank fits 11位 11个"],
])("%s %s", (text, expected) => expect(tell(text)).toEqual([expected]));

test.each([
  "全市综合排名第14位。",
  "全县11个乡镇。全市综合排名第14位。",
  "在11个重点项目中，我县有3个排在第14位之后。",
  "综合排名上升到第4位，前移6位。",
])("is not worked out: %s", (text) => expect(findWrong(text)).toEqual([]));
