/** 指标: one row an indicator, with what it is and how it stands. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { OverviewView } from "../../../domains/indicators/contract.ts";
import { api } from "../../api/routes.ts";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { PeriodPicker } from "../../shell/period-picker.tsx";
import { RankCell } from "../../shell/rank-cell.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TracedNumber } from "../../shell/traced-number.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";

const route = getRouteApi("/indicators");

export function IndicatorsPage() {
  const { t, nameOf } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const overview = useQuery({
    queryKey: ["overview", search],
    queryFn: ({ signal }) => api.overview(search, {}, signal),
    placeholderData: keepPreviousData,
  });
  usePageTitle(t.indicators.title);
  if (overview.error !== null)
    return <Trouble error={overview.error} again={() => void overview.refetch()} />;
  if (overview.data === undefined) return <Waiting lines={12} />;
  const view = overview.data;
  return (
    <>
      <div className="page-head">
        <h1>
          {t.indicators.title} · {nameOf(view.region)}
        </h1>
        <PeriodPicker
          period={view.period}
          periods={view.periods}
          onPeriod={(period) => void navigate({ search: (before) => ({ ...before, period }) })}
        />
      </div>
      {view.rows.length === 0 ? (
        <Empty title={t.indicators.empty} next={t.indicators.emptyNext}>
          <p>
            <Link to="/">{t.trouble.home}</Link>
          </p>
        </Empty>
      ) : (
        <IndicatorTable view={view} />
      )}
    </>
  );
}

function IndicatorTable({ view }: { view: OverviewView }) {
  const { t, lang } = useSpeech();
  const head = t.indicators;
  return (
    <table className="table list blocks indicator-table">
      <caption>
        {formatPeriod(view.period, "ytd", lang)} · {head.hint}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t.overview.indicator}</th>
          <th scope="col">{t.overview.standing}</th>
          <th scope="col" className="r">
            {head.value}
          </th>
          <th scope="col" className="r">
            {head.month}
          </th>
          <th scope="col" className="r">
            {head.growth}
          </th>
          <th scope="col">{head.trend}</th>
          <th scope="col" className="r">
            {head.rank}
          </th>
          <th scope="col">{head.kind}</th>
          <th scope="col">{head.priceBasis}</th>
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <IndicatorRow key={row.measure.code} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function IndicatorRow({ row: { measure, assessment } }: { row: OverviewView["rows"][number] }) {
  const { t, nameOf } = useSpeech();
  const head = t.indicators;
  const name = nameOf(measure);
  return (
    <tr>
      <th scope="row">
        <Link to="/indicators/$measure" params={{ measure: measure.code }} search={true}>
          {name}
        </Link>
      </th>
      <td className="standing">
        <StatusMark standing={assessment.standing} />
      </td>
      <td className="r" data-label={head.value}>
        <TracedNumber number={assessment.value} title={`${name} · ${head.value}`} />
      </td>
      <td className="r" data-label={head.month}>
        <TracedNumber number={assessment.month} title={`${name} · ${head.month}`} />
      </td>
      <td className="r pct" data-label={head.growth}>
        <TracedNumber number={assessment.growth} title={`${name} · ${head.growth}`} />
      </td>
      <td data-label={head.trend}>{"missing" in assessment.trend ? "" : t.trend[assessment.trend.word]}</td>
      <td className="r" data-label={head.rank}>
        <RankCell
          name={name}
          rank={assessment.rank}
          history={assessment.rankHistory}
          period={assessment.period}
        />
      </td>
      <td data-label={head.kind}>{head.kinds[measure.kind]}</td>
      <td data-label={head.priceBasis} title={head.policy[measure.growthPolicy]}>
        {head.price[measure.priceBasis]}
      </td>
    </tr>
  );
}
