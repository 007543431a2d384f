/**
 * What is particular to the strangers whom chance brings, and to the other namesakes, read from pairs that are certainly two
 * persons: their numbers say so.
 */
import { rareRate } from "./kin-ages.ts";
import { shareOf } from "./other-rows.ts";
import type { ByOtherRow, SureShares } from "./other-rows.ts";
import { evidenceOf, weighPair } from "./weights.ts";
import type { RegisterPairs, Weights } from "./weights.ts";
import { codeOtherNumber, codeOtherRow, otherRow, withOtherRow } from "./pair-code.ts";

/** `byChance`: how probable it is, by name and place and phone, that chance brought him */
type Stranger = { code: number; register: number; rate: number; byChance: number };

/** Writes `ofAge`, and the strangers' parts of `otherRow`. */
export function weighStrangers(
  registers: readonly RegisterPairs[],
  otherRows: readonly SureShares[],
  weights: Weights,
): void {
  const strangers = listStrangers(registers, weights);
  weights.ofAge = shareOfAge(strangers);
  const anyones = otherRows.map(({ ofPersons }) => ofPersons);
  const told = shareLevels(strangers, ({ code }) => codeOtherRow(code), anyones, anyone);
  // How many have such rows beside a number is not known before: as many as matches.
  const before = otherRows.map(({ ofMatches }) => ofMatches);
  const untold = shareLevels(strangers, ({ code }) => codeOtherNumber(code), before, supposed);
  weights.otherRow = otherRows.map(({ ofMatches: matches }, r) => ({
    told: { matches, byChance: told.byChance[r] as ByOtherRow, namesakes: told.namesakes },
    untold: { matches, byChance: untold.byChance[r] as ByOtherRow, namesakes: untold.namesakes },
  }));
}

function listStrangers(registers: readonly RegisterPairs[], weights: Weights): Stranger[] {
  return registers.flatMap(({ parts }, register) =>
    parts.flatMap(({ strangers }) =>
      Array.from(strangers.code, (code, i): Stranger => {
        const { rate, ...evidence } = evidenceOf(strangers, i, register);
        const plain = withOtherRow(code, otherRow.none);
        const { byChance, namesakes } = weighPair(plain, { ...evidence, rate: 1 }, weights);
        return { code, register, rate, byChance: byChance / (byChance + namesakes) };
      }),
    ),
  );
}

/** How many are of an age at which hardly anyone is on a register, before any stranger is seen. */
const usuallyRare = 0.2;

/** Part of the namesakes who are of the registers' ages; the others are of any, as those whom chance brings. */
function shareOfAge(strangers: readonly Stranger[]): number {
  const ofAll = strangers.map((stranger) => ({ ...stranger, register: 0 }));
  const before: [number, number] = [1 - usuallyRare, usuallyRare];
  const shares = shareLevels(ofAll, ({ rate }) => (rate < rareRate ? 1 : 0), [before], supposed);
  const [byChance] = shares.byChance as [[number, number]];
  return Math.max(0, 1 - shares.namesakes[1] / byChance[1]);
}

const rounds = 20;
/** Strangers supposed before any is seen. */
const supposed = 10;
/** Whom chance brings is anyone: how many of all persons have a further row is known better than a few of them tell. */
const anyone = 200;

/**
 * Parts that are of each level, of those whom chance brings by register, and of the other namesakes.
 * Sums are of whole millionths, so that the order of rows changes nothing.
 *
 * @param before by register, what is supposed of either before any is seen @param ofChance of so many whom chance brings
 */
function shareLevels<T extends number[]>(
  strangers: readonly Stranger[],
  levelOf: (stranger: Stranger) => number,
  before: readonly T[],
  ofChance: number,
): { byChance: readonly T[]; namesakes: T } {
  const levels = strangers.map(levelOf);
  let shares = { byChance: before, namesakes: meanOf(before) };
  for (let round = 0; round < rounds; round++) {
    const seen = {
      byChance: before.map((each) => each.map(() => 0)),
      namesakes: shares.namesakes.map(() => 0),
    };
    strangers.forEach((stranger, i) => {
      const level = levels[i] as number;
      const ofRegister = seen.byChance[stranger.register] as number[];
      const chance = stranger.byChance * ((shares.byChance[stranger.register] as T)[level] as number);
      const namesake = (1 - stranger.byChance) * (shares.namesakes[level] as number);
      const millionths = Math.round((1e6 * chance) / (chance + namesake));
      ofRegister[level] = (ofRegister[level] as number) + millionths;
      seen.namesakes[level] = (seen.namesakes[level] as number) + 1e6 - millionths;
    });
    const byChance = before.map((each, r) =>
      shareOf((seen.byChance[r] as number[]).map(ones), each, ofChance),
    );
    shares = { byChance, namesakes: shareOf(seen.namesakes.map(ones), meanOf(byChance), supposed) };
  }
  return shares;
}

const meanOf = <T extends number[]>(shares: readonly T[]): T =>
  (shares[0] as T).map(
    (_, level) => shares.reduce((sum, each) => sum + (each[level] as number), 0) / shares.length,
  ) as T;

const ones = (millionths: number): number => millionths / 1e6;
