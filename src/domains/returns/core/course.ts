/**
 * The course of a return as a table: status → verb → status.
 *
 * Words:
 * - due 未报, draft 填报中, submitted 待审核, sent-back 已退回, accepted 已通过, amending 修订中
 * - level: how many reviewers have passed it; at the last one it is accepted
 * - version: content is frozen at each submission; what is filled in afterwards is the next version
 * - status is derived from the recorded verbs (`stateAfter`); the column beside them is compared with it in tests
 */

export const STATUSES = ["due", "draft", "submitted", "sent-back", "accepted", "amending"] as const;
export type Status = (typeof STATUSES)[number];

export const VERBS = ["begin", "submit", "recall", "sendBack", "pass", "accept", "amend", "drop"] as const;
export type Verb = (typeof VERBS)[number];

export type FilingRight = "returns.file" | "returns.review";

export type ReturnState = {
  status: Status;
  /** reviewers that have passed the version that is submitted */
  level: number;
  /** of the content; 0 before anything was filled in */
  version: number;
  /** the version that is in the ledger */
  accepted: number | null;
};

export const FIRST_STATE: ReturnState = { status: "due", level: 0, version: 0, accepted: null };

/** Statuses in which the filer may change cells. */
export const EDITABLE: readonly Status[] = ["due", "draft", "sent-back", "amending"];

export const RIGHTS: Readonly<Record<Verb, FilingRight>> = {
  begin: "returns.file",
  submit: "returns.file",
  recall: "returns.file",
  amend: "returns.file",
  drop: "returns.file",
  sendBack: "returns.review",
  pass: "returns.review",
  accept: "returns.review",
};

type Step = (state: ReturnState, levels: number) => ReturnState | undefined;
const editing = (state: ReturnState): Status => (state.accepted === null ? "draft" : "amending");

/** What each verb leads to; undefined where it does not lead on. */
const STEPS: Readonly<Record<Verb, Step>> = {
  begin: (s) => (s.status === "due" ? { ...s, status: "draft", version: 1 } : undefined),
  submit: (s) =>
    s.status === "draft" || s.status === "sent-back" || s.status === "amending"
      ? { ...s, status: "submitted", level: 0 }
      : undefined,
  recall: (s) =>
    s.status === "submitted" && s.level === 0
      ? { ...s, status: editing(s), version: s.version + 1 }
      : undefined,
  sendBack: (s) =>
    s.status === "submitted" ? { ...s, status: "sent-back", level: 0, version: s.version + 1 } : undefined,
  pass: (s, levels) =>
    s.status === "submitted" && s.level + 1 < levels ? { ...s, level: s.level + 1 } : undefined,
  accept: (s, levels) =>
    s.status === "submitted" && s.level + 1 === levels
      ? { ...s, status: "accepted", accepted: s.version }
      : undefined,
  amend: (s) =>
    s.status === "accepted" ? { ...s, status: "amending", level: 0, version: s.version + 1 } : undefined,
  drop: (s) =>
    s.accepted !== null && (s.status === "amending" || s.status === "sent-back")
      ? { ...s, status: "accepted" }
      : undefined,
};

/** @param levels reviewers that the form asks for, at least one */
export function nextState(state: ReturnState, verb: Verb, levels: number): ReturnState | undefined {
  return STEPS[verb](state, levels);
}

/** The state that recorded verbs lead to. @throws RangeError when they do not follow from each other */
export function stateAfter(verbs: readonly Verb[], levels: number): ReturnState {
  return verbs.reduce((state, verb) => {
    const next = nextState(state, verb, levels);
    if (next === undefined) throw new RangeError(`${verb} does not lead on from ${state.status}`);
    return next;
  }, FIRST_STATE);
}

/** Verbs that lead on from a state. */
export function verbsFrom(state: ReturnState, levels: number): Verb[] {
  return VERBS.filter((verb) => nextState(state, verb, levels) !== undefined);
}
