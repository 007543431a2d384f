/** 线索: what waits for whom. Made for a phone at the door first, a dense table where there is room. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useLocation } from "@tanstack/react-router";
import type { ClueSummary } from "../../../../domains/relief/contract.ts";
import { QUEUES, verbsFrom } from "../../../../domains/relief/core/clues/clue-loop.ts";
import type { Queue } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { api, downloads } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay, useSession } from "../../../session/session.tsx";
import { MoreRows } from "../../../shell/more-rows.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import { ClueFilters } from "./clue-filters.tsx";
import { filterOf, useClueList } from "./clue-list.ts";
import { ClueTable } from "./clue-table.tsx";
import { DrawSample } from "./draw-sample.tsx";
import { ProgressTable } from "./progress-table.tsx";
import { Reminders } from "./reminders.tsx";

const route = getRouteApi("/clues");

export function ClueQueuePage() {
  const { t } = useSpeech();
  const summary = useQuery({
    queryKey: ["clue-summary"],
    queryFn: ({ signal }) => api.clueSummary({}, {}, signal),
  });
  usePageTitle(t.clues.title);
  if (summary.error !== null) return <Trouble error={summary.error} again={() => void summary.refetch()} />;
  if (summary.data === undefined) return <Waiting lines={10} />;
  return <Queues summary={summary.data} />;
}

function Queues({ summary }: { summary: ClueSummary }) {
  const { t, nameOf } = useSpeech();
  const search = route.useSearch();
  const done = useLocation({ select: ({ state }) => state.clueDone });
  const mine = useOwnQueues();
  const counts = summary.total.queues;
  const queue = search.queue ?? mine.find((one) => counts[one] > 0) ?? mine[0] ?? "visit";
  const isEmpty = summary.total.total === 0;
  return (
    <>
      <div className="page-head">
        <h1>
          {t.clues.title} <span className="of-region">{nameOf(summary.region)}</span>
        </h1>
        {!isEmpty && (
          <p className="actions no-print">
            <a href={downloads.clues("xlsx", filterOf({ ...search, queue }))} download>
              {t.figures.exportXlsx}
            </a>
            <a href={downloads.clues("csv", filterOf({ ...search, queue }))} download>
              {t.figures.exportCsv}
            </a>
          </p>
        )}
      </div>
      {done !== undefined && (
        <p className="message good" role="status">
          {done}
        </p>
      )}
      {isEmpty ? (
        <NothingYet />
      ) : (
        <>
          <Reminders />
          <QueueTabs queue={queue} mine={mine} counts={counts} />
          <ClueFilters queue={queue} summary={summary} />
          {queue === "review" && <DrawSample summary={summary} />}
          <QueueList queue={queue} isMine={mine.includes(queue)} />
          {summary.townships.length > 1 && <ProgressTable summary={summary} />}
        </>
      )}
    </>
  );
}

/** The queues in which this post has something to do. */
function useOwnQueues(): readonly Queue[] {
  const { permissions } = useSession();
  const rights: ReadonlySet<string> = new Set(permissions);
  return QUEUES.filter((queue) =>
    verbsFrom(queue, rights).some((verb) => verb !== "handOver" && verb !== "withdraw"),
  );
}

function NothingYet() {
  const { t } = useSpeech();
  const mayRun = useMay("lookback.run");
  return (
    <Empty title={t.clues.empty} next={mayRun ? t.clues.emptyRun : t.clues.emptyWait}>
      {mayRun && (
        <p>
          <Link to="/lookback" className="button first">
            {t.nav.lookback}
          </Link>
        </p>
      )}
    </Empty>
  );
}

type QueueTabsProps = { queue: Queue; mine: readonly Queue[]; counts: Readonly<Record<Queue, number>> };

/** Own queues first; the others follow, so that everybody can see where a clue has gone. */
function QueueTabs({ queue, mine, counts }: QueueTabsProps) {
  const { t } = useSpeech();
  const others = QUEUES.filter((one) => !mine.includes(one));
  return (
    <nav className="queue-tabs" aria-label={t.clues.queuesLabel}>
      <ul>
        {[...mine, ...others].map((one) => (
          <li key={one} className={mine.includes(one) ? "mine" : undefined}>
            <Link
              from="/clues"
              to="/clues"
              search={(before) => ({ ...before, queue: one })}
              resetScroll={false}
              aria-current={one === queue ? "page" : undefined}
              className={one === queue ? "here" : undefined}
              activeProps={{}}
            >
              {t.clues.queues[one]} <span className="count">{count(counts[one])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function QueueList({ queue, isMine }: { queue: Queue; isMine: boolean }) {
  const { t } = useSpeech();
  const search = { ...route.useSearch(), queue };
  const clues = useClueList(search);
  const items = clues.data?.pages.flatMap((page) => page.items) ?? [];
  if (clues.error !== null) return <Trouble error={clues.error} again={() => void clues.refetch()} />;
  if (clues.isPending) return <Waiting lines={8} />;
  if (items.length === 0) {
    const isFiltered = search.within !== undefined || search.rule !== undefined || search.late !== undefined;
    return (
      <Empty
        title={t.clues.noneHere(t.clues.queues[queue])}
        next={isFiltered ? t.clues.noneFiltered : isMine ? t.clues.noneMine : t.clues.noneOther}
      />
    );
  }
  return (
    <>
      <ClueTable items={items} search={search} />
      <MoreRows list={clues} shown={items.length} />
      <p className="fine keys no-print">{t.clues.queueKeys}</p>
    </>
  );
}
