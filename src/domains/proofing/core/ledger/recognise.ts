/**
 * Which figures of a draft the ledger can be asked about: those whose measure, region and period are certain. Everything
 * else is left alone; a comparison that should not have been made costs more than one that was not.
 *
 * How a reader inherits: a region and a period hold until others are named, within their paragraph; a measure for the
 * figures that follow it without another subject. A clause with words that are not known ends the measure and, for
 * its sentence, the period.
 */
import type { RegionCode } from "../../../../shared/region-code.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { type Aspect, aspectOf, type Said } from "./aspects.ts";
import {
  type LedgerNames,
  type Lexicon,
  makeLexicon,
  type NamedMeasure,
  readTokens,
  type Token,
} from "./ledger-words.ts";
import { PART_WORDS } from "./measure-names.ts";
import type { SpokenPeriod } from "./period-words.ts";
import { type Clause, isHeading, readParagraphs, type Statement } from "./statements.ts";

/** Plain data: it comes back from the thread that reads. */
export type RecognisedFigure = {
  readonly quantity: Quantity;
  /** the passage it stands in */
  readonly clause: Clause;
  readonly aspect: Aspect;
  /** of a growth: 1 as 增长, −1 as 下降 */
  readonly sign: 1 | -1;
  readonly measure: string;
  readonly region: RegionCode;
  /** the month up to which, or in which: "2016-07" */
  readonly period: string;
  readonly isMonth: boolean;
  /** of a rank, what it goes by; undefined when unsaid */
  readonly rankedBy: "growth" | "value" | undefined;
};

type Topic = {
  measure: NamedMeasure;
  region: RegionCode | undefined;
  period: SpokenPeriod | undefined;
  /** named by a heading for the paragraph below it */
  isHeading: boolean;
};

type State = {
  readonly lexicon: Lexicon;
  readonly measures: ReadonlyMap<string, NamedMeasure>;
  /** what the draft is of; undefined when its heading names a place that is not known */
  draftRegion: RegionCode | undefined;
  /** the year that "今年" is; undefined once the draft has gone over to another */
  draftYear: number | undefined;
  hasTitle: boolean;
  /** under a heading of plans nothing is a result */
  isPlan: boolean;
  region: RegionCode | undefined;
  period: SpokenPeriod | undefined;
  /** of periods without one */
  year: number | undefined;
  topic: Topic | undefined;
  /** until the end of the sentence: 剔除…后, 按可比价格计算, a clause that is not understood */
  isAdjusted: boolean;
  isComparable: boolean;
  isSuspended: boolean;
};

const PLANS =
  /预计|预测|预期|力争|确保|计划|目标|争取|规划|打算|安排|部署|要求|若|如果|假如|按照|今后|未来|下一步|下半年|明年|年底|将/;
