import { describe, expect, test } from "vitest";
import { commentText } from "./comment-text.ts";

const message = { zh: "61个＋132个＝193个，文中为192个，二者不符。", en: "…" };

describe("a comment", () => {
  test.each([
    [
      "wrong" as const,
      message,
      "192个",
      "193个",
      "【材料校核·有误】61个＋132个＝193个，文中为192个，二者不符。原文192个，应为193个。",
    ],
    [
      "last-digit" as const,
      { zh: "按原文算得41.1%", en: "" },
      "41.0%",
      "41.1%",
      "【材料校核·末位之差】按原文算得41.1%。原文41.0%，应为41.1%。",
    ],
    ["look" as const, { zh: "前后说法不同。", en: "" }, "12个", "", "【材料校核·可留意】前后说法不同。"],
    ["look" as const, { zh: "前后说法不同。", en: "" }, "12个", "12个", "【材料校核·可留意】前后说法不同。"],
  ])("of something %s", (severity, words, stated, computed, text) => {
    expect(commentText({ severity, message: words, stated, computed })).toBe(text);
  });
});
