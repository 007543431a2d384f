/** What did not go out is told to the department that owns the form, with the reason, and goes out again when it says so. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { withSmallReturns } from "../../../../fixtures/small-returns.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { openAndRemind } from "../open-and-remind.ts";
import { deliverMessages } from "./deliver.ts";

const served = withSmallReturns({ clock: () => new Date("2016-09-07T02:00:00Z") });
const { database } = served;
const stats = served.as("stats");
let isRefusing = true;
let asked = 0;
const robot = createServer((_, response) => {
  asked++;
  response.end(JSON.stringify(isRefusing ? { errcode: 93000, errmsg: "token expired" } : { errcode: 0 }));
});
let now = new Date();

beforeAll(async () => {
  await openAndRemind(served.county.pools, makeSystemActor("taizhang_actor", 0), "2016-09-07");
  await new Promise<void>((resolve) => {
    robot.listen(0, "127.0.0.1", resolve);
  });
});
afterAll(() => {
  robot.close();
});

/** A round of the job, so many minutes later. */
async function deliverAfter(minutes: number): Promise<number> {
  now = new Date(now.getTime() + minutes * 60_000);
  return deliverMessages({
    pools: served.county.pools,
    actor: makeSystemActor("taizhang_actor", 0),
    now: () => now,
    mailer: undefined,
    webhook: new URL(`http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot?key=secret`),
    log: () => {},
  });
}
const undelivered = async (who: Asking = stats): Promise<Json> =>
  (await who("GET", "/returns/undelivered")).json.items;

test("what is refused is told with its reason, first as tried again, then as not delivered", async () => {
  expect(await undelivered()).toEqual([]);
  await deliverAfter(0);
  expect(await undelivered()).toMatchObject([
    { channel: "webhook", kind: "today", refusals: 1, isGivenUp: false, brief: { period: "2016-08" } },
    { channel: "webhook", kind: "today", refusals: 1, isGivenUp: false },
  ]);
  for (let round = 0; round < 20; round++) await deliverAfter(200);
  expect(asked).toBe(6);
  const items = await undelivered();
  expect(items).toMatchObject([
    { isGivenUp: true, refusals: 6, reason: "the chat robot refused: token expired" },
    { isGivenUp: true, refusals: 6 },
  ]);
  expect(JSON.stringify(items)).not.toContain("secret");
});

test("it is sent again by the owner of the form, and by nobody else", async () => {
  const [first] = await undelivered();
  const body = { items: [{ message: first.message, channel: "webhook" }] };
  for (const [username, status] of [
    ["sulongkou", 403],
    ["fanshi", 403],
    ["leader", 403],
  ] as const) {
    const other = served.as(username);
    expect((await other("POST", "/returns/undelivered/again", { body })).status, username).toBe(status);
    const seen = await other("GET", "/returns/undelivered");
    expect(seen.json.items ?? [], username).toEqual([]);
  }
  isRefusing = false;
  expect(await deliverAfter(200)).toBe(0);
  expect((await stats("POST", "/returns/undelivered/again", { body })).json).toEqual({ again: 1 });
  expect(await deliverAfter(0)).toBe(1);
  expect(await deliverAfter(200)).toBe(0);
  expect((await undelivered()).map((one: Json) => one.message)).not.toContain(first.message);
  const [entry] = await database.query("SELECT after FROM audit.entries WHERE action = 'returns.sendAgain'");
  expect(entry).toEqual({ after: { items: body.items, again: 1 } });
});

test("what has gone out is not sent twice by asking for it again", async () => {
  const [row] = await database.query("SELECT message::float8 FROM returns.deliveries WHERE state = 'sent'");
  const body = { items: [{ message: row?.["message"], channel: "webhook" }] };
  expect((await stats("POST", "/returns/undelivered/again", { body })).json).toEqual({ again: 0 });
  expect(await deliverAfter(200)).toBe(0);
});
