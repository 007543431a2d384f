import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { renderChartPng, renderChartSvg } from "./render-chart-png.ts";

const option = {
  animation: false,
  textStyle: { fontFamily: "Noto Sans SC" },
  xAxis: { type: "category", data: ["1月", "2月", "3月"] },
  yAxis: { type: "value", name: "亿元" },
  series: [{ type: "line", data: [1, null, 3] }],
};
const size = { width: 200, height: 100, scale: 2 };

describe("a chart as a picture", () => {
  it("has the size asked for and is the same every time", async () => {
    const [one, two] = [await renderChartPng(option, size), await renderChartPng(option, size)];
    const header = Buffer.from(one);
    expect(header.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([400, 200]);
    expect(Buffer.compare(header, Buffer.from(two))).toBe(0);
  });

  it("draws the words: another name is another picture", async () => {
    const other = { ...option, yAxis: { type: "value", name: "万吨" } };
    expect(
      Buffer.from(await renderChartPng(option, size)).equals(Buffer.from(await renderChartPng(other, size))),
    ).toBe(false);
    expect(await renderChartSvg(option, size)).toContain("亿元");
  });

  it("draws a chart with nothing in it, and refuses one without size", async () => {
    expect((await renderChartPng({ ...option, series: [] }, size)).length).toBeGreaterThan(100);
    await expect(renderChartPng(option, { ...size, width: 0 })).rejects.toThrow(RangeError);
  });
});
