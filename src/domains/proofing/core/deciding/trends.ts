/** 趋势: figures in a row that are said to fall or to rise. */
import type { Claim, Span } from "../claim.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { printed } from "./draft-claim.ts";

const TREND =
  /(?:呈|逐年|逐月|逐季|逐期|逐次|持续|不断|稳步|连续)[^。;,]{0,6}?(下降|减少|回落|降低|下滑|走低|递减|上升|增长|增加|提高|攀升|走高|递增|扩大)/;
const FALLING = /下降|减少|回落|降低|下滑|走低|递减/;
const AFTER = 28;

export function trendsOf(reading: Reading): readonly Claim[] {
  const claims: Claim[] = [];
  for (const row of rowsOf(reading.scan.quantities, reading.scan.plain)) {
    const last = row.at(-1) as Quantity;
    const words = reading.scan.plain.slice(last.end, last.end + AFTER).split(/[。\n;]/, 1)[0] ?? "";
    const found = /波动|起伏|先/.test(words) ? null : TREND.exec(words);
    if (found) claims.push(trendClaim(reading, row, FALLING.test(found[1] ?? "")));
  }
  return claims;
}

/** Three or more figures of one dimension with only 、 or 和 between them. */
function rowsOf(quantities: readonly Quantity[], plain: string): Quantity[][] {
  const rows: Quantity[][] = [];
  let row: Quantity[] = [];
  for (const quantity of quantities) {
    const last = row.at(-1);
    const joins =
      last !== undefined &&
      last.unit.dimension === quantity.unit.dimension &&
      quantity.start - last.end <= 2 &&
      /^ ?[、和→] ?$/.test(plain.slice(last.end, quantity.start));
    if (joins) row.push(quantity);
    else {
      if (row.length >= 3) rows.push(row);
      row = [quantity];
    }
  }
  if (row.length >= 3) rows.push(row);
  return rows;
}

function trendClaim(reading: Reading, row: readonly Quantity[], isFalling: boolean): Claim {
  const at = row.findIndex((quantity, i) => {
    const before = row[i - 1];
    return (
      before !== undefined &&
      (isFalling ? quantity.range.lo > before.range.hi : quantity.range.hi < before.range.lo)
    );
  });
  const texts = row.map((quantity) => printed(reading, quantity));
  const culprit = row[Math.max(at, 0)] as Quantity;
  const [first, last] = [row[0] as Quantity, row.at(-1) as Quantity];
  const isHeld = at < 0;
  const spans = row.map(({ start, end }): Span => [start, end]);
  const word = isFalling ? { zh: "下降", en: "fall" } : { zh: "上升", en: "rise" };
  const list = texts.join("、");
  return {
    relation: "trend",
    verdict: isHeld ? "consistent" : "inconsistent",
    severity: isHeld ? "look" : "wrong",
    spans: isHeld
      ? spans
      : [[culprit.start, culprit.end], ...spans.filter(([start]) => start !== culprit.start)],
    text: reading.scan.plain.slice(first.start, last.end),
    stated: texts[Math.max(at, 0)] ?? "",
    computed: isHeld ? (texts[0] ?? "") : `${isFalling ? "≤" : "≥"}${texts[at - 1] ?? ""}`,
    message: isHeld
      ? {
          zh: `${list}逐个${word.zh}，与文中相符。`,
          en: `${list} ${word.en} one after the other, as the text says.`,
        }
      : {
          zh: `文中称${list}逐个${word.zh}，但${texts[at - 1]}之后为${texts[at]}。`,
          en: `The text says that ${list} ${word.en}, but ${texts[at]} comes after ${texts[at - 1]}.`,
        },
  };
}
