/** One figure of the text: its digits, unit and hedge; and what looks like a figure and is none. */
import { hedgeAfter, hedgeBefore, intervalOf } from "./hedges.ts";
import { numeralAt } from "./numerals.ts";
import type { Hedge, Quantity, TextUnit } from "./quantity.ts";
import { isSome, NO_UNIT, unitAt } from "./units.ts";
import { afterWord, isDigitCode, isLetter, REACH, type Walk } from "./walk.ts";

type Digits = { text: string; end: number };

/** 1234, 1,234.5, 78.5; undefined for 1.2.3 and for more digits than a figure has. */
function digitsAt(plain: string, at: number): Digits | undefined {
  let end = at;
  let digits = "";
  while (isDigitCode(plain.charCodeAt(end))) end++;
  digits = plain.slice(at, end);
  if (end - at <= 3)
    while (plain.charAt(end) === "," && isGroup(plain, end + 1)) {
      digits += plain.slice(end + 1, end + 4);
      end += 4;
    }
  if (
    end - at <= 3 &&
    plain.charAt(end) === " " &&
    isGroup(plain, end + 1) &&
    /^[.\d]* ?[万亿元吨千kh公]/.test(plain.slice(end + 4, end + 10))
  ) {
    digits += plain.slice(end + 1, end + 4);
    end += 4;
  }
  if (plain.charAt(end) === "." && isDigitCode(plain.charCodeAt(end + 1))) {
    let last = end + 1;
    while (isDigitCode(plain.charCodeAt(last))) last++;
    digits += plain.slice(end, last);
    end = last;
  }
  return { text: digits, end };
}

function isGroup(plain: string, at: number): boolean {
  for (let i = 0; i < 3; i++) if (!isDigitCode(plain.charCodeAt(at + i))) return false;
  return !isDigitCode(plain.charCodeAt(at + 3));
}

function isReadable(digits: string): boolean {
  const point = digits.indexOf(".");
  const whole = point < 0 ? digits.length : point;
  return whole <= 15 && (point < 0 || digits.length - point - 1 <= 8);
}

const NOT_A_FIGURE_AFTER =
  /^ ?(?:年|月|日|号|时(?!间)|点钟|点[0-9]|周年|季度|国道|省道|县道|乡道|千伏|伏|届|kV|KV|V|版|频道|×|\*|路(?![0-9])|期(?!货)|分(?:钟)|世纪|式|型)/;
const DATE_RANGE = /^ ?[-—~至到、和] ?\d{1,2} ?(?:月|日|号)/;
const DECADE = /^ ?年代/;
const YEARS_BEFORE = /(?:近|过去|未来|今后|历时|为期|连续|满|长达|用|经过|第) ?$/;

/** Reads the figure whose digits begin at `at`. @returns where to go on */
export function figureAt(walk: Walk, at: number): number {
  const { plain } = walk;
  const found = digitsAt(plain, at);
  if (!found) return at + 1;
  const { end, text } = found;
  if (!isReadable(text) || (plain.charAt(end) === "." && isDigitCode(plain.charCodeAt(end + 1))))
    return skipRun(plain, end);
  const rest = plain.slice(end, end + 8);
  const before = plain.charAt(at - 1);
  if (isLetter(rest.charCodeAt(0)) && !/^(?:km|kg|kw|mw|KW|MW|m2|hm2|hm²)/.test(rest))
    return afterWord(plain, end);
  if (isMarker(walk, at, end)) return end;
  if (before === "×" || before === "*" || before === "/") return skipRun(plain, end);
  const proportion = proportionAt(walk, at);
  if (proportion !== undefined) return proportion;
  const isOrdinal = before === "第" || (before === " " && plain.charAt(at - 2) === "第");
  if (isOrdinal) return ordinalAt(walk, at, found);
  if (DATE_RANGE.test(rest) && !text.includes(".")) return end;
  if (NOT_A_FIGURE_AFTER.test(rest) && !isDuration(plain, at, text, rest)) return end;
  if (DECADE.test(rest)) return end;
  return pushFigure(walk, { at, digitsEnd: end, text, isChinese: false });
}

/** "近3年", "5年": a duration; "2016年", "15年" after nothing: a date. */
function isDuration(plain: string, at: number, text: string, rest: string): boolean {
  return (
    /^ ?年(?!度|代|级)/.test(rest) &&
    text.length <= 2 &&
    YEARS_BEFORE.test(plain.slice(Math.max(0, at - 4), at))
  );
}

