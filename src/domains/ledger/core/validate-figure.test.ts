import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { convert } from "../../../shared/quantity.ts";
import type { Measure } from "./measure.ts";
import { type IncomingRow, makeRowValidator } from "./validate-figure.ts";
import { validateNumber } from "./validate-number.ts";

const investment: Measure = {
  code: "fixed_asset_investment",
  nameZh: "固定资产投资",
  nameEn: "Fixed-asset investment",
  unit: "万元",
  displayUnit: "亿元",
  decimals: 1,
  kind: "flow",
  priceBasis: "nominal",
  growthPolicy: "reported",
  direction: "up",
  frequency: "monthly",
  additive: true,
  allowsNegative: false,
};
const gdp: Measure = { ...investment, code: "gdp", nameZh: "地区生产总值", priceBasis: "comparable" };
const profit: Measure = { ...investment, code: "profit", nameZh: "利润", allowsNegative: true };
const stock: Measure = {
  ...investment,
  code: "inventory",
  nameZh: "库存",
  kind: "stock",
  unit: "吨",
  displayUnit: "万吨",
};
const share: Measure = {
  ...investment,
  code: "share",
  nameZh: "比重",
  kind: "rate",
  unit: "%",
  displayUnit: "%",
  additive: false,
};

const validate = makeRowValidator([investment, gdp, profit, stock, share], "2016-08-31");
const row = (change: Partial<IncomingRow> = {}): IncomingRow => ({
  region: 140981000000,
  measure: "fixed_asset_investment",
  basis: "ytd",
  period: "2016-07",
  value: "78.5",
  unit: "亿元",
  growth: "9.3",
  ...change,
});
const codes = (change: Partial<IncomingRow>) => {
  const outcome = validate(row(change));
  return outcome.ok ? [] : outcome.error.map((problem) => `${problem.code} ${problem.field}`);
};
const values = (change: Partial<IncomingRow>) => {
  const outcome = validate(row(change));
  return outcome.ok ? outcome.value.map((d) => `${d.aspect} ${d.value} (${d.stated})`) : outcome.error;
};

test("a row becomes a value in the canonical unit and a growth, each with the text as it stood", () => {
  const key = {
    region: 140981000000,
    subject: "region",
    measure: "fixed_asset_investment",
    basis: "ytd",
    period: "2016-07",
  };
  expect(validate(row())).toEqual({
    ok: true,
    value: [
      { ...key, aspect: "value", value: "785000", qualifier: null, stated: "78.5 亿元" },
      { ...key, aspect: "growth", value: "9.3", qualifier: null, stated: "9.3%" },
    ],
  });
});

describe("accepted as people type", () => {
  test.each<[Partial<IncomingRow>, string[]]>([
    [{ growth: "" }, ["value 785000 (78.5 亿元)"]],
    [{ value: "" }, ["growth 9.3 (9.3%)"]],
    [{ value: undefined, unit: undefined }, ["growth 9.3 (9.3%)"]],
    [{ value: "７８．５", growth: "" }, ["value 785000 (７８．５ 亿元)"]],
    [{ value: "785,000", unit: "万元", growth: "" }, ["value 785000 (785,000 万元)"]],
    [{ value: "78.5亿元", unit: "", growth: "" }, ["value 785000 (78.5亿元)"]],
    [{ value: "78.5亿", unit: "元", growth: "" }, ["value 785000 (78.5亿)"]],
    [{ value: "+78.5", growth: "" }, ["value 785000 (+78.5 亿元)"]],
    [{ growth: "+9.3%" }, ["value 785000 (78.5 亿元)", "growth 9.3 (+9.3%)"]],
    [{ growth: "下降57.3%" }, ["value 785000 (78.5 亿元)", "growth -57.3 (下降57.3%)"]],
    [{ growth: "−52" }, ["value 785000 (78.5 亿元)", "growth -52 (−52%)"]],
    [{ growth: "持平" }, ["value 785000 (78.5 亿元)", "growth 0 (持平)"]],
    [
      { measure: "固定资产投资", basis: "累计", period: "2016年1—7月", growth: "" },
      ["value 785000 (78.5 亿元)"],
    ],
    [{ aspect: "rank", value: "13", unit: "", growth: "" }, ["rank 13 (13位)"]],
    [{ aspect: "completion", value: "41%", unit: "%", growth: "" }, ["completion 41 (41%)"]],
    [{ aspect: "growth", value: "9.3", unit: "%", growth: "" }, ["growth 9.3 (9.3%)"]],
    [
      { measure: "share", value: "3.6", unit: "%", growth: "0.2个百分点" },
      ["value 3.6 (3.6 %)", "growth 0.2 (0.2个百分点)"],
    ],
    [{ measure: "share", value: "3.6%", unit: "", growth: "" }, ["value 3.6 (3.6%)"]],
    [{ measure: "profit", value: "-3", growth: "-250" }, ["value -30000 (-3 亿元)", "growth -250 (-250%)"]],
    [
      { measure: "inventory", basis: "point", value: "近20万吨", unit: "", growth: "" },
      ["value 200000 (近20万吨)"],
    ],
  ])("%j", (change, drafts) => expect(values(change)).toEqual(drafts));

  test("a blurring word is kept beside the number, from the cell or from its own column", () => {
    const near = validate(row({ value: "近78.5", growth: "" }));
    expect(near.ok && near.value[0]?.qualifier).toBe("near");
    const about = validate(row({ qualifier: "约" }));
    expect(about.ok && about.value.map((d) => d.qualifier)).toEqual(["about", null]);
  });

  test("something in the region", () => {
    const outcome = validate(row({ subject: "product:alumina", growth: "" }));
    expect(outcome.ok && outcome.value[0]?.subject).toBe("product:alumina");
  });
});

