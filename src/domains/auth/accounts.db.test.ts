import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { actAs, enter, find, openSmallCounty, PASSWORD, refusalOf } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import {
  changeAccountState,
  createAccount,
  listAccounts,
  resetPassword,
  revokeAccountSessions,
  unlockAccount,
} from "./actions/accounts.ts";
import { loadAccounts } from "./actions/load-accounts.ts";
import { changePassword } from "./actions/change-password.ts";
import { withActor } from "../../platform/db/actor.ts";
import { sql } from "../../platform/db/sql.ts";
import { makeSystemActor } from "./principal.ts";
import type { Acting } from "./principal.ts";

const database = withTestDatabase();
let county: SmallCounty;
const acting: Record<string, Acting> = {};
beforeAll(async () => {
  county = await openSmallCounty(database);
  for (const username of ["sysadmin", "secadmin", "auditor", "stats", "fanshisec"])
    acting[username] = await actAs(county, username);
});
afterAll(() => county.close());

const as = (username: string): Acting => acting[username] as Acting;
const idOf = (username: string): number => county.accounts.get(username) as number;
const all = { limit: 1000 };

describe("the list of accounts", () => {
  test("holds those of the administrator's region and nobody else's, and those exist", async () => {
    const { items, total } = await listAccounts(county.auth, as("secadmin"), all);
    const names = items.map((account) => account.username);
    expect(names).toEqual(
      [...county.accounts.keys()].filter((name) => !["xinzhou", "fanshi", "fanshisec"].includes(name)).sort(),
    );
    expect(total).toBe(names.length);
    expect(county.accounts.has("fanshi")).toBe(true);
    const neighbour = await listAccounts(county.auth, as("fanshisec"), all);
    expect(neighbour.items.map((account) => account.username)).toEqual(["fanshi", "fanshisec"]);
  });

  test("shows posts and open sessions, and counts what it does not show", async () => {
    const { items, total } = await listAccounts(county.auth, as("sysadmin"), { q: "twoposts", limit: 1 });
    expect(total).toBe(1);
    expect(items[0]?.posts.map((post) => post.role)).toEqual(["dispatcher", "township"]);
    expect(items[0]?.sessions).toBe(0);
    await actAs(county, "twoposts");
    expect(
      (await listAccounts(county.auth, as("sysadmin"), { q: "twoposts", limit: 1 })).items[0]?.sessions,
    ).toBe(1);
    expect(await listAccounts(county.auth, as("sysadmin"), { limit: 1 })).toMatchObject({
      items: [{}],
      total: 9,
    });
  });

  test("is not for the auditor or for business posts", async () => {
    for (const username of ["auditor", "stats"]) {
      expect(await refusalOf(listAccounts(county.auth, as(username), all))).toBe("FORBIDDEN");
    }
  });

  test("even past the program an administrator reads no password hash, no authenticator and no figures", async () => {
    const read = (statement: Parameters<typeof sql>[0]) =>
      refusalOf(withActor(county.pools, as("secadmin").actor, (tx) => tx.query(sql(statement))));
    const texts = [
      "SELECT password_hash FROM auth.accounts",
      "SELECT totp_secret FROM auth.accounts",
      "SELECT * FROM ledger.figures",
    ];
    for (const text of texts) {
      expect(await read(Object.assign([text], { raw: [text] }))).toBe("42501");
    }
  });
});

describe("create, approve, use", () => {
  test("the system administrator creates, the security administrator approves, the person changes the password", async () => {
    const person = county.people.get("newcomer") as number;
    const made = await createAccount(county.auth, as("sysadmin"), { username: "Newcomer", person });
    expect(made).toMatchObject({ username: "newcomer", state: "pending" });
    expect(await refusalOf(actAs(county, "newcomer", made.password))).toBe("ACCOUNT_PENDING");
    expect(await refusalOf(changeAccountState(county.auth, as("sysadmin"), made.id, "approve"))).toBe(
      "FORBIDDEN",
    );
    const approved = await changeAccountState(county.auth, as("secadmin"), made.id, "approve");
    expect(approved.state).toBe("active");
    const newcomer = await actAs(county, "newcomer", made.password);
    expect(newcomer.mustChange).toBe(true);
    const { cookie } = await changePassword(county.auth, newcomer, {
      current: made.password,
      next: "Red-window-69",
    });
    expect((await find(county, cookie))?.mustChange).toBe(false);
    const trail = await database.query("SELECT * FROM audit.entries WHERE object = $1 ORDER BY id", [
      `account:${made.id}`,
    ]);
    expect(trail.map((entry) => `${entry["username"]} ${entry["action"]}`)).toEqual([
      "sysadmin auth.createAccount",
      "newcomer auth.refuseSignIn",
      "secadmin auth.approveAccount",
      "newcomer auth.signIn",
      "newcomer auth.changePassword",
    ]);
    expect(JSON.stringify(trail)).not.toContain(made.password);
  });

  test("who created an account may not approve it, though he has become security administrator since", async () => {
    await database.query(
      "UPDATE auth.accounts SET state = 'pending', created_by = $1 WHERE username = 'village'",
      [idOf("secadmin")],
    );
    expect(await refusalOf(changeAccountState(county.auth, as("secadmin"), idOf("village"), "approve"))).toBe(
      "OWN_CREATION",
    );
    await database.query(
      "UPDATE auth.accounts SET state = 'active', created_by = NULL WHERE username = 'village'",
    );
  });

  test.each([
    ["a person with an account", "another", "stats", "PERSON_HAS_ACCOUNT"],
    ["a person of another county", "another", "fanshi", "INVALID_REQUEST"],
  ])("%s is refused", async (_name, username, person, code) => {
    const wish = { username, person: county.people.get(person) as number };
    expect(await refusalOf(createAccount(county.auth, as("sysadmin"), wish))).toBe(code);
  });

  test("a user name that is taken is refused, in another county too, without telling where", async () => {
    await withActor(county.pools, makeSystemActor("taizhang_admin", 0), (tx) =>
      tx.query(
        sql`INSERT INTO org.people (county, region, code, name) VALUES (140981, 140981000000, 'spare', '备用同志')`,
      ),
    );
    const [person] = await database.query<{ id: string }>("SELECT id FROM org.people WHERE code = 'spare'");
    for (const username of ["stats", "fanshi"]) {
      const wish = { username, person: Number(person?.id) };
      expect(await refusalOf(createAccount(county.auth, as("sysadmin"), wish))).toBe("USERNAME_TAKEN");
    }
  });

  test.each(["secadmin", "auditor", "stats"])("the %s creates none", async (username) => {
    const wish = { username: "other", person: county.people.get("newcomer") as number };
    expect(await refusalOf(createAccount(county.auth, as(username), wish))).toBe("FORBIDDEN");
  });
});

