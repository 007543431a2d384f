/** What qualifies the plain numbers: one-offs and like-for-like, forecasts with their error, corrections. */
import type { ReactNode } from "react";
import type { IndicatorView } from "../../../domains/indicators/contract.ts";
import { formatDecimal, formatUnit } from "../../format/number.ts";
import { formatPeriod } from "../../format/period.ts";
import { formatInstant } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { MovedWords } from "../../shell/moved-words.tsx";
import { Traced, TracedNumber } from "../../shell/traced-number.tsx";

export function Section({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p className="note">{note}</p>}
      </header>
      {children}
    </section>
  );
}

export function LikeForLikeSection({ view }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  const { likeForLike, growth } = view.assessment;
  const words = t.indicators;
  if (view.oneOffs.length === 0) return null;
  const name = nameOf(view.measure);
  return (
    <Section id="like-for-like" title={words.likeForLike} note={words.likeForLikeNote}>
      {!("missing" in likeForLike) && (
        <dl className="pairs">
          {(
            [
              [words.reportedGrowth, growth],
              [words.adjustedGrowth, likeForLike.growth],
              [words.base, likeForLike.base],
              [words.adjustedBase, likeForLike.adjustedBase],
              [words.explained, likeForLike.explained],
            ] as const
          ).map(([label, number]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <TracedNumber number={number} title={`${name} · ${label}`} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <OneOffTable view={view} />
    </Section>
  );
}

function OneOffTable({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const words = t.indicators;
  return (
    <table className="table list">
      <thead>
        <tr>
          <th scope="col">{words.oneOff}</th>
          <th scope="col">{t.app.period}</th>
          <th scope="col" className="r">
            {words.amount}
          </th>
          <th scope="col">{t.source.file}</th>
        </tr>
      </thead>
      <tbody>
        {view.oneOffs.map((one) => (
          <tr key={one.ref}>
            <th scope="row">{one.reason}</th>
            <td data-label={t.app.period}>{formatPeriod(one.period, "ytd", lang)}</td>
            <td className="r" data-label={words.amount}>
              <Traced refs={[one.ref]} title={`${nameOf(view.measure)} · ${words.oneOff}`} text={one.stated}>
                {one.stated}
              </Traced>
            </td>
            <td data-label={t.source.file}>{one.source.title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ForecastSection({ view }: { view: IndicatorView }) {
  const { t, lang } = useSpeech();
  const words = t.indicators;
  const { forecasts } = view.assessment;
  if (forecasts.length === 0) return null;
  const { decimals, displayUnit } = view.measure;
  // Forecasts are floats: rounded for show only, never taken further.
  const shown = (value: number) => formatDecimal(value.toFixed(decimals), decimals);
  return (
    <Section id="forecast" title={words.forecast} note={words.forecastNote}>
      <table className="table list forecast-table">
        <thead>
          <tr>
            <th scope="col">{words.model}</th>
            <th scope="col" className="r">
              {words.yearEnd} ({formatUnit(displayUnit, lang)})
            </th>
            <th scope="col" className="r">
              {words.interval}
            </th>
            <th scope="col" className="r">
              {words.probability}
            </th>
            <th scope="col" className="r">
              {words.error}
            </th>
          </tr>
        </thead>
        <tbody>
          {forecasts.map((forecast) => (
            <tr key={forecast.model}>
              <th scope="row">{words.models[forecast.model]}</th>
              <td className="r" data-label={words.yearEnd}>
                {shown(forecast.yearEnd)}
              </td>
              <td className="r" data-label={words.interval}>
                {shown(forecast.low)} – {shown(forecast.high)}
              </td>
              <td className="r" data-label={words.probability}>
                {forecast.probability === undefined ? t.app.nowhere : formatProbability(forecast.probability)}
              </td>
              <td className="r" data-label={words.error}>
                {formatDecimal(forecast.backtest.mapePct.toFixed(1))}% ·{" "}
                {words.origins(forecast.backtest.origins)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** No forecast is certain: what rounds to 0 or 100 is told as less or more than one in a hundred. */
function formatProbability(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent < 1) return "< 1%";
  return percent > 99 ? "> 99%" : `${percent}%`;
}

export function CorrectionsSection({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const words = t.indicators;
  if (view.corrections.length === 0) return null;
  return (
    <Section id="corrections" title={words.corrections}>
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{t.app.period}</th>
            <th scope="col">{t.figures.aspect}</th>
            <th scope="col" className="r">
              {words.oldValue}
            </th>
            <th scope="col" className="r">
              {words.newValue}
            </th>
            <th scope="col">{words.moved}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col">{words.at}</th>
          </tr>
        </thead>
        <tbody>
          {view.corrections.map((one) => (
            <tr key={one.new.ref}>
              <th scope="row">{formatPeriod(one.period, "ytd", lang)}</th>
              <td data-label={t.figures.aspect}>
                {t.aspect[one.aspect as keyof typeof t.aspect] ?? one.aspect}
              </td>
              {(["old", "new"] as const).map((side) => (
                <td key={side} className="r" data-label={side === "old" ? words.oldValue : words.newValue}>
                  <Traced
                    refs={[one[side].ref]}
                    title={`${nameOf(view.measure)} · ${words.corrections}`}
                    text={formatDecimal(one[side].value)}
                  >
                    {formatDecimal(one[side].value)}
                  </Traced>
                </td>
              ))}
              <td data-label={words.moved}>
                <MovedWords moved={one.moved} />
              </td>
              <td data-label={words.reason}>{one.reason}</td>
              <td data-label={words.at}>{formatInstant(one.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
