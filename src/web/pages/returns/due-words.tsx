import { useState } from "react";
import type { ReturnBrief } from "../../../domains/returns/contract.ts";
import { dayInChina } from "../../../shared/china-day.ts";
import { countWorkingDays } from "../../../shared/working-days.ts";
import { useReturnTexts } from "../../i18n/returns.ts";
import { ShapeMark } from "../../shell/status-mark.tsx";

const soon = 2; // working days

/** The due day and how far off it is, in working days: ◆ late, ▲ soon, ○ later. Lateness is the server's to say. */
export function DueWords({ brief }: { brief: ReturnBrief }) {
  const r = useReturnTexts();
  const [today] = useState(() => dayInChina(new Date()));
  const isOpen = brief.submittedAt === null || brief.status === "sent-back";
  if (!isOpen || brief.status === "accepted") {
    return (
      <span className="due-mark">
        {brief.daysLate > 0 ? (
          <ShapeMark shape="late">{r.lateDays(brief.daysLate)}</ShapeMark>
        ) : (
          <ShapeMark shape="ok">{r.review.inTime}</ShapeMark>
        )}
        <span className="sub">{r.dueOn(brief.dueDay)}</span>
      </span>
    );
  }
  const left = brief.dueDay < today ? undefined : countWorkingDays(today, brief.dueDay);
  return (
    <span className="due-mark">
      {brief.daysLate > 0 ? (
        <ShapeMark shape="late">{r.lateDays(brief.daysLate)}</ShapeMark>
      ) : (
        left !== undefined && (
          <ShapeMark shape={left <= soon ? "watch" : "plain"}>{r.daysLeft(left)}</ShapeMark>
        )
      )}
      <span className="sub">{r.dueOn(brief.dueDay)}</span>
    </span>
  );
}
