import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cluesWithDraft, forgetDraft, keepDraft, readDraft, readUnsent } from "./visit-draft.ts";
import type { VisitDraft } from "./visit-draft.ts";

const draft: VisitDraft = {
  visitedOn: "2016-08-25",
  visitors: ["张三", "李四"],
  verdict: "keep",
  reason: "sold",
  scope: "person",
  note: "",
};

const whose = { clue: 7, account: 3 };

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
    dump: () => [...kept.values()].join(),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a draft comes back, and whether it waits for the network", () => {
  keepDraft(whose, draft, true);
  expect(readDraft(whose)).toEqual(draft);
  expect(readUnsent(whose)).toBe(true);
  expect(readDraft({ clue: 8, account: 3 })).toBeUndefined();
  const next = { clue: 7, account: 4 };
  expect([readDraft(next), readUnsent(next)]).toEqual([undefined, false]);
  forgetDraft(whose);
  expect(readUnsent(whose)).toBe(false);
});

test("whose drafts lie on this machine is known by account", () => {
  keepDraft(whose, draft, false);
  keepDraft({ clue: 12, account: 3 }, draft, true);
  keepDraft({ clue: 7, account: 33 }, draft, true);
  localStorage.setItem("taizhang.language", "zh-CN");
  expect(cluesWithDraft(3).toSorted((a, b) => a - b)).toEqual([7, 12]);
  expect(cluesWithDraft(4)).toEqual([]);
});

test.each([
  ["an ID number", "14098119450505123X"],
  ["one in full width", "１４０９８１１９４５０５０５１２３Ｘ"],
  ["a phone with gaps", "138 0000 1234"],
  ["an account", "6217000000000000031"],
])("%s in the note is not stored", (_, secret) => {
  keepDraft(whose, { ...draft, note: `已核对 ${secret}，2015-03-08 已卖` }, false);
  const stored = (localStorage as unknown as { dump: () => string }).dump();
  expect(stored).not.toContain(secret.slice(0, 7));
  expect(stored).toContain("2015-03-08 已卖");
});

test("after a month a draft is forgotten", () => {
  vi.useFakeTimers({ now: new Date("2016-08-01T00:00:00Z") });
  keepDraft(whose, draft, true);
  vi.setSystemTime(new Date("2016-09-02T00:00:00Z"));
  expect(readDraft(whose)).toBeUndefined();
});
