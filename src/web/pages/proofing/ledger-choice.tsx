/** Which region and month the draft is of: what its figures are compared with in the ledger. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/routes.ts";
import { nearRegionsQuery } from "../../api/shared-queries.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { PeriodAndRegion } from "../../search-params.ts";
import { useSession } from "../../session/session.tsx";
import { PeriodPicker } from "../../shell/period-picker.tsx";
import { Choice } from "../../shell/text-field.tsx";

type LedgerChoiceProps = { asked: PeriodAndRegion; onAsked: (asked: PeriodAndRegion) => void };

export function LedgerChoice({ asked, onAsked }: LedgerChoiceProps) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const regions = useQuery(nearRegionsQuery(post.region.code)).data ?? [post.region];
  // The months to choose from are those of the overview.
  const overview = useQuery({
    queryKey: ["overview", asked],
    queryFn: ({ signal }) => api.overview(asked, {}, signal),
    placeholderData: keepPreviousData,
  });
  const period = asked.period ?? overview.data?.period;
  const region = asked.region ?? post.region.code;
  return (
    <div className="ledger-choice">
      {regions.length > 1 && (
        <div className="period-picker">
          <Choice
            label={t.app.region}
            value={String(region)}
            onValue={(code) => onAsked({ ...asked, region: Number(code) })}
            options={regions.map((one) => ({ value: String(one.code), name: nameOf(one) }))}
          />
        </div>
      )}
      {period !== undefined && (
        <PeriodPicker
          period={period}
          periods={overview.data?.periods ?? []}
          onPeriod={(next) => onAsked({ ...asked, period: next })}
        />
      )}
    </div>
  );
}
