/** A checked draft: the paper, the findings beside it, and the keys to go from one to the next. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RefObject } from "react";
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { claimKey } from "../../../domains/proofing/core/claim-key.ts";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { takenClaims } from "./decisions.ts";
import { cutDraft, tagClaims } from "./draft-marks.ts";
import { DraftPaper } from "./draft-paper.tsx";
import type { Marked } from "./draft-paper.tsx";
import { FindingList } from "./finding-list.tsx";
import type { Decide } from "./finding-list.tsx";
import { Outcome } from "./outcome.tsx";
import { lookOf, orderShown } from "./shown-claims.ts";
import type { Shown } from "./shown-claims.ts";
import type { CheckedDraft } from "./use-proofing.ts";

type CheckedDraftViewProps = {
  draft: CheckedDraft;
  shown: Shown;
  onShown: (shown: Shown) => void;
  onDecide: Decide;
};

export function CheckedDraftView({ draft, shown, onShown, onDecide }: CheckedDraftViewProps) {
  const { t } = useSpeech();
  const { text, claims, decisions } = draft;
  const order = useMemo(() => orderShown(claims, shown), [claims, shown]);
  const [selected, setSelected] = useState<number | undefined>(order[0]);
  const [isOpen, setOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);

  const marked = useMemo(
    () => markClaims(claims, order, (claim) => decisions.get(claimKey(claim))),
    [claims, order, decisions],
  );
  const paragraphs = useMemo(() => {
    const tags = tagClaims(claims, new Set(order), (claim) => decisions.get(claimKey(claim)));
    return cutDraft(text, tags);
  }, [text, claims, order, decisions]);

  const taken = useMemo(() => takenClaims(claims, decisions), [claims, decisions]);

  // The keys work from here on, and a screen reader reads the outcome first.
  useEffect(
    () => area.current?.querySelector<HTMLElement>(".outcome-words")?.focus({ preventScroll: true }),
    [],
  );

  const select = useCallback((claim: number) => {
    setSelected(claim);
    requestAnimationFrame(() => {
      document.getElementById(`finding-${claim}`)?.focus({ preventScroll: true });
      document.getElementById(`finding-${claim}`)?.closest("li")?.scrollIntoView({ block: "nearest" });
      const mark = document.getElementById(`mark-${claim}`);
      if (mark !== null && !isInSight(mark)) mark.scrollIntoView({ block: "center" });
    });
  }, []);
  const step = (by: 1 | -1) => {
    const at = selected === undefined ? -1 : order.indexOf(selected);
    const next = at < 0 ? (by > 0 ? order[0] : order.at(-1)) : order[at + by];
    if (next !== undefined) select(next);
  };
  useKeys(area, (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const inList = event.target instanceof Element && event.target.closest(".findings") !== null;
    const claim = selected === undefined ? undefined : claims[selected];
    const act = keyAction(event.key, inList);
    if (act === undefined) return;
    if (act === "next") step(1);
    else if (act === "previous") step(-1);
    else if (act === "leave") {
      if (selected !== undefined) document.getElementById(`mark-${selected}`)?.focus({ preventScroll: true });
      setSelected(undefined);
      setOpen(false);
    } else if (claim !== undefined && claim.verdict === "inconsistent") {
      const decision = decisions.get(claimKey(claim));
      if (act === "undo") onDecide(claim, undefined);
      else if (decision !== undefined) return;
      else if (act === "ignore") onDecide(claim, "ignored");
      else if (claim.correction === undefined) onDecide(claim, "noted");
      else if (!taken.has(claimKey(claim))) onDecide(claim, "accepted");
    } else return;
    event.preventDefault();
  });

  const at = selected === undefined ? -1 : order.indexOf(selected);
  return (
    <div className="proof" ref={area}>
      <Outcome claims={claims} decisions={decisions} shown={shown} onShown={onShown}>
        {draft.ledger !== undefined && <ComparedWith ledger={draft.ledger} />}
      </Outcome>
      <div className="proof-columns">
        <DraftPaper
          paragraphs={paragraphs}
          marked={marked}
          selected={selected}
          onSelect={select}
          label={draft.dropped?.file.name ?? t.proofing.draft}
        />
        <aside
          className={isOpen ? "proof-side open" : "proof-side"}
          aria-label={t.proofing.findings}
          hidden={order.length === 0}
        >
          <header className="proof-steps no-print">
            <p className="note" aria-live="polite">
              {at >= 0 ? t.proofing.position(at + 1, order.length) : t.proofing.total(order.length)}
            </p>
            <p className="fine proof-keys">{t.proofing.keys}</p>
            <p className="actions">
              <button type="button" className="text-button" onClick={() => step(-1)}>
                {t.proofing.previous}
              </button>
              <button type="button" className="text-button" onClick={() => step(1)}>
                {t.proofing.next}
              </button>
              <button
                type="button"
                className="text-button proof-open"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? t.proofing.fold : t.proofing.unfold}
              </button>
            </p>
          </header>
          <FindingList
            text={text}
            order={order}
            marked={marked}
            taken={taken}
            selected={selected}
            onSelect={select}
            onDecide={onDecide}
          />
        </aside>
      </div>
    </div>
  );
}

function ComparedWith({ ledger }: { ledger: NonNullable<CheckedDraft["ledger"]> }) {
  const { t, lang, nameOf } = useSpeech();
  const { period, compared } = ledger;
  const region = nameOf(ledger.region);
  return (
    <p className="note">
      {period === null
        ? t.proofing.noLedger(region)
        : t.proofing.compared(region, formatPeriod(period, "ytd", lang), compared)}
    </p>
  );
}

function markClaims(
  claims: readonly ClaimView[],
  order: readonly number[],
  decisionOf: (claim: ClaimView) => Marked["decision"],
): Map<number, Marked> {
  let number = 0;
  return new Map(
    order.flatMap((index): [number, Marked][] => {
      const claim = claims[index];
      if (claim === undefined) return [];
      const isFinding = lookOf(claim) !== "consistent";
      if (isFinding) number++;
      return [[index, { claim, number: isFinding ? number : undefined, decision: decisionOf(claim) }]];
    }),
  );
}

/** Keys pressed anywhere within an element that is no control itself. */
function useKeys(area: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    const element = area.current;
    element?.addEventListener("keydown", listen);
    return () => element?.removeEventListener("keydown", listen);
  }, [area]);
}

type KeyAction = "next" | "previous" | "leave" | "accept" | "ignore" | "undo";

const letters: Readonly<Record<string, KeyAction>> = {
  j: "next",
  k: "previous",
  Escape: "leave",
  a: "accept",
  i: "ignore",
  u: "undo",
};

/** Arrows go from finding to finding only within the list: elsewhere they scroll. */
function keyAction(key: string, inList: boolean): KeyAction | undefined {
  if (inList && key === "ArrowDown") return "next";
  if (inList && key === "ArrowUp") return "previous";
  return Object.hasOwn(letters, key) ? letters[key] : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), select, textarea");
}

/** Above the sheet of findings, where there is one. */
function isInSight(mark: HTMLElement): boolean {
  const { top, bottom } = mark.getBoundingClientRect();
  const sheet = document.querySelector(".proof-side");
  const isSheet = sheet !== null && getComputedStyle(sheet).getPropertyValue("--sheet").trim() === "1";
  const lowest = isSheet ? sheet.getBoundingClientRect().top : innerHeight;
  return top >= 0 && bottom <= lowest - 8;
}
