import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains } from "../../../shared/region-code.ts";
import { ACCOUNT_STATES, ACCOUNT_VERBS, decideAccountState } from "./account-states.ts";
import type { AccountVerb } from "./account-states.ts";
import { accessOf, isAdministrator, ROLES } from "./roles.ts";
import type { Role } from "./roles.ts";
import { goodUntil, isAlive, mustNoteUse } from "./session-life.ts";
import { computeTokenScope } from "./token-scope.ts";
import { mayAcceptStep, stepAt } from "./totp-step.ts";
import { isUsername, normaliseUsername } from "./username.ts";

describe("one-time codes", () => {
  const now = Date.UTC(2016, 7, 4);

  test("one step early or late is taken, two are not", () => {
    const step = stepAt(now);
    expect([-2, -1, 0, 1, 2].map((delta) => mayAcceptStep(step + delta, null, now))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test("a code is good once, and none before it is good afterwards", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 30 }), (deltas) => {
        let last: number | null = null;
        const taken: number[] = [];
        for (const delta of deltas) {
          const step = stepAt(now) + delta;
          if (!mayAcceptStep(step, last, now)) continue;
          last = step;
          taken.push(step);
        }
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
        expect(taken.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe("user names", () => {
  test.each([
    [" Leader ", "leader"],
    ["ｌｅａｄｅｒ", "leader"],
    ["ZHANG.San", "zhang.san"],
  ])("%s is %s", (typed, name) => {
    expect(normaliseUsername(typed)).toBe(name);
    expect(isUsername(name)).toBe(true);
  });

  test("one spelling stays one spelling", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(normaliseUsername(normaliseUsername(typed))).toBe(normaliseUsername(typed));
      }),
    );
  });

  test.each(["", "张三", "1a", "a b", "a'--"])("%s is none", (name) => {
    expect(isUsername(name)).toBe(false);
  });
});

describe("the life of a session", () => {
  const at = (seenAt: number, expiresAt: number, revokedAt: number | null = null) => ({
    seenAt,
    expiresAt,
    revokedAt,
  });

  test("ends by idling, by age, by revocation, whichever comes first", () => {
    const minute = 60_000;
    expect(isAlive(at(0, 720 * minute), 30, 30 * minute - 1)).toBe(true);
    expect(isAlive(at(0, 720 * minute), 30, 30 * minute)).toBe(false);
    expect(isAlive(at(719 * minute, 720 * minute), 30, 720 * minute)).toBe(false);
    expect(isAlive(at(0, 720 * minute, 1), 30, 2)).toBe(false);
  });

  test("whoever asks more often than the limit less what goes unnoted stays signed in", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }),
        (idleMinutes, waits) => {
          const idle = idleMinutes * 60_000;
          const unnoted = Math.min(60_000, idle / 4);
          let seenAt = 0;
          let now = 0;
          for (const wait of waits) {
            now += Math.floor(wait * (idle - unnoted - 1));
            expect(isAlive(at(seenAt, Number.MAX_SAFE_INTEGER), idleMinutes, now)).toBe(true);
            if (mustNoteUse(seenAt, idleMinutes, now)) seenAt = now;
          }
        },
      ),
    );
  });

  test("use is written down at most once a minute where the limit is four minutes or more", () => {
    expect(mustNoteUse(0, 4, 59_999)).toBe(false);
    expect(mustNoteUse(0, 30, 59_999)).toBe(false);
    expect(mustNoteUse(0, 30, 60_000)).toBe(true);
    expect(goodUntil(at(5, 100_000), 1)).toBe(60_005);
  });
});

describe("the reach of a token", () => {
  const county = 140981000000;
  const region = fc.constantFrom(
    140000000000,
    140900000000,
    county,
    140981101000,
    140981101202,
    140924000000,
    110000000000,
  );
  const role = fc.constantFrom(...(Object.keys(ROLES) as Role[]));
  const access = fc.constantFrom("read" as const, "write" as const);

  test("is the lesser of token and post, or nothing", () => {
    fc.assert(
      fc.property(region, access, region, role, (tokenRegion, wanted, postRegion, postRole) => {
        const scope = computeTokenScope(
          { region: tokenRegion, access: wanted },
          { region: postRegion, role: postRole },
        );
        const reaches = contains(postRegion, tokenRegion) && !isAdministrator(postRole);
        const lesser = wanted === "write" && accessOf(postRole) === "write" ? "write" : "read";
        expect(scope).toEqual(reaches ? { region: tokenRegion, access: lesser } : undefined);
      }),
    );
  });
});

describe("the states of an account", () => {
  const verbs = Object.keys(ACCOUNT_VERBS) as AccountVerb[];
  const table = verbs.flatMap((verb) => ACCOUNT_STATES.map((state) => ({ verb, state })));

  test("every verb in every state is decided", () => {
    expect(
      table.map(({ verb, state }) => {
        const decision = decideAccountState(verb, { id: 7, state, createdBy: 1 }, 2);
        return `${verb} ${state}: ${"to" in decision ? decision.to : decision.refused}`;
      }),
    ).toEqual([
      "approve pending: active",
      "approve active: WRONG_STATE",
      "approve disabled: WRONG_STATE",
      "enable pending: WRONG_STATE",
      "enable active: WRONG_STATE",
      "enable disabled: active",
      "disable pending: disabled",
      "disable active: disabled",
      "disable disabled: WRONG_STATE",
    ]);
  });

  test("who created an account never makes it active, and nobody decides on his own", () => {
    for (const { verb, state } of table) {
      const own = decideAccountState(verb, { id: 7, state, createdBy: 1 }, 7);
      expect(own).toEqual({ refused: "OWN_ACCOUNT" });
      const creation = decideAccountState(verb, { id: 7, state, createdBy: 2 }, 2);
      if (verb !== "disable") expect(creation).toEqual({ refused: "OWN_CREATION" });
    }
  });
});
