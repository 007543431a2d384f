import { expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import type { Forecast } from "./assessment.ts";
import { aTarget } from "./example-facts.ts";
import { computeStanding } from "./standing.ts";

const forecast = (low: number, high: number): Forecast => ({
  model: "damped-trend",
  yearEnd: (low + high) / 2,
  low,
  high,
  backtest: { mapePct: 1, origins: 9 },
});

test.each([
  ["0", "ok"],
  ["5", "ok"],
  ["-0.01", "watch"],
  ["-10", "watch"],
  ["-10.01", "late"],
  ["-30", "late"],
  ["-30.01", "severe"],
])("%s points from pace is %s", (distance, standing) => {
  expect(computeStanding({ direction: "up", distance: dec(distance), forecasts: [] })).toBe(standing);
  // for a measure that should go down, ahead of pace is behind
  expect(computeStanding({ direction: "down", distance: dec(distance).neg(), forecasts: [] })).toBe(standing);
});

test.each([
  ["0", "ok"],
  ["-1", "watch"],
  ["-3", "late"],
  ["-3.1", "severe"],
])("%s points from a growth target is %s", (growthDistance, standing) => {
  expect(computeStanding({ direction: "up", growthDistance: dec(growthDistance), forecasts: [] })).toBe(
    standing,
  );
});

test("a target that no forecast interval reaches is severe, whatever the pace", () => {
  const facts = { direction: "up", distance: dec(1), target: aTarget(1, "100") } as const;
  expect(computeStanding({ ...facts, forecasts: [forecast(50, 90), forecast(60, 99)] })).toBe("severe");
  expect(computeStanding({ ...facts, forecasts: [forecast(50, 90), forecast(60, 100)] })).toBe("ok");
  expect(computeStanding({ ...facts, forecasts: [] })).toBe("ok");
  const down = { ...facts, direction: "down", distance: dec(-1) } as const;
  expect(computeStanding({ ...down, forecasts: [forecast(101, 120)] })).toBe("severe");
  expect(computeStanding({ ...down, forecasts: [forecast(90, 120)] })).toBe("ok");
});

test("the worse of two targets holds; without any nothing is known", () => {
  expect(
    computeStanding({ direction: "up", distance: dec(-15), growthDistance: dec(1), forecasts: [] }),
  ).toBe("late");
  expect(computeStanding({ direction: "up", forecasts: [forecast(1, 2)] })).toBe("unknown");
});
