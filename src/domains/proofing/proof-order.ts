/** What the thread is asked and what it answers: plain data, since it crosses from one thread to the other. */
import type { Bilingual } from "../../platform/problem.ts";
import type { WordComment } from "../../platform/docx/mark-word.ts";
import type { LedgerNames } from "./core/ledger/ledger-words.ts";
import type { ProofedText } from "./core/proof-draft.ts";

export type ProofOrder =
  | { readonly kind: "text"; readonly text: string; readonly names?: LedgerNames | undefined }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly names?: LedgerNames | undefined;
    }
  | {
      readonly kind: "mark";
      readonly bytes: Uint8Array;
      readonly comments: readonly WordComment[];
      readonly now: Date;
    };

export type Proofed = { readonly text: string } & ProofedText;

/** "fault" names what broke without quoting the draft: it goes into the log. */
export type ProofAnswer =
  | { readonly proofed: Proofed }
  | { readonly bytes: Uint8Array }
  | {
      readonly problem: { code: string; status: number; title: Bilingual; detail: Bilingual | undefined };
    }
  | { readonly fault: string };
