import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Slip } from "./claim.ts";
import { exactly, ONE, overlap, total, widthOf } from "./interval.ts";
import type { Quantity } from "./reading/quantity.ts";
import { scanText } from "./reading/scan.ts";
import { digitsOf, explainBySlip, mendsQuotient, mendsSum, rangeFor } from "./slips.ts";

const figure = (text: string): Quantity => scanText(`共${text}。`).quantities[0] as Quantity;
const sumHolds = ([whole, ...parts]: readonly { lo: bigint; hi: bigint }[]): boolean =>
  whole !== undefined && overlap(whole, total(parts));

test.each([
  ["192个", "192"],
  ["1,234.50万元", "1234.50"],
  ["0.05亿元", "0.05"],
  ["3.00%", "3.00"],
  ["１２．５亿元", "12.5"],
])("the digits of %s are %s", (text, digits) => expect(digitsOf(figure(text))).toBe(digits));

describe("one slip away", () => {
  /** All digits that one figure may have been meant for. */
  const meant = (text: string): string[] =>
    explainBySlip([figure(text)], () => true).map(({ digits, slip }) => `${slip} ${digits}`);

  test("are its digits swapped, its point moved, and any one digit changed", () => {
    const all = meant("12个");
    expect(all.slice(0, 3)).toEqual(["transposed-digits 21", "decimal-point 120", "decimal-point 1.2"]);
    expect(all.filter((one) => one.startsWith("one-digit"))).toHaveLength(8 + 9);
    expect(all).toContain("one-digit 92");
    expect(all).not.toContain("one-digit 02");
    expect(all).not.toContain("one-digit 12");
  });

  test("swapped digits may stand on both sides of the point", () => {
    expect(meant("23.5%")).toContain("transposed-digits 25.3");
    expect(meant("23.5%")).toContain("transposed-digits 32.5");
    expect(meant("22.5%")).not.toContain("transposed-digits 22.5");
  });

  test("万 may have been meant for 亿, where there is one of them", () => {
    expect(meant("12.5万元")).toContain("unit 125000");
    expect(meant("12.5万元")).toContain("unit 0.00125");
    expect(meant("12.5%").some((one) => one.startsWith("unit"))).toBe(false);
  });

  test("a figure less than one keeps its zero", () => {
    expect(meant("0.5%")).toContain("one-digit 3.5");
    expect(meant("0.5%")).toContain("decimal-point 0.05");
    expect(meant("0.5%")).toContain("decimal-point 5");
  });

  test("there is nothing for a range or a hedged figure", () => {
    expect(meant("约12个")).toEqual([]);
    expect(meant("12至15个")).toEqual([]);
  });
});

describe("a relation is explained by the slip after which it holds", () => {
  test.each([
    [["192个", "61个", "132个"], "one-digit 193"],
    [["240个", "84个", "165个"], "transposed-digits 156"],
    [["12.45万吨", "32.0万吨", "9.25万吨"], "decimal-point 3.20"],
  ])("%j: %s", (texts, expected) => {
    const explained = explainBySlip(texts.map(figure), sumHolds);
    expect(explained.map(({ slip, digits }) => `${slip} ${digits}`)).toContain(expected);
  });

  test("likelier slips come first", () => {
    const order: readonly Slip[] = ["transposed-digits", "decimal-point", "unit", "one-digit"];
    const places = explainBySlip([figure("12.5万元")], () => true).map(({ slip }) => order.indexOf(slip));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe("what other digits stand for", () => {
  test.each([
    ["192个", "193", "193", "193"],
    ["19.2万元", "19.3", "192500", "193500"],
    ["19.2万元", "193", "1925000", "1935000"],
    ["19.2万元", "1.93", "19250", "19350"],
    ["12个", "1.2", "1.15", "1.25"],
  ])("%s with the digits %s: %s to %s", (text, digits, lo, hi) => {
    const scaled = (value: string) => BigInt(Math.round(Number(value) * 100)) * (ONE / 100n);
    expect(rangeFor(figure(text), digits)).toEqual({ lo: scaled(lo), hi: scaled(hi) });
  });

  test("a negative figure stays negative", () => {
    const [negative] = scanText("增长-3.5%。").quantities;
    const { lo, hi } = rangeFor(negative as Quantity, "5.3");
    expect([lo, hi]).toEqual([(-535n * ONE) / 100n, (-525n * ONE) / 100n]);
  });
});

describe("laws", () => {
  const counts = fc.array(fc.integer({ min: 3, max: 99_999 }), { minLength: 2, maxLength: 4 });
  const printed = (value: number) => figure(`${value}个`);

  test("its own digits stand for the figure itself", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 8 }), fc.integer({ min: 0, max: 4 }), (n, decimals) => {
        const text = (n / 10 ** decimals).toFixed(decimals);
        for (const unit of ["万元", "%", "个"]) {
          const one = figure(`${text}${unit}`);
          expect(digitsOf(one)).toBe(text);
          expect(rangeFor(one, digitsOf(one))).toEqual(one.range);
        }
      }),
    );
  });

  test("whatever explains, holds; and swapping two digits of a sum is among what explains it", () => {
    fc.assert(
      fc.property(counts, fc.nat(), (values, pick) => {
        const whole = values.reduce((sum, value) => sum + value, 0);
        const digits = String(whole);
        const at = pick % (digits.length - 1 || 1);
        const wrong = `${digits.slice(0, at)}${digits[at + 1] ?? ""}${digits[at] ?? ""}${digits.slice(at + 2)}`;
        fc.pre(wrong !== digits && !wrong.startsWith("0"));
        const all = [figure(`${wrong}个`), ...values.map(printed)];
        const explained = explainBySlip(all, sumHolds);
        for (const { index, digits: other } of explained) {
          const ranges = all.map((one, i) => (i === index ? rangeFor(one, other) : one.range));
          expect(sumHolds(ranges)).toBe(true);
        }
        expect(explained).toContainEqual({ index: 0, digits, slip: "transposed-digits" });
      }),
    );
  });

  test("the quick look at a sum loses no slip that would mend it", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 199_999 }), (values, whole) => {
        const all = [printed(whole), ...values.map(printed)];
        const off = whole - values.reduce((sum, value) => sum + value, 0);
        // but for a figure that would have to be nothing
        fc.pre(off !== 0 && values.every((value) => value + off > 0));
        expect(explainBySlip(all, sumHolds, mendsSum(all))).toEqual(explainBySlip(all, sumHolds));
      }),
      { numRuns: 60 },
    );
  });

  test("the quick look at a quotient loses no slip that would mend it", () => {
    const percents = fc.integer({ min: 10, max: 2000 }).map((n) => figure(`${(n / 10).toFixed(1)}%`));
    fc.assert(
      fc.property(
        percents,
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 9999 }),
        (percent, part, whole) => {
          const all = [percent, printed(part), printed(whole)];
          const holds = ([r, a, b]: readonly { lo: bigint; hi: bigint }[]): boolean =>
            r !== undefined &&
            a !== undefined &&
            b !== undefined &&
            b.lo > 0n &&
            // r ÷ 100 × b = a, with nothing rounded
            r.lo * b.lo <= a.hi * 100n * ONE &&
            a.lo * 100n * ONE <= r.hi * b.hi;
          expect(explainBySlip(all, holds, mendsQuotient(all))).toEqual(explainBySlip(all, holds));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a count that other digits make a fraction is no longer exact", () => {
    expect(widthOf(rangeFor(figure("12个"), "1.2"))).toBe(ONE / 10n);
    expect(rangeFor(figure("12个"), "21")).toEqual(exactly(21n * ONE));
  });
});
