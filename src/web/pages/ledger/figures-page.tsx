/** 数据: the ledger itself, filtered, sorted, a page at a time. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { downloads, api } from "../../api/routes.ts";
import type { FigureFilter } from "../../api/routes.ts";
import { measuresQuery } from "../../api/shared-queries.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useMay } from "../../session/session.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";
import { FigureFilters } from "./figure-filters.tsx";
import { FigureTable } from "./figure-table.tsx";

const route = getRouteApi("/figures");

export function FiguresPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const measures = useQuery(measuresQuery);
  const figures = useInfiniteQuery({
    queryKey: ["figures", search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.figures({ ...search, cursor: pageParam }, {}, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  usePageTitle(t.figures.title);
  const items = figures.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{t.figures.title}</h1>
        <FigureActions filter={search} />
      </div>
      <p className="note page-note">{t.figures.hint}</p>
      <FigureFilters measures={measures.data ?? []} />
      {figures.error !== null && <Trouble error={figures.error} again={() => void figures.refetch()} />}
      {figures.isPending && <Waiting lines={12} />}
      {figures.isSuccess && items.length === 0 && (
        <Empty title={t.figures.empty} next={t.figures.emptyNext} />
      )}
      {items.length > 0 && (
        <>
          <FigureTable items={items} measures={measures.data ?? []} sort={search.sort ?? "-period"} />
          <p className="actions list-end">
            {figures.hasNextPage && (
              <button
                type="button"
                className="button"
                aria-disabled={figures.isFetchingNextPage}
                onClick={() => {
                  if (!figures.isFetchingNextPage) void figures.fetchNextPage();
                }}
              >
                {figures.isFetchingNextPage ? t.app.loading : t.figures.loadMore}
              </button>
            )}
            <span className="fine" role="status">
              {t.figures.shown(items.length)}
              {!figures.hasNextPage && ` · ${t.figures.end}`}
            </span>
          </p>
        </>
      )}
    </>
  );
}

function FigureActions({ filter }: { filter: FigureFilter }) {
  const { t } = useSpeech();
  const mayWrite = useMay("figures.write");
  const mayExport = useMay("figures.export");
  return (
    <p className="actions no-print">
      {mayWrite && <Link to="/figures/import">{t.figures.import}</Link>}
      {mayWrite && <Link to="/figures/record">{t.figures.record}</Link>}
      {mayExport && (
        <a href={downloads.figures("xlsx", filter)} download>
          {t.figures.exportXlsx}
        </a>
      )}
      {mayExport && (
        <a href={downloads.figures("csv", filter)} download>
          {t.figures.exportCsv}
        </a>
      )}
    </p>
  );
}
