/** 审核: what waits for this post, to be passed several at a time; what is refused is told, and holds nothing else up. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { UseMutationResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { BulkStepView, ReturnBrief } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { useKeys } from "../../../shell/use-keys.ts";
import "../../../styles/returns.css";
import { BulkOutcome } from "./bulk-outcome.tsx";
import type { Outcome } from "./bulk-outcome.tsx";
import { ReviewTable } from "./review-table.tsx";

export function ReviewPage() {
  const { t } = useSpeech();
  const r = useReturnTexts();
  const waiting = useQuery({
    queryKey: ["returns", "review"],
    queryFn: ({ signal }) => returnsApi.returns({ of: "review", limit: 500 }, {}, signal),
  });
  const items = waiting.data?.items ?? [];
  const choice = useChoice(items);
  usePageTitle(r.review.title);
  return (
    <>
      <div className="page-head">
        <h1>{r.review.title}</h1>
        <p className="actions no-print">
          <Link to="/returns/board">{t.nav.board}</Link>
        </p>
      </div>
      <p className="note page-note">{r.review.hint}</p>
      {choice.outcome !== undefined && (
        <BulkOutcome outcome={choice.outcome} waiting={items} onRetry={choice.ask} />
      )}
      {choice.accept.error !== null && <Trouble error={choice.accept.error} />}
      {waiting.error !== null && <Trouble error={waiting.error} again={() => void waiting.refetch()} />}
      {waiting.isPending && <Waiting lines={8} />}
      {waiting.data !== undefined && items.length === 0 && (
        <Empty title={r.review.empty} next={r.review.emptyNext} />
      )}
      {items.length > 0 && <Choosing items={items} choice={choice} />}
    </>
  );
}

type Choice = {
  chosen: ReadonlySet<number>;
  choose: (ids: readonly number[]) => void;
  /** those that are about to be accepted, until it is confirmed */
  asked: readonly ReturnBrief[];
  ask: (items: readonly ReturnBrief[]) => void;
  cancel: () => void;
  accept: UseMutationResult<BulkStepView, Error, readonly ReturnBrief[]>;
  outcome: Outcome | undefined;
};

function useChoice(items: readonly ReturnBrief[]): Choice {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [asked, setAsked] = useState<readonly ReturnBrief[]>([]);
  const [outcome, setOutcome] = useState<Outcome>();
  const choose = (ids: readonly number[]) => setChosen(new Set(ids));
  const accept = useMutation({
    mutationFn: (own: readonly ReturnBrief[]) =>
      returnsApi.acceptSeveral({ items: own.map(({ id, step }) => ({ id, step })) }),
    onSuccess: (view, sent) => {
      setOutcome({ view, sent });
      choose([]);
    },
    onSettled: async () => {
      setAsked([]);
      // Also after an answer that never came: some may have been accepted.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  const ask = (own: readonly ReturnBrief[]) => {
    choose(own.map(({ id }) => id));
    setAsked(own);
  };
  return {
    chosen: new Set(items.filter(({ id }) => chosen.has(id)).map(({ id }) => id)),
    choose,
    asked,
    ask,
    cancel: () => setAsked([]),
    accept,
    outcome,
  };
}

type ChoosingProps = { items: readonly ReturnBrief[]; choice: Choice };

function Choosing({ items, choice }: ChoosingProps) {
  const r = useReturnTexts();
  const { chosen, choose, asked, ask, accept } = choice;
  const table = useRef<HTMLTableElement>(null);
  const own = items.filter(({ id }) => chosen.has(id));
  const toggle = (id: number) =>
    choose(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);
  const toggleAll = () => choose(own.length === items.length ? [] : items.map(({ id }) => id));
  const links = () => [...(table.current?.querySelectorAll<HTMLElement>("tbody th a") ?? [])];
  const walk = (by: number) => {
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    a: toggleAll,
    x: () => {
      const at = links().findIndex((link) => link === document.activeElement);
      const item = items[at];
      if (item !== undefined) toggle(item.id);
    },
  });
  return (
    <>
      <ReviewTable items={items} chosen={chosen} onToggle={toggle} onToggleAll={toggleAll} ref={table} />
      <div className="step-bar no-print">
        <span role="status">{r.review.selected(own.length)}</span>
        <span className="actions">
          <button
            type="button"
            className="button first"
            aria-disabled={own.length === 0}
            onClick={() => ask(own)}
          >
            {r.review.accept(own.length)}
          </button>
        </span>
      </div>
      <p className="fine keys no-print">{r.review.keys}</p>
      {asked.length > 0 && (
        <ConfirmDialog
          title={r.review.confirm(asked.length)}
          confirm={r.review.accept(asked.length)}
          isWorking={accept.isPending}
          onConfirm={() => accept.mutate(asked)}
          onCancel={choice.cancel}
        >
          <p>{r.review.confirmHint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
