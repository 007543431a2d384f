/** One figure: its value, where it came from, all its versions, and the way to correct it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { FigureDetail } from "../../../domains/ledger/contract.ts";
import { isFailure } from "../../api/problem.ts";
import { api } from "../../api/routes.ts";
import { figureText, showFigure } from "../../format/figure.ts";
import { formatDecimal } from "../../format/number.ts";
import { formatPeriod } from "../../format/period.ts";
import { formatInstant } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useMay } from "../../session/session.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { SourceBadge } from "../../shell/source-badge.tsx";
import { NotFound, Trouble, Waiting } from "../../shell/trouble.tsx";
import { CorrectionForm } from "./correction-form.tsx";

const route = getRouteApi("/figures/$id");

export function FigurePage() {
  const { id } = route.useParams();
  const { t } = useSpeech();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const figure = useQuery({
    queryKey: ["figure", id],
    queryFn: ({ signal }) => api.figure(undefined, { id }, signal),
    enabled: isId,
  });
  usePageTitle(t.figure.title);
  if (
    !isId ||
    (figure.error !== null &&
      (isFailure(figure.error, "NOT_FOUND") || isFailure(figure.error, "FIGURE_NOT_FOUND")))
  ) {
    return <NotFound />;
  }
  if (figure.error !== null) return <Trouble error={figure.error} again={() => void figure.refetch()} />;
  if (figure.data === undefined) return <Waiting lines={10} />;
  return <Figure key={id} detail={figure.data} />;
}

function Figure({ detail }: { detail: FigureDetail }) {
  const { t, lang, nameOf } = useSpeech();
  const mayCorrect = useMay("figures.correct");
  const { figure, measure } = detail;
  const isCurrent = detail.versions.some((version) => version.id === figure.id && version.current);
  return (
    <>
      <p className="crumbs">
        <Link to="/figures" search={{ measure: measure.code, region: figure.region.code }}>
          {t.figures.title}
        </Link>
      </p>
      <div className="page-head">
        <h1>
          {nameOf(measure)} <span className="of-region">{nameOf(figure.region)}</span>
        </h1>
        <span className={isCurrent ? "note" : "red"}>
          {isCurrent ? t.figure.current : t.figure.superseded}
        </span>
      </div>
      <p className="note">
        {formatPeriod(figure.period, figure.basis, lang)} · {t.basis[figure.basis]} ·{" "}
        {t.aspect[figure.aspect]} · {t.figure.id(`f${figure.id}`)}
      </p>
      <p className="figure-value">
        {figure.qualifier !== null && <span className="note">{t.qualifier[figure.qualifier]} </span>}
        <span className={figure.sourceKind === "synthetic" ? "synthetic" : undefined}>
          {figureText(showFigure(figure, measure, lang))}
        </span>
      </p>
      {isCurrent && figure.version > 1 && (
        <p className="message good" role="status">
          {t.figure.corrected}
        </p>
      )}
      <div className="two-columns">
        <SourceSection detail={detail} />
        <VersionsSection detail={detail} />
      </div>
      {mayCorrect && isCurrent && <CorrectionForm detail={detail} />}
    </>
  );
}

function SourceSection({ detail: { figure, source, recordedBy } }: { detail: FigureDetail }) {
  const { t } = useSpeech();
  const mayOpen = useMay("returns.read");
  const lines: [string, string | null, boolean?][] = [
    [t.figure.stated, figure.stated],
    [t.figure.canonical, `${formatDecimal(figure.value)} ${figure.unit}`],
    [t.figure.locator, figure.locator],
    [t.figure.fileName, source.fileName],
    [t.figure.sha, source.sha256, true],
    [t.figure.rows, source.rows === null ? null : formatDecimal(String(source.rows))],
    [t.source.recorded, formatInstant(figure.recordedAt)],
    [t.figure.recordedBy, recordedBy ?? source.recordedBy],
  ];
  return (
    <section className="section" aria-labelledby="source">
      <header>
        <h2 id="source">{t.figure.sourceTitle}</h2>
      </header>
      <p className="source-title">
        <SourceBadge kind={source.kind} /> {source.title}
      </p>
      <dl className="facts-list">
        {lines.map(([label, value, isMono]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd className={isMono ? "mono" : undefined}>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {source.return !== null && mayOpen && (
        <p>
          <Link to="/returns/$id" params={{ id: String(source.return) }}>
            {t.source.openReturn}
          </Link>
        </p>
      )}
    </section>
  );
}

function VersionsSection({ detail: { versions, measure } }: { detail: FigureDetail }) {
  const { t, lang } = useSpeech();
  return (
    <section className="section" aria-labelledby="versions">
      <header>
        <h2 id="versions">{t.figure.versions}</h2>
      </header>
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{t.figures.version}</th>
            <th scope="col" className="r">
              {t.figures.value}
            </th>
            <th scope="col">{t.figure.reason}</th>
            <th scope="col">{t.figures.recordedAt}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.id} className={version.current ? "here" : "superseded"}>
              <th scope="row">
                <Link to="/figures/$id" params={{ id: String(version.id) }}>
                  {t.source.versionOf(version.version)}
                </Link>
                {version.current && <span className="fine"> {t.figure.current}</span>}
              </th>
              <td className="r" data-label={t.figures.value}>
                {figureText(showFigure(version, measure, lang))}
              </td>
              <td data-label={t.figure.reason}>{version.reason ?? t.app.nowhere}</td>
              <td data-label={t.figures.recordedAt}>{formatInstant(version.recordedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
