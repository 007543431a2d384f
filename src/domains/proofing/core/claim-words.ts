/** Relations, verdicts and severities in words, both languages. */
import type { Relation, Severity, Verdict } from "./claim.ts";

type Words = { readonly zh: string; readonly en: string };

export const RELATION_WORDS: Readonly<Record<Relation, Words>> = {
  sum: { zh: "合计", en: "sum" },
  difference: { zh: "相差", en: "difference" },
  ratio: { zh: "占比", en: "share" },
  growth: { zh: "增减", en: "growth" },
  completion: { zh: "完成率", en: "completion" },
  product: { zh: "均值", en: "rate" },
  count: { zh: "计数", en: "count" },
  repeat: { zh: "前后", en: "repeat" },
  rank: { zh: "位次", en: "rank" },
  subset: { zh: "其中", en: "part" },
  trend: { zh: "走势", en: "trend" },
  date: { zh: "日期", en: "date" },
  ledger: { zh: "与台账", en: "ledger" },
};

export const VERDICT_WORDS: Readonly<Record<Verdict, Words>> = {
  consistent: { zh: "相符", en: "consistent" },
  inconsistent: { zh: "不符", en: "inconsistent" },
  unclear: { zh: "不明", en: "unclear" },
};

export const SEVERITY_WORDS: Readonly<Record<Severity, Words>> = {
  wrong: { zh: "有误", en: "wrong" },
  "last-digit": { zh: "末位之差", en: "last digit" },
  look: { zh: "可留意", en: "worth a look" },
};
