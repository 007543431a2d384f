import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_HASH, canonicalEntry, canonicalJson, canonicalSealHead, checkLinks } from "./chain.ts";
import type { Entry, Seal } from "./chain.ts";

const text = fc.option(fc.string({ unit: "grapheme", maxLength: 12 }));
const number = fc.nat();
const entry: fc.Arbitrary<Entry> = fc.record({
  county: number,
  id: number,
  region: number,
  at: fc.string({ maxLength: 12 }),
  account: fc.option(number),
  username: text,
  post: fc.option(number),
  post_title: text,
  action: fc.string({ maxLength: 12 }),
  object: fc.string({ maxLength: 12 }),
  before: text,
  after: text,
  address: text,
  request: text,
});

describe("the bytes of an entry", () => {
  test("are the same for the same entry, and other for any other", () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const same = Object.keys(a).every((key) => a[key as keyof Entry] === b[key as keyof Entry]);
        expect(canonicalEntry(a) === canonicalEntry(b)).toBe(same);
        expect(canonicalEntry({ ...a })).toBe(canonicalEntry(a));
      }),
    );
  });

  test("change with each single column, null or not", () => {
    fc.assert(
      fc.property(entry, fc.constantFrom(...(Object.keys(sample) as (keyof Entry)[])), (a, key) => {
        const value = a[key];
        const other = typeof value === "number" ? value + 1 : `${value ?? ""}x`;
        expect(canonicalEntry({ ...a, [key]: other })).not.toBe(canonicalEntry(a));
        if (value !== null && value !== "") {
          const blank = { ...a, [key]: null };
          expect(canonicalEntry(blank)).not.toBe(canonicalEntry(a));
          // nothing is not the same as the word for it, or an empty text
          expect(canonicalEntry({ ...a, [key]: "null" })).not.toBe(canonicalEntry(blank));
          expect(canonicalEntry({ ...a, [key]: "" })).not.toBe(canonicalEntry(blank));
        }
      }),
    );
  });

  test("are one line whatever is in them, so that two entries cannot be read as others", () => {
    fc.assert(
      fc.property(entry, (a) => {
        const bytes = canonicalEntry({ ...a, object: `${a.object}\n[1]\n`, action: "\r\n" });
        expect(bytes.indexOf("\n")).toBe(bytes.length - 1);
      }),
    );
  });
});

const sample: Entry = {
  county: 140981,
  id: 1,
  region: 140981000000,
  at: "2016-08-15T00:00:00.000000Z",
  account: 1,
  username: "a",
  post: 1,
  post_title: "t",
  action: "x.y",
  object: "z:1",
  before: null,
  after: null,
  address: null,
  request: null,
};

describe("canonical JSON", () => {
  test("does not depend on the order of keys, at any depth", () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, shuffled(inner)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each([
    [undefined, "null"],
    [{ b: 1, a: undefined }, '{"b":1}'],
    [[undefined, 1], "[null,1]"],
    [{ b: [2, { d: 1, c: null }], a: "\u2028" }, '{"a":"\u2028","b":[2,{"c":null,"d":1}]}'],
  ])("%j", (value, wanted) => expect(canonicalJson(value)).toBe(wanted));
});

/** A good chain: every seal begins where the one before ended and carries its hash. */
function chainOf(lengths: readonly number[]): Seal[] {
  const seals: Seal[] = [];
  for (const [i, length] of lengths.entries()) {
    const fromId = (seals.at(-1)?.toId ?? 0) + 1;
    const draft = {
      number: i + 1,
      fromId,
      toId: fromId + length - 1,
      entries: length,
      algorithm: "sm3" as const,
    };
    seals.push({ ...draft, previous: seals.at(-1)?.hash ?? NO_HASH, hash: `hash ${i + 1}` });
  }
  return seals;
}
const chain = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 8 }).map(chainOf);

describe("the links of the chain", () => {
  test("an untouched chain has no problem", () => {
    fc.assert(
      fc.property(chain, (seals) => {
        expect(checkLinks(seals)).toEqual([]);
      }),
    );
    expect(checkLinks([])).toEqual([]);
  });

  test.each<[string, (seals: Seal[], at: number) => Seal[]]>([
    ["a seal taken out", (seals, at) => seals.filter((_, i) => i !== at)],
    ["two seals swapped", (seals, at) => swap(seals, at, at + 1)],
    ["another hash before it", (seals, at) => change(seals, at + 1, { previous: "other" })],
    ["another hash", (seals, at) => change(seals, at, { hash: "other" })],
    [
      "a range that begins later",
      (seals, at) => change(seals, at, { fromId: (seals[at] as Seal).fromId + 1 }),
    ],
    [
      "a range that begins earlier",
      (seals, at) => change(seals, at, { fromId: (seals[at] as Seal).fromId - 1 }),
    ],
    ["a range that ends later", (seals, at) => change(seals, at, { toId: (seals[at] as Seal).toId + 1 })],
    ["another number", (seals, at) => change(seals, at, { number: 99 })],
    ["a seal twice", (seals, at) => seals.flatMap((seal, i) => (i === at ? [seal, seal] : [seal]))],
  ])("%s is found", (_name, spoil) => {
    fc.assert(
      fc.property(chain, fc.nat(), (seals, chosen) => {
        // not the last one: what is cut off the end is found by a head known from outside
        const spoiled = spoil(seals, chosen % (seals.length - 1));
        expect(checkLinks(spoiled)).not.toEqual([]);
      }),
    );
  });

  test("the bytes of a seal's head change with each thing that it says", () => {
    const [seal] = chainOf([3]) as [Seal];
    const head: Omit<Seal, "hash"> = seal;
    const changes: Partial<Seal>[] = [
      { number: 2 },
      { fromId: 2 },
      { toId: 9 },
      { entries: 4 },
      { algorithm: "sha256" },
      { previous: "x" },
    ];
    const bytes = changes.map((one) => canonicalSealHead({ ...head, ...one }));
    expect(new Set([...bytes, canonicalSealHead(head)]).size).toBe(changes.length + 1);
  });
});

function change(seals: Seal[], at: number, to: Partial<Seal>): Seal[] {
  return seals.map((seal, i) => (i === at ? { ...seal, ...to } : seal));
}

function swap(seals: Seal[], a: number, b: number): Seal[] {
  return seals.map((seal, i) => (i === a ? (seals[b] as Seal) : i === b ? (seals[a] as Seal) : seal));
}
