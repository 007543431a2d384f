/** The briefing of the dispatch meeting. */
export const briefing = {
  title: "调度会材料",
  download: "下载 Word",
  period: "材料期",
  hint: "每个数字都可点开看来源；Word 版附来源表。",
  appendix: "附：数据来源",
  appendixNote: "正文中每个数字的编号、来源与位置。",
  others: (n: number) => `位次计算依据：其他单位 ${n} 项`,
  sources: "来源",
  sourceNumber: (n: number) => `来源${n}`,
  ref: "编号",
  value: "数值",
  auditHead: "审计链首",
  auditHeadText: (n: string, algorithm: string) => `第 ${n} 环（${algorithm}）`,
  empty: "这一期还写不成材料。",
  emptyNext: "先导入这一期的数据，或换一个时期。",
  print: "打印",
};
