/**
 * Which of a form's columns a heading names: in Chinese, English or as a code, with or without its unit, in brackets of any
 * width, in one row or two.
 */
import { parsePeriodText } from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { findUnit } from "../../../shared/quantity.ts";
import type { Column, FormDefinition } from "../core/form.ts";

export type Heading =
  | { kind: "column"; column: Column; unit: string | null }
  | { kind: "code" | "name" | "unit" | "now" | "ignored" }
  | { kind: "unknown" };

/** Without what people write differently: width, case, spaces, punctuation, a star for "required". */
export function foldHeading(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, "");
}

const CODE = new Set(["代码", "编码", "编号", "code", "id", "指标代码", "企业代码", "项目代码", "统一代码"]);
const NAME = new Set(
  ["指标", "指标名称", "项目", "名称", "填报对象", "对象", "对象名称", "单位名称", "企业名称", "企业"].concat(
    ["项目名称", "产品名称", "产品", "indicator", "item", "name", "subject"],
  ),
);
const UNIT = new Set(["单位", "计量单位", "unit", "units"]);
const NOW = new Set(
  [
    "本期",
    "本期数",
    "本期值",
    "本期实际",
    "数值",
    "填报数",
    "填报值",
    "数量",
    "金额",
    "实际",
    "实际数",
  ].concat(["value", "now", "current", "thisperiod", "figure", "amount"]),
);
/** What stands beside the cells to be filled in, and is not read. */
const IGNORED =
  /^(?:(?:上|去)(?:期|年|年同期|月|旬|季)数?|同期数?|上年同期数?|备注|说明|填报说明|序号|no|note|notes|remarks?|help|lastperiod|lastyear|last|previous|yearbefore)$/;
const PAST = /(?:上期|上年同期|去年同期|上月|上旬|上年|lastperiod|lastyear)$/;

export type HeadingReader = {
  /** @param above the heading of the group in the row above, "" when there is none */
  read(text: string, above: string): Heading;
  /** the column that a text in the first column of a form about a region names */
  columnNamed(text: string): Column | undefined;
};

export function openHeadings(form: FormDefinition, period: Period): HeadingReader {
  const names = columnNames(form.columns);
  const subject = form.subjects.kind === "list" ? form.subjects : undefined;
  const subjectNames = new Set([subject?.nameZh ?? "", subject?.nameEn ?? ""].map(foldHeading));

  const columnOf = (text: string): { column: Column; unit: string | null } | undefined => {
    const whole = names.get(foldHeading(text));
    if (whole !== undefined) return { column: whole, unit: null };
    const { rest, unit } = splitUnit(text);
    const column = unit === null ? undefined : names.get(foldHeading(rest));
    return column === undefined ? undefined : { column, unit };
  };
  const isPeriod = (text: string): boolean => {
    const read = parsePeriodText(text);
    return read.ok && read.value === period;
  };
  const wordOf = (text: string): Heading["kind"] => {
    const folded = foldHeading(splitUnit(text).rest);
    if (CODE.has(folded)) return "code";
    if (subjectNames.has(folded)) return "name";
    if (IGNORED.test(folded)) return "ignored";
    if (UNIT.has(folded)) return "unit";
    if (NAME.has(folded)) return "name";
    return NOW.has(folded) || isPeriod(text) ? "now" : "unknown";
  };
  return {
    read(text, above) {
      const joined = above === "" ? undefined : columnOf(joinHeadings(above, text));
      const found = joined ?? columnOf(text) ?? groupOf(text, above);
      if (found !== undefined) return { kind: "column", ...found };
      const kind = wordOf(text);
      return { kind: PAST.test(foldHeading(text)) && kind === "unknown" ? "ignored" : kind } as Heading;
    },
    columnNamed: (text) => columnOf(text)?.column,
  };
  /** 本期 under a column's own name, or nothing under it. */
  function groupOf(text: string, above: string): { column: Column; unit: string | null } | undefined {
    if (above === "") return undefined;
    const { rest, unit } = splitUnit(text);
    const folded = foldHeading(rest);
    const found = folded === "" || NOW.has(folded) ? columnOf(above) : undefined;
    return found === undefined ? undefined : { column: found.column, unit: unit ?? found.unit };
  }
}

