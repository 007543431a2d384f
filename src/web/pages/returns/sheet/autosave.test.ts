import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EditedView } from "../../../../domains/returns/contract.ts";
import { noAnswer, RequestFailed } from "../../../api/problem.ts";
import { startAutosave } from "./autosave.ts";
import { enqueue, saveState } from "./save-queue.ts";
import type { Batch } from "./save-queue.ts";
import { FRESH_SHEET } from "./sheet-state.ts";
import { makeSheetStore } from "./sheet-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const answerTo = (batch: Batch): EditedView => ({
  cells: [...batch.cells.values()].map(({ subject, column, to }) => ({ subject, column, value: to })),
  refused: [],
  findings: [],
  step: 1,
  status: "draft",
});

function setUp(answers: ((batch: Batch) => Promise<EditedView>)[]) {
  const store = makeSheetStore(FRESH_SHEET);
  const sent: (string | null)[] = [];
  const autosave = startAutosave({
    store,
    send: (batch) => {
      sent.push(...[...batch.cells.values()].map(({ to }) => to));
      return (answers.shift() ?? (async (one) => answerTo(one)))(batch);
    },
    onSaved: () => {},
  });
  const type = (to: string): void =>
    store.update((state) => ({
      ...state,
      failure: undefined,
      queue: enqueue(state.queue, [{ subject: "region", column: "a", from: null, to }]),
    }));
  return { store, sent, type, autosave, state: () => saveState(store.get().queue) };
}

test("waits for a moment after the last key, then sends once", async () => {
  const { sent, type, state } = setUp([]);
  type("1");
  await vi.advanceTimersByTimeAsync(500);
  type("12");
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(sent).toEqual(["12"]);
  expect(state()).toBe("saved");
});

test("what is typed during a request goes with the next", async () => {
  let answer: (view: EditedView) => void = () => {};
  const held = (): Promise<EditedView> => new Promise((resolve) => (answer = resolve));
  const { sent, type, state } = setUp([held]);
  type("1");
  await vi.advanceTimersByTimeAsync(800);
  expect(state()).toBe("saving");
  type("2");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual(["1"]);
  answer({
    cells: [{ subject: "region", column: "a", value: "1" }],
    refused: [],
    findings: [],
    step: 1,
    status: "draft",
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(["1", "2"]);
  expect(state()).toBe("saved");
});

test("without a network it is kept and tried again, ever more slowly", async () => {
  const lost = () => Promise.reject(new RequestFailed(noAnswer));
  const { sent, type, state } = setUp([lost, lost]);
  type("1");
  await vi.advanceTimersByTimeAsync(800);
  expect(state()).toBe("offline");
  type("2");
  await vi.advanceTimersByTimeAsync(1_800);
  expect(sent).toEqual(["1"]);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toEqual(["1", "2"]);
  expect(state()).toBe("offline");
  await vi.advanceTimersByTimeAsync(4_100);
  expect(state()).toBe("saved");
});

test("a refusal is not tried again by itself; the next key is", async () => {
  const locked = { status: 409, code: "PERIOD_LOCKED", titles: { zh: "已锁定", en: "locked" } };
  const { sent, type, store, state } = setUp([() => Promise.reject(new RequestFailed(locked))]);
  type("1");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(["1"]);
  expect(store.get().failure).toBeInstanceOf(RequestFailed);
  type("2");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(["1", "2"]);
  expect(state()).toBe("saved");
});

test("flush sends at once and is done when all is saved; stopped, it sends no more", async () => {
  const { sent, type, autosave, state } = setUp([]);
  type("1");
  await autosave.flush();
  expect(sent).toEqual(["1"]);
  expect(state()).toBe("saved");
  autosave.stop();
  type("2");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(["1"]);
});
