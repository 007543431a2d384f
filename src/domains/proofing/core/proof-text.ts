/** Checking the arithmetic of a draft. */
import type { Claim } from "./claim.ts";
import { annualOf } from "./deciding/annual.ts";
import { balancesOf } from "./deciding/balances.ts";
import { conversionsOf } from "./deciding/conversions.ts";
import { countsOf } from "./deciding/counts.ts";
import { datesOf } from "./deciding/dates.ts";
import { claimOf } from "./deciding/draft-claim.ts";
import { growthOf } from "./deciding/growth.ts";
import { readLists } from "./deciding/lists.ts";
import { pointsOf } from "./deciding/points.ts";
import { productsOf } from "./deciding/products.ts";
import { proportionsOf } from "./deciding/proportions.ts";
import { ranksOf } from "./deciding/ranks.ts";
import { sharesOf } from "./deciding/shares.ts";
import { subsetsOf } from "./deciding/subsets.ts";
import { readSums } from "./deciding/sums.ts";
import { trendsOf } from "./deciding/trends.ts";
import { type Reading, readRecords } from "./reading/records.ts";
import { scanText } from "./reading/scan.ts";

/** All claims of a draft in the order of its text. Pure, never throws, linear in the length of the text. */
export function proofText(text: string): readonly Claim[] {
  return proofReading(readRecords(scanText(text)));
}

/** The same of a draft that is read already. */
export function proofReading(reading: Reading): readonly Claim[] {
  const lists = readLists(reading);
  const sums = readSums(reading, lists);
  const worked = [
    ...reading.records.flatMap((record) => [...growthOf(reading, record), ...annualOf(reading, record)]),
    ...sharesOf(reading),
    ...pointsOf(reading),
    ...productsOf(reading),
    ...balancesOf(reading),
    ...conversionsOf(reading),
    ...ranksOf(reading),
    ...proportionsOf(reading, sums.consistent),
    ...subsetsOf(reading, lists, sums.consistent),
  ];
  const claims = [
    ...withoutRepeats([...sums.claims, ...worked.map((one) => claimOf(reading, one))]),
    ...trendsOf(reading), // figures that happen to add up may fall and rise all the same
    ...datesOf(reading),
    ...countsOf(reading),
  ];
  return claims.sort((a, b) => firstOf(a) - firstOf(b));
}

function firstOf({ spans }: Claim): number {
  return spans[0]?.[0] ?? 0;
}

/** 192个中有42个，剩余150个 is a sum and a difference: of claims about the same figures the first is told. */
function withoutRepeats(claims: readonly Claim[]): Claim[] {
  const told = new Set<string>();
  return claims.filter(({ spans }) => {
    const key = spans
      .map(([start]) => start)
      .sort((a, b) => a - b)
      .join(" ");
    const isNew = spans.length < 2 || !told.has(key);
    told.add(key);
    return isNew;
  });
}
