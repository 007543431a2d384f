/** Checking the arithmetic of a draft. */
import type { Claim } from "./claim.ts";
import { claimOf } from "./deciding/draft-claim.ts";
import { growthOf } from "./deciding/growth.ts";
import { looseQuotients, statedQuotients } from "./deciding/shares.ts";
import { pointsOf } from "./deciding/points.ts";
import { subsetsOf } from "./deciding/subsets.ts";
import { readSums } from "./deciding/sums.ts";
import { readRecords } from "./reading/records.ts";
import { scanText } from "./reading/scan.ts";

/** All claims of a draft in the order of its text. Pure, never throws, linear in the length of the text. */
export function proofText(text: string): readonly Claim[] {
  const reading = readRecords(scanText(text));
  const worked = reading.records.flatMap((record) => [
    ...growthOf(reading, record),
    ...statedQuotients(reading, record),
    ...looseQuotients(reading, record),
  ]);
  worked.push(...pointsOf(reading));
  const sums = readSums(reading);
  const told = new Set(
    sums.consistent.flatMap(({ list, parts }) => parts.map((part) => `${list.whole.index} ${part.index}`)),
  );
  worked.push(...subsetsOf(reading, (whole, part) => told.has(`${whole.index} ${part.index}`)));
  return [...worked.map((one) => claimOf(reading, one)), ...sums.claims].sort(
    (a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0),
  );
}
