import { expect, test } from "vitest";
import { deviationText } from "./deviation.ts";

test.each([
  ["110", "100", "万元", "+10.0%"],
  ["90", "100", "万元", "−10.0%"],
  ["100", "100", "万元", "0.0%"],
  ["5", "-10", "万元", "+150.0%"],
  ["7.5", "9.3", "%", "−1.8"],
  ["5", "0", "万元", undefined],
  [undefined, "1", "万元", undefined],
  ["1", undefined, "万元", undefined],
  ["某企业", "1", null, undefined],
])("%s against %s %s: %s", (now, before, unit, text) => {
  expect(deviationText(now, before, unit)).toBe(text);
});
