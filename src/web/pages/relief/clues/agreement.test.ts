import { expect, test } from "vitest";
import { agreementShape } from "./agreement.ts";

test.each([
  ["id", "same", "ok"],
  ["id", "oneDigit", "watch"],
  ["id", "conflict", "late"],
  ["id", "missing", "unknown"],
  ["name", "homophone", "watch"],
  ["place", "village", "ok"],
  ["place", "township", "watch"],
  ["place", "elsewhere", "late"],
  ["chance", "expected", "plain"],
])("%s: %s is shown as %s", (field, level, shape) => {
  expect(agreementShape({ field, level })).toBe(shape);
});
