import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  choose,
  EMPTY_QUEUE,
  enqueue,
  enqueueRemoval,
  enqueueRow,
  pendingValue,
  putBack,
  saveState,
  settle,
  take,
} from "./save-queue.ts";
import type { Answer, Edit, Queue } from "./save-queue.ts";

const edit = (from: string | null, to: string | null, column = "a"): Edit => ({
  subject: "region",
  column,
  from,
  to,
});
const saved = (value: string | null, column = "a"): Answer => ({
  cells: [{ subject: "region", column, value }],
  refused: [],
});
const refused = (code: string, value: string | null): Answer => ({
  cells: [],
  refused: [{ subject: "region", column: "a", code, value }],
});
/** As sent; fails the test when nothing is. */
function send(queue: Queue): Queue {
  const taken = take(queue);
  expect(taken).toBeDefined();
  return taken?.queue ?? queue;
}
const waiting = (queue: Queue): Edit[] => [...queue.waiting.values()];

describe("before it is sent", () => {
  test("edits of a cell are one, from the first value to the last", () => {
    const queue = enqueue(enqueue(EMPTY_QUEUE, [edit("1", "2")]), [edit("2", "3")]);
    expect(waiting(queue)).toEqual([edit("1", "3")]);
    expect(saveState(queue)).toBe("waiting");
  });

  test("what comes back to where it was need not be sent", () => {
    const queue = enqueue(enqueue(EMPTY_QUEUE, [edit("1", "2")]), [edit("2", "1")]);
    expect(take(queue)).toBeUndefined();
    expect(saveState(queue)).toBe("saved");
  });

  test("a row that is added and taken away again was never there", () => {
    const added = enqueueRow(EMPTY_QUEUE, { subject: "x", name: "某企业" });
    const filled = enqueue(added, [{ subject: "x", column: "a", from: null, to: "1" }]);
    expect(take(enqueueRemoval(filled, { subject: "x", values: {} }))).toBeUndefined();
  });

  test("a row of the server's is taken away there, and its edits are not sent", () => {
    const gone = { subject: "region", values: { a: "1" } };
    const queue = enqueueRemoval(enqueue(EMPTY_QUEUE, [edit("1", "2")]), gone);
    expect(take(queue)?.batch).toMatchObject({ cells: new Map(), remove: [gone] });
  });
});

describe("under way", () => {
  test("only one request at a time; a later edit starts from what was sent", () => {
    const sent = send(enqueue(EMPTY_QUEUE, [edit("1", "2")]));
    expect(take(sent)).toBeUndefined();
    expect(saveState(sent)).toBe("saving");
    const later = enqueue(sent, [edit("1", "3")]);
    expect(waiting(later)).toEqual([edit("2", "3")]);
    expect(pendingValue(later, "region a")).toBe("3");
  });

  test("coming back to the old value while the new one is under way is an edit", () => {
    const later = enqueue(send(enqueue(EMPTY_QUEUE, [edit("1", "2")])), [edit("1", "1")]);
    expect(waiting(settle(later, saved("2")))).toEqual([edit("2", "1")]);
  });

  test("a later edit is rebased on what the server wrote", () => {
    const sent = enqueue(send(enqueue(EMPTY_QUEUE, [edit(null, "1.20")])), [edit("1.20", "3")]);
    expect(waiting(settle(sent, saved("1.2")))).toEqual([edit("1.2", "3")]);
  });

  test("5,001 cells are sent in two requests", () => {
    const many = Array.from({ length: 5001 }, (_, at) => edit(null, "1", `c${at}`));
    const first = take(enqueue(EMPTY_QUEUE, many));
    expect(first?.batch.cells.size).toBe(5000);
    expect(first?.queue.waiting.size).toBe(1);
  });
});

describe("without an answer", () => {
  const offline = putBack(send(enqueue(EMPTY_QUEUE, [edit("1", "2")])), true);

  test("everything waits again", () => {
    expect(waiting(offline)).toEqual([edit("1", "2")]);
    expect(saveState(offline)).toBe("offline");
  });

  test("sent twice, found there already: no conflict", () => {
    expect(saveState(settle(send(offline), refused("CONFLICT", "2")))).toBe("saved");
  });

  test("what arrived unanswered is known as our own, and the newer edit goes on top of it", () => {
    const newer = settle(send(enqueue(offline, [edit("2", "3")])), refused("CONFLICT", "2"));
    expect(waiting(newer)).toEqual([edit("2", "3")]);
    expect(newer.conflicts.size).toBe(0);
  });

  test("somebody else's value is still a conflict", () => {
    const newer = settle(send(enqueue(offline, [edit("2", "3")])), refused("CONFLICT", "9"));
    expect([...newer.conflicts.values()]).toEqual([
      { subject: "region", column: "a", mine: "3", theirs: "9" },
    ]);
  });
});

describe("somebody else was faster", () => {
  const conflicting = settle(send(enqueue(EMPTY_QUEUE, [edit("1", "2")])), refused("CONFLICT", "7"));

  test("both values are kept and nothing is sent", () => {
    expect([...conflicting.conflicts.values()]).toMatchObject([{ mine: "2", theirs: "7" }]);
    expect(saveState(conflicting)).toBe("conflict");
    expect(take(conflicting)).toBeUndefined();
    expect(pendingValue(conflicting, "region a")).toBe("2");
  });

  test("typing on changes mine", () => {
    const typed = enqueue(conflicting, [edit("7", "4")]);
    expect([...typed.conflicts.values()]).toMatchObject([{ mine: "4", theirs: "7" }]);
  });

  test("mine is sent on top of theirs", () => {
    expect(waiting(choose(conflicting, edit("", ""), "mine"))).toEqual([edit("7", "2")]);
  });

  test("theirs stays, and nothing is sent", () => {
    expect(saveState(choose(conflicting, edit("", ""), "theirs"))).toBe("saved");
  });

  test("the same value from both is none", () => {
    expect(saveState(settle(send(enqueue(EMPTY_QUEUE, [edit("1", "2")])), refused("CONFLICT", "2")))).toBe(
      "saved",
    );
  });
});

test("whatever the network does, the last value typed is what the server ends with", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("type" as const), value: fc.constantFrom("0", "1", "2", null) }),
      fc.record({ kind: fc.constantFrom("send", "answer", "lostBefore", "lostAfter") }),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      let server: string | null = "0";
      let queue = EMPTY_QUEUE;
      let typed: string | null = "0";
      let known: string | null = "0"; // what the page has seen of the server
      const arrive = (): Answer => {
        const one = queue.sent?.cells.get("region a");
        if (one === undefined) return { cells: [], refused: [] };
        if (server !== one.from && server !== one.to) return refused("CONFLICT", server);
        server = one.to;
        return saved(server);
      };
      const answer = (): void => {
        const given = arrive();
        queue = settle(queue, given);
        for (const { value } of [...given.cells, ...given.refused]) known = value;
      };
      for (const step of all) {
        if (step.kind === "type") {
          typed = step.value;
          queue = enqueue(queue, [edit(known, typed)]);
        } else if (step.kind === "send") queue = take(queue)?.queue ?? queue;
        else if (queue.sent === undefined) continue;
        else if (step.kind === "answer") answer();
        else {
          if (step.kind === "lostAfter") arrive();
          queue = putBack(queue, true);
        }
      }
      for (let round = 0; round < 5; round++) {
        if (queue.sent === undefined) queue = take(queue)?.queue ?? queue;
        if (queue.sent !== undefined) answer();
      }
      expect(queue.conflicts.size).toBe(0);
      expect(server).toBe(typed);
    }),
  );
});
