import { describe, expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

describe("a part behind 其中", () => {
  test.each([
    ["全县完成投资32.5亿元，其中工业投资12.1亿元。", ["subset fits 12.1亿元 32.5亿元"]],
    ["全县完成投资32.5亿元，其中工业投资42.1亿元。", ["subset wrong 42.1亿元 32.5亿元"]],
    ["现有企业120家，其中规模以上企业35家。", ["subset fits 35家 120家"]],
    ["现有企业120家，其中规模以上企业135家。", ["subset wrong 135家 120家"]],
    ["现有企业近120家，其中规模以上企业120家。", ["subset fits 120家 120家"]],
  ])("%s %j", (text, expected) => {
    expect(tell(text, "subset")).toEqual(expected);
  });

  test("offers no figure in its place: which of the two is wrong is not said", () => {
    const [claim] = findWrong("现有企业120家，其中规模以上企业999家。");
    expect(claim?.computed).toBe("≤120家");
    expect(claim?.correction).toBeUndefined();
  });
});

test.each([
  "全县完成投资32.5亿元，其中累计完成工业投资42.1亿元。",
  "当年完成投资32.5亿元，其中计划总投资120亿元的项目3个。",
  "全县完成投资32.5亿元，工业投资42.1亿元。",
  "现有企业120家，从业人员4300人。",
])("another scope is not doubted: %s", (text) => expect(findWrong(text)).toEqual([]));

test("households and persons are looked at, and not reported", () => {
  expect(tell("搬迁412户1387人。")).toEqual(["ratio fits 1387人 412户"]);
  expect(findWrong("搬迁412户103人。")).toEqual([]);
});
