/** How an indicator stands, by colour and by shape, and in words. */
import type { Standing } from "../../domains/indicators/core/assessment.ts";
import { useSpeech } from "../i18n/language.tsx";

const shapes: Record<Standing, string> = {
  ok: "M5 1a4 4 0 1 0 .001 0z", // ●
  watch: "M5 1 9.4 9H.6z", // ▲
  late: "M5 .4 9.6 5 5 9.6 .4 5z", // ◆
  severe: "M1 1h8v8H1z", // ■
  unknown: "M1 4.4h8v1.2H1z", // —
};

export function StatusMark({ standing, wordless = false }: { standing: Standing; wordless?: boolean }) {
  const { t } = useSpeech();
  return (
    <span className={`status status-${standing}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[standing]} fill="currentColor" />
      </svg>
      <span className={wordless ? "unseen" : undefined}>{t.standing[standing]}</span>
    </span>
  );
}
