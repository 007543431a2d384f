/** Strings that no one would write, made of what the reader looks for: for tests and benchmarks. */
import type { Draws } from "./example-draws.ts";

const PIECES = [
  ...Array.from("0123456789.,%‰:：；;、，。（）()《》\n\t 　~—-+±×÷①②#"),
  ...Array.from("０１２．％一二三十百千万亿零两几多余约近半"),
  "亿元",
  "万元",
  "万吨",
  "户",
  "人",
  "个",
  "百分点",
  "倍",
  "成",
  "位",
  "亿千瓦时",
  "公里",
  "亩",
  "年",
  "月",
  "日",
  "其中",
  "分别为",
  "占",
  "增长",
  "下降",
  "同比",
  "完成",
  "比",
  "由",
  "到",
  "共",
  "合计",
  "每户",
  "排名第",
  "等",
  "任务",
  "增加到",
  "比上年同期",
  "百分之",
  "左右",
  "以上",
  "呈下降趋势",
  "一是",
  "每人",
  "2016年",
  "2月30日",
  "星期一",
  "第3位",
  "12.5:47.3:40.2",
  "1,234.5",
  "G108",
  "km2",
  "[3]",
  "〔2016〕60号",
  "__proto__",
  "\u202e",
  "\ud800",
  "\udfff",
  "😀",
  "\u0000",
  "é",
  "٣",
  "abc",
  "∞",
  "NaN",
  "-0",
  "1e309",
  "99999999999999999999",
];

/** Up to `most` pieces, some of them again and again. */
export function noise(draws: Draws, most = 60): string {
  let text = "";
  for (let left = draws.int(0, most); left > 0; left--) {
    const piece = draws.isLucky(10) ? String.fromCharCode(draws.int(0, 0xffff)) : draws.pick(PIECES);
    text += draws.isLucky(4) ? piece.repeat(draws.int(2, 40)) : piece;
  }
  return text;
}

/** Texts of one piece without end, each of which tempts a careless reader to go back again and again. */
export const TEDIOUS: Readonly<Record<string, string>> = {
  "a sum after a sum": "共有冷库92个。其中，去年结转31个，今年新建61个。",
  "one sentence without end": "全镇完成投资12.5亿元，",
  "a row of counts": "3个、",
  "shares without a stop": "12万元占",
  digits: "1234567890",
  "Chinese numerals": "一百二十",
  "brackets never closed": "（3个",
  spaces: "   ",
  "shares of nothing": "甲10个，占5%；",
  "growth of growth": "增长3.5%，",
  "commas in numbers": "1,234,",
};
