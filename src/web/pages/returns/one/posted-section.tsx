import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { api } from "../../../api/routes.ts";
import { formatDecimal, formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay } from "../../../session/session.tsx";
import { MovedWords } from "../../../shell/moved-words.tsx";
import type { Moved } from "../../../shell/moved-words.tsx";

/** 入账: what its acceptance entered, old and new, each with the way to the figure and to the indicator. */
export function PostedSection({ view }: { view: ReturnView }) {
  const { t, lang, nameOf } = useSpeech();
  const r = useReturnTexts();
  const mayRead = useMay("figures.read");
  const moved = useMoved(view, mayRead);
  if (view.posted.length === 0) return null;
  const region = view.brief.unit.region.code;
  const isAmended = view.posted.some(({ before }) => before !== null);
  return (
    <section className="section" aria-labelledby="posted">
      <header>
        <h2 id="posted">{r.posted.title}</h2>
        <p className="note">{r.posted.hint}</p>
      </header>
      <table className="table list posted-table">
        <thead>
          <tr>
            <th scope="col">{r.posted.measure}</th>
            <th scope="col">{r.posted.subject}</th>
            <th scope="col" className="r">
              {r.posted.before}
            </th>
            <th scope="col" className="r">
              {r.posted.after}
            </th>
            {isAmended && mayRead && <th scope="col">{t.indicators.moved}</th>}
            <th scope="col" className="r">
              {r.posted.figure}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.posted.map((one) => (
            <tr key={one.figure}>
              <th scope="row">
                {mayRead ? (
                  <Link
                    to="/indicators/$measure"
                    params={{ measure: one.measure }}
                    search={{ region, period: view.brief.period }}
                  >
                    {nameOf(one)}
                  </Link>
                ) : (
                  nameOf(one)
                )}{" "}
                <span className="fine">{one.aspect === "growth" ? t.aspect.growth : t.basis[one.basis]}</span>
              </th>
              <td data-label={r.posted.subject}>
                {one.subject === "region" ? r.posted.region : (one.rowName ?? one.subject)}
              </td>
              <td className="r old" data-label={r.posted.before}>
                {one.before === null ? r.sheet.blank : formatDecimal(one.before)}
              </td>
              <td className="r" data-label={r.posted.after}>
                {formatDecimal(one.after)} {formatUnit(one.unit, lang)}
              </td>
              {isAmended && mayRead && (
                <td data-label={t.indicators.moved}>
                  <MovedWords moved={moved.get(`f${one.figure}`) ?? null} />
                </td>
              )}
              <td className="r" data-label={r.posted.figure}>
                {mayRead ? (
                  <Link to="/figures/$id" params={{ id: String(one.figure) }}>
                    f{one.figure}
                  </Link>
                ) : (
                  `f${one.figure}`
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** By figure, what its correction moved: completion and rank, as the indicator's page has them. */
function useMoved(view: ReturnView, mayRead: boolean): ReadonlyMap<string, Moved> {
  const { period, unit } = view.brief;
  const isMonth = /^\d{4}-\d{2}$/.test(period);
  const corrected = view.posted.filter(({ before, subject }) => before !== null && subject === "region");
  const measures = [...new Set(corrected.map(({ measure }) => measure))];
  return useQueries({
    queries: (mayRead && isMonth ? measures : []).map((measure) => ({
      queryKey: ["indicator", measure, unit.region.code, period],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.indicator({ region: unit.region.code, period }, { measure }, signal),
    })),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data }) => (data?.corrections ?? []).map((one) => [one.new.ref, one.moved])),
      ),
  });
}
