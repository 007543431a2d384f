/** 概览: what is late, then every indicator on one page. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { OverviewView } from "../../../domains/indicators/contract.ts";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { PeriodPicker } from "../../shell/period-picker.tsx";
import { Trouble, Waiting } from "../../shell/trouble.tsx";
import { GrowthMultiples } from "./growth-multiples.tsx";
import { NothingYet } from "./nothing-yet.tsx";
import { LateSentence } from "./late-sentence.tsx";
import { OverviewTable } from "./overview-table.tsx";

const route = getRouteApi("/");

export function OverviewPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const overview = useQuery({
    queryKey: ["overview", search],
    queryFn: ({ signal }) => api.overview(search, {}, signal),
    placeholderData: keepPreviousData,
  });
  usePageTitle(t.overview.heading);
  if (overview.error !== null)
    return <Trouble error={overview.error} again={() => void overview.refetch()} />;
  if (overview.data === undefined) return <Waiting lines={14} />;
  return <Overview view={overview.data} isStale={overview.isPlaceholderData} />;
}

function Overview({ view, isStale }: { view: OverviewView; isStale: boolean }) {
  const { t, nameOf } = useSpeech();
  const navigate = route.useNavigate();
  const hasAny = view.rows.some((row) => !("missing" in row.assessment.value));
  return (
    <div aria-busy={isStale} className={isStale ? "stale" : undefined}>
      <div className="page-head">
        <h1>{t.overview.title(nameOf(view.region))}</h1>
        <PeriodPicker
          period={view.period}
          periods={view.periods}
          onPeriod={(period) => void navigate({ search: (before) => ({ ...before, period }) })}
        />
      </div>
      {hasAny ? (
        <>
          <LateSentence rows={view.rows} />
          <OverviewTable view={view} />
          <GrowthMultiples rows={view.rows} />
        </>
      ) : (
        <NothingYet region={view.region.code} period={view.period} />
      )}
    </div>
  );
}
