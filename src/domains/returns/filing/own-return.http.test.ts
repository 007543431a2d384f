/** Nobody reviews his own return: not his unit's, and not what he has submitted himself through another post; at any level. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn, openForm, takeStep } from "../../../../fixtures/return-asking.ts";
import type { SignedIn } from "../../../../fixtures/served-county.ts";
import {
  COUNTY,
  OTHER_TOWNSHIP,
  separateRelief,
  TOWNSHIP,
  VILLAGE,
} from "../../../../fixtures/small-county.ts";
import { retailForm, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const { database, signIn } = withSmallReturns();

const unitOf = (region: number): string => `unit-${region}`;
const plain = {
  ...retailForm,
  columns: [
    { code: "amount", nameZh: "数额", nameEn: "Amount", kind: "number", unit: "万元", required: true },
  ],
  rules: [],
};
/** By the township, then by any department of the county. */
const byTwo = {
  ...plain,
  code: "by-two",
  filers: { units: [VILLAGE, TOWNSHIP].map(unitOf) },
  review: [{ level: "township" }, { level: "county" }],
};
/** By any department of the county. */
const byOne = {
  ...plain,
  code: "by-one",
  filers: { units: [COUNTY, OTHER_TOWNSHIP].map(unitOf) },
  review: [{ level: "county" }],
};

beforeAll(async () => {
  // A department beside the one that owns the forms, and people who hold two posts.
  await separateRelief(database);
  await database.query("UPDATE org.posts SET role = 'department' WHERE code = 'twoposts'");
  await database.query(
    `INSERT INTO org.posts (county, region, unit, person, code, role, title_zh, title_en)
     SELECT p.county, p.region, p.unit, v.person, 'village-1', 'township', '镇长', 'Head' FROM org.posts p
     JOIN org.posts v ON v.code = 'village' WHERE p.code = 'sulongkou'`,
  );
  // A finance station in the township, whose return another unit passes; its post is held by somebody of the county.
  await database.query(
    `WITH station AS (INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
       VALUES (140981, ${TOWNSHIP}, 'station', '财政所', 'Finance station', 'office') RETURNING id)
     INSERT INTO org.posts (county, region, unit, person, code, role, title_zh, title_en)
     SELECT p.county, ${TOWNSHIP}, station.id, p.person, 'twoposts-2', 'township', '所长', 'Head' FROM station, org.posts p
     WHERE p.code = 'twoposts'`,
  );
  const stats = await signIn("stats");
  for (const form of [byTwo, byOne]) await openForm(stats, form, ["2016-08"]);
});

/** Goes over to another of one's posts. */
async function enter(person: SignedIn, code: string): Promise<void> {
  const [post] = await database.query("SELECT id FROM org.posts WHERE code = $1", [code]);
  const { json } = await person("PUT", "/session/post", { body: { post: Number(post?.["id"]) } });
  person.headers["x-csrf-token"] = json.csrf;
}

/** Submits the acting unit's own return. @returns its brief */
async function submit(asking: Asking, form: string, period = "2016-08"): Promise<Json> {
  const { items } = (await asking("GET", `/returns?form=${form}&period=${period}`)).json;
  const [{ id, version }] = items;
  await fillIn(asking, id, { amount: [version === 0 ? null : "5", "5"] });
  const sent = await takeStep(asking, id, "submit");
  expect(sent.json.brief, sent.text).toMatchObject({ status: "submitted" });
  return sent.json.brief;
}

const take = (asking: Asking, { id }: Json, body: object): Promise<Answer> =>
  asking("POST", `/returns/${id}/steps`, { body });

