/** One of several small charts that share their time axis and the way their scale is chosen. */
import type { ReactNode } from "react";
import { linePath, monthsBetween, placePoints, symmetricScale } from "./line-path.ts";
import type { Point } from "./line-path.ts";

const box = { width: 280, height: 96, pad: 2 };
export const multipleSteps = [10, 25, 80] as const;

type SmallMultipleProps = {
  title: ReactNode;
  value: ReactNode;
  points: readonly Point[];
  /** the months that all of them span */
  from: string;
  to: string;
  scaleNote: (step: number) => string;
  label: string;
};

export function SmallMultiple({ title, value, points, from, to, scaleNote, label }: SmallMultipleProps) {
  const step = symmetricScale(
    points.map((point) => point.value),
    multipleSteps,
  );
  const frame = { from, to, low: -step, high: step };
  const last = points.at(-1);
  const end = last === undefined ? undefined : placePoints([last], frame, box)[0];
  return (
    <figure className="small-multiple">
      <figcaption>
        <span className="name">{title}</span>
        <span className="value">{value}</span>
      </figcaption>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" role="img">
        <title>{label}</title>
        {januaries(from, to).map((period) => {
          const x = placePoints([{ period, value: 0 }], frame, box)[0]?.x;
          return <path key={period} d={`M${x} 0V${box.height}`} className="year" />;
        })}
        <path d={`M0 ${box.height / 2}H${box.width}`} className="zero" />
        <path d={linePath(points, frame, box)} className="line" />
        {end !== undefined && <path d={`M${end.x} ${end.y}h.01`} className="end" />}
      </svg>
      <p className="scale">
        <span>{from}</span>
        <span>{scaleNote(step)}</span>
        <span>{to}</span>
      </p>
    </figure>
  );
}

function januaries(from: string, to: string): string[] {
  const years = Array.from(
    { length: monthsBetween(from, to) / 12 + 2 },
    (_, index) => Number(from.slice(0, 4)) + index,
  );
  return years.map((year) => `${year}-01`).filter((period) => period > from && period < to);
}
