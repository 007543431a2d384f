/** Where a figure came from, in a word: speech, demonstration data, file, return, by hand. */
import type { SourceView } from "../../domains/ledger/contract.ts";
import { useSpeech } from "../i18n/language.tsx";

export function SourceBadge({ kind }: { kind: SourceView["kind"] }) {
  const { t } = useSpeech();
  return <span className={`badge badge-${kind}`}>{t.source.sourceKind[kind]}</span>;
}
