/**
 * What proofing says about a draft.
 *
 * Words:
 * - draft 材料: the text that is read, whatever file it came in
 * - claim 数字关系: one arithmetic relation that the draft states between its figures ("61个加132个等于192个"), or
 *   between one of its figures and the ledger
 * - verdict: consistent when some values inside the printed figures' intervals satisfy the relation, inconsistent when
 *   none do, unclear when the draft does not say enough to decide
 * - severity 程度: wrong 有误 (reported always); last-digit 末位之差 (the last printed digit is off, as after rounding
 *   twice or cutting off); look 可留意 (odd, and possibly meant). What is not inconsistent has the severity look.
 * - slip 疑似笔误: how the wrong figure probably came about
 */

/** UTF-16 offsets into the draft's text: from, to (exclusive). */
export type Span = readonly [start: number, end: number];

export const RELATIONS = [
  "sum",
  "difference",
  "ratio",
  "growth",
  "completion",
  "product",
  "count",
  "repeat",
  "rank",
  "subset",
  "trend",
  "date",
  "ledger",
] as const;
export type Relation = (typeof RELATIONS)[number];

export const VERDICTS = ["consistent", "inconsistent", "unclear"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const SEVERITIES = ["wrong", "last-digit", "look"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SLIPS = [
  "transposed-digits",
  "one-digit",
  "decimal-point",
  "unit",
  "divided-by-current",
  "cut-off",
  "direction",
] as const;
export type Slip = (typeof SLIPS)[number];

export type Claim = {
  readonly relation: Relation;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** the figures of the claim; the first is the one that was worked out (total, rate, share) */
  readonly spans: readonly Span[];
  /** the passage that holds all of them */
  readonly text: string;
  /** the first figure as printed: "192个" */
  readonly stated: string;
  /** the same figure worked out from the others, rounded as it is printed: "193个" */
  readonly computed: string;
  /** the calculation in words, and the slip when there is a likely one */
  readonly message: { readonly zh: string; readonly en: string };
  readonly slip?: Slip;
  /** one replacement that would make the relation true; only where a single figure is the likely culprit */
  readonly correction?: { readonly span: Span; readonly replacement: string };
  /** the facts of the ledger it was compared with: "f12", "t3", "o1"; relation ledger only */
  readonly refs?: readonly string[];
};

/** How many there are of each kind; wrong, last-digit and look count inconsistent claims only. */
export type ClaimCounts = { wrong: number; lastDigit: number; look: number; consistent: number };

export function countClaims(claims: readonly Claim[]): ClaimCounts {
  const counts = { wrong: 0, lastDigit: 0, look: 0, consistent: 0 };
  for (const { verdict, severity } of claims) {
    if (verdict === "consistent") counts.consistent++;
    else if (verdict === "inconsistent") counts[severity === "last-digit" ? "lastDigit" : severity]++;
  }
  return counts;
}
