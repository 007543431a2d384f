/**
 * What is particular to the strangers whom chance brings, and to the other namesakes, read from pairs that are certainly two
 * persons: their numbers say so.
 */
import { rareRate } from "./kin-ages.ts";
import { shareOf } from "./other-rows.ts";
import type { SureShares } from "./other-rows.ts";
import { evidenceOf, weighPair } from "./weights.ts";
import type { RegisterPairs, Weights } from "./weights.ts";
import { codeOtherNumber, codeOtherRow, otherRow, withOtherRow } from "./pair-code.ts";

/** `byChance`: how probable it is, by name and place and phone, that chance brought him */
type Stranger = { code: number; rate: number; byChance: number };

/** Writes `ofAge`, and the strangers' parts of `otherRow`. */
export function weighStrangers(
  registers: readonly RegisterPairs[],
  otherRows: SureShares,
  weights: Weights,
): void {
  const strangers = listStrangers(registers, weights);
  weights.ofAge = shareOfAge(strangers);
  const { ofMatches, ofPersons } = otherRows;
  const told = strangers.map(({ code }) => codeOtherRow(code));
  const untold = strangers.map(({ code }) => codeOtherNumber(code));
  weights.otherRow = {
    told: { matches: ofMatches, ...shareLevels(strangers, told, ofPersons, anyone) },
    // How many have such rows beside a number is not known before: as many as matches.
    untold: { matches: ofMatches, ...shareLevels(strangers, untold, ofMatches) },
  };
}

function listStrangers(registers: readonly RegisterPairs[], weights: Weights): Stranger[] {
  return registers.flatMap(({ parts }, register) =>
    parts.flatMap(({ strangers }) =>
      Array.from(strangers.code, (code, i): Stranger => {
        const { rate, ...evidence } = evidenceOf(strangers, i, register);
        const plain = withOtherRow(code, otherRow.none);
        const { byChance, namesakes } = weighPair(plain, { ...evidence, rate: 1 }, weights);
        return { code, rate, byChance: byChance / (byChance + namesakes) };
      }),
    ),
  );
}

/** How many are of an age at which hardly anyone is on a register, before any stranger is seen. */
const usuallyRare = 0.2;

/** Part of the namesakes who are of the registers' ages; the others are of any, as those whom chance brings. */
function shareOfAge(strangers: readonly Stranger[]): number {
  const levels = strangers.map(({ rate }) => (rate < rareRate ? 1 : 0));
  const before: readonly [number, number] = [1 - usuallyRare, usuallyRare];
  const { byChance, namesakes } = shareLevels(strangers, levels, before);
  return Math.max(0, 1 - namesakes[1] / byChance[1]);
}

const rounds = 20;
/** Strangers supposed before any is seen. */
const supposed = 10;
/** Whom chance brings is anyone: how many of all persons have a further row is known better than a few of them tell. */
const anyone = 200;

/** Parts of either that are of each level. Sums are of whole millionths, so that the order of rows changes nothing. */
function shareLevels<T extends readonly number[]>(
  strangers: readonly Stranger[],
  levels: readonly number[],
  before: T,
  ofChance = supposed,
): { byChance: T; namesakes: T } {
  let shares = { byChance: before, namesakes: before };
  for (let round = 0; round < rounds; round++) {
    const seen = { byChance: before.map(() => 0), namesakes: before.map(() => 0) };
    strangers.forEach((stranger, i) => {
      const level = levels[i] as number;
      const chance = stranger.byChance * (shares.byChance[level] as number);
      const namesake = (1 - stranger.byChance) * (shares.namesakes[level] as number);
      const millionths = Math.round((1e6 * chance) / (chance + namesake));
      seen.byChance[level] = (seen.byChance[level] as number) + millionths;
      seen.namesakes[level] = (seen.namesakes[level] as number) + 1e6 - millionths;
    });
    const byChance = shareOf(seen.byChance.map(ones), before, ofChance);
    shares = { byChance, namesakes: shareOf(seen.namesakes.map(ones), byChance, supposed) };
  }
  return shares;
}

const ones = (millionths: number): number => millionths / 1e6;
