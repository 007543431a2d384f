/**
 * 占比、完成率与各种率: which value a percentage is a share of.
 *
 * The whole often stands far away or is not named. A share is recognised when any plausible whole gives it; it is doubted
 * only where the text leaves one whole: 占全村443户的14%, 62户中有40户，占…, a whole named as another value is, the task
 * named before, the same whole that its neighbours are shares of.
 */
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isConsistent, type Worked } from "./draft-claim.ts";
import { quotientRarity, UNEXPLAINED } from "./evidence.ts";
import { impliedWholes, nestedWholes, sharesOfAllKinds } from "./implied-wholes.ts";
import { quotientOf } from "./quotients.ts";
import { type Candidate, type Kind, rootOf, type Share, shareOf } from "./share-candidates.ts";

export function sharesOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  const open: Share[] = [];
  const settled = new Map<number, Settled[]>();
  for (const record of reading.records) {
    for (const mention of record.said) {
      const share = shareOf(reading, record, mention);
      if (!share) continue;
      const by = share.candidates.find(({ worked }) => isConsistent(worked));
      if (!by) {
        open.push(share);
        continue;
      }
      found.push(by.worked);
      const { sentence } = mention.quantity;
      settled.set(sentence, [...(settled.get(sentence) ?? []), { share, by }].slice(-12));
    }
  }
  const unsettled: Share[] = [];
  for (const share of open) {
    const { sentence, paragraph } = share.mention.quantity;
    const nearby = [sentence - 1, sentence, sentence + 1]
      .flatMap((near) => settled.get(near) ?? [])
      .filter((one) => one.share.mention.quantity.paragraph === paragraph);
    const worked = doubtOf(reading, share, nearby);
    if (worked) found.push(worked);
    else unsettled.push(share);
  }
  return [
    ...found,
    ...sharesOfAllKinds(reading, unsettled),
    ...impliedWholes(reading, unsettled),
    ...nestedWholes(reading, unsettled),
  ];
}

/** One slip must explain the contradiction, and chance seldom. */
const RARE = 0.6;

type Settled = { readonly share: Share; readonly by: Candidate };

function doubtOf(reading: Reading, share: Share, nearby: readonly Settled[]): Worked | undefined {
  const { mention, candidates } = share;
  const only = (kind: Kind) => {
    const those = candidates.filter((candidate) => candidate.kind === kind);
    return those.length === 1 ? those[0]?.worked : undefined;
  };
  const stated = only("stated");
  if (stated) return stated;
  const sure =
    only("within") ?? only("named") ?? (mention.role === "completion" ? nearestPlan(share) : undefined);
  if (sure && quotientRarity(sure) <= RARE) return sure;
  const plain = onlyNamed(candidates);
  if (plain) return plain;
  const beside = likeNeighbours(reading, share, nearby);
  if (beside) {
    const rare = quotientRarity(beside.worked);
    if (rare <= RARE || (beside.neighbours >= 3 && rare < UNEXPLAINED)) return beside.worked;
  }
  const own = byRoot(mention, candidates);
  return own && quotientRarity(own) < UNEXPLAINED ? own : undefined;
}

/** The only task, or the one that stands right before its value: 预算数318.61亿元，决算数308.33亿元，完成预算的96.8%. */
function nearestPlan({ record, candidates }: Share): Worked | undefined {
  const plans = candidates.filter(({ kind }) => kind === "planned");
  const [first] = plans;
  if (!first || plans.length === 1) return first?.worked;
  const isNext =
    first.whole.segment === record.value?.quantity.segment && first.whole.start < first.part.start;
  return isNext && first.part.start - first.whole.end < 24 ? first.worked : undefined;
}

/** A whole of that very name in the same sentence, and no other: no slip is needed to be sure. */
function onlyNamed(candidates: readonly Candidate[]): Worked | undefined {
  const named = candidates.filter(({ kind }) => kind === "named");
  const [only] = named;
  return only && named.length === 1 && only.whole.sentence === only.part.sentence ? only.worked : undefined;
}

function byRoot(mention: Mention, candidates: readonly Candidate[]): Worked | undefined {
  if (mention.role === "share" || rootOf(mention) === "") return undefined;
  return candidates.find(({ kind }) => kind === "before" || kind === "within")?.worked;
}

/** The whole that the neighbours are shares of, or the value in the same place as theirs. */
function likeNeighbours(
  reading: Reading,
  share: Share,
  nearby: readonly Settled[],
): { worked: Worked; neighbours: number } | undefined {
  const isShare = (mention: Mention) => mention.role === "share";
  const same = nearby.filter(
    ({ share: { mention } }) =>
      isShare(mention) === isShare(share.mention) &&
      (mention.whole === share.mention.whole || mention.whole === "" || share.mention.whole === ""),
  );
  const before = same.filter(({ by }) => by.kind === "before").length;
  const own = share.candidates.find(({ kind }) => kind === "before");
  if (own && before > 0 && before === same.length && isShare(share.mention))
    return { worked: own.worked, neighbours: before };
  for (const { by } of same) {
    const neighbours = same.filter((one) => one.by.whole === by.whole).length;
    const part = share.record.value?.quantity ?? share.candidates[0]?.part;
    if (!part || part.unit.dimension !== by.whole.unit.dimension || part === by.whole) continue;
    const worked = quotientOf(reading, "ratio", { part, whole: by.whole, percent: share.mention.quantity });
    if (worked) return { worked, neighbours };
  }
  return undefined;
}
