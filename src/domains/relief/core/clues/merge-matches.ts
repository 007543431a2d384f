/**
 * Matches of one person and one matter become one clue, whatever the registers and rows they come from. Confidential ones
 * become one of their own: beside open ones a township would read them, and hidden with them the open ones are never asked.
 */

export type RuledMatch = {
  match: number;
  person: number;
  matter: string;
  rule: string;
  effect: "exclude" | "flag";
  isConfidential: boolean;
  probability: number;
  /** keyed hash of what the row says, hexadecimal */
  rowHash: string;
};

export type ClueDraft = {
  person: number;
  matter: string;
  /** of the match that weighs most */
  rule: string;
  effect: "exclude" | "flag";
  isConfidential: boolean;
  /** the highest of its matches */
  probability: number;
  /** hashes of all rows, each once and in order: the same evidence gives the same list, whatever the run */
  rowHashes: readonly string[];
  matches: readonly number[];
};

/** In order of person and matter, the open one first. */
export function mergeMatches(matches: readonly RuledMatch[]): ClueDraft[] {
  const groups = new Map<string, RuledMatch[]>();
  for (const match of matches) {
    const key = `${match.person}\n${match.matter}\n${match.isConfidential}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [match]);
    else group.push(match);
  }
  return [...groups.values()]
    .map(mergeGroup)
    .sort(
      (a, b) =>
        a.person - b.person ||
        (a.matter < b.matter
          ? -1
          : a.matter > b.matter
            ? 1
            : Number(a.isConfidential) - Number(b.isConfidential)),
    );
}

function mergeGroup(group: readonly RuledMatch[]): ClueDraft {
  const [first] = group.toSorted(byWeight) as [RuledMatch];
  return {
    person: first.person,
    matter: first.matter,
    rule: first.rule,
    effect: first.effect,
    isConfidential: first.isConfidential,
    probability: Math.max(...group.map((match) => match.probability)),
    rowHashes: [...new Set(group.map((match) => match.rowHash))].sort(),
    matches: group.map((match) => match.match).sort((a, b) => a - b),
  };
}

function byWeight(a: RuledMatch, b: RuledMatch): number {
  const effect = Number(b.effect === "exclude") - Number(a.effect === "exclude");
  if (effect !== 0) return effect;
  if (a.probability !== b.probability) return b.probability - a.probability;
  return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.match - b.match;
}
