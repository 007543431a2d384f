import { Link } from "@tanstack/react-router";
import type { FigureView, MeasureView } from "../../../domains/ledger/contract.ts";
import { figureText, showFigure } from "../../format/figure.ts";
import { formatPeriod } from "../../format/period.ts";
import { formatInstant } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { FigureSearch } from "../../search-params.ts";
import { SourceBadge } from "../../shell/source-badge.tsx";
import { AlignedText, Traced } from "../../shell/traced-number.tsx";

type Sort = NonNullable<FigureSearch["sort"]>;
type FigureTableProps = { items: readonly FigureView[]; measures: readonly MeasureView[]; sort: Sort };

export function FigureTable({ items, measures, sort }: FigureTableProps) {
  const { t } = useSpeech();
  const head = t.figures;
  const byCode = new Map(measures.map((measure) => [measure.code, measure]));
  return (
    <table className="table list blocks figure-table">
      <caption className="unseen">{head.title}</caption>
      <thead>
        <tr>
          <SortedHead column="period" name={head.period} sort={sort} />
          <th scope="col">{head.region}</th>
          <th scope="col">{head.measure}</th>
          <th scope="col">{head.aspect}</th>
          <SortedHead column="value" name={head.value} sort={sort} right />
          <th scope="col">{head.source}</th>
          <th scope="col">{head.recordedAt}</th>
          <th scope="col" className="r">
            {t.briefing.ref}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((figure) => (
          <FigureRow key={figure.id} figure={figure} measure={byCode.get(figure.measure)} />
        ))}
      </tbody>
    </table>
  );
}

function FigureRow({ figure, measure }: { figure: FigureView; measure: MeasureView | undefined }) {
  const { t, lang, nameOf } = useSpeech();
  const head = t.figures;
  const name = measure === undefined ? figure.measure : nameOf(measure);
  const period = formatPeriod(figure.period, figure.basis, lang);
  const text = figureText(showFigure(figure, measure, lang));
  const qualifier = figure.qualifier === null ? "" : `${t.qualifier[figure.qualifier]} `;
  const isPlain = figure.subject === "region";
  return (
    <tr>
      <th scope="row">{period}</th>
      <td className="standing">{nameOf(figure.region)}</td>
      <td className="whole" data-label={head.measure}>
        {name}
        {!isPlain && <span className="sub">{figure.subject}</span>}
      </td>
      <td data-label={head.aspect}>{t.aspect[figure.aspect]}</td>
      <td className="r" data-label={head.value}>
        <Traced
          refs={[`f${figure.id}`]}
          title={`${nameOf(figure.region)} · ${name} · ${period}`}
          text={qualifier + text}
          label={qualifier + text}
          className={figure.sourceKind === "synthetic" ? "synthetic" : ""}
        >
          {qualifier !== "" && <span className="fine">{qualifier}</span>}
          <AlignedText text={text} />
        </Traced>
      </td>
      <td data-label={head.source}>
        <SourceBadge kind={figure.sourceKind} />
        {figure.version > 1 && <span className="fine"> {t.source.versionOf(figure.version)}</span>}
      </td>
      <td className="desk">{formatInstant(figure.recordedAt)}</td>
      <td className="r" data-label={t.briefing.ref}>
        <Link to="/figures/$id" params={{ id: String(figure.id) }}>
          f{figure.id}
        </Link>
      </td>
    </tr>
  );
}

type SortedHeadProps = { column: "period" | "value"; name: string; sort: Sort; right?: boolean };

function SortedHead({ column, name, sort, right = false }: SortedHeadProps) {
  const { t } = useSpeech();
  const direction = sort === column ? "ascending" : sort === `-${column}` ? "descending" : "none";
  const next = direction === "descending" ? column : (`-${column}` as const);
  return (
    <th scope="col" aria-sort={direction} className={right ? "r" : undefined}>
      <Link
        from="/figures"
        to="/figures"
        search={(before) => ({ ...before, sort: next })}
        className="sort"
        title={t.figures.sortBy(name)}
        resetScroll={false}
      >
        {name}
        <span className="arrow" aria-hidden="true">
          {direction === "ascending" ? "▲" : "▼"}
        </span>
      </Link>
    </th>
  );
}
