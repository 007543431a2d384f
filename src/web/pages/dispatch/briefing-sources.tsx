/** 附：数据来源: every fact in the text with its source and place; what ranks rest on is folded away. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BriefingView } from "../../../domains/dispatch/contract.ts";
import type { SourceView } from "../../../domains/ledger/contract.ts";
import { measuresQuery } from "../../api/shared-queries.ts";
import { formatDecimal } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { SourceBadge } from "../../shell/source-badge.tsx";

type Fact = BriefingView["appendix"][number];

/** @param region name of the briefing's own region; facts of other units are the basis of its ranks */
export function BriefingSources({ view, region }: { view: BriefingView; region: string | undefined }) {
  const { t } = useSpeech();
  if (view.appendix.length === 0) return null;
  const own = view.appendix.filter((fact) => region === undefined || fact.region === region);
  const others = view.appendix.filter((fact) => !own.includes(fact));
  const sources = [...new Map(view.appendix.map((fact) => [sourceKey(fact), fact])).values()];
  const numbers = new Map(sources.map((fact, index) => [sourceKey(fact), index + 1]));
  return (
    <section className="section" aria-labelledby="appendix">
      <header>
        <h2 id="appendix">{t.briefing.appendix}</h2>
        <p className="note">{t.briefing.appendixNote}</p>
      </header>
      <ul className="source-list" aria-label={t.briefing.sources}>
        {sources.map((fact) => (
          <li key={sourceKey(fact)}>
            <span>{t.briefing.sourceNumber(numbers.get(sourceKey(fact)) ?? 0)}</span> <Kind fact={fact} />{" "}
            {fact.source}
            {fact.sha256 !== "" && <span className="mono fine"> SHA-256 {fact.sha256}</span>}
          </li>
        ))}
      </ul>
      <FactTable facts={own} numbers={numbers} />
      {others.length > 0 && (
        <details className="others">
          <summary>{t.briefing.others(others.length)}</summary>
          <FactTable facts={others} numbers={numbers} />
        </details>
      )}
    </section>
  );
}

function sourceKey(fact: Fact): string {
  return `${fact.sourceKind} ${fact.source} ${fact.sha256}`;
}

function Kind({ fact }: { fact: Fact }) {
  const { t } = useSpeech();
  return fact.sourceKind in t.source.sourceKind ? (
    <SourceBadge kind={fact.sourceKind as SourceView["kind"]} />
  ) : (
    fact.sourceKind
  );
}

type FactTableProps = { facts: readonly Fact[]; numbers: ReadonlyMap<string, number> };

function FactTable({ facts, numbers }: FactTableProps) {
  const { t, nameOf } = useSpeech();
  const measures = useQuery(measuresQuery);
  const names = new Map(measures.data?.map((measure) => [measure.code, nameOf(measure)]));
  const head = t.figures;
  return (
    <table className="table list blocks appendix-table">
      <thead>
        <tr>
          <th scope="col">{t.briefing.ref}</th>
          <th scope="col">{head.measure}</th>
          <th scope="col">{head.region}</th>
          <th scope="col">{head.period}</th>
          <th scope="col">{head.aspect}</th>
          <th scope="col" className="r">
            {t.briefing.value}
          </th>
          <th scope="col">{head.source}</th>
          <th scope="col">{t.source.place}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.ref}>
            <th scope="row">
              <RefLink fact={fact} />
            </th>
            <td className="standing">{names.get(fact.measure) ?? fact.measure}</td>
            <td className="place" data-label={head.region}>
              {fact.region}
            </td>
            <td data-label={head.period}>{fact.period}</td>
            <td data-label={head.aspect}>{t.aspect[fact.aspect as keyof typeof t.aspect] ?? fact.aspect}</td>
            <td className="r" data-label={t.briefing.value}>
              {grouped(fact.value)}
            </td>
            <td data-label={head.source}>
              <span>
                {t.briefing.sourceNumber(numbers.get(sourceKey(fact)) ?? 0)} <Kind fact={fact} />
              </span>
            </td>
            <td className="whole" data-label={t.source.place}>
              {fact.locator}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RefLink({ fact }: { fact: Fact }) {
  if (!fact.ref.startsWith("f")) return fact.ref;
  return (
    <Link to="/figures/$id" params={{ id: fact.ref.slice(1) }}>
      {fact.ref}
    </Link>
  );
}

/** "550000 万元" as "550,000 万元", "6.5 %" as "6.5%". */
function grouped(value: string): string {
  const [number = "", ...unit] = value.split(" ");
  const shown = formatDecimal(number);
  return unit.join(" ") === "%" ? `${shown}%` : [shown, ...unit].join(" ");
}
