/** Checking the arithmetic of a draft. */
import type { Claim } from "./claim.ts";
import { annualOf } from "./deciding/annual.ts";
import { balancesOf } from "./deciding/balances.ts";
import { conversionsOf } from "./deciding/conversions.ts";
import { countsOf } from "./deciding/counts.ts";
import { datesOf } from "./deciding/dates.ts";
import { claimOf } from "./deciding/draft-claim.ts";
import { growthOf } from "./deciding/growth.ts";
import { pointsOf } from "./deciding/points.ts";
import { productsOf } from "./deciding/products.ts";
import { proportionsOf } from "./deciding/proportions.ts";
import { ranksOf } from "./deciding/ranks.ts";
import { sharesOf } from "./deciding/shares.ts";
import { subsetsOf } from "./deciding/subsets.ts";
import { readSums } from "./deciding/sums.ts";
import { trendsOf } from "./deciding/trends.ts";
import { readRecords } from "./reading/records.ts";
import { scanText } from "./reading/scan.ts";

/** All claims of a draft in the order of its text. Pure, never throws, linear in the length of the text. */
export function proofText(text: string): readonly Claim[] {
  const reading = readRecords(scanText(text));
  const sums = readSums(reading);
  const worked = [
    ...reading.records.flatMap((record) => [...growthOf(reading, record), ...annualOf(reading, record)]),
    ...sharesOf(reading),
    ...pointsOf(reading),
    ...productsOf(reading),
    ...balancesOf(reading),
    ...conversionsOf(reading),
    ...ranksOf(reading),
    ...proportionsOf(reading, sums.consistent),
    ...subsetsOf(reading, sums.consistent),
  ];
  const claims = [
    ...worked.map((one) => claimOf(reading, one)),
    ...sums.claims,
    ...trendsOf(reading),
    ...datesOf(reading),
    ...countsOf(reading),
  ];
  return claims.sort((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0));
}
