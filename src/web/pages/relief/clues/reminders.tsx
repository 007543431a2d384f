/** 提醒: clues near their day or past it, as the program reminded of them every morning; the most urgent first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReminderView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { DueMark } from "./due-mark.tsx";

const few = 10;
const kinds = ["late", "today", "soon"] as const;

export function Reminders() {
  const reminders = useQuery({
    // Begins as the lists do: a step that changes them changes this.
    queryKey: ["clues", "reminders"],
    queryFn: ({ signal }) => api.clueReminders(undefined, {}, signal),
  });
  if (reminders.error !== null)
    return <Trouble error={reminders.error} again={() => void reminders.refetch()} />;
  const items = reminders.data?.items ?? [];
  return items.length === 0 ? null : <ReminderList items={items} />;
}

function ReminderList({ items }: { items: readonly ReminderView[] }) {
  const { t } = useSpeech();
  const [isWhole, setWhole] = useState(false);
  const words = t.clues.reminders;
  const counts = kinds
    .map((kind) => [kind, items.filter((one) => one.kind === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => words.counts[kind](n));
  return (
    <details className="unfolding reminders no-print">
      <summary>
        {words.title} <span className="note">{counts.join(words.between)}</span>
      </summary>
      <ul>
        {items.slice(0, isWhole ? items.length : few).map((one) => (
          <ReminderLine key={one.clue.id} reminder={one} />
        ))}
      </ul>
      {items.length > few && (
        <p className="list-end">
          <button
            type="button"
            className="text-button"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? words.fewer(few) : words.all(items.length)}
          </button>
        </p>
      )}
    </details>
  );
}

function ReminderLine({ reminder: { clue, recordedAt } }: { reminder: ReminderView }) {
  const { t, lang, nameOf } = useSpeech();
  return (
    <li>
      <Link to="/clues/$id" params={{ id: String(clue.id) }} search={{ queue: clue.queue }}>
        {clue.name}
      </Link>
      <span>
        {nameOf(clue.region)} · {lang === "zh" ? clue.ruleZh : clue.ruleEn}
        <span className="sub">
          {t.clues.queues[clue.queue]} · {t.clues.reminders.at(formatInstant(recordedAt))}
        </span>
      </span>
      <DueMark clue={clue} />
    </li>
  );
}
