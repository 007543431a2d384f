/** The briefing of the dispatch meeting. */
import type { Messages } from "../zh-CN.ts";
import { plural } from "./plural.ts";

export const briefing: Messages["briefing"] = {
  title: "Briefing",
  download: "Download Word",
  period: "Period",
  hint: "Every number opens its source; the Word file carries a table of sources.",
  appendix: "Appendix: sources",
  appendixNote: "Number, source and place of every figure in the text.",
  others: (n) => `Basis of the ranks: ${n} ${plural(n, "fact")} of other units`,
  sources: "Sources",
  sourceNumber: (n) => `source ${n}`,
  ref: "No.",
  value: "Value",
  auditHead: "Head of the audit chain",
  auditHeadText: (n, algorithm) => `seal ${n} (${algorithm})`,
  empty: "There is not enough for a briefing of this period.",
  emptyNext: "Import the figures of the period first, or choose another period.",
  print: "Print",
};
