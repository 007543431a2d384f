import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetDraft, keepDraft, readDraft, readUnsent } from "./visit-draft.ts";
import type { VisitDraft } from "./visit-draft.ts";

const draft: VisitDraft = {
  visitedOn: "2016-08-25",
  visitors: ["张三", "李四"],
  verdict: "keep",
  reason: "sold",
  scope: "person",
  note: "",
};

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
    dump: () => [...kept.values()].join(),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a draft comes back, and whether it waits for the network", () => {
  keepDraft(7, draft, true);
  expect(readDraft(7)).toEqual(draft);
  expect(readUnsent(7)).toBe(true);
  expect(readDraft(8)).toBeUndefined();
  forgetDraft(7);
  expect(readUnsent(7)).toBe(false);
});

test.each([
  ["an ID number", "14098119450505123X"],
  ["one in full width", "１４０９８１１９４５０５０５１２３Ｘ"],
  ["a phone with gaps", "138 0000 1234"],
  ["an account", "6217000000000000031"],
])("%s in the note is not stored", (_, secret) => {
  keepDraft(7, { ...draft, note: `已核对 ${secret}，2015-03-08 已卖` }, false);
  const stored = (localStorage as unknown as { dump: () => string }).dump();
  expect(stored).not.toContain(secret.slice(0, 7));
  expect(stored).toContain("2015-03-08 已卖");
});

test("after a month a draft is forgotten", () => {
  vi.useFakeTimers({ now: new Date("2016-08-01T00:00:00Z") });
  keepDraft(7, draft, true);
  vi.setSystemTime(new Date("2016-09-02T00:00:00Z"));
  expect(readDraft(7)).toBeUndefined();
});
