/** Proofing of a draft. */
import type { Messages } from "../zh-CN.ts";

export const proofing: Messages["proofing"] = {
  title: "Proofing",
  hint: "Checks what a draft says between its figures: sums, differences, shares, growth, completion, counts, repeats; and figures whose measure, region and period it knows against the ledger. Only what is really wrong is marked, with the calculation. The draft stays in the memory of this page: it is neither stored nor logged, and gone when you leave.",
  paste: "Text of the draft",
  placeholder: "Paste the draft here",
  drop: "or drop a .txt, .md or .docx here, or",
  choose: "Choose a file",
  check: "Check",
  example: "Try an example",
  nothing: "Paste the text of a draft first, or choose a file.",
  tooLong: (most, length) => `At most ${most} characters, this has ${length}; check it in parts.`,
  tooLarge: (megabytes) => `A file may have ${megabytes} MB; take the pictures out, or paste its text here.`,
  uploading: "Uploading",
  checking: "Checking",
  draft: "The draft",
  findings: "Findings",
  wrong: (n, open) =>
    open === n
      ? `${n} wrong`
      : open === 0
        ? `${n} wrong, all dealt with`
        : `${n} wrong, ${open} still to be dealt with`,
  noneWrong: "No wrong figure found",
  noClaims: "No relation between figures was found to check",
  compared: (region, period, n) =>
    `Compared with the ledger: ${region}, ${period}, ${n} ${n === 1 ? "figure" : "figures"}`,
  noLedger: (region) => `Not compared: the ledger has no figures of ${region}`,
  alsoShow: "Show also",
  mark: (number, look) => `${number === undefined ? "" : `No. ${number}, `}${look}`,
  shouldBe: "should be",
  accept: (figure) => `Change to ${figure}`,
  acceptOther: (from, to) => `Change ${from} to ${to}`,
  note: "Note it",
  ignore: "Ignore",
  undo: "Undo",
  taken: "This figure is changed by another finding; check again to see",
  decided: { accepted: "changed", noted: "noted", ignored: "ignored" },
  position: (at, of) => `${at} of ${of}`,
  total: (of) => `${of} in all`,
  keys: "J / K next, previous; A accept, I ignore, U undo, Esc deselect",
  previous: "Previous",
  next: "Next",
  unfold: "Show all",
  fold: "Show one",
  again: "Check again",
  edit: "Edit",
  editHint: "Check again when done; what you ignored stays ignored.",
  copy: "Copy corrected text",
  download: "Download marked Word",
  marking: "Marking the Word file",
  markedName: (name) => `${name} (proofed).docx`,
  other: "Another draft",
  leaveTitle: "Leave proofing",
  leave: "Leave",
  leaveHint:
    "What you accepted, ignored and edited is only on this page and gone when you leave. Copy the corrected text or download the marked copy first if you need it.",
};
