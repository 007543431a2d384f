import { expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

test.each([
  [
    "出口额6.2亿美元，进口额2.7亿美元，实现贸易顺差3.5亿美元。",
    ["difference fits 3.5亿美元 6.2亿美元 2.7亿美元"],
  ],
  [
    "出口额6.2亿美元，进口额2.7亿美元，实现贸易顺差4.5亿美元。",
    ["difference wrong 4.5亿美元 6.2亿美元 2.7亿美元"],
  ],
  [
    "出口额2.7亿美元，进口额6.2亿美元，贸易逆差3.5亿美元。",
    ["difference fits 3.5亿美元 6.2亿美元 2.7亿美元"],
  ],
  [
    "出口额2.7亿美元，进口额6.2亿美元，贸易逆差5.3亿美元。",
    ["difference wrong 5.3亿美元 6.2亿美元 2.7亿美元"],
  ],
  ["核定编制320名，实有在编287名，空编33名。", ["sum fits 320名 287名 33名"]],
  ["核定编制320名，实有在编287名，空编53名。", ["difference wrong 53名 320名 287名"]],
  [
    "全年总收入18.35亿元，总支出17.92亿元，年终结余0.43亿元。",
    // the same figures make a sum too: it is told once
    ["sum fits 18.35亿元 17.92亿元 0.43亿元"],
  ],
])("%s %j", (text, expected) => expect(tell(text)).toEqual(expected));

test.each([
  // carried over from before, given away in between
  "全年总收入18.35亿元，上解支出3.20亿元，总支出17.92亿元，年终结余1.3亿元。",
  // other units
  "出口额6.2亿美元，进口额18亿元人民币，贸易顺差3.4亿美元。",
  // nothing to take it from
  "实现贸易顺差4.5亿美元。",
  "出口额6.2亿美元，实现贸易顺差4.5亿美元。",
])("is not worked out: %s", (text) => expect(findWrong(text)).toEqual([]));
