import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Permission as PermissionContract, Role as RoleContract } from "../contract.ts";
import {
  accessOf,
  isAdministrator,
  mayHoldTogether,
  permissionsOf,
  ROLES,
  seesOwnUnitOnly,
  tokenPermissionsOf,
} from "./roles.ts";
import type { Role } from "./roles.ts";

const roles = Object.keys(ROLES) as Role[];
const anyRole = fc.constantFrom(...roles);

describe("the table of roles", () => {
  test("has one post of business that sees nothing but its own unit's", () => {
    expect(roles.filter(seesOwnUnitOnly)).toEqual(["enterprise"]);
  });

  test("has exactly the roles and permissions of the contract", () => {
    expect([...roles].sort()).toEqual([...RoleContract.options].sort());
    const used = new Set(roles.flatMap((role) => [...permissionsOf(role)]));
    expect([...used].sort()).toEqual([...PermissionContract.options].sort());
  });

  test.each<[Role, string[]]>([
    [
      "leader",
      [
        "figures.read",
        "figures.export",
        "briefing.read",
        "proofing.check",
        "tokens.manage",
        "registry.read",
        "clues.read",
        "returns.read",
      ],
    ],
    [
      "dispatcher",
      [
        "figures.read",
        "figures.write",
        "figures.export",
        "briefing.read",
        "proofing.check",
        "returns.read",
        "tokens.manage",
      ],
    ],
    [
      "department",
      [
        "figures.read",
        "figures.write",
        "figures.correct",
        "figures.export",
        "briefing.read",
        "proofing.check",
        "tokens.manage",
        "returns.read",
        "returns.file",
        "returns.review",
        "returns.design",
      ],
    ],
    [
      "relief",
      [
        "figures.read",
        "figures.write",
        "figures.correct",
        "figures.export",
        "briefing.read",
        "proofing.check",
        "tokens.manage",
        "registry.read",
        "registry.write",
        "registry.import",
        "registry.unmask",
        "lookback.run",
        "clues.read",
        "clues.assign",
        "clues.review",
        "returns.read",
        "returns.file",
        "returns.review",
        "returns.design",
      ],
    ],
    [
      "township",
      [
        "figures.read",
        "figures.write",
        "figures.export",
        "proofing.check",
        "tokens.manage",
        "registry.read",
        "registry.write",
        "registry.unmask",
        "clues.read",
        "clues.assign",
        "clues.verify",
        "clues.sign",
        "returns.read",
        "returns.file",
        "returns.review",
      ],
    ],
    [
      "village",
      [
        "figures.read",
        "figures.write",
        "tokens.manage",
        "registry.read",
        "registry.unmask",
        "clues.read",
        "clues.verify",
        "returns.read",
        "returns.file",
      ],
    ],
    ["enterprise", ["returns.own", "returns.file", "tokens.manage"]],
    [
      "prefecture",
      [
        "figures.read",
        "figures.export",
        "briefing.read",
        "proofing.check",
        "tokens.manage",
        "registry.read",
        "clues.read",
        "returns.read",
      ],
    ],
    ["sysadmin", ["accounts.create", "accounts.read"]],
    ["secadmin", ["accounts.approve", "accounts.read"]],
    ["auditor", ["audit.read"]],
  ])("%s may do what the house rules say and no more", (role, permissions) => {
    expect([...permissionsOf(role)].sort()).toEqual([...permissions].sort());
  });

  test("the three administrators enter by doors without business data, everybody else by the actor's", () => {
    expect(roles.filter(isAdministrator).sort()).toEqual(["auditor", "secadmin", "sysadmin"]);
    for (const role of roles.filter(isAdministrator)) {
      expect(
        [...permissionsOf(role)].filter((name) =>
          /^(figures|briefing|proofing|tokens|registry|lookback|clues)\./.test(name),
        ),
      ).toEqual([]);
    }
  });

  test("no two of the three administrators share a power that changes something", () => {
    const powers = roles.filter(isAdministrator).flatMap((role) => [...permissionsOf(role)]);
    const shared = powers.filter((power, i) => powers.indexOf(power) !== i);
    expect(shared).toEqual(["accounts.read"]);
  });

  test("a leader and a prefecture enter for reading only", () => {
    expect(roles.filter((role) => accessOf(role) === "read").sort()).toEqual([
      "auditor",
      "leader",
      "prefecture",
    ]);
  });
});

describe("exclusive posts", () => {
  test("an administrator's post excludes every other; the rest may be joined", () => {
    fc.assert(
      fc.property(fc.array(anyRole, { maxLength: 5 }), (held) => {
        const hasAdministrator = held.some((role) => ["sysadmin", "secadmin", "auditor"].includes(role));
        expect(mayHoldTogether(held)).toBe(held.length < 2 || !hasAdministrator);
      }),
    );
  });
});

describe("permissions of a token", () => {
  test("are never more than the post's, never manage tokens, and never write when it is for reading", () => {
    fc.assert(
      fc.property(anyRole, fc.constantFrom("read" as const, "write" as const), (role, access) => {
        const granted = tokenPermissionsOf(role, access);
        for (const permission of granted) expect(permissionsOf(role).has(permission)).toBe(true);
        expect(granted.has("tokens.manage")).toBe(false);
        if (access === "read")
          expect(granted.has("figures.write") || granted.has("figures.correct")).toBe(false);
      }),
    );
    expect(tokenPermissionsOf("department", "write").has("figures.correct")).toBe(true);
  });
});
