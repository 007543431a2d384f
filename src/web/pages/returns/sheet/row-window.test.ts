import fc from "fast-check";
import { expect, test } from "vitest";
import { windowOf } from "./row-window.ts";

test("what is in sight is drawn, the rest is space, whatever one scrolls to", () => {
  fc.assert(
    fc.property(
      fc.nat(800_000),
      fc.integer({ min: 100, max: 2000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (wanted, height, count) => {
        const rowHeight = 36;
        const top = Math.min(wanted, Math.max(0, count * rowHeight - height));
        const { first, last, above, below } = windowOf(top, height, rowHeight, count);
        expect(above).toBeLessThanOrEqual(top);
        expect((last + 1) * rowHeight).toBeGreaterThanOrEqual(Math.min(top + height, count * rowHeight));
        expect(above + (last - first + 1) * rowHeight + below).toBe(count * rowHeight);
        expect(last - first).toBeLessThan(height / rowHeight + 20);
      },
    ),
  );
});

test("nothing is drawn of nothing", () => {
  expect(windowOf(0, 500, 36, 0)).toEqual({ first: 0, last: -1, above: 0, below: 0 });
});
