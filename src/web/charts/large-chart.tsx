/** A chart drawn by ECharts as SVG, beside the same numbers as a table for those who cannot or need not see it. */
import { useEffect, useId, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { ChartOption } from "../../domains/indicators/core/chart-options.ts";
import { useSpeech } from "../i18n/language.tsx";

type LargeChartProps = {
  title: ReactNode;
  note?: ReactNode;
  option: ChartOption;
  height: number;
  /** what the picture says, in a sentence */
  label: string;
  table: ReactNode;
};

export function LargeChart({ title, note, option, height, label, table }: LargeChartProps) {
  const { t } = useSpeech();
  const [view, setView] = useState<"chart" | "table">("chart");
  const name = useId();
  return (
    <figure className="chart" aria-labelledby={name}>
      <figcaption>
        <span>
          <strong id={name}>{title}</strong> <span className="note">{note}</span>
        </span>
        <button
          type="button"
          className="text-button fine no-print"
          aria-describedby={name}
          onClick={() => setView(view === "chart" ? "table" : "chart")}
        >
          {view === "chart" ? t.indicators.showTable : t.indicators.showChart}
        </button>
      </figcaption>
      {view === "chart" ? (
        <Canvas option={option} height={height} label={label} />
      ) : (
        <div className="table-wrap" tabIndex={0} role="region" aria-labelledby={name}>
          {table}
        </div>
      )}
    </figure>
  );
}

/** The picture alone. Its place is kept while ECharts is on its way. */
export function Canvas({ option, height, label }: { option: ChartOption; height: number; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isGone = false;
    let end = () => {};
    void import("./echarts-core.ts").then(({ init }) => {
      if (isGone || place.current === null) return;
      const chart = init(place.current, null, { renderer: "svg" });
      chart.setOption({ ...option, animation: false });
      const watch = new ResizeObserver(() => chart.resize());
      watch.observe(place.current);
      end = () => {
        watch.disconnect();
        chart.dispose();
      };
    });
    return () => {
      isGone = true;
      end();
    };
  }, [option]);
  return <div ref={place} className="canvas" style={{ height }} role="img" aria-label={label} />;
}
