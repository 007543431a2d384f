/** The styles of a book, with copies of some that differ in their fill alone. */
import { applyEdits, attributeOf, walkXml } from "../docx/xml-part.ts";
import type { XmlEdit, XmlPart } from "../docx/xml-part.ts";
import { sheetKind } from "./workbook-package.ts";

/** What a mark says: mend it, or look at it. */
export type MarkLevel = "hard" | "soft";
/** Colours that hardly anybody else fills a cell with, so that they are known again in a copy that comes back. */
const COLOURS: Readonly<Record<MarkLevel, string>> = { hard: "FFFFA7A6", soft: "FFFFE98A" };
const LEVELS = ["hard", "soft"] as const;

export type MarkStyles = {
  /** the style that looks like this one, but filled */
  marked: (style: number, level: MarkLevel) => number;
  /** of a style that a mark of ours has filled: the same without a fill; undefined for any other */
  unmarked: (style: number) => number | undefined;
  part: () => XmlPart;
};

type Group = { name: string; openStart: number; openEnd: number; closeStart: number; count: number };
type Format = { text: string; fill: number };

/** @returns undefined when the part has no formats of cells to copy */
export function openMarkStyles(part: XmlPart): MarkStyles | undefined {
  const read = readStyles(part);
  if (read === undefined) return undefined;
  const { fills, formats, formatList, fillColours } = read;
  const prefix = fills.name.slice(0, -"fills".length);
  const newFills: string[] = [];
  const newFormats: string[] = [];
  const made = new Map<string, number>();

  const fillOf = (level: MarkLevel): number => {
    const known = fillColours.get(COLOURS[level]);
    if (known !== undefined) return known;
    const fill = fills.count + newFills.length;
    newFills.push(
      `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="${COLOURS[level]}"/>` +
        `<${prefix}bgColor indexed="64"/></${prefix}patternFill></${prefix}fill>`,
    );
    fillColours.set(COLOURS[level], fill);
    return fill;
  };
  const copy = (style: number, fill: number): number => {
    const key = `${style} ${fill}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const source = formatList[style]?.text ?? formatList[0]?.text ?? "";
    const index = formatList.length + newFormats.length;
    newFormats.push(withFill(source, fill));
    made.set(key, index);
    return index;
  };
  return {
    marked: (style, level) => copy(style, fillOf(level)),
    unmarked(style) {
      const fill = formatList[style]?.fill;
      return fill !== undefined && read.ours.has(fill) ? copy(style, 0) : undefined;
    },
    part: () => ({
      ...part,
      text: applyEdits(part.text, [
        ...grow(part.text, fills, newFills),
        ...grow(part.text, formats, newFormats),
      ]),
    }),
  };
}

type Styles = {
  fills: Group;
  formats: Group;
  formatList: Format[];
  /** by colour, of solid fills */
  fillColours: Map<string, number>;
  /** fills that were ours before */
  ours: ReadonlySet<number>;
};

function readStyles(part: XmlPart): Styles | undefined {
  const groups = new Map<string, Group>();
  const formatList: Format[] = [];
  const fillColours = new Map<string, number>();
  let inside = "";
  let format: { start: number; fill: number } | undefined;
  walkXml(part, {
    open(tag, start, end) {
      const kind = sheetKind(tag);
      const group = groups.get(inside);
      if (kind === "fills" || kind === "cellXfs") {
        inside = kind;
        groups.set(kind, { name: tag.name, openStart: start, openEnd: end, closeStart: end, count: 0 });
      } else if (kind === "fill" && inside === "fills" && group !== undefined) group.count++;
      else if (kind === "fgColor" && inside === "fills" && group !== undefined)
        fillColours.set(attributeOf(tag, "rgb") ?? "", group.count - 1);
      else if (kind === "xf" && inside === "cellXfs")
        format = { start, fill: Number(attributeOf(tag, "fillId") ?? 0) };
    },
    close(tag, start, end) {
      const kind = sheetKind(tag);
      if (kind === "xf" && format !== undefined) {
        formatList.push({ text: part.text.slice(format.start, end), fill: format.fill });
        format = undefined;
      }
      const group = kind === inside ? groups.get(kind) : undefined;
      if (group === undefined) return;
      group.closeStart = start;
      inside = "";
    },
  });
  const fills = groups.get("fills");
  const formats = groups.get("cellXfs");
  if (fills === undefined || formats === undefined || formatList.length === 0) return undefined;
  formats.count = formatList.length;
  for (const colour of fillColours.keys())
    if (!LEVELS.some((level) => COLOURS[level] === colour)) fillColours.delete(colour);
  return { fills, formats, formatList, fillColours, ours: new Set(fillColours.values()) };
}

function withFill(format: string, fill: number): string {
  const end = format.indexOf(">");
  let tag = format.slice(0, end).replace(/\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')/g, "");
  const isClosed = tag.endsWith("/");
  if (isClosed) tag = tag.slice(0, -1);
  return `${tag} fillId="${fill}" applyFill="1"${isClosed ? "/" : ""}${format.slice(end)}`;
}

/** Elements behind the last one of a group, and its count. */
function grow(text: string, group: Group, added: readonly string[]): XmlEdit[] {
  if (added.length === 0) return [];
  const { openStart, openEnd, closeStart, count } = group;
  const tag = text.slice(openStart, openEnd);
  const counted = tag.replace(/(\scount\s*=\s*)(?:"[^"]*"|'[^']*')/, `$1"${count + added.length}"`);
  return [
    { from: openStart, to: openEnd, text: counted },
    { from: closeStart, to: closeStart, text: added.join("") },
  ];
}
