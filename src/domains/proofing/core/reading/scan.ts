/**
 * One walk through the text: figures, and the clauses they stand in. Linear: every look ahead or behind is bounded.
 */
import { ONE } from "../interval.ts";
import { hedgeAfter, hedgeBefore, intervalOf } from "./hedges.ts";
import { isNumeralChar, numeralAt } from "./numerals.ts";
import { plainText } from "./plain-text.ts";
import type { Hedge, Quantity, TextUnit } from "./quantity.ts";
import { isSome, NO_UNIT, unitAt } from "./units.ts";

export type Clause = {
  readonly start: number;
  end: number;
  /** what closed it: "," ";" "。" "\n" "(" ")" ":" or "" at the end of the text */
  closedBy: string;
  readonly sentence: number;
  readonly paragraph: number;
  readonly bracket: number;
};

export type Scan = {
  /** same length and offsets as the draft */
  readonly plain: string;
  readonly quantities: readonly Quantity[];
  readonly clauses: readonly Clause[];
  /** 25.7:26.8:47.5 */
  readonly proportions: readonly (readonly Quantity[])[];
};

/** Words before and after a figure that are looked at. */
const REACH = 48;

type Draft = {
  plain: string;
  quantities: Quantity[];
  proportions: Quantity[][];
  clauses: Clause[];
  segment: number;
  sentence: number;
  paragraph: number;
  brackets: { number: number; leadBefore: string }[];
  bracketCount: number;
  /** text of the clause that stood before an inserted bracket or figure */
  leadBefore: string;
  leadFrom: number;
};

export function scanText(text: string): Scan {
  const plain = plainText(text);
  const draft: Draft = {
    plain,
    quantities: [],
    proportions: [],
    clauses: [],
    segment: 0,
    sentence: 0,
    paragraph: 0,
    brackets: [],
    bracketCount: 0,
    leadBefore: "",
    leadFrom: 0,
  };
  openClause(draft, 0);
  for (let at = 0; at < plain.length; ) at = step(draft, at);
  closeClause(draft, plain.length, "");
  inheritUnits(draft);
  setTails(draft);
  return {
    plain,
    quantities: draft.quantities.filter((q) => q.unit !== NO_UNIT),
    clauses: draft.clauses,
    proportions: draft.proportions,
  };
}

