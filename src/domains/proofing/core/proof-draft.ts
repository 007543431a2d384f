/** One reading of a draft for both: its arithmetic, and the figures that the ledger can be asked about. */
import type { Claim } from "./claim.ts";
import type { LedgerNames } from "./ledger/ledger-words.ts";
import { recogniseFigures, type RecognisedFigure } from "./ledger/recognise.ts";
import { proofReading } from "./proof-text.ts";
import { readRecords } from "./reading/records.ts";
import { scanText } from "./reading/scan.ts";

export type ProofedText = {
  readonly claims: readonly Claim[];
  /** none where there is no ledger to ask */
  readonly figures: readonly RecognisedFigure[];
};

export function proofDraftText(text: string, names: LedgerNames | undefined): ProofedText {
  const reading = readRecords(scanText(text));
  return { claims: proofReading(reading), figures: names ? recogniseFigures(reading, names) : [] };
}
