import { expect, test } from "vitest";
import { figureText, showFigure } from "./figure.ts";

test("money is shown in the unit of speech, to the last digit", () => {
  const measure = { displayUnit: "亿元" };
  expect(figureText(showFigure({ value: "785000", unit: "万元" }, measure, "zh"))).toBe("78.5 亿元");
  expect(figureText(showFigure({ value: "33996.25", unit: "万元" }, measure, "zh"))).toBe("3.399625 亿元");
});

test("a growth stays a percentage, and an unknown measure keeps its own unit", () => {
  expect(figureText(showFigure({ value: "-57.3", unit: "%" }, { displayUnit: "亿元" }, "en"))).toBe("−57.3%");
  expect(figureText(showFigure({ value: "785000", unit: "万元" }, undefined, "zh"))).toBe("785,000 万元");
});
