/** 已保存、正在保存、未保存: said in one place, with what to do when it did not work. */
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import type { Shape } from "../../../shell/status-mark.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { saveState } from "./save-queue.ts";
import type { SaveState } from "./save-queue.ts";
import type { ReturnSheet } from "./use-return-sheet.ts";

const shapes: Readonly<Record<SaveState | "failed", Shape>> = {
  saved: "done",
  waiting: "plain",
  saving: "plain",
  offline: "watch",
  conflict: "late",
  failed: "severe",
};

export function SaveLine({ sheet: { state, flush } }: { sheet: ReturnSheet }) {
  const r = useReturnTexts();
  const now = state.failure === undefined ? saveState(state.queue) : "failed";
  return (
    <span className="save-line" role="status">
      <ShapeMark shape={shapes[now]}>{r.save[now]}</ShapeMark>
      {(now === "failed" || now === "offline") && (
        <button type="button" className="text-button" onClick={() => void flush()}>
          {r.save.retry}
        </button>
      )}
    </span>
  );
}

export function SaveTrouble({ sheet: { state } }: { sheet: ReturnSheet }) {
  const { say } = useSpeech();
  return (
    <>
      {state.failure !== undefined && <Trouble error={state.failure} />}
      {state.stayed.map((row) => (
        <p key={row.subject} className="message bad" role="alert">
          {say(row)}
        </p>
      ))}
    </>
  );
}
