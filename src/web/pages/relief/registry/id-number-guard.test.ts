import { expect, test } from "vitest";
import { looksLikeIdNumber } from "./id-number-guard.ts";

test.each([
  ["an ID number", "14098119450505123X"],
  ["in full width and with spaces", "１４０９８１ 19450505 1234"],
  ["of the old kind", "140981450505123"],
])("%s is held back", (_, text) => {
  expect(looksLikeIdNumber(text)).toBe(true);
});

test.each([
  ["a name", "王建国"],
  ["the last four characters", "123X"],
  ["a household's number", "140981101202100012"],
  ["a month that is none", "140981194513051234"],
  ["one character short", "14098119450505123"],
])("%s is looked for", (_, text) => {
  expect(looksLikeIdNumber(text)).toBe(false);
});
