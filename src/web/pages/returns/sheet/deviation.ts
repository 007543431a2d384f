/** How far a number is from the one it is compared with. */
import { HUNDRED, tryDec } from "../../../../shared/decimal.ts";
import { formatSigned } from "../../../format/number.ts";

const percents = new Set(["%", "百分点", "个百分点"]);

/** "+12.3%" of a quantity; of a percentage the difference in points, "+1.2"; undefined where there is nothing to say. */
export function deviationText(
  now: string | undefined,
  before: string | undefined,
  unit: string | null,
): string | undefined {
  const is = now === undefined ? undefined : tryDec(now);
  const was = before === undefined ? undefined : tryDec(before);
  if (is === undefined || was === undefined) return undefined;
  if (unit !== null && percents.has(unit)) return formatSigned(is.minus(was).toFixed(1), 1);
  if (was.isZero()) return undefined;
  return `${formatSigned(is.minus(was).div(was.abs()).times(HUNDRED).toFixed(3), 1)}%`;
}