const PLAN_HEADING = /目标|计划|任务|打算|安排|部署|思路|预测|预判|展望|下一步|措施/;
const MARKER =
  /^[\s#]*(?:[一二三四五六七八九十]{1,3}[、是]|\d{1,2}\s*(?:[、．]|\.(?!\d))|首先|其次|[-·•●*]\s*)?/;
const HARMLESS_NOTE = /^(?:[一二三四五六七八九十\d]{1,3}|GDP|gdp|不含农户|现价|当年价|累计|下同)$/;

export function recogniseFigures(reading: Reading, names: LedgerNames): RecognisedFigure[] {
  const year = Number(names.period.slice(0, 4));
  const state: State = {
    lexicon: makeLexicon(names),
    measures: new Map(names.measures.map((measure) => [measure.code, measure])),
    draftRegion: names.own.code,
    draftYear: year,
    hasTitle: false,
    isPlan: false,
    region: names.own.code,
    period: undefined,
    year,
    topic: undefined,
    isAdjusted: false,
    isComparable: false,
    isSuspended: false,
  };
  const found: RecognisedFigure[] = [];
  let goesOn = false;
  for (const paragraph of readParagraphs(reading)) {
    if (isHeading(paragraph)) readHeading(state, paragraph[0] as Statement);
    else {
      if (!goesOn) openParagraph(state);
      for (const statement of paragraph) readStatement(state, statement, found);
    }
    // a list goes on over the ends of its lines
    goesOn = /^[,;:、]$/.test(paragraph.at(-1)?.closedBy ?? "");
  }
  return found;
}

function openParagraph(state: State): void {
  state.region = state.draftRegion;
  state.period = undefined;
  state.year = state.draftYear;
  // a heading that is a measure and nothing else names what the paragraph is about
  if (state.topic?.isHeading) state.topic = { ...state.topic, region: state.region, isHeading: false };
  else state.topic = undefined;
  endSentence(state);
}

function endSentence(state: State): void {
  state.isAdjusted = false;
  state.isComparable = false;
  state.isSuspended = false;
  // 7月份 is said of its own sentence; what comes behind may be cumulative again
  if (state.period?.form === "month") state.period = undefined;
  if (state.topic?.period?.form === "month") state.topic = undefined;
}

function readHeading(state: State, heading: Statement): void {
  const text = heading.pieces.join("").replace(MARKER, "");
  const tokens = readTokens(state.lexicon, text);
  const { own } = state.lexicon.names;
  const regions = tokens.filter((token) => token.kind === "region");
  if (regions.some(({ code }) => code === own.code)) state.draftRegion = own.code;
  else if (regions.length > 0 || isPlace(tokens)) state.draftRegion = undefined;
  readTitleYear(state, tokens);
  state.isPlan = PLAN_HEADING.test(text) && !/情况|回顾|总结/.test(text);
  const measure = tokens.every(({ kind }) => kind === "measure" || kind === "region")
    ? theOnly(measuresIn(tokens))
    : undefined;
  const named = measure === undefined ? undefined : state.measures.get(measure);
  state.topic = named && { measure: named, region: undefined, period: undefined, isHeading: true };
}

/** A title says which year the draft is of. A date under it need not, but where no title does and it is another, none is certain. */
function readTitleYear(state: State, tokens: readonly Token[]): void {
  for (const { form, year } of periodsIn(tokens)) {
    if (!year || !("given" in year)) continue;
    if (form !== "other") {
      state.draftYear = year.given;
      state.hasTitle = true;
    } else if (!state.hasTitle && year.given !== state.draftYear) state.draftYear = undefined;
  }
}

function readStatement(state: State, statement: Statement, found: RecognisedFigure[]): void {
  const pieces = statement.pieces.map((piece, i) => (i === 0 ? withoutHeading(state, piece) : piece));
  const rankings = statement.mentions.map(({ quantity }, i) => {
    const match = quantity.isOrdinal ? state.lexicon.ranking?.exec(pieces[i] ?? "") : undefined;
    if (match) pieces[i] = (pieces[i] ?? "").slice(0, match.index);
    return match ?? undefined;
  });
  const read = pieces.map((piece) => readTokens(state.lexicon, piece));
  const tokens = read.flat();
  const isKnown =
    tokens.every(({ kind }) => kind !== "unknown") &&
    statement.notes.every((note) => HARMLESS_NOTE.test(note.trim())) &&
    measuresIn(tokens).length <= 1 &&
    regionsIn(tokens).length <= 1 &&
    periodsIn(tokens).length <= 1;
  if (isKnown) {
    settle(state, tokens);
    const isAgainstOther = tokens.some((token) => token.kind === "against" && !token.isLastYear);
    if (!isAgainstOther && !state.isPlan)
      statement.mentions.forEach((mention, i) => {
        const context = { before: read[i] ?? [], after: read[i + 1] ?? [], ranking: rankings[i] };
        const figure = figureOf(state, { mention, ...context, clause: statement.clause });
        if (figure) found.push(figure);
      });
  } else pass(state, tokens);
  if (/^[;。!?\n]$/.test(statement.closedBy)) endSentence(state);
}

/** "（一）指标情况   1—7月": a heading that has run into its paragraph, as in text taken from a page, is set apart by spaces. */
function withoutHeading(state: State, piece: string): string {
  const text = piece.replace(MARKER, "");
  const at = text.lastIndexOf("  ");
  if (at <= 0) return text;
  const tokens = readTokens(state.lexicon, text.slice(0, at));
  if (tokens.every(({ kind }) => kind !== "unknown") || measuresIn(tokens).length > 0) return text;
  if (isPlace(tokens)) state.region = undefined;
  return text.slice(at);
}

/** A statement that is understood: what it names holds from here on. */
function settle(state: State, tokens: readonly Token[]): void {
  if (tokens.some(({ kind }) => kind === "adjusted")) state.isAdjusted = true;
  if (tokens.some(({ kind }) => kind === "comparable")) state.isComparable = true;
  const [spoken] = periodsIn(tokens);
  if (spoken) {
    noteYear(state, spoken);
    state.period = withYear(state, spoken);
    state.isSuspended = false;
  }
  const [region] = regionsIn(tokens);
  if (region !== undefined) state.region = region;
  const measure = theOnly(measuresIn(tokens));
  const named = measure === undefined ? undefined : state.measures.get(measure);
  const period = state.isSuspended ? undefined : state.period;
  if (named) state.topic = { measure: named, region: state.region, period, isHeading: false };
  else if (state.topic) {
    if (region !== undefined) state.topic.region = region;
    if (spoken) state.topic.period = state.period;
  }
  // of another place is only what names it, and what follows without a subject of its own
  if (region !== undefined && region !== state.lexicon.names.own.code) state.region = undefined;
}

/** A statement that is not understood: nothing in it is compared, and what it may have changed is no longer certain. */
function pass(state: State, tokens: readonly Token[]): void {
  const { own } = state.lexicon.names;
  const text = tokens.map((token) => (token.kind === "unknown" ? token.text : " ")).join("");
  state.topic = undefined;
  state.isSuspended = true;
  const periods = periodsIn(tokens);
  for (const spoken of periods) {
    const year = yearOf(state, spoken);
    if (year !== undefined) state.year = year === state.draftYear ? year : undefined;
  }
  const [only] = periods;
  if (only) state.period = periods.length === 1 && only.form === "ytd" ? withYear(state, only) : undefined;
  if (PLANS.test(text) || tokens.some(({ kind }) => kind === "task")) state.period = undefined;
  const regions = regionsIn(tokens);
  if (isPlace(tokens)) state.region = undefined;
  else if (theOnly(regions) === own.code) state.region = own.code;
  else if (regions.length > 0 || mayBePlace(tokens)) state.region = undefined;
}

/** 忻府区, 外县: a place that is not known. */
function isPlace(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === "unknown" && PLACE.test(token.text.replaceAll(NO_PLACE, " ")));
}