function skipRun(plain: string, at: number): number {
  let end = at;
  while (end < plain.length && (isDigitCode(plain.charCodeAt(end)) || plain.charAt(end) === ".")) end++;
  return Math.max(end, at);
}

/** "1." "2、" "(3)" at the beginning of a line or bracket. */
function isMarker(walk: Walk, at: number, end: number): boolean {
  const { plain } = walk;
  const next = plain.charAt(end);
  const before = plain.slice(Math.max(0, at - 3), at).trimEnd();
  if (before.endsWith("(") && next === ")" && end - at <= 2) return true;
  const atStart = before === "" || before.endsWith("\n") || /[。;:]$/.test(before);
  return (
    atStart &&
    end - at <= 2 &&
    (next === "、" || next === ")" || (next === "." && !isDigitCode(plain.charCodeAt(end + 1))))
  );
}

/** 25.7:26.8:47.5 as one list; 8:30 and 1:2 are left out. */
function proportionAt(walk: Walk, at: number): number | undefined {
  const { plain } = walk;
  const parts: { at: number; digitsEnd: number; text: string }[] = [];
  for (let from = at; parts.length < 8; ) {
    if (!isDigitCode(plain.charCodeAt(from))) return undefined;
    const found = digitsAt(plain, from);
    if (!found || !isReadable(found.text)) return undefined;
    parts.push({ at: from, digitsEnd: found.end, text: found.text });
    if (plain.charAt(found.end) !== ":" && plain.charAt(found.end) !== "∶") break;
    from = found.end + 1;
  }
  if (parts.length < 2) return undefined;
  const end = parts.at(-1)?.digitsEnd ?? at;
  if (parts.length >= 3) {
    const percent = { name: "%", dimension: "percent", hundredths: 100n, counted: false };
    walk.proportions.push(
      parts.map((part) =>
        makeQuantity(walk, { ...part, end: part.digitsEnd, unit: percent, hedge: "none", isChinese: false }),
      ),
    );
  }
  return end;
}

const RANK_LEAD =
  /(?:排名|排在|排|居|位列|名列|列|位次|名次|位于|升至|上升到|前移到|下降到|退居|跃居|位居|排位|前进到|后移到|并列|保持)[^,;。]{0,12}第 ?$/;

/** 第3位, 排名第15: a rank. Any other ordinal (第七次, 第三季度) is no figure. */
function ordinalAt(walk: Walk, at: number, found: Digits): number {
  const { plain } = walk;
  const rest = plain.slice(found.end, found.end + 2);
  const isRank =
    /^ ?[位名]/.test(rest) ||
    (RANK_LEAD.test(plain.slice(Math.max(0, at - 20), at)) && !/^[一-龥]/.test(rest));
  if (!isRank || found.text.includes(".")) return found.end;
  const end = found.end + (/^[位名]/.test(rest) ? 1 : 0);
  const unit = { name: plain.slice(found.end, end), dimension: "rank", hundredths: 100n, counted: true };
  push(
    walk,
    makeQuantity(walk, {
      at,
      digitsEnd: found.end,
      end,
      text: found.text,
      unit,
      hedge: "none",
      isChinese: false,
      isOrdinal: true,
    }),
  );
  return end;
}

const CHINESE_UNIT_NEEDED =
  /^(?:个百分点|[个项户人名家座起件条类种批次处所台辆头只亩吨元万亿成倍%]|大类|方面|大|方|点)/;

/** The same for a Chinese numeral. */
export function numeralFigureAt(walk: Walk, at: number): number {
  const { plain } = walk;
  if (plain.startsWith("百分之", at)) {
    const found = numeralAt(plain, at + 3);
    if (!found) return at + 3;
    const end = at + 3 + found.length;
    const unit = { name: "%", dimension: "percent", hundredths: 100n, counted: false };
    push(
      walk,
      makeQuantity(walk, {
        at,
        digitsEnd: end,
        end,
        text: found.digits,
        unit,
        hedge: hedgeBefore(plain, at),
        isChinese: true,
      }),
    );
    return end;
  }
  const found = numeralAt(plain, at);
  if (!found || !isReadable(found.digits)) return at + (found?.length ?? 1);
  const end = at + found.length;
  const before = plain.charAt(at - 1);
  const rest = plain.slice(end, end + 4);
  if (before === "第" || before === "十" || before === "几" || before === "数" || before === "每") return end;
  if (!CHINESE_UNIT_NEEDED.test(rest) || found.digits === "0") return end;
  return pushFigure(walk, { at, digitsEnd: end, text: found.digits, isChinese: true });
}

