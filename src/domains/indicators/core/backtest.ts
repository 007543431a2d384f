/**
 * Rolling-origin back-test: what the model would have said at earlier months, as many months ahead, against what came.
 * The errors are the honest width of a forecast; the mean absolute percentage error is printed beside it.
 */
import type { History, Model } from "./forecast-models.ts";

export type Backtest = {
  mapePct: number;
  origins: number;
  /** actual ÷ forecast − 1, oldest origin first */
  errors: readonly number[];
};

/**
 * Origins are all months before `now` whose aim, `ahead` months later, lies in the same year and is known by `now`.
 * Undefined when no origin could be forecast.
 */
export function backtest(model: Model, history: History, now: number, ahead: number): Backtest | undefined {
  const errors: number[] = [];
  let absolute = 0;
  const months = [...history.keys()].filter((index) => index + ahead <= now).sort((a, b) => a - b);
  for (const origin of months) {
    const aim = origin + ahead;
    const actual = history.get(aim);
    if (Math.floor(aim / 12) !== Math.floor(origin / 12) || actual === undefined || actual <= 0) continue;
    const forecast = model(history, origin, aim);
    if (forecast === undefined || forecast <= 0) continue;
    errors.push(actual / forecast - 1);
    absolute += Math.abs(actual - forecast) / actual;
  }
  if (errors.length === 0) return undefined;
  return { mapePct: (absolute / errors.length) * 100, origins: errors.length, errors };
}
