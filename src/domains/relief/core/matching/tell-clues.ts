/** Clues as lines of a table that people open in a spreadsheet. */
import { csvCell } from "../../../../shared/csv-cell.ts";
import { tellShared } from "./evidence.ts";
import type { EvidenceItem } from "./evidence.ts";

export type ClueLine = {
  personId: string;
  register: string;
  rowId: string;
  tier: string;
  probability: number;
  evidence: readonly EvidenceItem[];
};

export const CLUE_HEADINGS = "person_id,register,row_id,tier,probability,evidence\n";

/** One line with its end. */
export function tellClue(clue: ClueLine, lang: "zh" | "en"): string {
  const { personId, register, rowId, tier, probability, evidence } = clue;
  const words = evidence.map((item) => tellShared(item)[lang]).join(lang === "zh" ? "；" : "; ");
  const cells = [csvCell(personId), csvCell(register), csvCell(rowId), csvCell(tier)].join(",");
  return `${cells},${probability.toFixed(6)},${csvCell(words)}\n`;
}
