/**
 * Laws over made-up sentences: what is consistent is never reported, one wrong figure always is, and reading survives any
 * string. Whether a sentence is consistent is worked out here with the exact Decimal, not with the engine's intervals.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decimal, dec, HUNDRED, sum } from "../../../shared/decimal.ts";
import { type Claim, RELATIONS, SEVERITIES, VERDICTS } from "./claim.ts";
import { type Draws, drawsFrom } from "./example-draws.ts";
import { noise } from "./example-noise.ts";
import {
  type Example,
  type Figure,
  KINDS,
  type Law,
  makeExample,
  plainSentence,
  textOf,
} from "./example-sentences.ts";
import { proofText } from "./proof-text.ts";

// --- what a law says of printed figures ---

type Range = { lo: Decimal; hi: Decimal };
type Printed = Range & { center: Decimal; lastDigit: Decimal; isExact: boolean };

function readPrinted({ power, isExact }: Figure, digits: string): Printed {
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  const center = dec(digits).times(dec(10).pow(power));
  const lastDigit = dec(10).pow(power - decimals);
  const half = isExact ? dec(0) : lastDigit.div(2);
  return { center, lastDigit, isExact, lo: center.minus(half), hi: center.plus(half) };
}

const added = (all: readonly Range[]): Range => ({
  lo: sum(all.map(({ lo }) => lo)),
  hi: sum(all.map(({ hi }) => hi)),
});
const minus = (a: Range, b: Range): Range => ({ lo: a.lo.minus(b.hi), hi: a.hi.minus(b.lo) });
const turned = (a: Range, sign: 1 | -1): Range =>
  sign === 1 ? a : { lo: a.hi.negated(), hi: a.lo.negated() };
const percent = (a: Decimal, b: Decimal): Decimal => a.times(HUNDRED).div(b);
const meet = (a: Range, b: Range): boolean => a.lo.lte(b.hi) && b.lo.lte(a.hi);
const centered = ({ center }: Printed): Range => ({ lo: center, hi: center });

type Expected = { stated: Printed; range: Range; center: Decimal } | undefined;

/** The first figure of the relation and what it has to be; undefined where the others leave no answer. */
function expectedOf(law: Law, all: readonly Printed[]): Expected {
  const at = (place: number): Printed => all[place] as Printed;
  const given = (stated: Printed, of: (pick: (place: number) => Range) => Range): Expected => ({
    stated,
    range: of(at),
    center: of((place) => centered(at(place))).lo,
  });
  switch (law.is) {
    case "growth": {
      const [v, c, r] = [at(law.value), at(law.change), at(law.rate)];
      const base = (value: Decimal, change: Decimal) =>
        law.sign === 1 ? value.minus(change) : value.plus(change);
      if (base(v.lo, c.hi).lte(0) || base(v.lo, c.lo).lte(0)) return undefined;
      const rate = (value: Decimal, change: Decimal) => percent(change, base(value, change));
      return {
        stated: r,
        range: { lo: rate(v.hi, c.lo), hi: rate(v.lo, c.hi) },
        center: rate(v.center, c.center),
      };
    }
    case "between": {
      const [b, v, r] = [at(law.base), at(law.value), at(law.rate)];
      if (b.lo.lte(0)) return undefined;
      const grown = (now: Decimal, before: Decimal) => percent(now, before).minus(HUNDRED);
      const range = turned({ lo: grown(v.lo, b.hi), hi: grown(v.hi, b.lo) }, law.sign);
      return { stated: r, range, center: grown(v.center, b.center).times(law.sign) };
    }
    case "difference":
      return given(at(law.result), (of) => minus(of(law.more), of(law.less)));
    case "quotient": {
      const [part, whole] = [at(law.part), at(law.whole)];
      if (whole.lo.lte(0)) return undefined;
      const range = { lo: percent(part.lo, whole.hi), hi: percent(part.hi, whole.lo) };
      return { stated: at(law.percent), range, center: percent(part.center, whole.center) };
    }
    case "sum":
      return given(at(law.whole), (of) =>
        added(law.parts.map((place, i) => turned(of(place), law.signs[i] ?? 1))),
      );
    case "hundred":
      return given(at(law.parts[0] ?? 0), (of) =>
        minus({ lo: HUNDRED, hi: HUNDRED }, added(law.parts.slice(1).map(of))),
      );
    case "product": {
      const [rate, count, total] = [at(law.rate), at(law.count), at(law.total)];
      const range = { lo: rate.lo.times(count.lo), hi: rate.hi.times(count.hi) };
      const isMean = meet({ lo: total.lo.div(count.hi), hi: total.hi.div(count.lo) }, rate);
      return { stated: total, range: isMean ? total : range, center: rate.center.times(count.center) };
    }
    case "conversion":
      return given(at(law.to), (of) => {
        const convert = (value: Decimal) => value.times(law.times.toString()).div(law.over.toString());
        return { lo: convert(of(law.from).lo), hi: convert(of(law.from).hi) };
      });
    case "days": {
      const day = ([month, date]: readonly [number, number]) => Date.UTC(2015, month - 1, date) / 86_400_000;
      const between = dec(day(law.to) - day(law.from));
      return {
        stated: at(law.days),
        range: { lo: between, hi: between.plus(1) },
        center: between.plus("0.5"),
      };
    }
    case "trend": {
      const row = law.row.map(at);
      const holds = row.every((one, i) => {
        const before = row[i - 1];
        return before === undefined || one.center.minus(before.center).times(law.sign).gte(0);
      });
      const first = at(law.row[0] ?? 0);
      const apart = first.hi.plus(first.lastDigit.times(10));
      return { stated: first, range: holds ? first : { lo: apart, hi: apart }, center: apart };
    }
  }
}

