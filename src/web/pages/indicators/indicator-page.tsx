/** One indicator: course, target path, ranks, what follows from it, and where every number came from. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { IndicatorView } from "../../../domains/indicators/contract.ts";
import { api, downloads } from "../../api/routes.ts";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useMay } from "../../session/session.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { PeriodPicker } from "../../shell/period-picker.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";
import { Derived } from "./derived.tsx";
import { CorrectionsSection, ForecastSection, LikeForLikeSection } from "./evidence-sections.tsx";
import { IndicatorCharts } from "./indicator-charts.tsx";
import { ChildrenSection, RankingSection } from "./region-sections.tsx";

const route = getRouteApi("/indicators/$measure");

export function IndicatorPage() {
  const { measure } = route.useParams();
  const search = route.useSearch();
  const { nameOf } = useSpeech();
  const indicator = useQuery({
    queryKey: ["indicator", measure, search],
    queryFn: ({ signal }) => api.indicator(search, { measure }, signal),
    placeholderData: keepPreviousData,
  });
  usePageTitle(indicator.data === undefined ? "" : nameOf(indicator.data.measure));
  if (indicator.error !== null)
    return <Trouble error={indicator.error} again={() => void indicator.refetch()} />;
  if (indicator.data === undefined) return <Waiting lines={16} />;
  return <Indicator view={indicator.data} />;
}

function Indicator({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const navigate = route.useNavigate();
  const mayExport = useMay("figures.export");
  const { measure, assessment } = view;
  const filter = { measure: measure.code, region: view.region.code };
  return (
    <>
      <p className="crumbs">
        <Link to="/indicators" search={true}>
          {t.indicators.title}
        </Link>
      </p>
      <div className="page-head">
        <h1>
          {nameOf(measure)} <span className="of-region">{nameOf(view.region)}</span>
        </h1>
        <PeriodPicker
          period={view.period}
          periods={view.periods}
          onPeriod={(period) => void navigate({ search: (before) => ({ ...before, period }) })}
        />
      </div>
      <p className="note indicator-kind">
        <StatusMark standing={assessment.standing} />
        <span>{formatPeriod(view.period, "ytd", lang)}</span>
        <span>{t.indicators.kinds[measure.kind]}</span>
        {measure.priceBasis !== "none" && <span>{t.indicators.price[measure.priceBasis]}</span>}
        <span>{t.indicators.policy[measure.growthPolicy]}</span>
      </p>
      {view.series.length === 0 && "missing" in assessment.value ? (
        <Empty title={t.indicators.noHistory} next={t.indicators.noHistoryNext} />
      ) : (
        <div className="indicator-grid">
          <IndicatorCharts view={view} />
          <Derived view={view} />
        </div>
      )}
      <LikeForLikeSection view={view} />
      <ForecastSection view={view} />
      <CorrectionsSection view={view} />
      <div className="two-columns even">
        <RankingSection view={view} />
        <ChildrenSection view={view} />
      </div>
      <p className="actions page-end no-print">
        <Link to="/figures" search={{ measure: measure.code, region: view.region.code }}>
          {t.indicators.allFigures}
        </Link>
        {mayExport && (
          <a href={downloads.figures("xlsx", filter)} download>
            {t.indicators.exportAll}
          </a>
        )}
      </p>
    </>
  );
}
