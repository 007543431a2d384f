import { expect, test } from "vitest";
import { probabilityText } from "./probability-text.ts";

test.each([
  [0.9, "90.0%"],
  [0.9644, "96.4%"],
  [0.999, "99.9%"],
  [0.99992, ">99.9%"],
  [1, "100.0%"],
])("%d is shown as %s", (share, text) => {
  expect(probabilityText(share)).toBe(text);
});
