/** 调度会材料 as it will be printed: on paper, each figure opening its source. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { BriefingView } from "../../../domains/dispatch/contract.ts";
import { isFailure } from "../../api/problem.ts";
import { api, downloads } from "../../api/routes.ts";
import { formatDecimal } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { PeriodPicker } from "../../shell/period-picker.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";
import { BriefingBlock } from "./briefing-block.tsx";
import { BriefingSources } from "./briefing-sources.tsx";

const route = getRouteApi("/briefing");

export function BriefingPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const briefing = useQuery({
    queryKey: ["briefing", search],
    queryFn: ({ signal }) => api.briefing(search, {}, signal),
    placeholderData: keepPreviousData,
  });
  // The months to choose from are those of the overview.
  const overview = useQuery({
    queryKey: ["overview", search],
    queryFn: ({ signal }) => api.overview(search, {}, signal),
  });
  usePageTitle(t.briefing.title);
  const period = briefing.data?.period ?? search.period;
  return (
    <>
      <div className="page-head no-print">
        <h1>{t.briefing.title}</h1>
        {period !== undefined && (
          <PeriodPicker
            period={period}
            periods={overview.data?.periods ?? []}
            onPeriod={(next) => void navigate({ search: (before) => ({ ...before, period: next }) })}
          />
        )}
        {briefing.data !== undefined && (
          <p className="actions">
            <a
              className="button"
              href={downloads.briefing({ ...search, period: briefing.data.period })}
              download
            >
              {t.briefing.download}
            </a>
            <button type="button" className="text-button" onClick={() => print()}>
              {t.briefing.print}
            </button>
          </p>
        )}
      </div>
      <p className="note page-note no-print">{t.briefing.hint}</p>
      {briefing.error !== null && isFailure(briefing.error, "BRIEFING_EMPTY") ? (
        <Empty title={t.briefing.empty} next={t.briefing.emptyNext} />
      ) : briefing.error !== null ? (
        <Trouble error={briefing.error} again={() => void briefing.refetch()} />
      ) : null}
      {briefing.isPending && <Waiting lines={20} />}
      {briefing.data !== undefined && briefing.error === null && (
        <Paper view={briefing.data} region={overview.data?.region.nameZh} />
      )}
    </>
  );
}

/** "2016-08-26" as documents write it: 2016年8月26日. */
function chineseDay(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : iso;
}

function Paper({ view, region }: { view: BriefingView; region: string | undefined }) {
  const { t } = useSpeech();
  return (
    <>
      {/* The document itself is Chinese whatever the language of the page. */}
      <article className="paper" lang="zh-CN" aria-label={view.title}>
        <h2 className="official-title">{view.title}</h2>
        <p className="official-issuer">
          {view.issuer}
          {view.date !== "" && <span>{chineseDay(view.date)}</span>}
        </p>
        {view.blocks.map((block, index) => (
          <BriefingBlock key={index} block={block} />
        ))}
      </article>
      <BriefingSources view={view} region={region} />
      <section className="section" aria-labelledby="audit-head">
        <header>
          <h2 id="audit-head">{t.briefing.auditHead}</h2>
        </header>
        <p>
          {t.briefing.auditHeadText(
            formatDecimal(String(view.auditHead.number)),
            view.auditHead.algorithm.toUpperCase(),
          )}
          <br />
          <span className="mono">{view.auditHead.hash}</span>
        </p>
      </section>
    </>
  );
}