/** near: within what a severity "last-digit" excuses, or too close to it to say. */
function judge(law: Law, all: readonly Printed[]): "fits" | "near" | "off" | "unclear" {
  const expected = expectedOf(law, all);
  if (!expected) return "unclear";
  const { stated, range, center } = expected;
  if (meet(stated, range)) return "fits";
  const off = stated.center.minus(center).abs();
  return !stated.isExact && off.lte(stated.lastDigit.times("1.6")) ? "near" : "off";
}

function judgeAll(example: Example, changed: ReadonlyMap<number, string>): ReturnType<typeof judge>[] {
  const all = example.figures.map((figure, i) => readPrinted(figure, changed.get(i) ?? figure.digits));
  return example.laws.map((law) => judge(law, all));
}

// --- errors of the pen ---

const PRINTABLE = /^(?:[1-9]\d{0,8}|0(?=\.))(?:\.\d{1,6})?$/;

/** One digit, two neighbours, or the point; anything of that length where more than a slip is wanted. */
function misprint(draws: Draws, digits: string, isSlip = false): string {
  const [whole = "", fraction = ""] = digits.split(".");
  const row = whole + fraction;
  const at = draws.int(0, row.length - 1);
  const pointed = (changed: string, point = whole.length): string =>
    point === changed.length ? changed : `${changed.slice(0, point)}.${changed.slice(point)}`;
  switch (draws.int(1, isSlip ? 3 : 4)) {
    case 1:
      return pointed(`${row.slice(0, at)}${draws.int(0, 9)}${row.slice(at + 1)}`);
    case 2:
      return pointed(row.slice(0, at) + row.charAt(at + 1) + row.charAt(at) + row.slice(at + 2));
    case 3:
      return fraction === "" ? `${row}0` : pointed(row, whole.length + draws.pick([1, -1]));
    default:
      return pointed(row.replace(/\d/g, () => String(draws.int(0, 9))));
  }
}

/** A part larger than its whole, or first parts that happen to make it up: then the list may be meant otherwise. */
function isReadOtherwise(example: Example, changed: ReadonlyMap<number, string>): boolean {
  const all = example.figures.map((figure, i) => readPrinted(figure, changed.get(i) ?? figure.digits));
  return example.laws.some((law) => {
    if (law.is !== "sum") return false;
    const whole = all[law.whole] as Printed;
    const parts = law.parts.map((place) => all[place] as Printed);
    const isPrefix = parts.some((_, i) => i > 1 && meet(added(parts.slice(0, i)), whole));
    return isPrefix || (example.isOpen === true && parts.some(({ center }) => center.gte(whole.center)));
  });
}