type Found = { at: number; digitsEnd: number; text: string; isChinese: boolean };

function pushFigure(walk: Walk, found: Found): number {
  const { plain } = walk;
  let end = found.digitsEnd;
  let hedge = hedgeBefore(plain, found.at);
  if (isSome(plain.charAt(end)) && unitAt(plain, end + 1)) {
    hedge = "some";
    end++;
  }
  const unit = unitAt(plain, end);
  if (unit) {
    if (unit.scaled && isSome(plain.charAt(end + unit.unit.name.length - 1))) hedge = "some";
    const body = plain.slice(end, end + unit.length);
    if (/[多余]/.test(body.slice(0, 3)) && unit.scaled) hedge = "some";
    end += unit.length;
  } else if (end !== found.digitsEnd) {
    end = found.digitsEnd;
    hedge = hedgeBefore(plain, found.at);
  }
  const after = unit ? hedgeAfter(plain, end) : { hedge: "none" as const, length: 0 };
  const isThreshold =
    after.length === 2 && /^以[上下内]/.test(plain.slice(end, end + 2)) && isNoun(plain, end + 2);
  if (after.hedge !== "none" && !isThreshold) {
    hedge = after.hedge;
    end += after.length;
  }
  push(
    walk,
    makeQuantity(walk, {
      ...found,
      end,
      unit: unit?.unit ?? NO_UNIT,
      hedge: isThreshold ? "none" : hedge,
      isThreshold,
    }),
  );
  return end;
}

function isNoun(plain: string, at: number): boolean {
  const char = plain.charAt(at);
  return char === "的"
    ? /[一-龥]/.test(plain.charAt(at + 1))
    : /[一-龥(]/.test(char) && !"并且和或、".includes(char);
}

type Making = {
  at: number;
  digitsEnd: number;
  end: number;
  text: string;
  unit: TextUnit;
  hedge: Hedge;
  isChinese: boolean;
  isOrdinal?: boolean;
  isThreshold?: boolean;
};

function makeQuantity(walk: Walk, making: Making): Quantity {
  const { at, digitsEnd, end, text, unit, hedge } = making;
  const lead = (walk.leadBefore + walk.plain.slice(Math.max(walk.leadFrom, at - REACH), at))
    .slice(-REACH)
    .trimEnd();
  // 300-400元 and 300元-400元 are ranges
  const isRange = lead === "-" && walk.quantities.at(-1)?.end === walk.leadFrom;
  const isNegative = /[-]$/.test(lead) && !/[0-9A-Za-z]-$/.test(lead) && !isRange;
  const point = text.indexOf(".");
  const decimals = point < 0 ? 0 : text.length - point - 1;
  const mantissa = BigInt(text.replace(".", ""));
  const lastDigit = (10n ** BigInt(10 - decimals) * unit.hundredths) / 100n;
  const center = (isNegative ? -mantissa : mantissa) * lastDigit;
  const isExact = unit.counted && decimals === 0 && hedge === "none";
  const zeros = decimals > 0 ? 0 : (/0*$/.exec(text)?.[0].length ?? 0);
  const lastSaid = lastDigit * 10n ** BigInt(zeros === text.length ? 0 : zeros);
  return {
    start: at,
    end,
    digitsEnd,
    center,
    range: intervalOf(hedge, { center, lastDigit, lastSaid, isExact }),
    lastDigit,
    decimals,
    unit,
    hedge,
    isExact,
    isChinese: making.isChinese,
    isRange: false,
    isThreshold: making.isThreshold ?? false,
    per: /(?:每|平均每|人均每)([一-龥]{1,4})$/.exec(lead)?.[1] ?? null,
    isOrdinal: making.isOrdinal ?? false,
    lead,
    tail: "",
    clause: walk.clauses.length - 1,
    segment: walk.segment,
    sentence: walk.sentence,
    paragraph: walk.paragraph,
    bracket: walk.brackets.at(-1)?.number ?? 0,
  };
}

function push(walk: Walk, quantity: Quantity): void {
  walk.quantities.push(quantity);
  walk.leadBefore = "";
  walk.leadFrom = quantity.end;
}
