/** 来源: the facts behind the number that was pressed, at the side of the page. Esc closes it, the focus goes back. */
import { useEffect, useLayoutEffect, useRef } from "react";
import type { FactView } from "../../domains/indicators/contract.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FactList } from "./fact-list.tsx";
import { useFacts, useSources } from "./sources.tsx";
import type { OpenedNumber } from "./sources.tsx";
import { Waiting } from "./trouble.tsx";

export function SourcePanel() {
  const { opened } = useSources();
  return opened === undefined ? null : <OpenPanel opened={opened} />;
}

function OpenPanel({ opened }: { opened: OpenedNumber }) {
  const { t, say } = useSpeech();
  const { close } = useSources();
  const dialog = useRef<HTMLDialogElement>(null);
  const facts = useFacts(opened.refs);

  const leave = () => {
    close();
    if (opened.opener.isConnected) opened.opener.focus();
  };

  // Before the title takes the focus, which only something visible can.
  useLayoutEffect(() => {
    // Beside the page there is room for both; on a phone the panel covers the page, which must then be out of reach.
    if (matchMedia("(max-width: 720px)").matches) dialog.current?.showModal();
    else dialog.current?.show();
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      leave();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  const all = [...facts.values()];
  const shown = all.filter((fact): fact is FactView => fact !== undefined && fact !== "hidden");
  const hidden = all.filter((fact) => fact === "hidden").length;
  return (
    <dialog ref={dialog} className="source-panel" aria-labelledby="source-panel-title" onCancel={leave}>
      <header>
        <p className="kicker">{t.source.title}</p>
        <button type="button" className="text-button" onClick={leave}>
          {t.app.close}
        </button>
      </header>
      <PanelTitle key={`${opened.title} ${opened.text}`} title={opened.title} />
      <p className="source-value">{opened.text}</p>
      {opened.how !== undefined && (
        <div className="source-how">
          <h3>{t.source.how}</h3>
          <p>{say(opened.how)}</p>
        </div>
      )}
      {opened.refs.length === 0 ? (
        <p className="note">{t.source.noRefs}</p>
      ) : (
        <>
          <h3>{t.source.facts(opened.refs.length)}</h3>
          {all.includes(undefined) && <Waiting lines={3} />}
          <FactList facts={shown} onLeave={close} />
          {hidden > 0 && <p className="note">{t.source.hidden(hidden)}</p>}
        </>
      )}
    </dialog>
  );
}

/** Takes the focus whenever another number is opened, so that a screen reader reads on from here. */
function PanelTitle({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 id="source-panel-title" ref={heading} tabIndex={-1}>
      {title}
    </h2>
  );
}
