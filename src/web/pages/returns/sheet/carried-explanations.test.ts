import { expect, test } from "vitest";
import { carryExplanations } from "./carried-explanations.ts";

const finding = {
  code: "jump",
  severity: "soft" as const,
  subject: "region",
  column: "ytd",
  numbers: "now.ytd=1100 lastYear.ytd=760",
  zh: "相差超过三成",
  en: "differs",
};
const said = { ...finding, explanation: "新商场开业", isOutdated: false };

test("an explanation goes with its numbers, and is told from one for others before the server has answered", () => {
  expect(carryExplanations([finding], [said])).toEqual([said]);
  const typed = { ...finding, numbers: "now.ytd=11000 lastYear.ytd=760" };
  expect(carryExplanations([typed], [said])).toEqual([{ ...said, ...typed, isOutdated: true }]);
});

test("one that the server holds outdated stays so; of another row or rule there is none", () => {
  const outdated = { ...said, isOutdated: true };
  expect(carryExplanations([finding], [outdated])).toEqual([outdated]);
  const none = { explanation: null, isOutdated: false };
  const other = { ...finding, subject: "mall" };
  expect(carryExplanations([other], [said])).toEqual([{ ...other, ...none }]);
  expect(carryExplanations([finding], [{ ...finding, ...none }])).toEqual([{ ...finding, ...none }]);
});
