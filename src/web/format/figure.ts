/** A figure of the ledger in the unit people speak in; converted by moving the decimal point, never rounded. */
import type { FigureView, MeasureView } from "../../domains/ledger/contract.ts";
import { convertText, formatDecimal, formatUnit } from "./number.ts";
import type { Language } from "./period.ts";

export type ShownFigure = { value: string; unit: string };

export function showFigure(
  figure: Pick<FigureView, "value" | "unit">,
  measure: Pick<MeasureView, "displayUnit"> | undefined,
  language: Language,
): ShownFigure {
  const converted =
    measure === undefined ? undefined : convertText(figure.value, figure.unit, measure.displayUnit);
  const unit = converted === undefined ? figure.unit : (measure?.displayUnit ?? figure.unit);
  return { value: formatDecimal(converted ?? figure.value), unit: formatUnit(unit, language) };
}

export function figureText(shown: ShownFigure): string {
  return shown.unit === "%" ? `${shown.value}%` : `${shown.value} ${shown.unit}`.trim();
}
