/** 未能自动布置: periods that the schedule calls for and that stay closed, with the reason, until it is mended. */
import type { ReactNode } from "react";
import type { BlockedView } from "../../../../domains/returns/contract.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";

type BlockedPeriodsProps = {
  blocked: readonly BlockedView[];
  /** where it is mended, when that is another page */
  children?: ReactNode;
};

export function BlockedPeriods({ blocked, children }: BlockedPeriodsProps) {
  const { lang, say } = useSpeech();
  const r = useReturnTexts();
  if (blocked.length === 0) return null;
  const reasons = [...new Set(blocked.map(say))];
  const periodsOf = (reason: string): string =>
    blocked
      .filter((one) => say(one) === reason)
      .map(({ period }) => formatPeriod(period, "month", lang))
      .join(r.blocked.listed);
  return (
    <div className="message bad blocked-periods" role="status">
      <p className="title">{r.blocked.title}</p>
      <ul className="problem-list">
        {reasons.map((reason) => (
          <li key={reason}>
            <strong>{periodsOf(reason)}</strong> {reason}
          </li>
        ))}
      </ul>
      <p className="fine">
        {r.blocked.hint} {children}
      </p>
    </div>
  );
}
