import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import {
  actAs,
  COUNTY,
  enter,
  find,
  NEIGHBOUR,
  openSmallCounty,
  OTHER_TOWNSHIP,
  PREFECTURE,
  refusalOf,
  TOWNSHIP,
  VILLAGE,
} from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { withActor } from "../../platform/db/actor.ts";
import { makeSystemActor } from "../auth/index.ts";
import type { Acting } from "../auth/index.ts";
import {
  ensurePost,
  getRegion,
  handOverPost,
  searchPeople,
  searchPosts,
  searchRegions,
  searchUnits,
} from "./actions.ts";

const database = withTestDatabase();
let county: SmallCounty;
const acting = new Map<string, Acting>();
beforeAll(async () => {
  county = await openSmallCounty(database);
  for (const username of county.accounts.keys()) acting.set(username, await actAs(county, username));
});
afterAll(() => county.close());

const as = (username: string): Acting => acting.get(username) as Acting;
const all = { limit: 1000 };
const codes = async (username: string, query: object = {}) => {
  const { items, total } = await searchRegions(county.pools, as(username).actor, { ...all, ...query });
  return { codes: items.map((region) => region.code), total };
};

describe("regions", () => {
  test("are those of the acting post's subtree, for every kind of post; and the others exist", async () => {
    const everything = (await database.query<{ code: string }>("SELECT code FROM org.regions")).map((row) =>
      Number(row.code),
    );
    expect(everything.length).toBeGreaterThan(6);
    for (const username of county.accounts.keys()) {
      const { region, regionFrom, regionTo } = as(username).actor;
      const expected = everything
        .filter((code) => code >= regionFrom && code < regionTo)
        .sort((a, b) => a - b);
      expect(await codes(username)).toEqual({ codes: expected, total: expected.length });
      expect(expected).toContain(region);
    }
  });

  test("are found by name in either language and by code, literally, within the scope", async () => {
    expect(await codes("leader", { q: "苏龙口" })).toEqual({ codes: [TOWNSHIP, VILLAGE], total: 2 });
    expect(await codes("leader", { q: "SULONG" })).toEqual({ codes: [TOWNSHIP, VILLAGE], total: 2 });
    expect(await codes("leader", { q: "140981102" })).toEqual({ codes: [OTHER_TOWNSHIP], total: 1 });
    expect(await codes("leader", { q: "繁" })).toEqual({ codes: [], total: 0 });
    expect((await codes("xinzhou", { q: "繁" })).total).toBe(2);
    for (const q of ["%", "_", "'", "\\", "%%"]) expect((await codes("leader", { q })).total).toBe(0);
  });

  test("are narrowed by level and by a smaller subtree, and cut off without losing the total", async () => {
    expect((await codes("leader", { level: "township" })).codes).toEqual([TOWNSHIP, OTHER_TOWNSHIP]);
    expect((await codes("leader", { within: TOWNSHIP })).codes).toEqual([TOWNSHIP, VILLAGE]);
    expect(await codes("leader", { limit: 1 })).toEqual({ codes: [COUNTY], total: 4 });
  });

  test("outside the scope are not found, whether they exist or not", async () => {
    for (const code of [NEIGHBOUR, PREFECTURE, 140924999000, 0, -1, 1e15]) {
      expect(await refusalOf(getRegion(county.pools, as("leader").actor, code))).toBe("NOT_FOUND");
      expect(await refusalOf(codes("leader", { within: code }))).toBe("NOT_FOUND");
    }
    expect(await refusalOf(getRegion(county.pools, as("sulongkou").actor, OTHER_TOWNSHIP))).toBe("NOT_FOUND");
    expect(await refusalOf(getRegion(county.pools, as("leader").actor, 140981999000))).toBe("NOT_FOUND");
  });

  test("are shown with the names above and the regions directly below", async () => {
    const page = await getRegion(county.pools, as("sulongkou").actor, TOWNSHIP);
    expect(page.nameZh).toBe("苏龙口镇");
    expect(page.ancestors.map((region) => region.nameZh)).toEqual(["山西省", "忻州市", "原平市"]);
    expect(page.children.map((region) => region.code)).toEqual([VILLAGE]);
  });
});

