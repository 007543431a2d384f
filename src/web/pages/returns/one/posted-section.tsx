import { Link } from "@tanstack/react-router";
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { formatDecimal, formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay } from "../../../session/session.tsx";

/** 入账: what its acceptance entered, old and new, each with the way to the figure and to the indicator. */
export function PostedSection({ view }: { view: ReturnView }) {
  const { t, lang, nameOf } = useSpeech();
  const r = useReturnTexts();
  const mayRead = useMay("figures.read");
  if (view.posted.length === 0) return null;
  const region = view.brief.unit.region.code;
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
            <th scope="col" className="r">
              {r.posted.figure}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.posted.map((moved) => (
            <tr key={moved.figure}>
              <th scope="row">
                {mayRead ? (
                  <Link
                    to="/indicators/$measure"
                    params={{ measure: moved.measure }}
                    search={{ region, period: view.brief.period }}
                  >
                    {nameOf(moved)}
                  </Link>
                ) : (
                  nameOf(moved)
                )}{" "}
                <span className="fine">
                  {moved.aspect === "growth" ? t.aspect.growth : t.basis[moved.basis]}
                </span>
              </th>
              <td data-label={r.posted.subject}>
                {moved.subject === "region" ? r.posted.region : moved.subject}
              </td>
              <td className="r old" data-label={r.posted.before}>
                {moved.before === null ? r.sheet.blank : formatDecimal(moved.before)}
              </td>
              <td className="r" data-label={r.posted.after}>
                {formatDecimal(moved.after)} {formatUnit(moved.unit, lang)}
              </td>
              <td className="r" data-label={r.posted.figure}>
                {mayRead ? (
                  <Link to="/figures/$id" params={{ id: String(moved.figure) }}>
                    f{moved.figure}
                  </Link>
                ) : (
                  `f${moved.figure}`
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
