/** From pairs to clues under the names by which their owners know persons and rows. */
import { decideClues, householdClues } from "../core/matching/decide.ts";
import type { Clue, Tier } from "../core/matching/decide.ts";
import type { EvidenceItem } from "../core/matching/evidence.ts";
import { idKind, kindOf } from "../core/matching/id-number.ts";
import { isNumberless } from "../core/matching/registry.ts";
import type { Registry } from "../core/matching/registry.ts";
import { mark } from "../core/matching/shared-columns.ts";
import type { RowColumns } from "../core/matching/shared-columns.ts";
import { markOtherRows } from "../core/matching/other-rows.ts";
import { estimateWeights } from "../core/matching/estimate-weights.ts";
import type { RegistryKinds } from "../core/matching/count-pairs.ts";
import type { RegisterPairs } from "../core/matching/weights.ts";

export type FoundClue = {
  personId: string;
  /** household: the member whom the row itself names */
  relativeId?: string;
  register: string;
  rowId: string;
  tier: Tier;
  /** 0–1, in millionths */
  probability: number;
  evidence: readonly EvidenceItem[];
};

/** Who is on a register at least so probably may concern his household. */
const likely = 500_000;

type Wanted = {
  /** clues of a lower probability are left out, 0–1 */
  least: number;
  /** names of the registers on which a spouse, parent or child concerns the household too */
  relativesOn: readonly string[];
};

/** In order of person, register, row and tier. */
export function nameClues(
  registry: Registry,
  registers: readonly RegisterPairs[],
  columns: readonly (readonly RowColumns[])[],
  { least, relativesOn }: Wanted,
): FoundClue[] {
  const weights = estimateWeights(
    registers,
    shareKinds(registry),
    markOtherRows(registry.rows, registers, columns),
  );
  const personKeys = readKeys(registry);
  const clues = registers.flatMap((register, r): FoundClue[] => {
    const rows = columns[r] as readonly RowColumns[];
    const own = decideClues(registry, register, rows, { weights, register: r, least: least * 1e6 });
    const all = relativesOn.includes(register.name)
      ? own.flatMap((clue) =>
          clue.probability >= likely ? [clue, ...householdClues(registry, clue)] : [clue],
        )
      : own;
    const rowKeys = rows.map(readKeys);
    return all.map((clue) => nameClue(clue, register.name, personKeys, rowKeys));
  });
  return clues.sort(
    (a, b) =>
      order(a.personId, b.personId) ||
      order(a.register, b.register) ||
      order(a.rowId, b.rowId) ||
      order(a.tier, b.tier) ||
      order(a.relativeId ?? "", b.relativeId ?? ""),
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function shareKinds(registry: Registry): RegistryKinds {
  let [absent, borrowed, failed, old] = [0, 0, 0, 0];
  for (let row = 0; row < registry.rows; row++) {
    if (((registry.marks[row] as number) & mark.idBorrowed) !== 0) borrowed++;
    else if (isNumberless(registry, row)) absent++;
    else if (kindOf(registry.packed[row] as number) === idKind.failed) failed++;
    else if (kindOf(registry.packed[row] as number) === idKind.old) old++;
  }
  const persons = Math.max(1, registry.rows);
  const [a, b, f, o] = [absent, borrowed, failed, old].map((count) => count / persons) as [
    number,
    number,
    number,
    number,
  ];
  return { absent: a, borrowed: b, failed: f, old: o };
}

type Keys = (row: number) => string;

function nameClue(clue: Clue, register: string, personKeys: Keys, rowKeys: readonly Keys[]): FoundClue {
  const { person, relative, part, row, tier, probability, evidence } = clue;
  return {
    personId: personKeys(person),
    ...(relative === undefined ? {} : { relativeId: personKeys(relative) }),
    register,
    rowId: (rowKeys[part] as Keys)(row),
    tier,
    probability: probability / 1e6,
    evidence,
  };
}

function readKeys({ keys, keyStarts }: RowColumns): Keys {
  const bytes = Buffer.from(keys.buffer, keys.byteOffset, keys.length);
  return (row) => bytes.toString("utf8", keyStarts[row], keyStarts[row + 1]);
}