function step(draft: Draft, at: number): number {
  const { plain } = draft;
  const char = plain.charAt(at);
  const code = char.charCodeAt(0);
  if (code >= 48 && code <= 57) return figureAt(draft, at);
  if (isLetter(code)) return afterWord(plain, at);
  switch (char) {
    case "\n":
      return breakAt(draft, at, { paragraph: true });
    case "。":
    case "!":
    case "?":
      return breakAt(draft, at, { sentence: true });
    case ";":
    case ",":
    case "，":
    case ":":
      return breakAt(draft, at, {});
    case "(":
      return openBracket(draft, at);
    case ")":
      return closeBracket(draft, at);
    case "[":
    case "〔":
    case "【":
      return afterNote(plain, at);
    default:
      return isNumeralChar(char) || (char === "百" && plain.startsWith("百分之", at))
        ? numeralFigureAt(draft, at)
        : at + 1;
  }
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** G108, H1N1, 2x3 in a model name: letters and what is glued to them. */
function afterWord(plain: string, at: number): number {
  let end = at;
  while (end < plain.length && end - at < 200) {
    const code = plain.charCodeAt(end);
    if (!isLetter(code) && !isDigitCode(code) && !(code === 45 && isDigitCode(plain.charCodeAt(end + 1))))
      break;
    end++;
  }
  return end;
}

/** [3] and 〔2016〕60号 are no figures; a longer note is read like other text. */
function afterNote(plain: string, at: number): number {
  for (let end = at + 1; end < Math.min(plain.length, at + 8); end++) {
    const char = plain.charAt(end);
    if (char === "]" || char === "〕" || char === "】") {
      let after = end + 1;
      if (char === "〕") while (isDigitCode(plain.charCodeAt(after))) after++;
      return after;
    }
    if (!isDigitCode(char.charCodeAt(0))) return at + 1;
  }
  return at + 1;
}

// --- clauses ---

function openClause(draft: Draft, at: number): void {
  draft.clauses.push({
    start: at,
    end: at,
    closedBy: "",
    sentence: draft.sentence,
    paragraph: draft.paragraph,
    bracket: draft.brackets.at(-1)?.number ?? 0,
  });
  draft.leadFrom = at;
}

function closeClause(draft: Draft, at: number, by: string): void {
  const clause = draft.clauses.at(-1);
  if (!clause) return;
  clause.end = at;
  clause.closedBy = by;
}

function breakAt(draft: Draft, at: number, what: { sentence?: boolean; paragraph?: boolean }): number {
  const char = draft.plain.charAt(at);
  closeClause(draft, at, char === "，" ? "," : char);
  if (what.sentence || what.paragraph || char === ";") draft.segment++;
  if (what.sentence || what.paragraph) draft.sentence++;
  if (what.paragraph) {
    draft.paragraph++;
    draft.brackets.length = 0;
  }
  draft.leadBefore = "";
  openClause(draft, at + 1);
  return at + 1;
}

function openBracket(draft: Draft, at: number): number {
  closeClause(draft, at, "(");
  const leadBefore = (draft.leadBefore + draft.plain.slice(draft.leadFrom, at)).slice(-REACH);
  if (draft.brackets.length < 8) draft.brackets.push({ number: ++draft.bracketCount, leadBefore });
  draft.leadBefore = "";
  openClause(draft, at + 1);
  return at + 1;
}

function closeBracket(draft: Draft, at: number): number {
  closeClause(draft, at, ")");
  draft.leadBefore = draft.brackets.pop()?.leadBefore ?? "";
  openClause(draft, at + 1);
  return at + 1;
}

// --- figures ---

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

function figureAt(draft: Draft, at: number): number {
  const { plain } = draft;
  const found = digitsAt(plain, at);
  if (!found) return at + 1;
  const { end, text } = found;
  if (!isReadable(text) || (plain.charAt(end) === "." && isDigitCode(plain.charCodeAt(end + 1))))
    return skipRun(plain, end);
  const rest = plain.slice(end, end + 8);
  const before = plain.charAt(at - 1);
  if (isLetter(rest.charCodeAt(0)) && !/^(?:km|kg|kw|mw|KW|MW|m2|hm2|hm²)/.test(rest))
    return afterWord(plain, end);
  if (isMarker(draft, at, end)) return end;
  if (before === "×" || before === "*" || before === "/") return skipRun(plain, end);
  const proportion = proportionAt(draft, at);
  if (proportion !== undefined) return proportion;
  const isOrdinal = before === "第" || (before === " " && plain.charAt(at - 2) === "第");
  if (isOrdinal) return ordinalAt(draft, at, found);
  if (DATE_RANGE.test(rest) && !text.includes(".")) return end;
  if (NOT_A_FIGURE_AFTER.test(rest) && !isDuration(plain, at, text, rest)) return end;
  if (DECADE.test(rest)) return end;
  return pushFigure(draft, { at, digitsEnd: end, text, isChinese: false });
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
function isMarker(draft: Draft, at: number, end: number): boolean {
  const { plain } = draft;
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
function proportionAt(draft: Draft, at: number): number | undefined {
  const { plain } = draft;
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
    draft.proportions.push(
      parts.map((part) =>
        makeQuantity(draft, { ...part, end: part.digitsEnd, unit: percent, hedge: "none", isChinese: false }),
      ),
    );
  }
  return end;
}

const RANK_LEAD =
  /(?:排名|排在|排|居|位列|名列|列|位次|名次|位于|升至|上升到|前移到|下降到|退居|跃居|位居|排位|前进到|后移到|并列|保持)[^,;。]{0,12}第 ?$/;

/** 第3位, 排名第15: a rank. Any other ordinal (第七次, 第三季度) is no figure. */
function ordinalAt(draft: Draft, at: number, found: Digits): number {
  const { plain } = draft;
  const rest = plain.slice(found.end, found.end + 2);
  const isRank =
    /^ ?[位名]/.test(rest) ||
    (RANK_LEAD.test(plain.slice(Math.max(0, at - 20), at)) && !/^[一-龥]/.test(rest));
  if (!isRank || found.text.includes(".")) return found.end;
  const end = found.end + (/^[位名]/.test(rest) ? 1 : 0);
  const unit = { name: plain.slice(found.end, end), dimension: "rank", hundredths: 100n, counted: true };
  push(
    draft,
    makeQuantity(draft, {
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

function numeralFigureAt(draft: Draft, at: number): number {
  const { plain } = draft;
  if (plain.startsWith("百分之", at)) {
    const found = numeralAt(plain, at + 3);
    if (!found) return at + 3;
    const end = at + 3 + found.length;
    const unit = { name: "%", dimension: "percent", hundredths: 100n, counted: false };
    push(
      draft,
      makeQuantity(draft, {
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
  return pushFigure(draft, { at, digitsEnd: end, text: found.digits, isChinese: true });
}

type Found = { at: number; digitsEnd: number; text: string; isChinese: boolean };

function pushFigure(draft: Draft, found: Found): number {
  const { plain } = draft;
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
    draft,
    makeQuantity(draft, {
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

function makeQuantity(draft: Draft, making: Making): Quantity {
  const { at, digitsEnd, end, text, unit, hedge } = making;
  const lead = (draft.leadBefore + draft.plain.slice(Math.max(draft.leadFrom, at - REACH), at))
    .slice(-REACH)
    .trimEnd();
  const isNegative = /[-]$/.test(lead) && !/[0-9A-Za-z]-$/.test(lead);
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
    clause: draft.clauses.length - 1,
    segment: draft.segment,
    sentence: draft.sentence,
    paragraph: draft.paragraph,
    bracket: draft.brackets.at(-1)?.number ?? 0,
  };
}

function push(draft: Draft, quantity: Quantity): void {
  draft.quantities.push(quantity);
  draft.leadBefore = "";
  draft.leadFrom = quantity.end;
}

/** 2.16和1.66个百分点, 300到400元: a figure without a unit takes the one of its neighbour; a range becomes one figure. */
function inheritUnits(draft: Draft): void {
  const { plain, quantities } = draft;
  for (let i = quantities.length - 2; i >= 0; i--) {
    const left = quantities[i] as Quantity;
    const right = quantities[i + 1] as Quantity;
    const between = plain.slice(left.end, Math.min(right.start, left.end + 4)).trim();
    if (right.start - left.end > 3 || right.unit === NO_UNIT) continue;
    const isRange = /^(?:-|—|~|到|至|——)$/.test(between);
    if (isRange && (left.unit === NO_UNIT || left.unit.dimension === right.unit.dimension)) {
      if (/[由从自]$/.test(left.lead)) {
        if (left.unit === NO_UNIT) quantities[i] = withUnit(left, right.unit);
        continue;
      }
      const low = left.unit === NO_UNIT ? withUnit(left, right.unit) : left;
      quantities.splice(i, 2, joinRange(low, right));
    } else if (left.unit === NO_UNIT && /^(?:、|和|与|及|或|以及|,)$/.test(between)) {
      quantities[i] = withUnit(left, right.unit);
    }
  }
}

function withUnit(quantity: Quantity, unit: TextUnit): Quantity {
  const lastDigit = (10n ** BigInt(10 - quantity.decimals) * unit.hundredths) / 100n;
  const center = (quantity.center / (quantity.lastDigit === 0n ? ONE : quantity.lastDigit)) * lastDigit;
  const isExact = unit.counted && quantity.decimals === 0 && quantity.hedge === "none";
  return {
    ...quantity,
    unit,
    lastDigit,
    center,
    isExact,
    range: intervalOf(quantity.hedge, { center, lastDigit, lastSaid: lastDigit, isExact }),
  };
}

function joinRange(low: Quantity, high: Quantity): Quantity {
  return {
    ...low,
    end: high.end,
    digitsEnd: high.digitsEnd,
    center: (low.center + high.center) / 2n,
    range: { lo: low.range.lo, hi: high.range.hi },
    unit: high.unit,
    isExact: false,
    isRange: true,
    hedge: "about",
    tail: high.tail,
  };
}

function setTails(draft: Draft): void {
  const { plain, quantities, clauses } = draft;
  quantities.forEach((quantity, i) => {
    const clauseEnd = clauses[quantity.clause]?.end ?? plain.length;
    const next = quantities[i + 1];
    const until = next && next.clause === quantity.clause ? next.start : clauseEnd;
    quantity.tail = plain.slice(quantity.end, Math.min(until, quantity.end + REACH)).trim();
  });
}
