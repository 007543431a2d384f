import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { permissionsOf } from "../../../auth/core/roles.ts";
import { mayUse, nextQueue, QUEUES, VERBS, verbsFrom, VERDICTS, WAYS } from "./clue-loop.ts";
import type { Queue, Verb, Verdict } from "./clue-loop.ts";
import { isReasonOf, REASONS } from "./reasons.ts";

const anyVerb = fc.constantFrom(...VERBS);
const open = (verdict?: Verdict) => ({ verdict, isConfidential: false });
const anyVerdict = fc.constantFrom(...VERDICTS);

describe("the course of a clue", () => {
  test.each<[Verdict, Queue[]]>([
    ["remove", ["township", "visit", "signoff", "review", "publish", "notice", "closed"]],
    ["correct", ["township", "visit", "signoff", "review", "publish", "notice", "closed"]],
    ["gone", ["township", "visit", "signoff", "review", "publish", "notice", "closed"]],
    ["keep", ["township", "visit", "signoff", "review", "closed"]],
  ])("with the verdict %s leads through %j", (verdict, queues) => {
    const verbs: Verb[] = ["send", "assign", "judge", "sign", "approve", "post", "takeEffect"];
    const course: Queue[] = [];
    for (const verb of verbs.slice(0, queues.length))
      course.push(nextQueue(course.at(-1), verb, open(verdict)) as Queue);
    expect(course).toEqual(queues);
  });

  test("with 需再核 begins again at the door", () => {
    expect(nextQueue("review", "approve", open("again"))).toBe("visit");
  });

  test("an objection begins again at the door, a second look comes back to the review", () => {
    expect(nextQueue("notice", "object", open("remove"))).toBe("visit");
    expect(nextQueue("review", "draw", open("remove"))).toBe("recheck");
    expect(nextQueue("recheck", "rejudge", open("keep"))).toBe("review");
  });

  test("changes nothing in the registry before it was public", () => {
    for (const queue of QUEUES.filter((name) => name !== "notice"))
      expect(nextQueue(queue, "takeEffect", open("remove"))).toBeUndefined();
  });

  test("whatever is tried: in exactly one queue, and never out of the closed one", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.tuple(anyVerb, anyVerdict), { maxLength: 60 }),
        (isConfidential, tries) => {
          let queue: Queue | undefined = nextQueue(undefined, "send", { isConfidential });
          let verdict: Verdict | undefined;
          for (const [verb, found] of tries) {
            const before: Queue | undefined = queue;
            const next = nextQueue(queue, verb, { verdict, isConfidential });
            queue = next ?? queue;
            verdict = next !== undefined && (verb === "judge" || verb === "rejudge") ? found : verdict;
            expect(QUEUES).toContain(queue);
            expect(before === "closed" && next !== undefined).toBe(false);
            expect(isConfidential && ["township", "visit", "signoff"].includes(queue as Queue)).toBe(false);
          }
        },
      ),
    );
  });

  test("every queue but the last has a way on, and every queue is reached", () => {
    const rights = new Set(Object.values(WAYS).map((way) => way.right));
    for (const queue of QUEUES.filter((name) => name !== "closed"))
      expect(verbsFrom(queue, rights).length, queue).toBeGreaterThan(0);
    expect(verbsFrom("closed", rights)).toEqual([]);
    const reached = VERBS.flatMap((verb) =>
      [undefined, ...QUEUES].flatMap((queue) =>
        VERDICTS.map((verdict) => nextQueue(queue, verb, open(verdict))),
      ),
    );
    expect(new Set(reached.filter((queue) => queue !== undefined))).toEqual(new Set(QUEUES));
  });
});

describe("who may do what with a clue", () => {
  test("nobody has the whole loop: who visits does not review, who reviews does not visit", () => {
    const both = (["leader", "relief", "township", "village", "prefecture", "department"] as const).filter(
      (role) => permissionsOf(role).has("clues.verify") && permissionsOf(role).has("clues.review"),
    );
    expect(both).toEqual([]);
  });

  test.each([
    ["township", "township", ["assign"]],
    ["township", "visit", ["handOver", "judge"]],
    ["township", "signoff", ["sign", "sendBack"]],
    ["township", "review", []],
    ["township", "notice", []],
    ["village", "visit", ["judge"]],
    ["village", "signoff", []],
    ["relief", "review", ["sendBack", "approve", "draw", "withdraw"]],
    ["relief", "recheck", ["handOver", "rejudge"]],
    ["relief", "notice", ["object", "takeEffect"]],
    ["leader", "review", []],
  ] as const)("a %s with a clue in %s: %j", (role, queue, verbs) => {
    expect(verbsFrom(queue, permissionsOf(role))).toEqual(verbs);
  });

  test("what is sent back goes back by whose desk it lies on", () => {
    expect(mayUse("sendBack", "review", permissionsOf("township"))).toBe(false);
    expect(mayUse("sendBack", "signoff", permissionsOf("relief"))).toBe(false);
  });
});

describe("reasons", () => {
  test("each verdict has some, each code once, in both languages", () => {
    for (const verdict of VERDICTS) {
      const codes = REASONS[verdict].map((reason) => reason.code);
      expect(codes.length).toBeGreaterThan(1);
      expect(new Set(codes).size).toBe(codes.length);
      for (const reason of REASONS[verdict]) expect(`${reason.zh}|${reason.en}`).toMatch(/^.+\|[ -~]+$/);
    }
    expect(isReasonOf("keep", "sold")).toBe(true);
    expect(isReasonOf("remove", "sold")).toBe(false);
  });
});