describe("units, people and posts", () => {
  test("units are those of the scope", async () => {
    const names = async (username: string) => {
      const { items, total } = await searchUnits(county.pools, as(username).actor, all);
      expect(total).toBe(items.length);
      return items.map((unit) => unit.region.code);
    };
    expect(await names("sulongkou")).toEqual([TOWNSHIP, VILLAGE]);
    expect(await names("leader")).toEqual([COUNTY, TOWNSHIP, VILLAGE, OTHER_TOWNSHIP]);
    expect(await names("xinzhou")).toContain(NEIGHBOUR);
    expect((await searchUnits(county.pools, as("leader").actor, { q: "no such", limit: 1 })).total).toBe(0);
  });

  test("people and posts are for the administrators of accounts, within their region", async () => {
    for (const username of ["auditor", "leader", "sulongkou"]) {
      expect(await refusalOf(searchPeople(county.pools, as(username), all))).toBe("FORBIDDEN");
      expect(await refusalOf(searchPosts(county.pools, as(username), all))).toBe("FORBIDDEN");
    }
    const people = await searchPeople(county.pools, as("sysadmin"), all);
    const names = people.items.map((person) => person.name.replace("同志", "")).sort();
    expect(names).toEqual(
      [...county.people.keys()].filter((name) => !["xinzhou", "fanshi", "fanshisec"].includes(name)).sort(),
    );
    expect(people.items.filter((person) => !person.hasAccount).map((person) => person.name)).toEqual([
      "newcomer同志",
    ]);
    const posts = await searchPosts(county.pools, as("secadmin"), { ...all, q: "sulongkou" });
    expect(posts).toMatchObject({
      total: 1,
      items: [{ role: "township", holder: { name: "sulongkou同志" } }],
    });
  });
});

describe("handing a post over", () => {
  const give = (username: string, post: string, person: string | null) =>
    handOverPost(county.auth, as(username), {
      post: county.posts.get(post) as number,
      person: person === null ? null : (county.people.get(person) as number),
    });

  test("ends the acting of the one who held it, at once, and is recorded", async () => {
    const cookie = await enter(county, "sulongkou");
    expect(await find(county, cookie)).toBeDefined();
    const view = await give("secadmin", "sulongkou", "newcomer");
    expect(view.holder?.name).toBe("newcomer同志");
    expect(await find(county, cookie)).toBeUndefined();
    expect((await give("secadmin", "sulongkou", null)).holder).toBeNull();
    expect((await give("secadmin", "sulongkou", "sulongkou")).holder?.name).toBe("sulongkou同志");
    const trail = await database.query(
      "SELECT before, after FROM audit.entries WHERE action = 'org.handOverPost' ORDER BY id",
    );
    const [was, next] = [county.people.get("sulongkou"), county.people.get("newcomer")];
    expect(trail).toEqual([
      { before: { person: was }, after: { person: next } },
      { before: { person: next }, after: { person: null } },
      { before: { person: null }, after: { person: was } },
    ]);
  });

  test.each([
    ["a business post to an administrator", "stats", "auditor"],
    ["an administrator's post to somebody with a post", "auditor", "stats"],
    ["an administrator's post to another administrator", "auditor", "sysadmin"],
  ])("%s is refused", async (_name, post, person) => {
    expect(await refusalOf(give("secadmin", post, person))).toBe("EXCLUSIVE_POST");
  });

  test("two posts given to one person at the same moment are not joined either, however they interleave", async () => {
    for (let round = 0; round < 12; round++) {
      await database.query(
        "UPDATE org.posts SET person = NULL WHERE code IN ('auditor', 'village', 'newcomer')",
      );
      const gifts = ["auditor", "village"].map((post) => refusalOf(give("secadmin", post, "newcomer")));
      expect((await Promise.all(gifts)).sort()).toEqual(["EXCLUSIVE_POST", "nothing"]);
    }
  });

  test("is for the security administrator, not with his own post, and not across counties", async () => {
    for (const username of ["sysadmin", "auditor", "leader"])
      expect(await refusalOf(give(username, "stats", "leader"))).toBe("FORBIDDEN");
    expect(await refusalOf(give("secadmin", "secadmin", null))).toBe("OWN_POST");
    expect(await refusalOf(give("secadmin", "stats", "secadmin"))).toBe("OWN_POST");
    expect(await refusalOf(give("secadmin", "fanshi", "leader"))).toBe("NOT_FOUND");
    expect(await refusalOf(give("secadmin", "stats", "fanshi"))).toBe("INVALID_REQUEST");
  });

  test("and a post that is made for somebody keeps the same rule", async () => {
    const [unit] = await database.query<{ id: string }>("SELECT id FROM org.units WHERE region = $1", [
      COUNTY,
    ]);
    const post = {
      region: COUNTY,
      unit: Number(unit?.id),
      titleZh: "新岗位",
      titleEn: "New",
      role: "leader" as const,
    };
    const make = (person: string, code: string) =>
      withActor(county.pools, makeSystemActor("taizhang_admin", 0), (tx) =>
        ensurePost(tx, { ...post, code, person: county.people.get(person) as number }),
      );
    expect(await refusalOf(make("sysadmin", "new-1"))).toBe("EXCLUSIVE_POST");
    expect(await refusalOf(make("leader", "new-2"))).toBe("nothing");
  });
});
