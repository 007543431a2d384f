import { expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

test.each([
  ["五年来，财政收入累计增长61.1%，年均增长10.0%。", "growth fits 10.0% 61.1%"],
  ["五年来，财政收入累计增长61.1%，年均增长12.0%。", "growth wrong 12.0% 61.1%"],
  // no number of years is said: some must fit
  ["粮食产量累计增长21.0%，年均增长10.0%。", "growth fits 10.0% 21.0%"],
  ["粮食产量累计增长21.0%，年均增长15.0%。", "growth wrong 15.0% 21.0%"],
  // from the first year to the last there is one step less
  ["五年来，财政收入累计增长46.4%，年均增长10.0%。", "growth fits 10.0% 46.4%"],
])("%s %s", (text, expected) => expect(tell(text)).toEqual([expected]));

test.each([
  "财政收入增长61.1%，年均下降2.0%。",
  "财政收入年均增长12.0%。",
  "财政收入年均增长12.0%，今年增长61.1%。",
])("is not worked out: %s", (text) => expect(findWrong(text)).toEqual([]));