/** So may be any word in front of a measure that makes no part of it. */
function mayBePlace(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ kind }) => kind === "measure");
  return tokens
    .slice(0, Math.max(at, 0))
    .some((token) => token.kind === "unknown" && !PART_WORDS.test(token.text));
}

const PLACE = /[一-龥]{1,5}(?:省|市|县|区|旗|盟|州|镇|乡|街道)|全国|全省|我省/;
const NO_PLACE =
  /地区|市区|城区|园区|社区|景区|山区|辖区|灾区|市场|城市|都市|县域|县级|市级|区域|乡镇|乡村|城乡|城镇|省级|省委|市委|县委|区委|市政府|省政府|县政府/g;

type Candidate = Said & {
  clause: Clause;
  /** 增速居忻州市第: the words that make it a rank, with what it is ranked on when they say so */
  ranking: RegExpExecArray | undefined;
};

function figureOf(state: State, candidate: Candidate): RecognisedFigure | undefined {
  const { topic } = state;
  if (topic?.region === undefined || topic.period === undefined) return undefined;
  const aspect = aspectOf(candidate, {
    measure: topic.measure,
    isAdjusted: state.isAdjusted,
    isComparable: state.isComparable,
    form: topic.period.form,
  });
  const period = monthOf(topic.period, state.lexicon.names.period);
  if (aspect === undefined || period === undefined) return undefined;
  const { quantity, sign } = candidate.mention;
  return {
    quantity,
    clause: candidate.clause,
    aspect,
    sign: sign === -1 && quantity.center >= 0n ? -1 : 1,
    measure: topic.measure.code,
    region: topic.region,
    period,
    isMonth: topic.period.form === "month",
    rankedBy: rankedBy(candidate.ranking),
  };
}

function rankedBy(ranking: RegExpExecArray | undefined): RecognisedFigure["rankedBy"] {
  const word = ranking?.[1];
  if (word === undefined) return undefined;
  return word.startsWith("增") ? "growth" : "value";
}

/** "2016-07"; undefined without a year, and for a month of the newest year that is still to come. */
function monthOf({ month, year }: SpokenPeriod, newest: string): string | undefined {
  if (month === 0 || year === undefined || !("given" in year)) return undefined;
  const period = `${String(year.given).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  return period <= newest ? period : undefined;
}

function yearOf(state: State, { year }: SpokenPeriod): number | undefined {
  if (year === undefined) return undefined;
  if ("given" in year) return year.given;
  return state.draftYear === undefined ? undefined : state.draftYear + year.offset;
}

/** The year that is spoken of counts for the periods after it; another than the draft's makes them uncertain. */
function noteYear(state: State, spoken: SpokenPeriod): void {
  if (spoken.year === undefined) return;
  const year = yearOf(state, spoken);
  state.year = year === state.draftYear ? year : undefined;
}

function withYear(state: State, spoken: SpokenPeriod): SpokenPeriod | undefined {
  if (spoken.form === "same-month") {
    return state.period?.form === "ytd" ? { ...state.period, form: "month" } : undefined;
  }
  const year = spoken.year === undefined ? state.year : yearOf(state, spoken);
  return { ...spoken, year: year === undefined ? undefined : { given: year } };
}

function measuresIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => (token.kind === "measure" ? [token.code] : []));
}

function regionsIn(tokens: readonly Token[]): RegionCode[] {
  return [...new Set(tokens.flatMap((token) => (token.kind === "region" ? [token.code] : [])))];
}

function periodsIn(tokens: readonly Token[]): SpokenPeriod[] {
  return tokens.flatMap((token) => (token.kind === "period" ? [token.period] : []));
}

function theOnly<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
