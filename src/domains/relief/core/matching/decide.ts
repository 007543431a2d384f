/** From weighed pairs to clues: a row belongs to one person at most, so its candidates share the probability. */
import { idLevel, placeOfSlip } from "./compare-ids.ts";
import type { PackedId } from "./compare-ids.ts";
import {
  evidenceItem,
  idNames,
  nameNames,
  otherRowNames,
  phoneNames,
  placeNames,
  sexNames,
} from "./evidence.ts";
import type { EvidenceItem } from "./evidence.ts";
import type { Pairs } from "./find-pairs.ts";
import { idKind, kindOf } from "./id-number.ts";
import { rareRate } from "./kin-ages.ts";
import { isSameName } from "./name-parts.ts";
import { isNumberless, largestHousehold } from "./registry.ts";
import type { Registry } from "./registry.ts";
import { mark, relation } from "./shared-columns.ts";
import type { RowColumns } from "./shared-columns.ts";
import { eachRow, rowOdds } from "./weights.ts";
import type { RegisterPairs, Weights } from "./weights.ts";
import { codeId, codeName, codeOtherRow, codePhone, codePlace, codeSex, otherRow } from "./pair-code.ts";

/** On what a clue rests. */
export const tiers = ["exact", "repaired", "name", "household"] as const;
export type Tier = (typeof tiers)[number];

export type Clue = {
  /** row of the registry */
  person: number;
  /** part of the register's file, and row of it */
  part: number;
  row: number;
  tier: Tier;
  /** household: the member whom the row itself names */
  relative?: number;
  /** in millionths */
  probability: number;
  evidence: readonly EvidenceItem[];
};

/** No probability is stated as certain. */
const certain = 999_900;

/** @param least clues of a lower probability, in millionths, are left out */
export function decideClues(
  registry: Registry,
  { parts }: RegisterPairs,
  columns: readonly RowColumns[],
  { weights, register, least }: { weights: Weights; register: number; least: number },
): Clue[] {
  const clues: Clue[] = [];
  parts.forEach(({ pairs }, part) => {
    const rows = columns[part] as RowColumns;
    eachRow(pairs, (from, to) => {
      const odds = rowOdds(pairs, { from, to, register }, weights);
      const rivals = rivalsOf(registry, pairs, { from, to }, odds);
      for (let i = from; i < to; i++) {
        const own = odds[i - from] as number;
        const exact = own / (1 + own + (rivals[i - from] as number));
        const probability = Math.min(certain, Math.round(exact * 1e6));
        if (probability < least) continue;
        const [person, row] = [pairs.person[i] as number, pairs.row[i] as number];
        const code = pairs.code[i] as number;
        const evidence = explain(registry, person, rows, { row, code, pairs, i, rivals: to - from - 1 });
        clues.push({ person, part, row, tier: tierOf(code), probability, evidence });
      }
    });
  });
  return clues;
}

/** For each pair of a row the odds of the other persons; entries of one person under one number are no rivals. */
function rivalsOf(
  registry: Registry,
  pairs: Pairs,
  { from, to }: { from: number; to: number },
  odds: Float64Array,
): Float64Array {
  const rivals = new Float64Array(to - from);
  if (to - from === 1) return rivals;
  for (let i = from; i < to; i++) {
    const others: number[] = [];
    for (let j = from; j < to; j++)
      if (j !== i && !isSamePerson(registry, pairs.person[i] as number, pairs.person[j] as number))
        others.push(odds[j - from] as number);
    rivals[i - from] = others.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);
  }
  return rivals;
}

function isSamePerson(registry: Registry, a: number, b: number): boolean {
  return (
    registry.region[a] === registry.region[b] &&
    registry.birth[a] === registry.birth[b] &&
    ((registry.packed[a] as number) & 1023) === ((registry.packed[b] as number) & 1023) &&
    isSameName(registry, a, registry, b) &&
    !isNumberless(registry, a) &&
    !isNumberless(registry, b)
  );
}

