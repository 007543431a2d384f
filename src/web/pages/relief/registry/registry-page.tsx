/** 扶贫台账: totals of the scope, persons by household, villages. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RegistrySummary } from "../../../../domains/relief/contract.ts";
import { api, downloads } from "../../../api/routes.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay, useSession } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { SourceBadge } from "../../../shell/source-badge.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { causeName } from "../cause-name.ts";
import { FindByNumber } from "./find-by-number.tsx";
import { Persons } from "./persons.tsx";
import { RegistryFilters, useSearched } from "./registry-filters.tsx";
import { count } from "../count.ts";
import { VillageTable } from "./village-table.tsx";

const route = getRouteApi("/relief");

export function RegistryPage() {
  const { t } = useSpeech();
  const { within } = route.useSearch();
  const summary = useQuery({
    queryKey: ["registry-summary", within],
    queryFn: ({ signal }) => api.registrySummary({ within }, {}, signal),
    placeholderData: (before) => before,
  });
  usePageTitle(t.relief.title);
  if (summary.error !== null) return <Trouble error={summary.error} again={() => void summary.refetch()} />;
  return <Registry summary={summary.data} isStale={summary.isPlaceholderData} />;
}

type RegistryProps = { summary: RegistrySummary | undefined; isStale: boolean };

/** The persons do not wait for the counts of all villages. */
function Registry({ summary, isStale }: RegistryProps) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const region = summary?.region ?? post.region;
  const isEmpty = summary?.persons === 0 && summary.newest === null;
  return (
    <>
      <div className="page-head">
        <h1>
          {t.relief.title} <span className="of-region">{nameOf(region)}</span>
        </h1>
        <RegistryActions hasAny={!isEmpty} />
      </div>
      {isEmpty ? (
        <NothingYet />
      ) : (
        <>
          <div className={isStale ? "registry-counts stale" : "registry-counts"} aria-busy={isStale}>
            {summary === undefined ? (
              <Waiting lines={2} />
            ) : (
              <>
                <Origin newest={summary.newest} />
                <Totals summary={summary} />
              </>
            )}
          </div>
          <RegistryFilters region={region} />
          <FindByNumber />
          <div className="registry-columns">
            <Persons />
            <aside aria-label={t.relief.villagesAndCauses} className={isStale ? "stale" : undefined}>
              {summary !== undefined && (
                <>
                  <VillageTable villages={summary.villages} />
                  <Causes causes={summary.causes} />
                </>
              )}
            </aside>
          </div>
        </>
      )}
    </>
  );
}

function RegistryActions({ hasAny }: { hasAny: boolean }) {
  const { t } = useSpeech();
  const { within, status } = route.useSearch();
  const q = useSearched();
  const mayImport = useMay("registry.import");
  const filter = { within, status, ...(q === "" ? {} : { q }) };
  return (
    <p className="actions no-print">
      {mayImport && <Link to="/relief/import">{t.relief.import}</Link>}
      {hasAny && (
        <>
          <a href={downloads.registry("xlsx", filter)} download>
            {t.figures.exportXlsx}
          </a>
          <a href={downloads.registry("csv", filter)} download>
            {t.figures.exportCsv}
          </a>
        </>
      )}
    </p>
  );
}

function NothingYet() {
  const { t } = useSpeech();
  const mayImport = useMay("registry.import");
  return (
    <Empty title={t.relief.empty} next={mayImport ? t.relief.emptyImport : t.relief.emptyAsk}>
      {mayImport && (
        <p>
          <Link to="/relief/import" className="button first">
            {t.relief.import}
          </Link>
        </p>
      )}
    </Empty>
  );
}

function Origin({ newest }: { newest: RegistrySummary["newest"] }) {
  const { t } = useSpeech();
  if (newest === null) return null;
  return (
    <p className="note page-note">
      <SourceBadge kind={newest.origin} /> {t.relief.newest(newest.title, formatInstant(newest.recordedAt))}
      {newest.origin === "synthetic" && ` ${t.relief.synthetic}`}
    </p>
  );
}

function Totals({ summary }: { summary: RegistrySummary }) {
  const { t } = useSpeech();
  const sum = (of: "exited" | "removed" | "withoutId") =>
    summary.villages.reduce((total, village) => total + village[of], 0);
  const totals: readonly [string, number][] = [
    [t.relief.villages, summary.villages.length],
    [t.relief.households, summary.households],
    [t.relief.persons, summary.persons],
    [t.relief.exitedHouseholds, sum("exited")],
    [t.relief.removedHouseholds, sum("removed")],
    [t.relief.withoutId, sum("withoutId")],
  ];
  return (
    <dl className="pairs totals">
      {totals.map(([name, n]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count(n)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Causes({ causes }: { causes: RegistrySummary["causes"] }) {
  const { t, lang } = useSpeech();
  if (causes.length === 0) return null;
  const most = Math.max(...causes.map((one) => one.households));
  return (
    <table className="table causes">
      <caption>{t.relief.mainCauses}</caption>
      <tbody>
        {causes.map(({ cause, households }) => (
          <tr key={cause}>
            <th scope="row">{causeName(cause, lang)}</th>
            <td className="bar">
              <span>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(households / most) * 100} height="8" />
                </svg>
                {count(households)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
