/** A course the size of a word, with zero as a hairline and the last point marked. */
import { linePath, placePoints } from "./line-path.ts";
import type { Point } from "./line-path.ts";

const box = { width: 92, height: 26, pad: 3 };

export function Sparkline({ points, label }: { points: readonly Point[]; label: string }) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const values = points.map((point) => point.value);
  const frame = {
    from: first.period,
    to: last.period,
    low: Math.min(0, ...values),
    high: Math.max(0, ...values),
  };
  const end = placePoints([last], frame, box)[0];
  const zero = placePoints([{ period: first.period, value: 0 }], frame, box)[0];
  return (
    <svg
      className="sparkline"
      width={box.width}
      height={box.height}
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
    >
      <title>{label}</title>
      <path d={`M0 ${zero?.y}H${box.width}`} className="zero" />
      <path d={linePath(points, frame, box)} className="line" />
      <circle cx={end?.x} cy={end?.y} r="2" className="end" />
    </svg>
  );
}
