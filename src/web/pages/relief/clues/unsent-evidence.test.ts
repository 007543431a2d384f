import { expect, test } from "vitest";
import { sortOut } from "./unsent-evidence.ts";

const visit = "2016-08-30T01:00:00Z";
const whose = { clue: 7, visit, account: 3 };
const now = Date.parse("2016-09-05T00:00:00Z");
const kept = (key: string, change: object = {}) => ({
  key,
  ...whose,
  takenAt: "2016-08-31T02:00:00Z",
  ...change,
});

test("only pictures of this visit, taken by this account, are sent, and in their order", () => {
  const all = [
    kept("second", { takenAt: "2016-08-31T03:00:00Z" }),
    kept("first"),
    kept("of another account", { account: 4 }),
    kept("of another clue", { clue: 8, visit: "2016-08-25T01:00:00Z" }),
    kept("before the objection", { visit: "2016-08-23T01:00:00Z" }),
    kept("forgotten", { clue: 8, takenAt: "2016-08-01T01:00:00Z" }),
  ];
  const { own, over } = sortOut(all, whose, now);
  expect(own.map(({ key }) => key)).toEqual(["first", "second"]);
  expect(over.map(({ key }) => key)).toEqual(["before the objection", "forgotten"]);
});
