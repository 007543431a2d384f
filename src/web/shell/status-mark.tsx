/** How something stands, by colour and by shape, and in words. */
import type { ReactNode } from "react";
import type { Standing } from "../../domains/indicators/core/assessment.ts";
import { useSpeech } from "../i18n/language.tsx";

const shapes = {
  ok: "M5 1a4 4 0 1 0 .001 0z", // ●
  watch: "M5 1 9.4 9H.6z", // ▲
  late: "M5 .4 9.6 5 5 9.6 .4 5z", // ◆
  severe: "M1 1h8v8H1z", // ■
  unknown: "M1 4.4h8v1.2H1z", // —
  plain: "M5 1a4 4 0 1 0 .001 0zm0 1.6a2.4 2.4 0 1 1-.001 0z", // ○
  done: "M.8 5.4 2 4.1l2 1.9L8.1 1.4l1.2 1.1L4 8.4z", // ✓
  struck: "M1.7.9 5 4.2 8.3.9l.8.8L5.8 5l3.3 3.3-.8.8L5 5.8 1.7 9.1l-.8-.8L4.2 5 .9 1.7z", // ✕
} as const;

export type Shape = keyof typeof shapes;

export function StatusMark({ standing, wordless = false }: { standing: Standing; wordless?: boolean }) {
  const { t } = useSpeech();
  return (
    <ShapeMark shape={standing}>
      <span className={wordless ? "unseen" : undefined}>{t.standing[standing]}</span>
    </ShapeMark>
  );
}

/** A mark whose colour and shape go together; the words follow it. */
export function ShapeMark({ shape, children }: { shape: Shape; children: ReactNode }) {
  return (
    <span className={`status status-${shape}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[shape]} fill="currentColor" />
      </svg>
      {children}
    </span>
  );
}