describe("refused, naming the field", () => {
  test.each<[Partial<IncomingRow>, string[]]>([
    [{ measure: "固投" }, ["UNKNOWN_MEASURE measure"]],
    [{ aspect: "price" }, ["BAD_ASPECT aspect"]],
    [{ basis: "weekly" }, ["BAD_BASIS basis"]],
    [{ subject: "Robert'); DROP TABLE" }, ["BAD_SUBJECT subject"]],
    [{ subject: "=cmd|' /C calc'!A0" }, ["BAD_SUBJECT subject"]],
    [{ period: "2016.7" }, ["BAD_PERIOD period"]],
    [{ period: "" }, ["BAD_PERIOD period"]],
    [{ period: "2016" }, ["PERIOD_BASIS_MISMATCH period"]],
    [{ basis: "year", period: "2016-07" }, ["PERIOD_BASIS_MISMATCH period"]],
    [{ period: "2016-09" }, ["PERIOD_IN_FUTURE period"]],
    [{ period: "2017-01" }, ["PERIOD_IN_FUTURE period"]],
    [{ basis: "point" }, ["BASIS_NOT_ALLOWED basis"]],
    [{ measure: "inventory", unit: "吨" }, ["BASIS_NOT_ALLOWED basis"]],
    [{ value: "abc" }, ["BAD_NUMBER value"]],
    [{ value: "1,23" }, ["BAD_NUMBER value"]],
    [{ value: "7.85E5" }, ["BAD_NUMBER value"]],
    [{ growth: "abc" }, ["BAD_NUMBER growth"]],
    [{ unit: "" }, ["UNIT_MISSING unit"]],
    [{ unit: "吨" }, ["WRONG_UNIT unit"]],
    [{ unit: "两" }, ["WRONG_UNIT unit"]],
    [{ value: "78.5万元", unit: "亿元" }, ["WRONG_UNIT unit"]],
    [{ growth: "0.7个百分点" }, ["WRONG_UNIT growth"]],
    [{ growth: "9.3亿元" }, ["WRONG_UNIT growth"]],
    [{ value: "9.3", unit: "%", growth: "" }, ["GROWTH_TYPED_AS_VALUE value"]],
    [{ value: "9.3", unit: "百分点", growth: "" }, ["GROWTH_TYPED_AS_VALUE value"]],
    [{ measure: "share", value: "0.7", unit: "百分点", growth: "" }, ["GROWTH_TYPED_AS_VALUE unit"]],
    [{ value: "+9.3%", growth: "" }, ["GROWTH_TYPED_AS_VALUE value"]],
    [{ value: "9.3%", unit: "", growth: "" }, ["GROWTH_TYPED_AS_VALUE value"]],
    [{ value: "增长9.3", growth: "" }, ["GROWTH_TYPED_AS_VALUE value"]],
    [{ measure: "share", value: "0.7个百分点", unit: "%", growth: "" }, ["WRONG_UNIT unit"]],
    [{ measure: "gdp", growth: "" }, ["COMPARABLE_GROWTH_MISSING growth"]],
    [{ measure: "gdp", growth: "  " }, ["COMPARABLE_GROWTH_MISSING growth"]],
    [{ value: "-1" }, ["NEGATIVE_NOT_ALLOWED value"]],
    [{ value: "−1亿元", unit: "" }, ["NEGATIVE_NOT_ALLOWED value"]],
    [{ growth: "-573" }, ["OUT_OF_RANGE growth"]],
    [{ growth: "下降573%" }, ["OUT_OF_RANGE growth"]],
    [{ aspect: "rank", value: "13", unit: "亿元", growth: "" }, ["WRONG_UNIT value"]],
    [{ aspect: "growth", value: "9.3", unit: "亿元", growth: "" }, ["WRONG_UNIT growth"]],
    [{ aspect: "rank", value: "0", unit: "", growth: "" }, ["OUT_OF_RANGE value"]],
    [{ aspect: "rank", value: "2.5", unit: "", growth: "" }, ["OUT_OF_RANGE value"]],
    [{ aspect: "rank", value: "3", unit: "", growth: "1" }, ["GROWTH_NOT_ALLOWED growth"]],
    [{ value: "", growth: "" }, ["NO_NUMBER value"]],
    [{ qualifier: "大概吧" }, ["BAD_QUALIFIER qualifier"]],
    [{ value: "1".repeat(41) }, ["TEXT_TOO_LONG value"]],
    [{ measure: "x".repeat(61) }, ["TEXT_TOO_LONG measure"]],
    [{ subject: "product:a\u0000" }, ["BAD_TEXT subject"]],
    [{ value: "78.5\ud800" }, ["BAD_TEXT value"]],
    [{ measure: "nope", period: "x", basis: "y" }, ["UNKNOWN_MEASURE measure", "BAD_BASIS basis"]],
    [
      { measure: "gdp", growth: "", unit: "吨", period: "2019-01" },
      ["PERIOD_IN_FUTURE period", "WRONG_UNIT unit", "COMPARABLE_GROWTH_MISSING growth"],
    ],
  ])("%j", (change, problems) => expect(codes(change)).toEqual(problems));

  test("a value at comparable prices with its growth is fine, and so is growth alone", () => {
    expect(codes({ measure: "gdp" })).toEqual([]);
    expect(codes({ measure: "gdp", value: "" })).toEqual([]);
  });

  test("the problem says what was expected", () => {
    const outcome = validate(row({ unit: "吨" }));
    expect(!outcome.ok && outcome.error[0]?.params).toMatchObject({ unit: "吨", expected: "万元" });
  });
});

