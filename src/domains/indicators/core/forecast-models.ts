/**
 * Two ways to see the end of the year from a month of it. Floats are allowed here and nowhere else: a forecast is
 * no fact. Both are deterministic and look at nothing after their origin.
 *
 * Words:
 * - history: year-to-date values by absolute month (year × 12 + month − 1), one-offs taken out
 * - origin: the last month that may be looked at; aim: the later month of the same year that is forecast
 */
export type History = ReadonlyMap<number, number>;
export type Model = (history: History, origin: number, aim: number) => number | undefined;

/** What was known at the origin. Every model asks the history through this, so that none can see the future. */
function knownAt(history: History, origin: number): (index: number) => number | undefined {
  return (index) => (index <= origin ? history.get(index) : undefined);
}

/** So many earlier years shape a year at most. */
const MOST_YEARS = 10;

/**
 * Last-year shape: what is done by now, divided by the share of the aim that was done at the same month in earlier
 * years (their average).
 */
export const lastYearShape: Model = (history, origin, aim) => {
  const known = knownAt(history, origin);
  const now = known(origin);
  if (now === undefined) return undefined;
  const shares: number[] = [];
  for (let back = 12; back <= MOST_YEARS * 12; back += 12) {
    const part = known(origin - back);
    const whole = known(aim - back);
    if (part !== undefined && whole !== undefined && whole > 0) shares.push(part / whole);
  }
  const share = shares.reduce((a, b) => a + b, 0) / shares.length;
  return shares.length > 0 && share > 0 ? now / share : undefined;
};

/** At least so many ratios to last year make a trend; no more than so many are looked at. */
const FEWEST_RATIOS = 3;
const MOST_RATIOS = 24;
const ALPHAS = [0.2, 0.4, 0.6, 0.8];
const BETAS = [0.05, 0.2, 0.4];
const PHIS = [0.8, 0.9, 0.98];

/**
 * Damped trend: the ratio of year-to-date values to last year's, carried on by exponential smoothing with a damped
 * trend (Gardner and McKenzie 1985), times last year's value at the aim. The ratio takes the season out; it stays
 * inside the forecast and is never shown as growth. Smoothing constants: the best of a fixed grid on the known ratios.
 */
export const dampedTrend: Model = (history, origin, aim) => {
  const known = knownAt(history, origin);
  const base = known(aim - 12);
  if (base === undefined || known(origin) === undefined) return undefined;
  const ratios: number[] = [];
  for (let index = origin - MOST_RATIOS + 1; index <= origin; index++) {
    const now = known(index);
    const before = known(index - 12);
    if (now !== undefined && before !== undefined && before > 0) ratios.push(now / before);
  }
  if (ratios.length < FEWEST_RATIOS) return undefined;
  const ratio = bestFit(ratios)(aim - origin);
  return ratio > 0 ? base * ratio : undefined;
};

type Ahead = (steps: number) => number;

function bestFit(series: readonly number[]): Ahead {
  let best: { error: number; ahead: Ahead } | undefined;
  for (const alpha of ALPHAS) {
    for (const beta of BETAS) {
      for (const phi of PHIS) {
        const fit = smooth(series, alpha, beta, phi);
        if (!best || fit.error < best.error) best = fit;
      }
    }
  }
  return best?.ahead ?? (() => Number.NaN);
}

/** One pass of damped Holt smoothing; error is the sum of squared one-step errors. */
function smooth(
  series: readonly number[],
  alpha: number,
  beta: number,
  phi: number,
): { error: number; ahead: Ahead } {
  let level = series[0] ?? 0;
  let trend = (series[1] ?? level) - level;
  let error = 0;
  for (let i = 1; i < series.length; i++) {
    const value = series[i] ?? level;
    const expected = level + phi * trend;
    const miss = value - expected;
    error += miss * miss;
    level = expected + alpha * miss;
    trend = phi * trend + alpha * beta * miss;
  }
  return {
    error,
    ahead: (steps) => {
      let sum = 0;
      for (let i = 1; i <= steps; i++) sum += phi ** i;
      return level + sum * trend;
    },
  };
}
