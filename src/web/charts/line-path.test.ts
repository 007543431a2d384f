import { describe, expect, test } from "vitest";
import { linePath, monthsBetween, placePoints, symmetricScale } from "./line-path.ts";

const box = { width: 100, height: 50, pad: 0 };
const frame = { from: "2016-01", to: "2016-11", low: -10, high: 10 };

describe("small line charts", () => {
  test("the scale is the smallest that holds all values", () => {
    expect(symmetricScale([9.9, -3], [10, 25, 80])).toBe(10);
    expect(symmetricScale([20.2, 9.3], [10, 25, 80])).toBe(25);
    expect(symmetricScale([-57.3], [10, 25, 80])).toBe(80);
    expect(symmetricScale([-120], [10, 25, 80])).toBe(80);
  });

  test("months are counted across years", () => {
    expect(monthsBetween("2015-11", "2016-02")).toBe(3);
  });

  test("zero lies in the middle, time runs evenly", () => {
    const points = [
      { period: "2016-01", value: -10 },
      { period: "2016-06", value: 0 },
      { period: "2016-11", value: 30 },
    ];
    expect(placePoints(points, frame, box)).toEqual([
      { x: 0, y: 50 },
      { x: 50, y: 25 },
      { x: 100, y: 0 },
    ]);
  });

  test("a hole in the series breaks the line; the unpublished January does not", () => {
    const path = linePath(
      [
        { period: "2015-12", value: 1 },
        { period: "2016-02", value: 1 },
        { period: "2016-09", value: 1 },
      ],
      { ...frame, from: "2015-12" },
      box,
    );
    expect(path.match(/M/g)).toHaveLength(2);
  });
});
