import { expect, test } from "vitest";
import { chooseFindings, chooseReported } from "./choose-claims.ts";
import { SEVERITIES, VERDICTS } from "./claim.ts";
import type { Claim } from "./claim.ts";

const claims = VERDICTS.flatMap((verdict) =>
  SEVERITIES.map((severity) => ({ verdict, severity, relation: "sum" }) as Claim),
);
const words = (chosen: readonly Claim[]) => chosen.map((claim) => `${claim.verdict} ${claim.severity}`);

test("only what is wrong is a finding, unless all are asked for", () => {
  expect(words(chooseFindings(claims, false))).toEqual(["inconsistent wrong"]);
  expect(words(chooseFindings(claims, true))).toEqual([
    "inconsistent wrong",
    "inconsistent last-digit",
    "inconsistent look",
  ]);
});

test("a program is also told what holds and what is unclear", () => {
  const few = words(chooseReported(claims, false));
  expect(few.filter((word) => word.startsWith("inconsistent"))).toEqual(["inconsistent wrong"]);
  expect(few).toHaveLength(7);
  expect(chooseReported(claims, true)).toEqual(claims);
});