/** Offered nowhere, and refused at every door; nothing has changed afterwards. */
async function expectNoReview(
  asking: Asking,
  { id, step, status, level }: Json,
  verb: string,
  { code = "FORBIDDEN", because = "own" } = {},
): Promise<void> {
  const { may, noReview } = (await asking("GET", `/returns/${id}`)).json;
  expect(noReview, "the page says why").toBe(because);
  expect(may).not.toContain(verb);
  expect(may).not.toContain("sendBack");
  const waiting = (await asking("GET", "/returns?of=review")).json.items;
  expect(waiting.filter((one: Json) => one.id === id)).toEqual([]);
  for (const each of [verb, "sendBack"]) {
    const refused = await take(asking, { id }, { verb: each, step, reason: "自己看过了" });
    expect(refused.json.code, each).toBe(code);
  }
  const bulk = await asking("POST", "/returns/accept", { body: { items: [{ id, step }] } });
  expect(bulk.json).toMatchObject({ done: [], refused: [{ id, code }] });
  expect((await asking("GET", `/returns/${id}`)).json.brief).toMatchObject({ step, status, level });
}

describe("a post that files and reviews", () => {
  test("passes no return of its own unit at the township's level, nor does a colleague", async () => {
    const township = await signIn("sulongkou");
    const brief = await submit(township, "by-two");
    await expectNoReview(township, brief, "pass");
    const colleague = await signIn("village");
    await enter(colleague, "village-1");
    await expectNoReview(colleague, brief, "pass");
  });

  test("accepts no return of its own unit at the county's level, nor does a colleague; another department does", async () => {
    const stats = await signIn("stats");
    const brief = await submit(stats, "by-one");
    await expectNoReview(stats, brief, "accept");
    await expectNoReview(await signIn("twoposts"), brief, "accept");
    const body = { items: [{ id: brief.id, step: brief.step }] };
    const relief = await signIn("relief");
    expect((await relief("GET", `/returns/${brief.id}`)).json.noReview).toBe(null);
    expect((await relief("POST", "/returns/accept", { body })).json.done).toEqual([brief.id]);
  });
});

describe("a person of two posts", () => {
  test("passes nothing at the township's level that he has submitted for the village", async () => {
    const person = await signIn("village");
    const brief = await submit(person, "by-two");
    await enter(person, "village-1");
    await expectNoReview(person, brief, "pass", { because: "submitted" });
    const passed = await take(await signIn("sulongkou"), brief, { verb: "pass", step: brief.step });
    expect(passed.json.brief).toMatchObject({ status: "submitted", level: 1 });
    const accepted = await take(await signIn("relief"), brief, {
      verb: "accept",
      step: passed.json.brief.step,
    });
    expect(accepted.json.brief.status).toBe("accepted");
  });

  test("passes nothing at the second level that he has passed at the first, until it is submitted anew", async () => {
    const person = await signIn("twoposts");
    await enter(person, "twoposts-2");
    const stats = await signIn("stats");
    await stats("POST", "/returns/forms/by-two/openings", { body: { period: "2016-07" } });
    const filer = await signIn("village");
    const brief = await submit(filer, "by-two", "2016-07");
    const passed = (await take(person, brief, { verb: "pass", step: brief.step })).json.brief;
    expect(passed).toMatchObject({ status: "submitted", level: 1 });
    await enter(person, "twoposts");
    await expectNoReview(person, passed, "accept", { code: "RETURN_PASSED_BEFORE", because: "passed" });

    const back = await take(await signIn("relief"), passed, {
      verb: "sendBack",
      step: passed.step,
      reason: "漏报",
    });
    const again = await submit(filer, "by-two", "2016-07");
    expect(again.step).toBe(back.json.brief.step + 1);
    const other = await take(await signIn("sulongkou"), again, { verb: "pass", step: again.step });
    const accepted = await take(person, again, { verb: "accept", step: other.json.brief.step });
    expect(accepted.json.brief.status).toBe("accepted");
  });

  test("accepts nothing at the county's level that he has submitted for the township, until somebody else has", async () => {
    const person = await signIn("twoposts");
    await enter(person, "twoposts-1");
    const brief = await submit(person, "by-one");
    await enter(person, "twoposts");
    await expectNoReview(person, brief, "accept", { because: "submitted" });
    // As when a colleague has recalled it and submitted it again.
    await database.query("UPDATE returns.returns SET submitted_by = 0 WHERE id = $1", [brief.id]);
    const accepted = await take(person, brief, { verb: "accept", step: brief.step });
    expect(accepted.json.brief.status).toBe("accepted");
  });
});
