import { validatorCompiler } from "fastify-type-provider-zod";
import { expect, it } from "vitest";
import { z } from "zod";
import { tellIssue } from "./tell-issue.ts";

const Body = z.strictObject({
  name: z.string().min(2).max(5),
  count: z.int().min(1).max(9),
  share: z.number().gt(0).lt(1),
  step: z.number().multipleOf(5),
  day: z.iso.date(),
  at: z.iso.datetime(),
  code: z.string().regex(/^a+$/),
  kind: z.enum(["road", "water"]),
  units: z.array(z.string()).min(1).max(2),
  isOpen: z.boolean(),
});
const good = {
  name: "下庄村",
  count: 3,
  share: 0.5,
  step: 10,
  day: "2016-08-31",
  at: "2016-08-31T08:00:00Z",
  code: "aa",
  kind: "road",
  units: ["a"],
  isOpen: true,
};

/** As the server's validator says it, so that a change of its words is noticed. */
const validate = validatorCompiler({ schema: Body, method: "POST", url: "/", httpPart: "body" });
function tell(wrong: object): string[] {
  const { error } = validate({ ...good, ...wrong }) as { error?: Parameters<typeof tellIssue>[0][] };
  return (error ?? []).map(tellIssue);
}

it.each<[object, string]>([
  [{ name: undefined }, "必须填写"],
  [{ name: 3 }, "应为文字"],
  [{ name: "村" }, "至少 2 个字符"],
  [{ name: "下庄村下庄村" }, "至多 5 个字符"],
  [{ count: 1.5 }, "应为整数"],
  [{ count: 0 }, "不得小于 1"],
  [{ count: 10 }, "不得大于 9"],
  [{ share: 0 }, "须大于 0"],
  [{ share: 1 }, "须小于 1"],
  [{ step: 7 }, "应为 5 的整数倍"],
  [{ day: "2016-13-01" }, "应为日期，如 2016-08-31"],
  [{ at: "2016-08-31" }, "应为日期和时间，如 2016-08-31T08:00:00Z"],
  [{ code: "b" }, "格式不符"],
  [{ kind: "air" }, "应为下列之一：road、water"],
  [{ units: [] }, "至少 1 项"],
  [{ units: ["a", "b", "c"] }, "至多 2 项"],
  [{ units: "a" }, "应为列表"],
  [{ isOpen: "yes" }, "应为是或否"],
  [{ more: 1 }, "没有这样的字段：more"],
])("%j is told in Chinese", (wrong, words) => {
  expect(tell(wrong)).toEqual([words]);
});

it("has nothing to tell of what is as it should be, and says no more than that of what it does not know", () => {
  expect(tell({})).toEqual([]);
  expect(tellIssue({ keyword: "custom", params: {} })).toBe("不合要求");
});
