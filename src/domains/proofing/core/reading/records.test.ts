/** What each figure says, and which figures speak of the same thing. */
import { describe, expect, test } from "vitest";
import { readRecords } from "./records.ts";
import { scanText } from "./scan.ts";

const read = (text: string) => readRecords(scanText(text));
/** "value 12亿元": the role of each figure. */
const roles = (text: string): string[] =>
  read(text).mentions.map(({ role, quantity }) => `${role} ${text.slice(quantity.start, quantity.end)}`);
/** Values with what is said of them: "12亿元: change 1亿元, rate 9%". */
const records = (text: string): string[] =>
  read(text).records.map(({ value, said }) => {
    const show = (one: typeof value) =>
      one === undefined ? "" : text.slice(one.quantity.start, one.quantity.end);
    const about = said.map((one) => `${one.role} ${show(one)}`);
    return `${show(value)}: ${about.join(", ")}`;
  });

describe("the role of a figure", () => {
  test.each([
    ["完成投资12亿元", ["value 12亿元"]],
    ["增加3.2亿元", ["change 3.2亿元"]],
    ["净增120户", ["change 120户"]],
    ["减少3起", ["change 3起"]],
    ["同比增长8.5%", ["rate 8.5%"]],
    ["下降4.1%", ["rate 4.1%"]],
    ["增长到12亿元", ["value 12亿元"]],
    ["降至4.1%", ["percent 4.1%"]],
    ["提高2.5个百分点", ["points 2.5个百分点"]],
    ["占全县总量的25%", ["share 25%"]],
    ["占年计划的45%", ["completion 45%"]],
    ["完成年度任务的45%", ["completion 45%"]],
    ["年度任务80亿元", ["target 80亿元"]],
    ["距目标还差5亿元", ["gap 5亿元"]],
    ["开工率为85%", ["named-rate 85%"]],
    ["在全市排第4位", ["rank 4位"]],
    ["5000万元以上项目", ["size 5000万元"]],
    ["新增就业3200人", ["value 3200人"]],
    ["最低120元", ["value 120元"]],
  ])("%s", (text, expected) => expect(roles(`${text}。`)).toEqual(expected));

  test.each([
    ["由去年的120万吨下降到96万吨", ["base 120万吨", "value 96万吨"]],
    ["比2012年的300户增加42户", ["base 300户", "change 42户"]],
    ["上年同期为200元", ["base 200元"]],
    ["占年度任务8200万元的40.0%", ["target 8200万元", "completion 40.0%"]],
    ["占全村310户的20%", ["value 310户", "share 20%"]],
  ])("of figures that belong together: %s", (text, expected) => expect(roles(`${text}。`)).toEqual(expected));
});

describe("what is said of a role", () => {
  const first = (text: string) => read(text).mentions[0];
  test.each([
    ["增长8.5%", 1],
    ["下降8.5%", -1],
    ["减少12起", -1],
    ["增长-8.5%", -1],
    ["下降-8.5%", 1],
    ["高于全省2.1个百分点", 1],
    ["低于全省2.1个百分点", -1],
    ["完成12亿元", 0],
  ])("%s goes %i", (text, sign) => expect(first(text)?.sign).toBe(sign));

  test.each([
    ["同比增长3%", "last-year"],
    ["比上年增长3%", "last-year"],
    ["环比增长3%", "last-period"],
    ["比年初增加3亿元", "year-start"],
    ["比全省平均水平多3亿元", "other"],
    ["增长3%", ""],
  ])("%s is against %j", (text, comparator) => expect(first(text)?.comparator).toBe(comparator));

  test.each([
    ["按可比价计算增长9%", true],
    ["扣除价格因素增长9%", true],
    ["同口径增长9%", true],
    ["同比增长9%", false],
  ])("%s is on a basis of its own: %s", (text, isAdjusted) =>
    expect(first(text)?.isAdjusted).toBe(isAdjusted),
  );

  test.each([
    ["年均增长9%", true],
    ["增长9%", false],
  ])("%s is by the year: %s", (text, isAnnual) => expect(first(text)?.isAnnual).toBe(isAnnual));
});

describe("a record", () => {
  test.each([
    ["产值86亿元，比上年增加6亿元，增长8%", ["86亿元: change 6亿元, rate 8%"]],
    ["产量由120万吨下降到96万吨，下降20%", ["96万吨: base 120万吨, rate 20%"]],
    ["投资32亿元，占年度任务80亿元的40%", ["32亿元: target 80亿元, completion 40%"]],
    ["投资32亿元，增长4%；税收3亿元，下降2%", ["32亿元: rate 4%", "3亿元: rate 2%"]],
    ["投资32亿元，增长4%。税收3亿元，下降2%", ["32亿元: rate 4%", "3亿元: rate 2%"]],
    ["甲12亿元、乙34亿元，分别增长4%、5%", ["12亿元: rate 4%", "34亿元: rate 5%"]],
    [
      "甲、乙、丙分别完成1亿元、2亿元、3亿元，分别增长4%、5%、6%",
      ["1亿元: rate 4%", "2亿元: rate 5%", "3亿元: rate 6%"],
    ],
    ["存款120亿元（比年初增加8亿元），贷款60亿元", ["120亿元: change 8亿元", "60亿元: "]],
    ["事故64起，死亡26人，同比减少2起、4人", ["64起: change 2起", "26人: change 4人"]],
  ])("%s", (text, expected) => expect(records(`${text}。`)).toEqual(expected));

  test("ends with its sentence: a rate of the next sentence is not said of it", () => {
    expect(records("投资32亿元。增长4%。")).toEqual(["32亿元: ", ": rate 4%"]);
  });

  test("every mention has its record", () => {
    const reading = read("投资32亿元，增长4%，占任务80亿元的40%。税收3亿元，下降2%。");
    expect(reading.recordOf).toHaveLength(reading.mentions.length);
    reading.mentions.forEach((mention, i) => {
      const record = reading.recordOf[i];
      expect(record?.value === mention || record?.said.includes(mention)).toBe(true);
      expect(mention.index).toBe(i);
    });
  });
});