test("what was remembered of one row never leaks into the next", () => {
  const fresh = () => makeRowValidator([investment, gdp, profit, stock, share], "2016-08-31");
  const shared = fresh();
  const some = <T>(...xs: T[]) => fc.constantFrom(...xs);
  const anyRow = fc.record({
    region: fc.constant(140981000000),
    measure: some("gdp", "fixed_asset_investment", "inventory", "share", "利润", "?"),
    aspect: some("", "growth", "rank"),
    basis: some("ytd", "point", "year", "累计", "?"),
    period: some("2016-07", "2016", "2016-12", "2016Q2", "?"),
    value: some("", "78.5", "9.3%", "-3", "1.2亿", "x"),
    unit: some("", "亿元", "吨", "%", "?"),
    growth: some("", "9.3", "-52%", "x"),
  });
  fc.assert(
    fc.property(anyRow, (r) => {
      expect(shared(r)).toEqual(fresh()(r));
    }),
    { numRuns: 1000 },
  );
});

test("the fast way gives exactly what the careful way and decimal arithmetic give", () => {
  const digits = fc.stringMatching(/^-?\d{1,18}(\.\d{1,12})?$/);
  fc.assert(
    fc.property(digits, fc.constantFrom("元", "千元", "万元", "亿元", "万亿元"), (value, unit) => {
      const fast = validate(row({ measure: "profit", value, unit, growth: "" }));
      const careful = validateNumber(profit, "value", value, unit);
      const exact = convert(dec(value), unit, "万元");
      if (!fast.ok || !careful.ok || !exact.ok) throw new Error("refused");
      expect(fast.value[0]?.value).toBe(careful.value.value);
      expect(fast.value[0]?.stated).toBe(careful.value.stated);
      expect(fast.value[0]?.value).toBe(exact.value.toFixed());
    }),
    { numRuns: 500 },
  );
});

test("no text whatever makes it throw", () => {
  const signs =
    "0 9 . , - − + e % ％ ０ ， 亿 万 元 吨 约 近 下 降 年 月 Q y t d = | ' \\ \n \u0000 \ud800 \u200b ﷺ 😀";
  const text = fc.string({ unit: fc.constantFrom(...signs.split(" "), " "), maxLength: 25 });
  fc.assert(
    fc.property(text, text, text, text, text, text, (measure, basis, period, value, unit, growth) => {
      expect(typeof validate({ region: 1, measure, basis, period, value, unit, growth }).ok).toBe("boolean");
      expect(typeof validate(row({ value, unit, growth })).ok).toBe("boolean");
    }),
    { numRuns: 500 },
  );
});
