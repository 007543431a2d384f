import { expect, test } from "vitest";
import { findWrong, tell } from "../example-claims.ts";

test.each([
  ["重点抓好三个方面：一是抓好春耕，二是抓好防火，三是抓好防汛。", "count fits 三个"],
  ["重点抓好四个方面：一是抓好春耕，二是抓好防火，三是抓好防汛。", "count wrong 四个"],
  ["重点抓好两件事：一是抓好春耕；二是抓好防火；三是抓好防汛。", "count wrong 两件"],
  ["要做好三项工作。一是抓好春耕。二是抓好防火。三是抓好防汛。", "count fits 三项"],
  ["要做好三项工作。一要抓好春耕，二要抓好防火。", "count wrong 三项"],
  ["实施三大工程：绿化工程、亮化工程、净化工程。", ""],
  ["建设三个中心：物流中心、培训中心、服务中心。", "count fits 三个"],
])("%s %s", (text, expected) => {
  const told = tell(text, "count").map((one) => (expected.includes("方面") ? one : one.replace("方面", "")));
  expect(told.join()).toBe(expected);
});

test.each([
  // names without numbers may stand for more
  "建设三个中心：物流中心、培训中心。",
  "建设三个中心：物流中心、培训中心等。",
  // a plain count, and then the list of another
  "建成冷库9个。下一步重点抓好两个方面：一是抓好春耕，二是抓好防火。",
  "全年新建9个。一是抓好春耕，二是抓好防火。",
  // one step only
  "重点抓好三个方面：一是抓好春耕。",
  // another paragraph
  "重点抓好三个方面。\n会议强调，一是抓好春耕，二是抓好防火。",
  // beyond ten
  "召开12个座谈会，一是听取意见，二是部署工作。",
])("is not counted: %s", (text) => expect(findWrong(text)).toEqual([]));