describe("the security administrator", () => {
  test("disables, which ends open sessions at once, and enables again", async () => {
    const cookie = await enter(county, "leader");
    expect(await find(county, cookie)).toBeDefined();
    const disabled = await changeAccountState(county.auth, as("secadmin"), idOf("leader"), "disable");
    expect(disabled).toMatchObject({ state: "disabled", sessions: 0 });
    expect(await find(county, cookie)).toBeUndefined();
    expect(await refusalOf(changeAccountState(county.auth, as("secadmin"), idOf("leader"), "disable"))).toBe(
      "ACCOUNT_STATE_CONFLICT",
    );
    await changeAccountState(county.auth, as("secadmin"), idOf("leader"), "enable");
    expect(await find(county, cookie)).toBeUndefined();
    expect(await refusalOf(actAs(county, "leader"))).toBe("nothing");
  });

  test("unlocks before the time", async () => {
    for (let i = 0; i < 5; i++) await refusalOf(actAs(county, "sulongkou", "wrong"));
    expect(await refusalOf(actAs(county, "sulongkou"))).toBe("ACCOUNT_LOCKED");
    expect(
      (await listAccounts(county.auth, as("secadmin"), { q: "sulongkou", limit: 1 })).items[0]?.lockedUntil,
    ).not.toBeNull();
    expect((await unlockAccount(county.auth, as("secadmin"), idOf("sulongkou"))).lockedUntil).toBeNull();
    expect(await refusalOf(actAs(county, "sulongkou"))).toBe("nothing");
  });

  test("resets a password: the old one is dead, the new one must be changed, the old one may not come back", async () => {
    const cookie = await enter(county, "village");
    const { password } = await resetPassword(county.auth, as("secadmin"), idOf("village"));
    expect(await find(county, cookie)).toBeUndefined();
    expect(await refusalOf(actAs(county, "village"))).toBe("WRONG_CREDENTIALS");
    const village = await actAs(county, "village", password);
    expect(village.mustChange).toBe(true);
    for (const next of [password, PASSWORD]) {
      expect(await refusalOf(changePassword(county.auth, village, { current: password, next }))).toBe(
        "PASSWORD_NOT_TAKEN",
      );
    }
  });

  test("ends sessions", async () => {
    const cookie = await enter(county, "twoposts");
    expect(await find(county, cookie)).toBeDefined();
    expect((await revokeAccountSessions(county.auth, as("secadmin"), idOf("twoposts"))).sessions).toBe(0);
    expect(await find(county, cookie)).toBeUndefined();
  });

  test("does none of it to himself where it would hide something, or to another region's account", async () => {
    const own = idOf("secadmin");
    expect(await refusalOf(changeAccountState(county.auth, as("secadmin"), own, "disable"))).toBe(
      "OWN_ACCOUNT",
    );
    expect(await refusalOf(resetPassword(county.auth, as("secadmin"), own))).toBe("OWN_ACCOUNT");
    for (const username of ["fanshi", "xinzhou"]) {
      const id = idOf(username);
      const deeds = [
        changeAccountState(county.auth, as("secadmin"), id, "disable"),
        unlockAccount(county.auth, as("secadmin"), id),
        resetPassword(county.auth, as("secadmin"), id),
        revokeAccountSessions(county.auth, as("secadmin"), id),
      ];
      expect(new Set(await Promise.all(deeds.map(refusalOf)))).toEqual(new Set(["NOT_FOUND"]));
    }
    expect(await refusalOf(actAs(county, "fanshi"))).toBe("nothing");
  });

  test.each(["sysadmin", "auditor", "stats"])("is nobody else: not the %s", async (username) => {
    const id = idOf("leader");
    const deeds = [
      changeAccountState(county.auth, as(username), id, "disable"),
      unlockAccount(county.auth, as(username), id),
      resetPassword(county.auth, as(username), id),
      revokeAccountSessions(county.auth, as(username), id),
    ];
    expect(new Set(await Promise.all(deeds.map(refusalOf)))).toEqual(new Set(["FORBIDDEN"]));
  });
});

describe("loading accounts", () => {
  test("again changes nothing, not even a password that was changed", async () => {
    const before = await database.query("SELECT * FROM auth.accounts ORDER BY id");
    const again = { username: "stats", person: county.people.get("stats") as number, passwordHash: "x" };
    const ids = await withActor(county.pools, makeSystemActor("taizhang_admin", 0), (tx) =>
      loadAccounts(tx, [{ ...again, state: "active", mustChange: false }], new Date()),
    );
    expect(ids.get("stats")).toBe(idOf("stats"));
    expect(await database.query("SELECT * FROM auth.accounts ORDER BY id")).toEqual(before);
  });
});
