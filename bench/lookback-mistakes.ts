/** What goes wrong between a person and his row in a table, each with how often it does. */
import { usualReadings } from "../src/domains/relief/core/matching/readings.ts";
import type { Mix } from "./lookback-mixes.ts";
import { alike, men, rare, surnames, women } from "./lookback-names.ts";
import type { Random } from "./random.ts";

/** A person as a table shows him. */
export type Seen = { name: string; isWoman: boolean; idNo: string; phone: string };
type Whole = Seen & { head?: Seen | undefined };

export type Mistakes = {
  /** a kind of mistake, for a row that is linked and for others */
  drawOfLink: () => string;
  drawOfOthers: () => string;
  /** @returns the person as shown, and what was really done: some mistakes cannot befall everybody */
  make: (kind: string, person: Whole) => { seen: Seen; kind: string };
};

const weights: Readonly<Record<string, number>> = {
  clean: 48,
  fifteen: 7,
  digit: 6,
  swap: 4,
  missing: 7,
  cut: 1,
  wide: 2,
  spaces: 3,
  smallX: 1,
  sound: 5,
  look: 3,
  unreadable: 1.5,
  nameSpace: 3,
  headsNumber: 2,
  headsName: 1,
  "digit+sound": 2,
  "missing+sound": 1,
  "fifteen+look": 1,
};

type Change = (seen: Seen, random: Random, head: Seen | undefined) => Partial<Seen> | undefined;

const at = (text: string, i: number, character: string): string =>
  text.slice(0, i) + character + text.slice(i + 1);
const whole = ({ idNo }: Seen): boolean => idNo.length === 18;

const changes: Readonly<Record<string, Change>> = {
  fifteen: ({ idNo }) =>
    idNo.slice(6, 8) === "19" ? { idNo: idNo.slice(0, 6) + idNo.slice(8, 17) } : undefined,
  digit: (seen, random) => {
    if (!whole(seen)) return undefined;
    const i = random.below(17);
    return { idNo: at(seen.idNo, i, String((Number(seen.idNo[i]) + 1 + random.below(9)) % 10)) };
  },
  swap: (seen, random) => {
    const i = random.below(16);
    const [a = "", b = ""] = seen.idNo.slice(i, i + 2);
    return whole(seen) && a !== b ? { idNo: at(at(seen.idNo, i, b), i + 1, a) } : undefined;
  },
  missing: () => ({ idNo: "" }),
  cut: (seen) =>
    whole(seen) && !seen.idNo.endsWith("X") ? { idNo: `${seen.idNo.slice(0, 15)}000` } : undefined,
  wide: ({ idNo }) => ({
    idNo: idNo.replaceAll(/[0-9X]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  }),
  spaces: ({ idNo }, random) => ({
    idNo: random.isLucky(0.5) ? `${idNo.slice(0, 6)} ${idNo.slice(6, 14)} ${idNo.slice(14)}` : `'${idNo}`,
  }),
  smallX: ({ idNo }) => (idNo.endsWith("X") ? { idNo: idNo.replace("X", "x") } : undefined),
  sound: ({ name }, random) => replaceOne(name, random, soundAlike),
  look: ({ name }, random) => replaceOne(name, random, lookAlike),
  unreadable: ({ name }, random) =>
    replaceOne(name, random, (character) =>
      rare[character] === undefined ? [] : ["?", "□", rare[character]],
    ),
  nameSpace: ({ name }, random) => ({
    name: `${name.slice(0, 1)}${random.pick([" ", "　"])}${name.slice(1)}`,
  }),
  headsNumber: (_, __, head) => (head === undefined ? undefined : { idNo: head.idNo }),
  headsName: (_, __, head) => (head === undefined ? undefined : { name: head.name }),
};

/** One character of the given name, by another that could stand for it. */
function replaceOne(
  name: string,
  random: Random,
  othersFor: (character: string) => readonly string[],
): Partial<Seen> | undefined {
  const places = Array.from({ length: name.length - 1 }, (_, i) => i + 1);
  const open = places.filter((i) => othersFor(name[i] as string).length > 0);
  if (open.length === 0) return undefined;
  const i = random.pick(open);
  return { name: at(name, i, random.pick(othersFor(name[i] as string))) };
}

const inUse = new Set(surnames + men + women);
const sounds = new Map<string, string[]>();
for (const [characters] of usualReadings.matchAll(/[^A-Z ]+/g)) {
  const group = Array.from(characters).filter((character) => inUse.has(character));
  for (const character of group)
    sounds.set(
      character,
      group.filter((other) => other !== character),
    );
}
const soundAlike = (character: string): readonly string[] => sounds.get(character) ?? [];
const lookAlike = (character: string): readonly string[] =>
  alike.flatMap((pair) =>
    pair.includes(character) ? Array.from(pair).filter((other) => other !== character) : [],
  );

export function makeMistakes(random: Random, oftener: Mix["oftener"]): Mistakes {
  const kinds = Object.keys(weights);
  const weightOf = (kind: string): number =>
    kind.split("+").reduce((weight, part) => weight * (oftener[part] ?? 1), weights[kind] as number);
  const draw = (shareOf: (kind: string) => number): string => {
    const total = kinds.reduce((sum, kind) => sum + shareOf(kind), 0);
    let left = random.next() * total;
    return kinds.find((kind) => (left -= shareOf(kind)) < 0) ?? "clean";
  };
  const isHeads = (kind: string): boolean => kind.startsWith("heads");
  return {
    drawOfLink: () => draw(weightOf),
    // Rows that nobody looks for are as faulty a good deal more seldom; a head's number is no mistake of theirs.
    drawOfOthers: () =>
      draw((kind) => (kind === "clean" ? 300 * (oftener["clean"] ?? 1) : isHeads(kind) ? 0 : weightOf(kind))),
    make: (kind, { name, isWoman, idNo, phone, head }) => {
      let seen: Seen = { name, isWoman, idNo, phone };
      const done: string[] = [];
      for (const part of kind.split("+")) {
        const changed = changes[part]?.(seen, random, head);
        if (changed === undefined) continue;
        seen = { ...seen, ...changed };
        done.push(part);
      }
      return { seen, kind: done.length === 0 ? "clean" : done.join("+") };
    },
  };
}
