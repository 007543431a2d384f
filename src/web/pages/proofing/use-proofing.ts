/** The draft being proofed, its claims and what the reader has decided. Lives in the memory of the page only. */
import { useMutation } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ClaimView, ProofFileView, ProofView } from "../../../domains/proofing/contract.ts";
import { claimKey } from "../../../domains/proofing/core/claim-key.ts";
import { api } from "../../api/routes.ts";
import { upload } from "../../api/upload.ts";
import type { PeriodAndRegion } from "../../search-params.ts";
import { carryOver, correctText, ignoredInFile } from "./decisions.ts";
import type { Decision, Decisions } from "./decisions.ts";
import { isShown } from "./shown-claims.ts";
import type { Shown } from "./shown-claims.ts";

export type CheckedDraft = {
  readonly text: string;
  readonly claims: readonly ClaimView[];
  readonly decisions: Decisions;
  /** what it was compared with; undefined for a post that may not read figures */
  readonly ledger: ProofView["ledger"];
  /** the file that the text came from, and its claims as it was dropped, compared with what was asked for then */
  readonly dropped: Dropped | undefined;
  /** whether the text is no longer the one that was pasted or dropped */
  readonly isEdited: boolean;
  /** grows with every check */
  readonly edition: number;
};

type Dropped = {
  readonly file: File;
  readonly claims: readonly ClaimView[];
  readonly asked: PeriodAndRegion;
};

export type Order = { readonly again: boolean; readonly asked: PeriodAndRegion } & (
  | { readonly text: string }
  | { readonly file: File }
);

export function useProofing() {
  const [draft, setDraft] = useState<CheckedDraft>();
  /** 0…1 of the file sent; undefined when there is no file */
  const [share, setShare] = useState<number>();
  const checking = useMutation({
    mutationFn: (order: Order): Promise<ProofView> => {
      setShare("file" in order ? 0 : undefined);
      if (!("file" in order)) return api.proofText({ text: order.text, ...order.asked });
      const form = new FormData();
      setAsked(form, order.asked);
      form.set("file", order.file);
      return upload<ProofFileView>({ path: "/proofing/file", form, onProgress: setShare });
    },
    onSuccess: (answer, order) =>
      setDraft((before) => {
        const { again: isAgain, asked } = order;
        const { text, claims, ledger } = answer;
        return {
          text,
          claims,
          decisions: isAgain && before !== undefined ? carryOver(before, claims) : new Map(),
          ledger,
          dropped:
            "file" in order ? { file: order.file, claims, asked } : isAgain ? before?.dropped : undefined,
          isEdited: isAgain && before !== undefined && (before.isEdited || before.text !== text),
          edition: (before?.edition ?? 0) + 1,
        };
      }),
  });
  const decide = useCallback((claim: ClaimView, decision: Decision | undefined) => {
    setDraft((before) => {
      if (before === undefined) return before;
      const decisions = new Map(before.decisions);
      if (decision === undefined) decisions.delete(claimKey(claim));
      else decisions.set(claimKey(claim), decision);
      return { ...before, decisions };
    });
  }, []);
  const restart = () => {
    setDraft(undefined);
    checking.reset();
  };
  const corrected = draft === undefined ? "" : correctText(draft.text, draft.claims, draft.decisions);
  return {
    draft,
    /** the text with the accepted corrections in it */
    corrected,
    isDirty: draft !== undefined && (draft.isEdited || draft.decisions.size > 0),
    checking,
    share,
    check: (order: Order) => {
      if (!checking.isPending) checking.mutate(order);
    },
    decide,
    restart,
  };
}

function setAsked(form: FormData, { region, period }: PeriodAndRegion): void {
  if (region !== undefined) form.set("region", String(region));
  if (period !== undefined) form.set("period", period);
}

/** The marked copy of the dropped Word file: what the page shows, without what the reader ignores. */
export async function fetchMarkedWord(draft: CheckedDraft, shown: Shown): Promise<Blob> {
  const { dropped } = draft;
  if (dropped === undefined) throw new Error("no file was dropped");
  const hidden = dropped.claims.filter((claim) => claim.verdict === "inconsistent" && !isShown(claim, shown));
  const ignored = [...ignoredInFile(dropped.claims, draft), ...hidden.map((claim) => claimKey(claim))];
  const form = new FormData();
  setAsked(form, dropped.asked);
  form.set("ignored", JSON.stringify(ignored));
  if (shown.lastDigit || shown.look) form.set("all", "yes");
  form.set("file", dropped.file);
  return api.markWord(form);
}