/** The example with one figure printed wrong so that some law is broken beyond rounding; undefined where that failed. */
function spoil(draws: Draws, example: Example): ReadonlyMap<number, string> | undefined {
  const places = example.certain ?? example.figures.map((_, i) => i);
  if (places.length === 0) return undefined;
  for (let attempt = 0; attempt < 30; attempt++) {
    const place = draws.pick(places);
    const { digits } = example.figures[place] as Figure;
    const wrong = misprint(draws, digits, example.isOpen);
    if (wrong === digits || !PRINTABLE.test(wrong) || /^0(?:\.0*)?$/.test(wrong)) continue;
    const changed = new Map([[place, wrong]]);
    if (isReadOtherwise(example, changed)) continue;
    if (judgeAll(example, changed).includes("off")) return changed;
  }
  return undefined;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const wrongIn = (text: string): Claim[] =>
  proofText(text).filter(({ verdict, severity }) => verdict === "inconsistent" && severity === "wrong");

describe.each(KINDS)("a sentence of the kind %s", (kind) => {
  test("is never reported when its figures are consistent, and is read", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const example = makeExample(drawsFrom(seed), kind);
        expect(judgeAll(example, new Map()).every((verdict) => verdict === "fits")).toBe(true);
        const text = textOf(example);
        const claims = proofText(text);
        expect(
          claims.filter(({ verdict }) => verdict === "inconsistent"),
          text,
        ).toEqual([]);
        const read = claims.filter(({ relation }) => relation !== "subset");
        expect(read.length, text).toBeGreaterThanOrEqual(Math.max(example.laws.length, 1));
      }),
      { numRuns: 120 },
    );
  });
});

/** Where nothing is said that is surely meant, an error is not always one. */
const CERTAIN = KINDS.filter((kind) => {
  const { laws, certain } = makeExample(drawsFrom(1), kind);
  return laws.length > 0 && certain?.length !== 0;
});

describe("one figure wrong beyond rounding", () => {
  test.each(CERTAIN)("is always reported in a sentence of the kind %s", (kind) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draws = drawsFrom(seed);
        const example = makeExample(draws, kind);
        const changed = spoil(draws, example);
        fc.pre(changed !== undefined);
        const text = textOf(example, changed);
        expect(wrongIn(text), text).not.toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("is looked for in all kinds but those of the announced numbers", () => {
    expect(KINDS.filter((kind) => !CERTAIN.includes(kind))).toEqual(["announced"]);
  });
});

/** Sentences of any kind, some with a line of their own, some plain. */
function drawText(draws: Draws, most: number): string {
  let text = "";
  for (let left = draws.int(2, most); left > 0; left--) {
    text += textOf(makeExample(draws)) + draws.pick(["", "", "\n"]);
    if (draws.isLucky(20)) text += plainSentence(draws);
  }
  return text;
}

const halfToFull = (text: string): string =>
  text.replace(/[\d.%]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const fullToHalf = (text: string): string =>
  text.replace(/[，：；（）]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
const withSeparators = (text: string): string =>
  text.replace(/(?<![\d.])\d{4,}(?=\D)/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));

const said = (text: string): string[] =>
  proofText(text).map(
    ({ relation, verdict, severity, spans }) =>
      `${relation} ${verdict} ${severity} ${spans.map(([from, to]) => text.slice(from, to)).join(" ")}`,
  );

describe("a text of consistent sentences", () => {
  test("is never reported, however they follow one another", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = drawText(drawsFrom(seed), 8);
        expect(wrongIn(text), text).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test("says the same in full-width digits and half-width punctuation", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = drawText(drawsFrom(seed), 3);
        expect(said(halfToFull(text))).toEqual(said(text).map(halfToFull));
        expect(said(fullToHalf(text))).toEqual(said(text));
      }),
      { numRuns: 150 },
    );
  });

  test("says the same with thousands separators", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = drawText(drawsFrom(seed), 3).replace(/\d{4}年/g, "去年");
        expect(said(withSeparators(text)).map((one) => one.replaceAll(",", ""))).toEqual(said(text));
      }),
      { numRuns: 150 },
    );
  });

  test("gives the same claims twice", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = drawText(drawsFrom(seed), 5);
        expect(proofText(text)).toEqual(proofText(text));
      }),
      { numRuns: 60 },
    );
  });

  test("gives the same claims, moved, between plain sentences", () => {
    const moved = (claims: readonly Claim[], by: number): unknown =>
      claims.map(({ relation, verdict, severity, spans, stated, computed }) => ({
        relation,
        verdict,
        severity,
        spans: spans.map(([from, to]) => [from + by, to + by]),
        stated,
        computed,
      }));
    fc.assert(
      fc.property(seeds, (seed) => {
        const draws = drawsFrom(seed);
        const text = drawText(draws, 4);
        const before = plainSentence(draws).repeat(draws.int(1, 4)) + draws.pick(["", "\n"]);
        const around = `${before}${text}${plainSentence(draws)}`;
        expect(moved(proofText(around), 0)).toEqual(moved(proofText(text), before.length));
      }),
      { numRuns: 200 },
    );
  });
});

