import { expect, it } from "vitest";
import { growthTrendOption, rankHistoryOption, sparklineOption, targetPathOption } from "./chart-options.ts";

const points = [
  { label: "1—6月", value: 10 },
  { label: "1—7月", value: 9.3 },
];
const path = targetPathOption({
  months: ["1月", "2月", "3月"],
  actual: [null, 10.4, null],
  path: [16, 32, 48],
  unit: "亿元",
  labels: { actual: "累计完成", path: "序时进度" },
});

it("makes options of plain data, so that they travel as JSON", () => {
  const options = [
    path,
    growthTrendOption({ points, name: "增速" }),
    rankHistoryOption({ points, of: 15, name: "位次" }),
    sparklineOption([1, null, 2]),
  ];
  for (const option of options) expect(JSON.parse(JSON.stringify(option))).toEqual(option);
});

it("labels the last known point of the path, whatever is unknown after it", () => {
  const series = path.series as { data: unknown[] }[];
  expect(series.at(-1)?.data).toEqual([null, expect.objectContaining({ value: 10.4 }), null]);
});

it("puts the first place on top", () => {
  expect(rankHistoryOption({ points, of: 15, name: "位次" }).yAxis).toMatchObject({
    inverse: true,
    min: 1,
    max: 15,
  });
});
