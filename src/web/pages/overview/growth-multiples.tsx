/** Cumulative growth of every indicator, side by side on the same months. */
import { Link } from "@tanstack/react-router";
import type { OverviewView } from "../../../domains/indicators/contract.ts";
import { SmallMultiple } from "../../charts/small-multiple.tsx";
import { formatDecimal } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { TracedNumber } from "../../shell/traced-number.tsx";

export function GrowthMultiples({ rows }: { rows: OverviewView["rows"] }) {
  const { t, nameOf } = useSpeech();
  const periods = rows.flatMap((row) => row.growthHistory.map((point) => point.period)).toSorted();
  const from = periods[0];
  const to = periods.at(-1);
  if (from === undefined || to === undefined || from === to) return null;
  return (
    <section className="section" aria-labelledby="multiples">
      <header>
        <h2 id="multiples">{t.overview.multiples}</h2>
        <p className="note">{t.overview.multiplesNote}</p>
      </header>
      <div className="small-multiples">
        {rows.map((row) => {
          const name = nameOf(row.measure);
          const lastFew = row.growthHistory.slice(-4).map((point) => `${formatDecimal(point.value, 1)}%`);
          return (
            <SmallMultiple
              key={row.measure.code}
              title={
                <Link to="/indicators/$measure" params={{ measure: row.measure.code }} search={true}>
                  {name}
                </Link>
              }
              value={<TracedNumber number={row.assessment.growth} title={`${name} · ${t.overview.growth}`} />}
              points={row.growthHistory.map(({ period, value }) => ({ period, value: Number(value) }))}
              from={from}
              to={to}
              scaleNote={t.overview.scale}
              label={`${name} ${t.overview.growth} ${lastFew.join(" → ")}`}
            />
          );
        })}
      </div>
    </section>
  );
}