describe("a correction", () => {
  test("put in its place makes the relation hold", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draws = drawsFrom(seed);
        const example = makeExample(draws);
        const changed = spoil(draws, example);
        fc.pre(changed !== undefined);
        const text = textOf(example, changed);
        for (const claim of wrongIn(text)) {
          if (!claim.correction) continue;
          const { span, replacement } = claim.correction;
          const mended = text.slice(0, span[0]) + replacement + text.slice(span[1]);
          const again = wrongIn(mended).filter(
            ({ relation, spans }) => relation === claim.relation && spans.length === claim.spans.length,
          );
          expect(again.length, `${text} → ${mended}`).toBeLessThan(
            wrongIn(text).filter(
              ({ relation, spans }) => relation === claim.relation && spans.length === claim.spans.length,
            ).length,
          );
        }
      }),
      { numRuns: 800 },
    );
  });
});

function expectSound(text: string, claims: readonly Claim[]): void {
  for (const claim of claims) {
    expect(RELATIONS).toContain(claim.relation);
    expect(VERDICTS).toContain(claim.verdict);
    expect(SEVERITIES).toContain(claim.severity);
    if (claim.verdict !== "inconsistent") expect(claim.severity).toBe("look");
    expect(claim.spans.length).toBeGreaterThan(0);
    const { correction } = claim;
    for (const [from, to] of correction ? [...claim.spans, correction.span] : claim.spans) {
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(from).toBeLessThan(to);
      expect(to).toBeLessThanOrEqual(text.length);
    }
    expect(claim.message.zh).not.toMatch(/undefined|NaN|Infinity|\[object/);
    expect(claim.message.en).not.toMatch(/undefined|NaN|Infinity|\[object/);
  }
  expect(JSON.parse(JSON.stringify(claims))).toEqual(claims);
}

describe("any string", () => {
  const awkward = seeds.map((seed) => noise(drawsFrom(seed)));
  const broken = fc.tuple(seeds, fc.nat(), fc.nat(), awkward).map(([seed, from, length, middle]) => {
    const text = drawText(drawsFrom(seed), 3);
    const at = from % text.length;
    return text.slice(0, at) + middle + text.slice(at + (length % 12));
  });

  test.each([
    ["of an awkward alphabet", awkward, 2000],
    ["that was a sentence before something fell into it", broken, 400],
    ["at all", fc.string({ unit: "binary", maxLength: 80 }), 300],
  ] as const)("%s is read without a throw, with spans inside it", (_what, strings, numRuns) => {
    fc.assert(
      fc.property(strings, (text) => expectSound(text, proofText(text))),
      { numRuns },
    );
  });
});
