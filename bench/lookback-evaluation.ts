/** How good clues are against the known links: what the look-back states is compared with what is true. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Scored = { key: string; probability: number };

export type Evaluation = {
  links: number;
  bestF1: number;
  /** part of the links found where 99 % of what is found is right */
  recallAt99: number;
  /** by kind of mistake, at the best F1: found, and all */
  kinds: ReadonlyMap<string, readonly [found: number, all: number]>;
  /** by band of probability: mean stated, part that is true, and how many */
  bands: { from: number; stated: number; true: number; count: number }[];
};

const bandStarts = [0.5, 0.7, 0.9, 0.99] as const;

export const keyOf = (person: string, register: string, row: string): string =>
  `${person},${register},${row}`;

/** Kind of mistake by link. */
export function readTruth(folder: string): Map<string, string> {
  const [head = "", ...lines] = readFileSync(join(folder, "truth.csv"), "utf8").trimEnd().split("\n");
  const columns = head.split(",");
  const [person, register, row, label] = ["person_id", "register", "row_id", "label"].map((name) =>
    columns.indexOf(name),
  ) as [number, number, number, number];
  return new Map(
    lines.map((line) => {
      const cells = line.split(",");
      return [keyOf(cells[person] ?? "", cells[register] ?? "", cells[row] ?? ""), cells[label] ?? ""];
    }),
  );
}

/** The clues of a file, relatives left out. */
export function readClues(path: string): Scored[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",", 5))
    .filter((cells) => cells[3] !== "household")
    .map(([person = "", register = "", row = "", , probability]) => ({
      key: keyOf(person, register, row),
      probability: Number(probability),
    }));
}

export function evaluate(clues: readonly Scored[], truth: ReadonlyMap<string, string>): Evaluation {
  const sorted = clues.toSorted((a, b) => b.probability - a.probability);
  let [right, bestF1, least, recallAt99] = [0, 0, 1, 0];
  sorted.forEach(({ key, probability }, i) => {
    if (truth.has(key)) right++;
    if (sorted[i + 1]?.probability === probability) return;
    const [precision, recall] = [right / (i + 1), right / truth.size];
    const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
    if (f1 > bestF1) [bestF1, least] = [f1, probability];
    if (precision >= 0.99) recallAt99 = Math.max(recallAt99, recall);
  });
  const kept = new Set(sorted.filter(({ probability }) => probability >= least).map(({ key }) => key));
  const kinds = new Map<string, [number, number]>();
  for (const [key, kind] of truth) {
    const [found, all] = kinds.get(kind) ?? [0, 0];
    kinds.set(kind, [found + (kept.has(key) ? 1 : 0), all + 1]);
  }
  return { links: truth.size, bestF1, recallAt99, kinds, bands: bandsOf(sorted, truth) };
}

function bandsOf(clues: readonly Scored[], truth: ReadonlyMap<string, string>): Evaluation["bands"] {
  return bandStarts.flatMap((from, i) => {
    const to = bandStarts[i + 1] ?? 2;
    const own = clues.filter(({ probability }) => probability >= from && probability < to);
    if (own.length === 0) return [];
    const stated = own.reduce((sum, { probability }) => sum + probability, 0) / own.length;
    const hits = own.filter(({ key }) => truth.has(key)).length;
    return [{ from, stated, true: hits / own.length, count: own.length }];
  });
}
