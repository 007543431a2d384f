/** Geometry of small line charts: pure, so that what a picture says can be tested. */

export type Point = { period: string; value: number };
export type Box = { width: number; height: number; pad: number };

/** The smallest of the steps that holds every value on both sides of zero; the largest when none does. */
export function symmetricScale(values: readonly number[], steps: readonly number[]): number {
  const widest = Math.max(0, ...values.map(Math.abs));
  return steps.find((step) => widest <= step) ?? steps.at(-1) ?? 1;
}

/** Months between two "yyyy-mm" periods. */
export function monthsBetween(from: string, to: string): number {
  const at = (period: string) => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7));
  return at(to) - at(from);
}

export type Frame = { from: string; to: string; low: number; high: number };

/** Places of the points in the box: time across, value upward; a value beyond the frame stays at its edge. */
export function placePoints(points: readonly Point[], frame: Frame, box: Box): { x: number; y: number }[] {
  const months = Math.max(1, monthsBetween(frame.from, frame.to));
  const range = frame.high - frame.low || 1;
  return points.map(({ period, value }) => {
    const across = monthsBetween(frame.from, period) / months;
    const upward = (Math.min(frame.high, Math.max(frame.low, value)) - frame.low) / range;
    return {
      x: round(box.pad + across * (box.width - 2 * box.pad)),
      y: round(box.height - box.pad - upward * (box.height - 2 * box.pad)),
    };
  });
}

/** An SVG path; a gap of more than three months (no figures) breaks the line instead of inventing a course. */
export function linePath(points: readonly Point[], frame: Frame, box: Box): string {
  const places = placePoints(points, frame, box);
  return places
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      const here = points[index];
      const isGap =
        before !== undefined && here !== undefined && monthsBetween(before.period, here.period) > 3;
      return `${index === 0 || isGap ? "M" : "L"}${x} ${y}`;
    })
    .join("");
}

const round = (value: number): number => Math.round(value * 100) / 100;
