/**
 * A figure of the text.
 *
 * Words:
 * - dimension: what can be added and compared: money, mass, people; each counter (个, 户, 起) is one of its own
 * - hedge 约数: what the words around a figure say of its exactness (近、约、左右、多、余、超过、以上)
 * - lead, tail: the words before and after the figure, within its clause and up to the next figure
 */
import type { Interval } from "../interval.ts";

export type Hedge = "none" | "about" | "near" | "over" | "under" | "some";

export type TextUnit = {
  /** as printed: "亿元" */
  readonly name: string;
  readonly dimension: string;
  /** hundredths of the base of the dimension: 元 100, 万元 1000000, ‰ 10 */
  readonly hundredths: bigint;
  /** counts whole things: a figure without decimals and without 万 or 亿 is exact */
  readonly counted: boolean;
};

export type Quantity = {
  readonly start: number;
  readonly end: number;
  /** of the digits alone: what a slip of the pen changes and a correction replaces */
  readonly digitsEnd: number;
  /** in 10⁻¹⁰ of the base unit; for a range the middle */
  readonly center: bigint;
  /** everything that the printed figure can stand for */
  readonly range: Interval;
  /** one unit of the last printed digit */
  readonly lastDigit: bigint;
  readonly decimals: number;
  readonly unit: TextUnit;
  readonly hedge: Hedge;
  /** a whole number of things, and not hedged */
  readonly isExact: boolean;
  readonly isChinese: boolean;
  readonly isRange: boolean;
  /** 5000万元以上项目: a size that describes what is counted */
  readonly isThreshold: boolean;
  /** 每吨1691元: "吨"; the figure is per one of these */
  readonly per: string | null;
  readonly isOrdinal: boolean;
  lead: string;
  tail: string;
  clause: number;
  /** between semicolons */
  segment: number;
  sentence: number;
  paragraph: number;
  /** 0 outside brackets, else the number of the bracket it stands in */
  bracket: number;
};
