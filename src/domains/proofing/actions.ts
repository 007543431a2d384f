/** Proofing a draft. Nothing of a draft is stored, and nothing of its text is logged. */
import type { Claim } from "./core/claim.ts";
import { countClaims } from "./core/claim.ts";
import { chooseFindings } from "./core/choose-claims.ts";
import { claimKey } from "./core/claim-key.ts";
import { commentText } from "./core/comment-text.ts";
import { proofText } from "./core/proof-text.ts";
import type { ProofFileView, ProofView } from "./contract.ts";
import { mostCharacters } from "./core/draft-limits.ts";
import { DRAFT_EMPTY, DRAFT_TOO_LONG, DRAFT_TYPE_UNKNOWN } from "./problems.ts";
import type { Proofed } from "./proof-order.ts";
import { markInThread, proofInThread } from "./proof-thread.ts";
import { draftKindOf } from "./read-draft.ts";

/** Up to here proofing takes a few hundredths of a second, less than it takes to wake the thread. */
const shortCharacters = 8_000;

export type DraftFile = { readonly name: string; readonly bytes: Uint8Array };

/** @throws DRAFT_EMPTY, DRAFT_TOO_LONG */
export async function proofDraft(text: string): Promise<ProofView> {
  requireText(text);
  const isShort = text.length <= shortCharacters;
  const proofed = isShort ? { text, claims: proofText(text) } : await proofInThread({ kind: "text", text });
  return viewOf(withLedger(proofed));
}

/** @throws DRAFT_TYPE_UNKNOWN, DRAFT_UNREADABLE, DRAFT_EMPTY, DRAFT_TOO_LONG */
export async function proofFile(file: DraftFile): Promise<ProofFileView> {
  return { name: file.name, ...viewOf(await readFile(file)) };
}

export type Marking = {
  /** keys of findings to leave out */
  readonly ignored: ReadonlySet<string>;
  /** also last digits and what is worth a look */
  readonly all: boolean;
  readonly now: Date;
};

/** The Word file with a comment at each finding. @throws as `proofFile`; DRAFT_TYPE_UNKNOWN when it is no Word file */
export async function markFile(file: DraftFile, marking: Marking): Promise<Uint8Array> {
  if (draftKindOf(file.name) !== "word") {
    const detail = { zh: "只有 .docx 文件能生成批注版", en: "Only a .docx file can be given comments" };
    throw DRAFT_TYPE_UNKNOWN({ detail });
  }
  const { claims } = await readFile(file);
  const findings = chooseFindings(claims, marking.all).filter(
    (claim) => !marking.ignored.has(claimKey(claim)),
  );
  const comments = findings.flatMap((claim) => {
    const [span] = claim.spans;
    return span === undefined ? [] : [{ span, text: commentText(claim) }];
  });
  return markInThread({ kind: "mark", bytes: file.bytes, comments, now: marking.now });
}

async function readFile(file: DraftFile): Promise<Proofed> {
  draftKindOf(file.name);
  const proofed = await proofInThread({ kind: "file", ...file });
  requireText(proofed.text);
  return withLedger(proofed);
}

/** The claims that compare a figure with the ledger (relation "ledger", with refs) join those of the text here. */
function withLedger(proofed: Proofed): Proofed {
  return proofed;
}

function viewOf(proofed: Proofed): ProofView {
  // Schema and type agree; only the contract's arrays may be changed, and nobody does.
  const claims = proofed.claims as ProofView["claims"] & readonly Claim[];
  return { text: proofed.text, claims, counts: countClaims(claims) };
}

function requireText(text: string): void {
  if (text.trim() === "") {
    throw DRAFT_EMPTY({
      detail: {
        zh: "没有可校核的文字；扫描件或图片里的字读不出来",
        en: "Nothing to proof; words in a scan or a picture cannot be read",
      },
    });
  }
  if (text.length > mostCharacters) {
    const [most, length] = [mostCharacters, text.length].map((n) => n.toLocaleString("en-US"));
    throw DRAFT_TOO_LONG({
      detail: {
        zh: `最多 ${most} 字，现有 ${length} 字；请分成几份校核`,
        en: `At most ${most} characters, this has ${length}; proof it in parts`,
      },
    });
  }
}
