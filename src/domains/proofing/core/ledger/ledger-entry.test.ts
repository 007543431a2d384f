import { describe, expect, it, test } from "vitest";
import { dec } from "../../../../shared/decimal.ts";
import { period } from "../../../../shared/period.ts";
import { computeAssessment } from "../../../indicators/core/assess.ts";
import type { Rank } from "../../../indicators/core/assessment.ts";
import { entryOf, type LedgerEntry } from "./ledger-entry.ts";
import { sampleMeasure } from "./ledger.sample.ts";
import { namesOfMeasure } from "./measure-names.ts";

const when = period("2016-07");
const region = 140931000000;

type Given = { stated?: string | null; rank?: Partial<Rank>; isWholeSet?: boolean; growth?: string };

function entry({ stated = "72.46亿元", rank, isWholeSet = true, growth = "9.7" }: Given): LedgerEntry {
  const measure = sampleMeasure("fixed_asset_investment");
  const common = { region, basis: "ytd", period: when, qualifier: null } as const;
  const figures = [
    { ...common, id: 1, aspect: "value", value: dec("724600"), stated } as const,
    { ...common, id: 2, aspect: "growth", value: dec(growth), stated: `${growth}%` } as const,
  ];
  const assessment = computeAssessment({
    measure,
    region,
    period: when,
    figures,
    targets: [],
    oneOffs: [],
  });
  const whole: Rank = { rank: 3, of: 14, set: "a", tied: false, missing: [], by: "growth", refs: ["f2"] };
  return entryOf({
    measure,
    assessment: { ...assessment, rank: { ...whole, ...rank } },
    figures,
    isWholeSet,
  });
}

describe("a rank", () => {
  it("is certain among all members of the set, each with its figure, without equals", () => {
    expect(entry({}).rank).toMatchObject({ place: 3, of: 14, printed: undefined, refs: ["f2"] });
    const printed = { stated: { rank: 4, ref: "f9" as const } };
    expect(entry({ rank: printed }).rank).toMatchObject({ place: 3, printed: 4, refs: ["f9", "f2"] });
  });

  test.each<[string, Given]>([
    ["some member may not be read", { isWholeSet: false }],
    ["some member has no figure", { rank: { missing: [140932000000] } }],
    ["another has the same figure", { rank: { tied: true } }],
  ])("is not where %s", (_what, given) => {
    expect(entry(given).rank).toBeUndefined();
  });
});

test.each<[string | null, bigint]>([
  ["72.46亿元", 5_000_000_000_000_000n],
  ["72.5 亿元", 50_000_000_000_000_000n],
  // a whole number of 亿元 has dropped its zero
  ["72亿元", 50_000_000_000_000_000n],
  ["724600万元", 50_000_000_000_000n],
  [null, 50_000_000_000_000n],
  ["约72亿", 50_000_000_000_000n],
])("a value printed as %s is known within half of its last digit", (stated, half) => {
  expect(entry({ stated }).value).toEqual({
    center: 72_460_000_000_000_000_000n,
    half,
    isDerived: false,
    refs: ["f1"],
  });
});

test("a published rate is known within half of its decimal, whether it is printed or not", () => {
  expect(entry({ growth: "9" }).growth).toMatchObject({ center: 90_000_000_000n, half: 500_000_000n });
  expect(entry({ growth: "9.75" }).growth).toMatchObject({ half: 50_000_000n });
});

test("a measure goes by its own name and by those that mean the same, and by no wider one", () => {
  expect(namesOfMeasure("全市生产总值")).toEqual(expect.arrayContaining(["全市生产总值", "生产总值", "GDP"]));
  expect(namesOfMeasure("固定资产投资")).not.toContain("全社会固定资产投资");
  expect(namesOfMeasure("发电量")).toEqual(["发电量"]);
});
