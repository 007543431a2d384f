import { expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

test.each([
  ["治理面积2.4万公顷（36万亩）。", "product fits 36万亩 2.4万公顷"],
  ["治理面积2.4万公顷（38万亩）。", "product wrong 38万亩 2.4万公顷"],
  ["治理面积2.4万公顷(合36.0万亩)。", "product fits 36.0万亩 2.4万公顷"],
  ["治理面积36.0万亩（2.4万公顷）。", "product fits 2.4万公顷 36.0万亩"],
  ["治理面积36.0万亩（4.2万公顷）。", "product wrong 4.2万公顷 36.0万亩"],
  ["到位资金1.52亿元（15200万元）。", "product fits 15200万元 1.52亿元"],
  ["到位资金1.52亿元（12500万元）。", "product wrong 12500万元 1.52亿元"],
  ["到位资金1.52亿元（1520万元）。", "product wrong 1520万元 1.52亿元"],
  // rounded: 1.52 may be 1.515
  ["到位资金1.52亿元（15150万元）。", "product fits 15150万元 1.52亿元"],
  ["修路12.5公里（12500米）。", "product fits 12500米 12.5公里"],
  ["收粮2.5万吨（5000万斤）。", "product fits 5000万斤 2.5万吨"],
  ["收粮2.5万吨（约5000万斤）。", "product fits 5000万斤 2.5万吨"],
])("%s %s", (text, expected) => expect(tell(text)).toEqual([expected]));

test("is mended by the figure that it offers", () => {
  for (const text of ["治理面积2.4万公顷（38万亩）。", "到位资金1.52亿元（1520万元）。"])
    expect(findWrong(correctOnce(text))).toEqual([]);
});

test.each([
  "到位资金1.52亿元（贷款1250万元）。",
  "治理面积2.4万公顷（涉及12个乡镇）。",
  "到位资金1.52亿元，1250万元已经拨付。",
  "到位资金约1.5亿元（12500万元）。",
  "建成冷库12座（15处）。",
  "增长8.2%（9.1%）。",
])("is no conversion: %s", (text) => expect(findWrong(text)).toEqual([]));
