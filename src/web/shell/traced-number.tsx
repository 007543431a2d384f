/** A number that opens its source. */
import type { MouseEvent, ReactNode } from "react";
import type { MissingReason } from "../../domains/indicators/core/assessment.ts";
import type { NumberView } from "../../domains/indicators/contract.ts";
import { splitNumber } from "../format/number.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useSources, useSynthetic } from "./sources.tsx";

type TracedProps = {
  refs: readonly string[];
  /** what the number is, for the title of the panel: "固定资产投资 累计" */
  title: string;
  /** the number as text, for the panel */
  text: string;
  how?: { zh: string; en: string };
  children: ReactNode;
  className?: string;
  /** in running text, where a button would break the line as one block */
  inline?: boolean;
  /** shown when the pointer rests on it */
  hint?: string;
  /** the name for screen readers, where the content is cut into pieces to be aligned */
  label?: string;
};

/** Anything that rests on facts: pressing it (or Enter) shows them. */
export function Traced(props: TracedProps) {
  const { refs, title, text, how, children, className = "", inline = false, hint, label } = props;
  const { open, opened } = useSources();
  const isSynthetic = useSynthetic(refs);
  if (refs.length === 0 && how === undefined) return <span className={className}>{children}</span>;
  const show = (opener: HTMLElement) => open({ title, text, how, refs, opener });
  const common = {
    className: `traced ${isSynthetic ? "synthetic" : ""} ${className}`,
    title: hint,
    "aria-label": label,
    "aria-haspopup": "dialog",
    "aria-expanded": opened !== undefined && opened.title === title && opened.text === text,
    onClick: (event: MouseEvent<HTMLElement>) => show(event.currentTarget),
  } as const;
  if (!inline) {
    return (
      <button type="button" {...common}>
        {children}
      </button>
    );
  }
  return (
    <span
      {...common}
      role="button"
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        show(event.currentTarget);
      }}
    >
      {children}
    </span>
  );
}

/** "78.5 亿元" set so that a column of them aligns on the decimal point. */
export function AlignedText({ text, hideUnit = false }: { text: string; hideUnit?: boolean }) {
  const { whole, fraction, rest } = splitNumber(text);
  return (
    <span className="num">
      {whole}
      <span className="fraction">{fraction}</span>
      {rest !== "" && !hideUnit && <span className={rest === "%" ? "percent" : "rest"}>{rest}</span>}
    </span>
  );
}

type TracedNumberProps = {
  number: NumberView | { missing: MissingReason } | null | undefined;
  title: string;
  hideUnit?: boolean;
  className?: string;
  inline?: boolean;
};

/** A derived number with its refs; what is missing says why. */
export function TracedNumber({ number, title, hideUnit, className, inline = false }: TracedNumberProps) {
  const { say, t } = useSpeech();
  if (number === null || number === undefined) return <span className="fine">{t.app.nowhere}</span>;
  if ("missing" in number) return <MissingNote reason={number.missing} />;
  const text = say(number.text);
  return (
    <Traced
      refs={number.refs}
      title={title}
      text={text}
      how={number.how}
      className={className}
      inline={inline}
      label={inline ? undefined : text}
    >
      {inline ? text : <AlignedText text={text} hideUnit={hideUnit} />}
    </Traced>
  );
}

export function MissingNote({ reason }: { reason: MissingReason }) {
  const { t } = useSpeech();
  return <span className="fine">{t.missing[reason]}</span>;
}
