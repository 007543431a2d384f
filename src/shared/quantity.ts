/**
 * Units of measurement, and numbers as people type them.
 *
 * Words:
 * - dimension: what can be added up; only units of one dimension convert into each other
 * - scale: the unit is 10^scale of the base of its dimension. Every unit here is a power of ten of its base,
 *   so conversion moves the decimal point and is exact. 亩 is no power of ten of the square metre and has a
 *   dimension of its own for that reason.
 *
 * Percent and percentage point (百分点, the difference of two percentages) are different dimensions: writing
 * "5 %" for "5 points" is the commonest slip in reports (handbook section 1, growth words).
 */
import { dec, type Decimal } from "./decimal.ts";
import { err, ok, type Result } from "./result.ts";

export type Dimension =
  | "money"
  | "mass"
  | "energy"
  | "power"
  | "area"
  | "mu"
  | "length"
  | "volume"
  | "people"
  | "households"
  | "count"
  | "percent"
  | "percentage-point"
  | "rank"
  | "days"
  | "price-mass"
  | "price-energy"
  | "price-area"
  | "money-per-person"
  | "index";

export type Unit = { readonly name: string; readonly dimension: Dimension; readonly scale: number };

/** name → dimension, power of ten. The first of a dimension with scale 0 is its base. */
const TABLE: Readonly<Record<Dimension, Readonly<Record<string, number>>>> = {
  money: { 元: 0, 千元: 3, 万元: 4, 百万元: 6, 千万元: 7, 亿元: 8, 万亿元: 12 },
  mass: { 吨: 0, 克: -6, 公斤: -3, 千克: -3, 千吨: 3, 万吨: 4, 亿吨: 8 },
  energy: { 千瓦时: 0, 度: 0, 兆瓦时: 3, 万千瓦时: 4, 万度: 4, 亿千瓦时: 8, 亿度: 8 },
  power: { 千瓦: 0, 兆瓦: 3, 万千瓦: 4 },
  area: { 平方米: 0, 万平方米: 4, 公顷: 4, 平方公里: 6 },
  mu: { 亩: 0, 万亩: 4 },
  length: { 米: 0, 千米: 3, 公里: 3, 万公里: 7 },
  volume: { 立方米: 0, 万立方米: 4, 亿立方米: 8 },
  people: { 人: 0, 人次: 0, 万人: 4, 万人次: 4 },
  households: { 户: 0, 万户: 4 },
  count: { 个: 0, 家: 0, 座: 0, 条: 0, 项: 0, 件: 0, 台: 0, 处: 0, 辆: 0, 万个: 4, 万台: 4, 万辆: 4 },
  percent: { "%": 0, "‰": -1 },
  "percentage-point": { 百分点: 0, 个百分点: 0 },
  rank: { 位: 0, 名: 0 },
  days: { 天: 0, 日: 0 },
  "price-mass": { "元/吨": 0, "元/公斤": 3, "万元/吨": 4 },
  "price-energy": { "元/千瓦时": 0, "元/度": 0 },
  "price-area": { "元/平方米": 0 },
  "money-per-person": { "元/人": 0, "万元/人": 4 },
  index: { 指数: 0 },
};

export const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries(TABLE).flatMap(([dimension, units]) =>
    Object.entries(units).map(([name, scale]) => [name, { name, dimension: dimension as Dimension, scale }]),
  ),
);

/** Spellings of a unit that mean the same: full width, spaces, ％, 公吨, kWh. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["公吨", "吨"],
  ["kwh", "千瓦时"],
  ["kw·h", "千瓦时"],
  ["kw", "千瓦"],
  ["mw", "兆瓦"],
  ["km", "公里"],
  ["m2", "平方米"],
  ["km2", "平方公里"],
  ["万kwh", "万千瓦时"],
  ["亿kwh", "亿千瓦时"],
  ["人民币元", "元"],
  ["圆", "元"],
]);

/** The unit behind a text; undefined when nobody knows it. */
export function findUnit(text: string): Unit | undefined {
  const exact = UNITS.get(text);
  if (exact) return exact;
  const tidy = text.normalize("NFKC").replace(/\s+/g, "");
  return UNITS.get(tidy) ?? UNITS.get(SPELLINGS.get(tidy.toLowerCase()) ?? "");
}

export type ConvertError =
  | { code: "UNKNOWN_UNIT"; unit: string }
  | { code: "OTHER_DIMENSION"; from: Dimension; to: Dimension };

/** Power of ten that takes a number in `from` to the same quantity in `to`. */
export function conversionShift(from: string, to: string): Result<number, ConvertError> {
  const a = findUnit(from);
  if (!a) return err({ code: "UNKNOWN_UNIT", unit: from });
  const b = findUnit(to);
  if (!b) return err({ code: "UNKNOWN_UNIT", unit: to });
  if (a.dimension !== b.dimension) {
    return err({ code: "OTHER_DIMENSION", from: a.dimension, to: b.dimension });
  }
  return ok(a.scale - b.scale);
}

/** The same quantity in another unit, exactly. */
export function convert(value: Decimal, from: string, to: string): Result<Decimal, ConvertError> {
  const shift = conversionShift(from, to);
  if (!shift.ok) return shift;
  return ok(shift.value === 0 ? value : dec(shiftPoint(value.toFixed(), shift.value)));
}

/**
 * Plain decimal text times 10^shift, as plain decimal text without superfluous zeros ("78.50", 4 → "785000").
 * Only moves the point: exact for any length, and many times faster than decimal arithmetic on an import.
 */
export function shiftPoint(plain: string, shift: number): string {
  const negative = plain.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  const point = plain.indexOf(".");
  const whole = point < 0 ? plain.slice(start) : plain.slice(start, point);
  const fraction = point < 0 ? "" : plain.slice(point + 1);
  let head: string;
  let tail: string;
  if (shift >= 0) {
    head = whole + fraction.slice(0, shift).padEnd(shift, "0");
    tail = fraction.slice(shift);
  } else {
    const padded = whole.padStart(1 - shift, "0");
    head = padded.slice(0, padded.length + shift);
    tail = padded.slice(padded.length + shift) + fraction;
  }
  return trimZeros(negative, head, tail);
}

function trimZeros(negative: boolean, head: string, tail: string): string {
  let first = 0;
  while (first < head.length - 1 && head.charCodeAt(first) === 48) first++;
  let last = tail.length;
  while (last > 0 && tail.charCodeAt(last - 1) === 48) last--;
  const whole = first === 0 ? head : head.slice(first);
  if (last === 0) return negative && whole !== "0" ? `-${whole}` : whole;
  return `${negative ? "-" : ""}${whole}.${last === tail.length ? tail : tail.slice(0, last)}`;
}
