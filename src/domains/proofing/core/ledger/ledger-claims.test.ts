import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Claim } from "../claim.ts";
import { proofDraftText } from "../proof-draft.ts";
import { readRecords } from "../reading/records.ts";
import { scanText } from "../reading/scan.ts";
import { claimsOfLedger } from "./compare.ts";
import { county, entryFor, ledgerClaims, names, township } from "./ledger.sample.ts";
import { recogniseFigures } from "./recognise.ts";

/** "72.5亿元 consistent", "72.9亿元 wrong → 72.5亿元" */
function told(text: string, given: Parameters<typeof ledgerClaims>[1] = {}): string[] {
  return ledgerClaims(text, given).map(({ verdict, severity, stated, computed }) =>
    verdict === "consistent" ? `${stated} consistent` : `${stated} ${severity} → ${computed}`,
  );
}

describe("a figure that the ledger has", () => {
  test.each<[string, string[]]>([
    // value, in whatever unit and however coarse
    ["1—7月，固定资产投资完成72.5亿元。", ["72.5亿元 consistent"]],
    ["1-7月份，全县固定资产投资完成72亿元。", ["72亿元 consistent"]],
    ["2016年1至7月，青河县固投完成724600万元。", ["724600万元 consistent"]],
    ["今年前7个月，我县社会消费品零售总额为31.0亿元。", ["31.0亿元 consistent"]],
    ["截至7月底，财政总收入完成8.12亿元。", ["8.12亿元 consistent"]],
    ["一至七月，公共财政预算收入完成3.58亿元。", ["3.58亿元 consistent"]],
    ["1～7月，一般公共预算收入完成3.6亿元。", ["3.6亿元 consistent"]],
    ["1—7月，城镇居民人均可支配收入13284元。", ["13284元 consistent"]],
    ["1—7月，地区生产总值(GDP)完成60.4亿元。", ["60.4亿元 consistent"]],
    ["上半年，固定资产投资完成59.4亿元。", ["59.4亿元 consistent"]],
    ["2015年，固定资产投资完成127.6亿元，增长11.4%。", ["127.6亿元 consistent", "11.4% consistent"]],
    ["去年1—7月，固定资产投资完成66亿元。", ["66亿元 consistent"]],
    ["1—7月，固定资产投资完成72.9亿元。", ["72.9亿元 wrong → 72.5亿元"]],
    ["1—7月，固定资产投资完成72.6亿元。", ["72.6亿元 last-digit → 72.5亿元"]],
    ["1—7月，固定资产投资完成72.5万元。", ["72.5万元 wrong → 724600.0万元"]],
    // what is finer than the ledger's own print is compared within that print
    ["1—7月，社会消费品零售总额31.04亿元。", ["31.04亿元 consistent"]],
    ["1—7月，社会消费品零售总额31.4亿元。", ["31.4亿元 wrong → 31.0亿元"]],
    // hedges
    ["1—7月，固定资产投资完成近75亿元。", ["75亿元 consistent"]],
    ["1—7月，固定资产投资完成约72亿元。", ["72亿元 consistent"]],
    ["1—7月，固定资产投资突破72亿元。", ["72亿元 consistent"]],
    ["1—7月，固定资产投资突破75亿元。", ["75亿元 wrong → 72亿元"]],
    ["1—7月，固定资产投资达到72亿元以上。", ["72亿元以上 consistent"]],
    ["1—7月，固定资产投资完成近95亿元。", ["95亿元 wrong → 72亿元"]],
    // growth
    ["1—7月，固定资产投资同比增长9.7%。", ["9.7% consistent"]],
    ["1—7月，固定资产投资完成72.5亿元，比上年同期增长10%。", ["72.5亿元 consistent", "10% consistent"]],
    ["1—7月，固定资产投资增速为9.2%。", ["9.2% wrong → 9.7%"]],
    ["1—7月，公共财政预算收入同比下降12.4%。", ["12.4% consistent"]],
    ["1—7月，公共财政预算收入同比下降14.2%。", ["14.2% wrong → 12.4%"]],
    ["1—7月，公共财政预算收入同比增长12.4%。", ["12.4% wrong → 下降12.4%"]],
    ["1—7月，财政总收入同比下降17.7%。", ["17.7% consistent"]],
    ["1—7月，财政总收入同比下降18.7%。", ["18.7% wrong → 17.7%"]],
    ["1—7月，地区生产总值按可比价格计算，同比增长6.3%。", ["6.3% consistent"]],
    // rank
    ["1—7月，固定资产投资增长9.7%，居平川市第3位。", ["9.7% consistent", "3位 consistent"]],
    ["1—7月，固定资产投资增长9.7%，平川市排名第2。", ["9.7% consistent", "2 wrong → 3"]],
    ["1—7月，固定资产投资增速居全市第2位。", ["2位 wrong → 3位"]],
    // target and completion
    [
      "1—7月，固定资产投资完成72.5亿元，完成全年任务152.8亿元的47.4%。",
      ["72.5亿元 consistent", "152.8亿元 consistent", "47.4% consistent"],
    ],
    [
      "1—7月，固定资产投资完成全年任务158.2亿元的47.4%。",
      ["158.2亿元 wrong → 152.8亿元", "47.4% consistent"],
    ],
    ["1—7月，固定资产投资完成年度目标的44.7%。", ["44.7% wrong → 47.4%"]],
    // the month alone
    ["7月份，固定资产投资完成13.1亿元。", ["13.1亿元 consistent"]],
    ["7月份，固定资产投资完成15.1亿元。", ["15.1亿元 wrong → 13.1亿元"]],
    ["1—7月，固定资产投资完成72.5亿元，当月完成13.1亿元。", ["72.5亿元 consistent", "13.1亿元 consistent"]],
    // another region of the scope, by its full name
    ["1—7月，石桥镇固定资产投资完成4.1亿元，增长8.8%。", ["4.1亿元 consistent", "8.8% consistent"]],
    ["1—7月，石桥镇固定资产投资完成4.4亿元。", ["4.4亿元 wrong → 4.1亿元"]],
  ])("is compared: %s", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it("carries its facts, says both figures in both languages, and offers the figure", () => {
    const [claim] = ledgerClaims("1—7月，固定资产投资完成74.2亿元。") as [Claim];
    expect(claim).toMatchObject({
      relation: "ledger",
      spans: [[13, 19]],
      stated: "74.2亿元",
      computed: "72.5亿元",
      refs: ["f105"],
      correction: { span: [13, 17], replacement: expect.stringMatching(/^72\.[45]/) as string },
    });
    expect(claim.message.zh).toContain(
      "台账中青河县2016年1—7月固定资产投资为72.46亿元，文中为74.2亿元，二者不符。",
    );
    expect(claim.message.en).toContain("is 72.46亿元 in the ledger, but the text says 74.2亿元.");
    const [completion] = ledgerClaims("1—7月，固定资产投资完成全年任务的40%。") as [Claim];
    expect(completion.refs).toEqual(["f105", "t1"]);
    const [rank] = ledgerClaims("1—7月，固定资产投资增速居平川市第1位。") as [Claim];
    expect(rank.refs).toHaveLength(4);
    expect(rank.message.zh).toContain("在4个参排单位中居第3位");
  });

  it("of which the direction is wrong has no digits that would mend it", () => {
    const [claim] = ledgerClaims("1—7月，公共财政预算收入增长12.4%。") as [Claim];
    expect(claim).toMatchObject({ verdict: "inconsistent", severity: "wrong", computed: "下降12.4%" });
    expect(claim.correction).toBeUndefined();
  });
});

describe("what the ledger works out", () => {
  it("is known within the print of what it was worked out from, and not better", () => {
    const text = "1—7月，固定资产投资完成全年任务的47.4%。";
    const verdictAt = (percent: number, half: number): string | undefined => {
      const [center, within] = [percent, half].map((x) => BigInt(Math.round(x * 1e10))) as [bigint, bigint];
      const completion = { center, half: within, isDerived: true, refs: [] };
      const { figures } = proofDraftText(text, names);
      const regions = [names.own];
      const [claim] = claimsOfLedger({
        text,
        figures,
        measures: names.measures,
        regions,
        entryOf: () => ({ completion }),
      });
      return claim?.verdict;
    };
    expect(verdictAt(47.46, 0.02)).toBe("consistent");
    expect(verdictAt(47.46, 0.005)).toBe("inconsistent");
  });
});

describe("what is inherited", () => {
  test.each<[string, string[]]>([
    [
      "1—7月，全县固定资产投资完成72.5亿元，增长9.7%；\n社会消费品零售总额31亿元，增长7%；\n财政总收入8.1亿元。",
      ["72.5亿元 consistent", "9.7% consistent", "31亿元 consistent", "7% consistent", "8.1亿元 consistent"],
    ],
    ["青河县2015年1—7月经济运行情况\n1—7月，固定资产投资完成66亿元。", ["66亿元 consistent"]],
    ["（三）固定资产投资。1—7月完成72.5亿元，增长9.7%。", ["72.5亿元 consistent", "9.7% consistent"]],
    ["固定资产投资\n1—7月，完成72.5亿元。", ["72.5亿元 consistent"]],
    [
      "一、指标情况   1-7月份,地区生产总值完成60.4亿元，平川市排名第1。固定资产投资完成72.5亿元。",
      ["60.4亿元 consistent", "72.5亿元 consistent"],
    ],
    ["青河县2016年1—7月经济运行情况\n1—7月，固定资产投资完成72.5亿元。", ["72.5亿元 consistent"]],
    [
      "1—7月，固定资产投资增长9.7%，增速较1—6月回落0.5个百分点。完成72.5亿元。",
      ["9.7% consistent", "72.5亿元 consistent"],
    ],
    [
      "1—7月，固定资产投资完成72.5亿元，上年同期未公布。社会消费品零售总额31亿元。",
      ["72.5亿元 consistent", "31亿元 consistent"],
    ],
    // but not over a paragraph, nor past a clause that is not understood
    ["1—7月，固定资产投资完成72.5亿元。\n社会消费品零售总额完成99亿元。", ["72.5亿元 consistent"]],
    ["1—7月，固定资产投资完成72.5亿元，项目储备充足，增长99%。", ["72.5亿元 consistent"]],
  ])("holds as long as a reader would take it to: %s", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe("nothing is compared", () => {
  test.each<[string, string]>([
    ["without a period", "固定资产投资完成99亿元，增长99%。"],
    ["a year that the ledger does not have", "2009年1—7月，固定资产投资完成99亿元。"],
    ["a month still to come", "1—11月，固定资产投资完成99亿元。"],
    ["a quarter", "二季度，固定资产投资完成99亿元。"],
    ["some months", "4—7月，固定资产投资完成99亿元。"],
    ["a day", "7月15日，固定资产投资完成99亿元。"],
    ["until now", "截至目前，固定资产投资完成99亿元。"],
    ["a year without a month while it runs", "今年固定资产投资完成99亿元。"],
    ["a cumulative rate of a month", "7月份，固定资产投资增长99%。"],
    ["after a month that was its own sentence's", "1—7月有序推进。7月份固投完成13.1万亿美元。增长99%。"],
    ["behind a clause that is not understood", "1—7月，形势总体平稳，固定资产投资完成99亿元。"],
    ["after the sentence of a month", "7月份，固定资产投资完成13.1亿元。全县固定资产投资完成99亿元。"],
    ["what the ledger itself only knows roughly", "1—7月，规模以上工业增加值完成99亿元。"],
    ["after a month, without its own", "7月份，固定资产投资完成13.1亿元。完成99亿元。"],
    ["after a place that may be one", "1—7月，清水固定资产投资增长1%。社会消费品零售总额完成99亿元。"],
    ["one of two measures", "1—7月，固定资产投资增长9.7%，财政总收入公共财政预算收入完成99亿元。"],
    ["one of two regions", "1—7月，全县石桥镇固定资产投资完成99亿元。"],
    ["one of two periods", "1—7月固定资产投资上半年完成99亿元。"],
    ["what a bracket narrows", "1—7月，固定资产投资(工业)完成99亿元。"],
    ["after a plan", "1—7月，预计形势继续好转。固定资产投资完成99亿元。"],
    ["under the date of another year", "2009年1月15日\n1—7月，固定资产投资完成99亿元。"],
    ["in a sentence that is like for like", "1—7月，剔除不可比因素后，财政总收入下降99%。"],
    ["a place that nothing ranks", "1—7月，固定资产投资第99位。"],
    ["a growth that is not in percent", "1—7月，固定资产投资增长99倍。"],
    ["what goes beyond the task", "1—7月，固定资产投资超全年任务99亿元。"],
    ["what a percentage is taken of", "1—7月，固定资产投资99亿元的47.4%。"],
    ["a measure that only holds the name", "1—7月，工业固定资产投资完成99亿元。"],
    ["a part", "1—7月，其中民间固定资产投资完成99亿元，增长99%。"],
    ["a wider measure", "1—7月，全社会固定资产投资完成99亿元。"],
    ["a measure made of it", "1—7月，固定资产投资项目完成99亿元。"],
    ["a head's share of it", "1—7月，人均地区生产总值99亿元。"],
    ["a share", "1—7月，税收收入占财政总收入的99%。"],
    ["two measures at once", "1—7月，财政总收入和公共财政预算收入分别完成99亿元和98亿元。"],
    ["another county", "1—7月，清水县固定资产投资完成99亿元，增长99%。"],
    ["another county without its suffix", "1—7月，清水固定资产投资完成99亿元。"],
    ["what goes on about another county", "1—7月，清水县形势较好。固定资产投资完成99亿元。"],
    ["under a heading of another county", "清水县经济运行情况\n1—7月，固定资产投资完成99亿元。"],
    ["the prefecture", "1—7月，全市固定资产投资完成99亿元。"],
    ["the province", "1—7月，全省固定资产投资增长99%。"],
    [
      "after another region, without its own",
      "1—7月，石桥镇固定资产投资完成4.1亿元。社会消费品零售总额99亿元。",
    ],
    ["a base", "1—7月，固定资产投资较上年同期的99亿元增加。"],
    ["last year's, when no year stands behind it", "2015年，固定资产投资完成127.6亿元。1—7月完成99亿元。"],
    ["under a title of another year", "2014年1—7月经济运行情况\n1—7月，固定资产投资完成99亿元。"],
    ["a forecast", "1—7月，固定资产投资预计完成99亿元。"],
    ["a plan", "1—7月，力争固定资产投资完成99亿元。"],
    ["behind a plan", "1—7月，预计到年底，固定资产投资完成99亿元。"],
    ["under a heading of plans", "二、下半年目标\n1—7月，固定资产投资完成99亿元。"],
    ["what should be done in the year", "1—7月，固定资产投资完成99亿元的全年任务。"],
    ["a task", "1—7月，固定资产投资完成99亿元的任务。"],
    ["a gap", "1—7月，固定资产投资距全年任务还有99亿元的差距。"],
    ["a change", "1—7月，固定资产投资增加99亿元。"],
    ["a distance of rates", "1—7月，固定资产投资增速提高99个百分点。"],
    ["a rate at other prices", "1—7月，固定资产投资按可比价格计算，同比增长99%。"],
    ["a rate like for like", "1—7月，财政总收入剔除不可比因素后同口径下降99%。"],
    ["a rate against the month before", "1—7月，固定资产投资环比增长99%。"],
    ["a rate against another period", "1—7月，固定资产投资比2010年增长99%。"],
    ["an average rate", "1—7月，固定资产投资年均增长99%。"],
    ["a rank in another set", "1—7月，固定资产投资增速居全省第99位。"],
    ["a rank without a set", "1—7月，固定资产投资排名第99。"],
    ["a rank on something else", "1—7月，固定资产投资总量居平川市第99位。"],
    ["money that is no money", "1—7月，固定资产投资完成99万平方米。"],
    ["a figure in brackets", "1—7月，固定资产投资（上报99亿元）。"],
    ["a condition", "如果1—7月固定资产投资完成99亿元。"],
  ])("of %s", (_what, text) => {
    expect(told(text).filter((one) => one.startsWith("99"))).toEqual([]);
    expect(ledgerClaims(text).filter(({ verdict }) => verdict !== "consistent")).toEqual([]);
  });

  it("of a region that two of the scope are called", () => {
    const text = "1—7月，石桥镇固定资产投资完成99亿元。";
    expect(told(text)).toEqual(["99亿元 wrong → 4亿元"]);
    expect(told(text, { others: [] })).toEqual([]);
  });

  it("before the month that is asked for", () => {
    expect(told("1—7月，固定资产投资完成72.5亿元。", { period: "2016-06" })).toEqual([]);
    expect(told("1—6月，固定资产投资完成59.4亿元。", { period: "2016-06" })).toEqual(["59.4亿元 consistent"]);
  });

  it("where 全市 is the county-level city itself, of nothing above it", () => {
    const own = { ...county, nameZh: "青河市" };
    expect(told("1—7月，全市固定资产投资完成72.5亿元，居平川市第3位。", { own })).toEqual([
      "72.5亿元 consistent",
      "3位 consistent",
    ]);
    expect(told("1—7月，固定资产投资增速居全市第3位。", { own })).toEqual([]);
  });
});

// --- laws ---

const periods = { "2016-07": "1—7月", "2016-06": "上半年", "2015-12": "2015年" } as const;
const measures = names.measures.map(({ code }) => code);

type Printed = { text: string; changed: string };

/** A figure as a person would print it, and the same a good deal beyond its rounding. */
function print(center: bigint, decimals: number, by: number): { right: string; wrong: string } {
  const value = Number(center) / 1e10;
  const right = value.toFixed(decimals);
  const wrong = (
    Number(right) +
    (by * Math.max(5, Number(right) * 0.04 * 10 ** decimals)) / 10 ** decimals
  ).toFixed(decimals);
  return { right, wrong };
}

const sentence = fc
  .record({
    region: fc.constantFrom(county, township),
    code: fc.constantFrom(...measures),
    when: fc.constantFrom("2016-07", "2016-06", "2015-12" as const),
    aspect: fc.constantFrom("value", "growth", "completion", "target" as const),
    decimals: fc.integer({ min: 1, max: 2 }),
    by: fc.integer({ min: 1, max: 9 }),
    name: fc.nat(),
  })
  .map((drawn): Printed | undefined => {
    const { region, code, when, aspect, decimals, by } = drawn;
    const number = entryFor(region.code, code, when)?.[aspect as "value"];
    if (!number) return undefined;
    const called = names.measures.find((one) => one.code === code)?.names ?? [];
    const subject = `${periods[when]}，${region.nameZh}${called[drawn.name % called.length]}`;
    const isMoney = aspect === "value" || aspect === "target";
    const isIncome = code === "urban_income";
    const size = number.center < 0n ? -number.center : number.center;
    const scaled = isMoney && !isIncome ? size / 100_000_000n : size;
    const { right, wrong } = print(scaled, isMoney && isIncome ? 0 : isMoney ? decimals : 1, by);
    const write = (digits: string): string => {
      const money = `${digits}${isIncome ? "元" : "亿元"}`;
      if (aspect === "value") return `${subject}完成${money}。`;
      if (aspect === "target") return `${subject}完成全年任务${money}。`;
      if (aspect === "completion") return `${subject}完成全年任务的${digits}%。`;
      return `${subject}同比${number.center < 0n ? "下降" : "增长"}${digits}%。`;
    };
    return { text: write(right), changed: write(wrong) };
  })
  .filter((printed) => printed !== undefined);

describe("laws", () => {
  it("a sentence made of the ledger's own figures is never reported, one with a figure changed beyond rounding always", () => {
    let seen = 0;
    fc.assert(
      fc.property(sentence, ({ text, changed }) => {
        const right = ledgerClaims(text);
        expect(
          right.map(({ verdict }) => verdict),
          text,
        ).toEqual(["consistent"]);
        expect(
          ledgerClaims(changed).map(({ severity }) => severity),
          changed,
        ).toEqual(["wrong"]);
        seen++;
      }),
      { numRuns: 400 },
    );
    expect(seen).toBe(400);
  });

  it("reading never throws, whatever the words, and every span is a figure of the text", () => {
    const words = fc.constantFrom(
      ..."1—7月 固定资产投资 完成 72.5亿元 ， 。 ； \n 全县 石桥镇 清水县 同比 增长 9.7% 的 全年任务 （ ） 居平川市第 3位 去年 较上年同期 剔除 后 约 7月份 当月 截至 底 2015年 # 一、".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (drawn) => {
        const text = drawn.join("");
        for (const { spans, stated } of ledgerClaims(text)) {
          expect(spans).toHaveLength(1);
          expect(text.slice(...(spans[0] as [number, number]))).toBe(stated);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("takes time in proportion to the length", () => {
    const part = "全县各项工作有序推进 ，1—7月其中清水县工业固定资产投资7月份完成99亿元   比上年".repeat(500);
    const time = (text: string): number => {
      const from = performance.now();
      recogniseFigures(readRecords(scanText(text)), names);
      return performance.now() - from;
    };
    time(part);
    const [one, eight] = [time(part), time(part.repeat(8))];
    expect(eight).toBeLessThan(one * 40 + 200);
  });
});
