/** 附：数据来源: number, value, source and place of every fact in the text. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { BriefingView } from "../../../domains/dispatch/contract.ts";
import type { SourceView } from "../../../domains/ledger/contract.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { SourceBadge } from "../../shell/source-badge.tsx";

type Fact = BriefingView["appendix"][number];

export function BriefingSources({ view }: { view: BriefingView }) {
  const { t } = useSpeech();
  if (view.appendix.length === 0) return null;
  return (
    <section className="section" aria-labelledby="appendix">
      <header>
        <h2 id="appendix">{t.briefing.appendix}</h2>
        <p className="note">{t.briefing.appendixNote}</p>
      </header>
      <table className="table list appendix-table">
        <thead>
          <tr>
            <th scope="col">{t.briefing.ref}</th>
            <th scope="col">{t.figures.measure}</th>
            <th scope="col">{t.figures.region}</th>
            <th scope="col">{t.figures.period}</th>
            <th scope="col">{t.figures.aspect}</th>
            <th scope="col" className="r">
              {t.briefing.value}
            </th>
            <th scope="col">{t.figures.source}</th>
            <th scope="col">{t.source.place}</th>
          </tr>
        </thead>
        <tbody>
          {view.appendix.map((fact) => (
            <FactRow key={fact.ref} fact={fact} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FactRow({ fact }: { fact: Fact }) {
  const { t } = useSpeech();
  const kind = fact.sourceKind in t.source.sourceKind ? (fact.sourceKind as SourceView["kind"]) : undefined;
  const cells: [string, string][] = [
    [t.figures.measure, fact.measure],
    [t.figures.region, fact.region],
    [t.figures.period, fact.period],
    [t.figures.aspect, fact.aspect],
  ];
  return (
    <tr>
      <th scope="row">
        {fact.ref.startsWith("f") ? (
          <Link to="/figures/$id" params={{ id: fact.ref.slice(1) }}>
            {fact.ref}
          </Link>
        ) : (
          fact.ref
        )}
      </th>
      {cells.map(([label, value]) => (
        <td key={label} data-label={label}>
          {value}
        </td>
      ))}
      <td className="r" data-label={t.briefing.value}>
        {fact.value}
      </td>
      <td data-label={t.figures.source}>
        <span>
          {kind === undefined ? fact.sourceKind : <SourceBadge kind={kind} />} {fact.source}
          {fact.sha256 !== "" && (
            <Fragment>
              {" "}
              <span className="mono fine" title={fact.sha256}>
                {fact.sha256.slice(0, 8)}
              </span>
            </Fragment>
          )}
        </span>
      </td>
      <td data-label={t.source.place}>{fact.locator}</td>
    </tr>
  );
}
