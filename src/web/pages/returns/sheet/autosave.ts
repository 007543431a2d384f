/** Sends what was typed, a moment after the last key; keeps and retries what the network loses. */
import type { EditedView } from "../../../../domains/returns/contract.ts";
import { RequestFailed } from "../../../api/problem.ts";
import { cellKey } from "./cell-key.ts";
import { isWaiting, putBack, settle, take } from "./save-queue.ts";
import type { Batch } from "./save-queue.ts";
import { keepRows } from "./sheet-state.ts";
import type { Refusal } from "./sheet-state.ts";
import type { SheetStore } from "./sheet-store.ts";

const MOMENT = 700; // ms
const SHORTEST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

type Sending = {
  store: SheetStore;
  send: (batch: Batch) => Promise<EditedView>;
  /** the server has taken it in; called before the store forgets it, so that a cell never shows the old value between */
  onSaved: (answer: EditedView, batch: Batch) => void;
};

export type Autosave = {
  /** now, without the moment; resolves when nothing is on its way any more */
  flush: () => Promise<void>;
  stop: () => void;
};

/** No answer, or a proxy's: worth another try. Everything else is a refusal, told to the person. */
const isLost = (error: unknown): boolean =>
  error instanceof RequestFailed && (error.problem.status === 0 || error.problem.status >= 502);

export function startAutosave({ store, send, onSaved }: Sending): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = SHORTEST_WAIT;
  let running: Promise<void> | undefined;
  let isStopped = false;

  const schedule = (ms: number): void => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(() => void run(), ms);
  };

  const run = (): Promise<void> => {
    running ??= sendAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  const sendAll = async (): Promise<void> => {
    clearTimeout(timer);
    for (;;) {
      const taken = take(store.get().queue);
      if (taken === undefined) return;
      store.update((state) => ({ ...state, queue: taken.queue }));
      try {
        const answer = await send(taken.batch);
        onSaved(answer, taken.batch);
        wait = SHORTEST_WAIT;
        store.update((before) => {
          const state = keepRows(before, answer.refused.filter(isKeptRow));
          return {
            ...state,
            queue: settle(state.queue, answer),
            refusals: withRefusals(state.refusals, answer),
            failure: undefined,
          };
        });
      } catch (error) {
        store.update((state) => ({
          ...state,
          queue: putBack(state.queue, isLost(error)),
          failure: isLost(error) ? undefined : error,
        }));
        if (!isLost(error)) return;
        schedule(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
        return;
      }
    }
  };

  let seen = store.get().queue;
  const onChange = (): void => {
    const { queue, failure } = store.get();
    const isNews = queue.waiting !== seen.waiting || queue.add !== seen.add || queue.remove !== seen.remove;
    seen = queue;
    if (isNews && isWaiting(queue) && queue.sent === undefined && !queue.isOffline && failure === undefined)
      schedule(MOMENT);
  };
  const unsubscribe = store.subscribe(onChange);
  const onOnline = (): void => void run();
  globalThis.addEventListener?.("online", onOnline);
  if (isWaiting(seen)) schedule(0);

  return {
    flush: run,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      unsubscribe();
      globalThis.removeEventListener?.("online", onOnline);
    },
  };
}

const isKeptRow = ({ code }: { code: string }): boolean => code === "ROW_CHANGED";

function withRefusals(
  before: ReadonlyMap<string, Refusal>,
  answer: EditedView,
): ReadonlyMap<string, Refusal> {
  const refusals = new Map(before);
  for (const { subject, column } of answer.cells) refusals.delete(cellKey(subject, column));
  for (const refused of answer.refused)
    if (refused.code !== "CONFLICT" && !isKeptRow(refused))
      refusals.set(cellKey(refused.subject, refused.column), refused);
  return refusals;
}