/** 固定资产投资（万元） over 累计 is 固定资产投资累计（万元）. */
function joinHeadings(above: string, text: string): string {
  const top = splitUnit(above);
  const bottom = splitUnit(text);
  const unit = bottom.unit ?? top.unit;
  return unit === null ? `${top.rest} ${bottom.rest}` : `${top.rest} ${bottom.rest}（${unit}）`;
}

/** Every spelling that names one column only. */
function columnNames(columns: readonly Column[]): Map<string, Column> {
  const names = new Map<string, Column | undefined>();
  const add = (text: string, column: Column): void => {
    const folded = foldHeading(text);
    const known = names.get(folded);
    if (folded !== "") names.set(folded, names.has(folded) && known !== column ? undefined : column);
  };
  for (const column of columns) {
    for (const text of new Set([column.nameZh, column.nameEn])) {
      add(text, column);
      const { rest, unit } = splitUnit(text);
      if (unit !== null) add(rest, column);
    }
  }
  const part = new Map<string, Column[]>();
  for (const column of columns) {
    const tail = column.nameZh.split(/[：:]/).slice(1).join("");
    if (tail !== "") part.set(foldHeading(tail), [...(part.get(foldHeading(tail)) ?? []), column]);
  }
  // 其中：建筑工程 is also known as 建筑工程, if nothing else is
  for (const [folded, of] of part) if (of.length === 1 && !names.has(folded)) names.set(folded, of[0]);
  // 产量（累计） is also known as 累计产量, if nothing else is
  const turned = new Map<string, Column[]>();
  for (const column of columns) {
    const [, what = "", which = ""] =
      /^([^（(]+)[（(]([^）)]+)[）)]$/.exec(splitUnit(column.nameZh).rest.trim()) ?? [];
    const folded = foldHeading(which + what);
    if (which !== "") turned.set(folded, [...(turned.get(folded) ?? []), column]);
  }
  for (const [folded, of] of turned) if (of.length === 1 && !names.has(folded)) names.set(folded, of[0]);
  // a code is nobody else's, whatever it spells
  for (const column of columns) names.set(foldHeading(column.code), column);
  return new Map([...names].flatMap(([name, column]) => (column === undefined ? [] : [[name, column]])));
}

/** The unit in a heading's brackets, or behind its last comma: 投资（累计，万元） → 投资（累计） and 万元. */
export function splitUnit(text: string): { rest: string; unit: string | null } {
  const tidy = text.normalize("NFKC");
  for (const match of tidy.matchAll(/[([【]([^()[\]【】]*)[)\]】]/g)) {
    const words = (match[1] ?? "").split(/[,、;:]/).map((word) => word.trim());
    const unit = words.find((word) => isUnit(word));
    if (unit === undefined) continue;
    const kept = words.filter((word) => word !== unit && word !== "单位" && word !== "unit").join(",");
    const before = tidy.slice(0, match.index);
    const after = tidy.slice(match.index + match[0].length);
    return { rest: `${before}${kept === "" ? "" : `(${kept})`}${after}`, unit };
  }
  const tail = /^(.*\S)(?:\s*[,、:]\s*|\s+)(\S+)$/.exec(tidy);
  if (tail?.[2] !== undefined && isUnit(tail[2])) return { rest: tail[1] ?? "", unit: tail[2] };
  return { rest: tidy, unit: null };
}

const isUnit = (word: string): boolean => findUnit(word) !== undefined && !/^(?:月|日|年|名|位)$/.test(word);

/** Whether a unit named beside a column is another than the column's own. */
export function isOtherUnit(unit: string | null, column: Column): boolean {
  if (unit === null || column.unit === null) return false;
  const named = findUnit(unit);
  const own = findUnit(column.unit);
  if (named === undefined || own === undefined) return foldHeading(unit) !== foldHeading(column.unit);
  return named.dimension !== own.dimension || named.scale !== own.scale;
}

/** The same for a unit that stands over many columns, and is meant for those that it fits: 单位：亿元. */
export function isOtherScale(unit: string | null, column: Column): boolean {
  const named = unit === null ? undefined : findUnit(unit);
  const own = column.unit === null ? undefined : findUnit(column.unit);
  return (
    named !== undefined && own !== undefined && named.dimension === own.dimension && named.scale !== own.scale
  );
}
