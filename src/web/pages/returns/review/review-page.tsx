/** 审核: what waits for this post, to be passed several at a time; what is refused is told, and holds nothing else up. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
import { useReturnNames } from "../return-words.ts";
import { ReviewTable } from "./review-table.tsx";

export function ReviewPage() {
  const { t } = useSpeech();
  const r = useReturnTexts();
  const waiting = useQuery({
    queryKey: ["returns", "review"],
    queryFn: ({ signal }) => returnsApi.returns({ of: "review", limit: 500 }, {}, signal),
  });
  usePageTitle(r.review.title);
  const [outcome, setOutcome] = useState<{ view: BulkStepView; items: readonly ReturnBrief[] }>();
  return (
    <>
      <div className="page-head">
        <h1>{r.review.title}</h1>
        <p className="actions no-print">
          <Link to="/returns/board">{t.nav.board}</Link>
        </p>
      </div>
      <p className="note page-note">{r.review.hint}</p>
      {outcome !== undefined && <Outcome {...outcome} />}
      {waiting.error !== null && <Trouble error={waiting.error} again={() => void waiting.refetch()} />}
      {waiting.isPending && <Waiting lines={8} />}
      {waiting.data !== undefined && waiting.data.items.length === 0 && (
        <Empty title={r.review.empty} next={r.review.emptyNext} />
      )}
      {waiting.data !== undefined && waiting.data.items.length > 0 && (
        <Choosing items={waiting.data.items} onDone={setOutcome} />
      )}
    </>
  );
}

type ChoosingProps = {
  items: readonly ReturnBrief[];
  onDone: (outcome: { view: BulkStepView; items: readonly ReturnBrief[] }) => void;
};

function Choosing({ items, onDone }: ChoosingProps) {
  const r = useReturnTexts();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const own = items.filter(({ id }) => chosen.has(id));
  const accept = useMutation({
    mutationFn: () => returnsApi.acceptSeveral({ items: own.map(({ id, step }) => ({ id, step })) }),
    onSettled: () => setAsking(false),
    onSuccess: async (view) => {
      onDone({ view, items });
      setChosen(new Set());
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  const toggle = (id: number) =>
    setChosen(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const toggleAll = () =>
    setChosen(own.length === items.length ? new Set() : new Set(items.map(({ id }) => id)));
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
      {accept.error !== null && <Trouble error={accept.error} />}
      <ReviewTable items={items} chosen={chosen} onToggle={toggle} onToggleAll={toggleAll} ref={table} />
      <div className="step-bar no-print">
        <span role="status">{r.review.selected(own.length)}</span>
        <span className="actions">
          <button
            type="button"
            className="button first"
            aria-disabled={own.length === 0}
            onClick={() => setAsking(own.length > 0)}
          >
            {r.review.accept(own.length)}
          </button>
        </span>
      </div>
      <p className="fine keys no-print">{r.review.keys}</p>
      {isAsking && (
        <ConfirmDialog
          title={r.review.confirm(own.length)}
          confirm={r.review.accept(own.length)}
          isWorking={accept.isPending}
          onConfirm={() => accept.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{r.review.confirmHint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Outcome({ view, items }: { view: BulkStepView; items: readonly ReturnBrief[] }) {
  const { nameOf, say } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames();
  const byId = new Map(items.map((item) => [item.id, item]));
  return (
    <div className={view.refused.length > 0 ? "message bad" : "message good"} role="status">
      <p className="title">
        {r.review.done(view.done.length)}
        {view.refused.length > 0 && ` · ${r.review.refused(view.refused.length)}`}
      </p>
      {view.refused.length > 0 && (
        <ul className="problem-list">
          {view.refused.map((refused) => {
            const item = byId.get(refused.id);
            return (
              <li key={refused.id}>
                <Link to="/returns/$id" params={{ id: String(refused.id) }}>
                  {item === undefined
                    ? refused.id
                    : `${nameOf(item.unit)} ${names(item).form} ${names(item).period}`}
                </Link>{" "}
                {say(refused)}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
