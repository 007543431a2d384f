import { describe, expect, it } from "vitest";
import { type Clause, clause, figure, joined, listed, merge, plainText, sentence, text } from "./sentence.ts";

const of = (...clauses: Clause[]) => plainText(sentence(...clauses));

describe("sentences from what is known", () => {
  it.each([
    ["all known", [clause("完成55.0亿元"), clause("同比增长6.5%")], "完成55.0亿元，同比增长6.5%。"],
    ["first missing", [null, clause("同比增长6.5%")], "同比增长6.5%。"],
    ["last missing", [clause("完成55.0亿元"), null], "完成55.0亿元。"],
    ["all missing", [null, null], ""],
    ["none", [], ""],
  ])("%s", (_name, clauses: readonly Clause[], expected) => expect(of(...clauses)).toBe(expected));

  it("drops a clause as a whole when one piece of it is missing", () => {
    expect(clause("完成全年任务", null, "的41.0%")).toBeNull();
    expect(clause("完成", ["全年", [undefined]])).toBeNull();
    expect(clause("")).toBeNull();
  });

  it("separates lists only where something stands on both sides", () => {
    expect(listed([null, clause("甲"), null, clause("乙"), null])).toEqual([text("甲、乙")]);
    expect(joined([null], "；")).toBeNull();
  });

  it("keeps figures apart and joins the text around them", () => {
    const run = figure("41.0%", ["f1", "f1", "t2"], "x.completion");
    expect(run.refs).toEqual(["f1", "t2"]);
    expect(merge([text("完成"), text("任务的"), run, text(""), text("。")])).toEqual([
      text("完成任务的"),
      run,
      text("。"),
    ]);
  });
});
