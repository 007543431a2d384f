import type { ClueRow } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";

const soon = 2; // working days

/** The due day and how far off it is, in working days: ◆ late, ▲ soon, ○ later. */
export function DueMark({ clue }: { clue: Pick<ClueRow, "dueDay" | "workingDaysLeft" | "queue"> }) {
  const { t } = useSpeech();
  if (clue.queue === "closed") return <span className="fine">{clue.dueDay}</span>;
  const left = clue.workingDaysLeft;
  const shape = left < 0 ? "late" : left <= soon ? "watch" : "plain";
  return (
    <span className="due-mark">
      <ShapeMark shape={shape}>{t.clues.daysLeft(left)}</ShapeMark>
      <span className="sub">{t.clues.dueOn(clue.dueDay)}</span>
    </span>
  );
}
