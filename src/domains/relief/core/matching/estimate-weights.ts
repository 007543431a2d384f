/** Draws the weights from the pairs at hand. */
import { countPairs } from "./count-pairs.ts";
import type { Close, Counted, RegistryKinds } from "./count-pairs.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { fitCells } from "./fit-cells.ts";
import type { OtherRowShares, SureShares } from "./other-rows.ts";
import { weighNumbers } from "./weigh-numbers.ts";
import { weighStrangers } from "./weigh-strangers.ts";
import type { CloseOdds, RegisterPairs, Weights } from "./weights.ts";
import { idGroups } from "./pair-code.ts";

export function estimateWeights(
  registers: readonly RegisterPairs[],
  registry: RegistryKinds,
  otherRows: readonly SureShares[],
): Weights {
  const counted = countPairs(registers);
  const names = shareNames(counted.names);
  const linkRates = counted.same.map((same, r) => (same + 1) / ((counted.comparable[r] as number) + 100));
  const ratio = names.map((share) => share / (names[nameLevel.same] as number));
  const silent: OtherRowShares = { matches: [1, 1, 1], byChance: [1, 1, 1], namesakes: [1, 1, 1] };
  const weights: Weights = {
    ...fitCells(counted, linkRates, names),
    ofAge: 0,
    names: ratio,
    slipsUntold: new Float64Array(nameLevels).fill(1),
    sexes: weighSexes(counted),
    linkRates,
    numbers: registers.map(() => new Float64Array(idGroups).fill(1)),
    sameSurname: weighOtherName(counted.sameSurname, counted.close),
    otherName: weighOtherName(counted.otherName, counted.close),
    unproved: weighUnproved(counted, registry),
    otherRow: registers.map(() => ({ told: silent, untold: silent })),
  };
  weighStrangers(registers, otherRows, weights);
  weighNumbers(registers, { counted, registry, otherRows }, weights);
  return weights;
}

/** Part of the matches with each level of name; a few of each kind are supposed before any is seen. */
function shareNames(counts: Float64Array): Float64Array {
  const supposed: Readonly<Record<number, number>> = {
    [nameLevel.same]: 50,
    [nameLevel.homophone]: 2,
    [nameLevel.lookAlike]: 1,
    [nameLevel.unreadable]: 0.5,
    [nameLevel.oneCharacter]: 0.5,
    [nameLevel.surname]: 0.05,
    [nameLevel.different]: 0.01,
  };
  const shares = counts.map((count, level) => count + (supposed[level] ?? 0));
  const total = shares.reduce((sum, count) => sum + count, 0);
  return shares.map((count) => Math.max(count, 0.001) / total);
}

function weighSexes({ sexes, conflictSexes }: Counted): Weights["sexes"] {
  const wrong = (sexes[1] + 1) / (sexes[0] + sexes[1] + 100);
  const usual = (conflictSexes[1] + 5) / (conflictSexes[0] + conflictSexes[1] + 20);
  return [1, (1 - wrong) / (1 - usual), wrong / usual];
}

/** Part of wrong pairs that are of the same village or have the same phone all the same. */
const closeByMistake = 0.05;

/**
 * The same number under another name: a mistake in the name, or in the number. Judged by how often such pairs are close,
 * as matches are and mistakes are not; a few of either are supposed before any is seen.
 */
function weighOtherName([all, near]: Close, ofMatches: Close): CloseOdds {
  const usual = Math.max(closeShare(ofMatches), 2 * closeByMistake);
  const seen = near / Math.max(1, all);
  const likely = Math.max(0, Math.min(1, (seen - closeByMistake) / (usual - closeByMistake)));
  return spread((likely * all + 0.6) / (all * (1 - likely) + 1.4), usual, closeByMistake);
}

/**
 * Numbers one slip apart of which one has fifteen digits: a slip, or neighbours in the book of numbers who have one name.
 * How many neighbours there are is known from sound numbers; what is seen beyond them, and beyond chance, are slips.
 */
function weighUnproved(
  { near, comparable, failed, old, unproved, close }: Counted,
  registry: RegistryKinds,
): CloseOdds {
  const sound = 1 - registry.absent - registry.borrowed - registry.failed - registry.old;
  let [expected, ofNear] = [0, [0, 0] as Close];
  near.forEach(([all, closeOnes], r) => {
    const rows = Math.max(1, comparable[r] as number);
    const oldRows = (old[r] as number) / rows;
    const soundRows = 1 - oldRows - (failed[r] as number) / rows;
    const untold = oldRows * (sound + registry.old) + soundRows * registry.old;
    expected += (all * untold) / Math.max(1e-6, soundRows * sound);
    ofNear = [ofNear[0] + all, ofNear[1] + closeOnes];
  });
  const slips = Math.max(0, unproved - expected - Math.sqrt(expected));
  return spread((slips + 0.2) / (expected + 0.2), closeShare(close), closeShare(ofNear));
}

const closeShare = ([all, close]: Close): number => (close + 1) / (all + 2);

/** Odds of all pairs dealt out to close ones and others. */
function spread(odds: number, ofMatches: number, ofOthers: number): CloseOdds {
  return { close: (odds * ofMatches) / ofOthers, far: (odds * (1 - ofMatches)) / (1 - ofOthers) };
}
