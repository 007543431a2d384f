/**
 * The course of a clue as a table: queue → verb → queue.
 *
 * Words:
 * - queue: where a clue waits, and for whom; it is in exactly one, the queue of its last step
 * - verb: what is done with it; each is a step that is recorded and never changed
 * - verdict: what the visit found (handbook, section 5): it decides where the review leads
 */

/** In the order in which a clue passes through them. */
export const QUEUES = [
  "township",
  "visit",
  "signoff",
  "review",
  "recheck",
  "publish",
  "notice",
  "closed",
] as const;
export type Queue = (typeof QUEUES)[number];

export const VERBS = [
  "send",
  "assign",
  "handOver",
  "judge",
  "sign",
  "sendBack",
  "approve",
  "draw",
  "rejudge",
  "post",
  "object",
  "takeEffect",
  "withdraw",
] as const;
export type Verb = (typeof VERBS)[number];

/** 属实‑剔除, 部分属实‑修正, 不属实‑保留, 需再核, 已死亡或迁出 */
export const VERDICTS = ["remove", "correct", "keep", "again", "gone"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a post must be allowed to do in order to use a verb. */
export type ClueRight = "clues.assign" | "clues.verify" | "clues.sign" | "clues.review";

/** `review` leads on by the verdict: see `queueAfterApproval`. */
type Way = { from: readonly Queue[]; to: Queue | "by-verdict"; right: ClueRight | "lookback.run" };

export const WAYS: Readonly<Record<Verb, Way>> = {
  send: { from: [], to: "township", right: "lookback.run" },
  assign: { from: ["township"], to: "visit", right: "clues.assign" },
  handOver: { from: ["visit", "recheck"], to: "visit", right: "clues.assign" },
  judge: { from: ["visit"], to: "signoff", right: "clues.verify" },
  sign: { from: ["signoff"], to: "review", right: "clues.sign" },
  sendBack: { from: ["signoff", "review"], to: "visit", right: "clues.sign" },
  approve: { from: ["review"], to: "by-verdict", right: "clues.review" },
  draw: { from: ["review"], to: "recheck", right: "clues.review" },
  rejudge: { from: ["recheck"], to: "review", right: "clues.review" },
  post: { from: ["publish"], to: "notice", right: "clues.review" },
  object: { from: ["notice"], to: "visit", right: "clues.review" },
  takeEffect: { from: ["notice"], to: "closed", right: "clues.review" },
  withdraw: { from: ["township", "visit", "review"], to: "closed", right: "clues.review" },
};

/** What changes the registry is made public first; what keeps it as it is needs no notice. */
const AFTER_APPROVAL: Readonly<Record<Verdict, Queue>> = {
  remove: "publish",
  correct: "publish",
  gone: "publish",
  keep: "closed",
  again: "visit",
};

/**
 * @param queue undefined before it was sent
 * @param isConfidential the townships may not know of it: the county visits by itself
 * @returns undefined when the verb does not lead on from there
 */
export function nextQueue(
  queue: Queue | undefined,
  verb: Verb,
  { verdict, isConfidential }: { verdict?: Verdict | undefined; isConfidential: boolean },
): Queue | undefined {
  const way = WAYS[verb];
  const begins =
    way.from.length === 0 ? queue === undefined : queue !== undefined && way.from.includes(queue);
  if (!begins) return undefined;
  // A clue that waits for its second look stays there when it changes hands.
  if (verb === "handOver") return queue;
  const next = way.to === "by-verdict" ? verdict && AFTER_APPROVAL[verdict] : way.to;
  return isConfidential && (next === "township" || next === "visit") ? "recheck" : next;
}

/** The verbs that lead on from a queue and that a post of these rights may use. */
export function verbsFrom(queue: Queue, rights: ReadonlySet<string>): Verb[] {
  return VERBS.filter((verb) => WAYS[verb].from.includes(queue) && mayUse(verb, queue, rights));
}

/** Back from the township's desk by the township, back from the county's by the county. */
export function mayUse(verb: Verb, queue: Queue | undefined, rights: ReadonlySet<string>): boolean {
  if (verb === "sendBack" && queue === "review") return rights.has("clues.review");
  if (verb === "handOver" && queue === "recheck") return rights.has("clues.review");
  return rights.has(WAYS[verb].right);
}