function tierOf(code: number): Tier {
  const id = codeId(code);
  if (id === idLevel.same) return "exact";
  if (id >= idLevel.checkSlip && id <= idLevel.unprovedSlip) return "repaired";
  return "name";
}

type Explained = { row: number; code: number; pairs: Pairs; i: number; rivals: number };

/** Field by field what agrees and what not, without a value of any field. */
function explain(
  registry: Registry,
  person: number,
  rows: RowColumns,
  { row, code, pairs, i, rivals }: Explained,
): readonly EvidenceItem[] {
  const id = codeId(code);
  const [a, b] = [packedIdOf(rows, row), packedIdOf(registry, person)];
  const isSlip = id === idLevel.oneDigit || id === idLevel.swapped || id === idLevel.unprovedSlip;
  const isOld = kindOf(a.packed) === idKind.old || kindOf(b.packed) === idKind.old;
  const items = [evidenceItem("id", idNames[id], isSlip ? placeOfSlip(a, b) : undefined)];
  if (id !== idLevel.missing && isOld) items.push(evidenceItem("idForm", "fifteen"));
  else if (id !== idLevel.missing && isTidied(mark.idTidied, registry, person, rows, row))
    items.push(evidenceItem("idForm", "tidied"));
  items.push(evidenceItem("name", nameNames[codeName(code)]));
  if (isTidied(mark.nameTidied, registry, person, rows, row)) items.push(evidenceItem("nameForm", "tidied"));
  items.push(
    evidenceItem("place", placeNames[codePlace(code)]),
    evidenceItem("phone", phoneNames[codePhone(code)]),
    evidenceItem("sex", sexNames[codeSex(code)]),
  );
  const age = pairs.age[i] as number;
  if (age !== 1) items.push(evidenceItem("age", age >= 1 ? "likely" : "unlikely"));
  if ((pairs.rate[i] as number) < rareRate) items.push(evidenceItem("peers", "rare"));
  if (id === idLevel.missing || id === idLevel.borrowed)
    items.push(evidenceItem("chance", "expected", Number((pairs.chance[i] as number).toPrecision(1))));
  if (rivals > 0) items.push(evidenceItem("rivals", "others", rivals));
  const other = codeOtherRow(code);
  if (other !== otherRow.none && id !== idLevel.same)
    items.push(evidenceItem("otherRow", otherRowNames[other]));
  return items;
}

// oxlint-disable-next-line eslint/max-params -- a bit of either side
function isTidied(bit: number, registry: RowColumns, person: number, rows: RowColumns, row: number): boolean {
  return (((registry.marks[person] as number) | (rows.marks[row] as number)) & bit) !== 0;
}

const packedIdOf = ({ region, birth, packed }: RowColumns, row: number): PackedId => ({
  region: region[row] as number,
  birth: birth[row] as number,
  packed: packed[row] as number,
});

const kinWords: Readonly<Record<string, string>> = {
  "1-2": "spouse",
  "2-1": "spouse",
  "1-3": "parent",
  "3-1": "child",
  "1-4": "child",
  "4-1": "parent",
  "2-4": "child",
  "4-2": "parent",
};

/** The spouse, parents and children of the person whom a clue names, by 与户主关系. */
export function householdClues(registry: Registry, clue: Clue): Clue[] {
  const h = registry.household[clue.person] as number;
  const start = registry.memberStarts[h] as number;
  const end = registry.memberStarts[h + 1] as number;
  if (end - start > largestHousehold) return [];
  const own = registry.relation[clue.person] as number;
  const clues: Clue[] = [];
  for (let i = start; i < end; i++) {
    const member = registry.members[i] as number;
    if (member === clue.person) continue;
    const theirs = registry.relation[member] as number;
    // Seen from the member: what the person on the register is to him.
    const kin =
      theirs === relation.other || own === relation.other ? undefined : kinWords[`${theirs}-${own}`];
    if (kin !== undefined)
      clues.push({
        ...clue,
        person: member,
        relative: clue.person,
        tier: "household",
        evidence: [evidenceItem("kin", kin), ...clue.evidence],
      });
  }
  return clues;
}
