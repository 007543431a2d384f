/** Proofing a draft, by itself and against the ledger. Nothing of a draft is stored, and nothing of its text is logged. */
import type { Claim } from "./core/claim.ts";
import { countClaims } from "./core/claim.ts";
import { chooseFindings } from "./core/choose-claims.ts";
import { claimKey } from "./core/claim-key.ts";
import { commentText } from "./core/comment-text.ts";
import { proofDraftText } from "./core/proof-draft.ts";
import { compareWithLedger, openLedger } from "./against-ledger.ts";
import type { LedgerDesk, OpenedLedger } from "./against-ledger.ts";
import type { ProofFileView, ProofView } from "./contract.ts";
import { mostCharacters } from "./core/draft-limits.ts";
import { DRAFT_EMPTY, DRAFT_TOO_LONG, DRAFT_TYPE_UNKNOWN } from "./problems.ts";
import type { Proofed } from "./proof-order.ts";
import { markInThread, proofInThread, withPlace } from "./proof-thread.ts";
import { draftKindOf } from "./read-draft.ts";

/** Up to here proofing takes a few hundredths of a second, less than it takes to wake the thread. */
const shortCharacters = 8_000;

export type DraftFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * @param desk who compares with the ledger; undefined for a post that may not read it
 * @throws DRAFT_EMPTY, DRAFT_TOO_LONG; OUT_OF_SCOPE, REGION_NOT_FOUND for another region than the post's
 */
export async function proofDraft(text: string, desk: LedgerDesk | undefined): Promise<ProofView> {
  requireText(text);
  const isShort = text.length <= shortCharacters;
  const proof = async (): Promise<ProofView> => {
    const opened = desk && (await openLedger(desk));
    const proofed = isShort
      ? { text, ...proofDraftText(text, opened?.names) }
      : await proofInThread({ kind: "text", text, names: opened?.names });
    return viewOf(await withLedger(proofed, { desk, opened }));
  };
  return isShort ? proof() : withPlace(proof);
}

/** @throws DRAFT_TYPE_UNKNOWN, DRAFT_UNREADABLE, and as `proofDraft` */
export async function proofFile(file: DraftFile, desk: LedgerDesk | undefined): Promise<ProofFileView> {
  return { name: file.name, ...viewOf(await readFile(file, desk)) };
}

export type Marking = {
  /** keys of findings to leave out */
  readonly ignored: ReadonlySet<string>;
  /** also last digits and what is worth a look */
  readonly all: boolean;
  readonly now: Date;
};

/** The Word file with a comment at each finding. @throws as `proofFile`; DRAFT_TYPE_UNKNOWN when it is no Word file */
export async function markFile(
  file: DraftFile,
  marking: Marking,
  desk: LedgerDesk | undefined,
): Promise<Uint8Array> {
  if (draftKindOf(file.name) !== "word") {
    const detail = { zh: "只有 .docx 文件能生成批注版", en: "Only a .docx file can be given comments" };
    throw DRAFT_TYPE_UNKNOWN({ detail });
  }
  const { claims } = await readFile(file, desk);
  const findings = chooseFindings(claims, marking.all).filter(
    (claim) => !marking.ignored.has(claimKey(claim)),
  );
  const comments = findings.flatMap((claim) => {
    const [span] = claim.spans;
    return span === undefined ? [] : [{ span, text: commentText(claim) }];
  });
  return markInThread({ kind: "mark", bytes: file.bytes, comments, now: marking.now });
}

async function readFile(file: DraftFile, desk: LedgerDesk | undefined): Promise<Compared> {
  draftKindOf(file.name);
  return withPlace(async () => {
    const opened = desk && (await openLedger(desk));
    const proofed = await proofInThread({ kind: "file", ...file, names: opened?.names });
    requireText(proofed.text);
    return withLedger(proofed, { desk, opened });
  });
}

type Compared = {
  readonly text: string;
  readonly claims: readonly Claim[];
  /** undefined for a post that may not read the ledger */
  readonly ledger: ProofView["ledger"];
};
type Ledger = { desk: LedgerDesk | undefined; opened: OpenedLedger | undefined };

/** The claims that compare a figure with the ledger (relation "ledger", with refs) join those of the text here. */
async function withLedger({ text, claims, figures }: Proofed, { desk, opened }: Ledger): Promise<Compared> {
  if (!desk || !opened) return { text, claims, ledger: undefined };
  const { names } = opened;
  const found = names ? await compareWithLedger(desk, { text, figures, names }) : [];
  const start = (claim: Claim): number => claim.spans[0]?.[0] ?? 0;
  const region = opened.region as NonNullable<ProofView["ledger"]>["region"];
  return {
    text,
    claims: [...claims, ...found].sort((a, b) => start(a) - start(b)),
    ledger: { region, period: names?.period ?? null, compared: found.length },
  };
}

function viewOf({ text, claims: found, ledger }: Compared): ProofView {
  // Schema and type agree; only the contract's arrays may be changed, and nobody does.
  const claims = found as ProofView["claims"] & readonly Claim[];
  return { text, claims, counts: countClaims(claims), ...(ledger && { ledger }) };
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
