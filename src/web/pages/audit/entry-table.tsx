import type { AuditEntryView } from "../../../domains/audit/contract.ts";
import { formatInstantExactly } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";

/** Who did what, newest first; what changed unfolds below. */
export function EntryTable({ items }: { items: readonly AuditEntryView[] }) {
  const { t } = useSpeech();
  const words = t.audit;
  return (
    <table className="table list entry-table">
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.post}</th>
          <th scope="col">{words.action}</th>
          <th scope="col">{words.object}</th>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.change}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">{formatInstantExactly(entry.at)}</th>
            <td data-label={words.who}>{entry.username ?? t.app.nowhere}</td>
            <td data-label={words.post}>{entry.postTitle ?? t.app.nowhere}</td>
            <td data-label={words.action}>
              <span className="mono">{entry.action}</span>
            </td>
            <td data-label={words.object}>
              <span className="mono">{entry.object}</span>
            </td>
            <td data-label={words.from}>{entry.address ?? t.app.nowhere}</td>
            <td>
              <Change entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Change({ entry }: { entry: AuditEntryView }) {
  const { t } = useSpeech();
  if (entry.before === null && entry.after === null) return null;
  return (
    <details>
      <summary>{t.audit.detail}</summary>
      {entry.before !== null && <Json label={t.audit.before} value={entry.before} />}
      {entry.after !== null && <Json label={t.audit.after} value={entry.after} />}
    </details>
  );
}

function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <div>
      <span className="fine">{label}</span>
      <pre className="mono json">{JSON.stringify(value, null, 1)}</pre>
    </div>
  );
}
