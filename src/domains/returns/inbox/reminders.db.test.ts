/** Reminders: once for each occasion whatever the clock does, and out of the house through a real SMTP server and a chat robot. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { openSmallCounty } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns } from "../../../../fixtures/small-returns.ts";
import { openMailer } from "../../../platform/outgoing/mail.ts";
import type { Mailer } from "../../../platform/outgoing/mail.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { openAndRemind } from "../open-and-remind.ts";
import { deliverMessages } from "./deliver.ts";
import type { Outgoing } from "./deliver.ts";

const database = withTestDatabase();
let county: SmallCounty;
const system = makeSystemActor("taizhang_actor", 0);

let received: string[] = [];
let refusing = false;
const smtp = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onData: (stream, _session, done) => {
    const pieces: Buffer[] = [];
    stream.on("data", (piece: Buffer) => pieces.push(piece));
    stream.on("end", () => {
      if (!refusing) received.push(Buffer.concat(pieces).toString());
      done(refusing ? new Error("<town@b.example>: mailbox full") : null);
    });
  },
});
let chats: string[] = [];
const robot = createServer((request, response) => {
  void text(request).then((body) => {
    chats.push((JSON.parse(body) as { text: { content: string } }).text.content);
    response.end(JSON.stringify({ errcode: 0 }));
  });
});
let mailer: Mailer;
let webhook: URL;
let now = new Date();
const logged: string[] = [];

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county);
  await new Promise<void>((resolve) => {
    smtp.listen(0, "127.0.0.1", resolve);
  });
  await new Promise<void>((resolve) => {
    robot.listen(0, "127.0.0.1", resolve);
  });
  mailer = openMailer(
    new URL(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`),
    "taizhang@a.example",
  );
  webhook = new URL(
    `http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot?key=secret-of-the-robot`,
  );
  await database.query(
    `INSERT INTO returns.contacts (county, unit, region, email)
     SELECT county, id, region, 'town@b.example' FROM org.units WHERE code = 'unit-140981101000'`,
  );
});
afterAll(async () => {
  mailer.close();
  await new Promise<void>((resolve) => {
    smtp.close(() => resolve());
  });
  robot.close();
  await county.close();
});
beforeEach(() => {
  received = [];
  chats = [];
  refusing = false;
});

const outgoing = (channels: Partial<Outgoing>): Outgoing => ({
  pools: county.pools,
  actor: system,
  now: () => now,
  mailer: undefined,
  webhook: undefined,
  log: (line) => logged.push(line),
  ...channels,
});
const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const kinds = async (): Promise<string[]> =>
  (await database.query("SELECT kind FROM returns.messages ORDER BY id")).map((row) => String(row["kind"]));

/** A robot whose token has run out. */
async function refuseChat(): Promise<{ webhook: URL; asked: () => number; close: () => Promise<void> }> {
  let asked = 0;
  const expired = createServer((_, response) => {
    asked++;
    response.end(JSON.stringify({ errcode: 93000, errmsg: "token expired" }));
  });
  await new Promise<void>((resolve) => {
    expired.listen(0, "127.0.0.1", resolve);
  });
  return {
    webhook: new URL(`http://127.0.0.1:${(expired.address() as AddressInfo).port}/robot`),
    asked: () => asked,
    close: () =>
      new Promise<void>((resolve) => {
        expired.close(() => resolve());
        expired.closeAllConnections();
      }),
  };
}

describe("reminders of what is due", () => {
  // Due on Wednesday 7 September 2016.
  test.each([
    ["2016-09-02", 0, "three working days before"],
    ["2016-09-05", 2, "two before"],
    ["2016-09-05", 0, "the same morning again"],
    ["2016-09-03", 0, "a clock that went back to the weekend"],
    ["2016-09-07", 2, "on the day"],
    ["2016-09-06", 0, "the day before, again"],
    ["2016-09-18", 2, "late, on a Sunday that is a working day"],
    ["2016-10-05", 0, "late still, in the holidays"],
  ])("on %s send %i: %s", async (day, wanted) => {
    expect(await openAndRemind(county.pools, system, day)).toBe(wanted);
  });

  test("are six in all, for two townships", async () => {
    expect(await kinds()).toEqual(["soon", "soon", "today", "today", "late", "late"]);
  });
});

describe("messages out of the house", () => {
  test("go by e-mail to units that have an address, each once", async () => {
    now = new Date();
    expect(await deliverMessages(outgoing({ mailer }))).toBe(3);
    expect(await deliverMessages(outgoing({ mailer }))).toBe(0);
    expect(received).toHaveLength(3);
    expect(received[0]).toContain("To: town@b.example");
    expect(received[0]).toMatch(/Message-ID: <return-message-140981-\d+@a\.example>/);
  });

  test("go to the chat group in one message, and its address is told to nobody", async () => {
    expect(await deliverMessages(outgoing({ webhook }))).toBe(6);
    expect(await deliverMessages(outgoing({ webhook }))).toBe(0);
    expect(chats).toHaveLength(1);
    // A chat group is outside the house: form, period, last day and how many; no unit, person, reason or number.
    const about = "社会消费品零售月报（2016年8月）2 份";
    const lines = ["即将到期", "今天到期", "已逾期"].map((word) => `${about}${word}，截止 2016-09-07`);
    expect(chats[0]?.split("\n")).toEqual(["【台账催报】", ...lines]);
    const rows = await database.query("SELECT * FROM returns.deliveries");
    expect(JSON.stringify([rows, logged])).not.toContain("secret-of-the-robot");
  });

  test("are tried again after ten minutes when the server refused, or when the sender died with them", async () => {
    await database.query("DELETE FROM returns.deliveries WHERE channel = 'email'");
    refusing = true;
    expect(await deliverMessages(outgoing({ mailer }))).toBe(0);
    expect(logged.at(-1)).toMatch(/3 reminders by email did not go out: .*mailbox full/);
    const why = await database.query("SELECT DISTINCT last_error FROM returns.deliveries");
    expect(JSON.stringify([why, logged])).not.toContain("town@b.example");
    refusing = false;
    expect(await deliverMessages(outgoing({ mailer }))).toBe(0);
    await database.query(
      "UPDATE returns.deliveries SET state = 'sending' WHERE message = 1 AND channel = 'email'",
    );
    later(11);
    expect(await deliverMessages(outgoing({ mailer }))).toBe(3);
    expect(received).toHaveLength(3);
    later(11);
    expect(await deliverMessages(outgoing({ mailer }))).toBe(0);
  });

  test("name units to the group only where the installation says so, and lead to the board", async () => {
    await database.query("DELETE FROM returns.deliveries");
    const publicUrl = new URL("https://taizhang.example.cn/");
    await deliverMessages(outgoing({ webhook, telling: { namesUnits: true, publicUrl } }));
    const lines = chats[0]?.split("\n") ?? [];
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe("社会消费品零售月报（2016年8月）2 份即将到期，截止 2016-09-07（单位、单位）");
    expect(lines.at(-1)).toBe("详见 https://taizhang.example.cn/returns/board");
  });

  test("are refused six times, ever more seldom, and are then left as not delivered", async () => {
    await database.query("DELETE FROM returns.deliveries");
    now = new Date();
    const refusal = await refuseChat();
    const tried: number[] = [];
    for (let minutes = 0; minutes < 24 * 60; minutes++) {
      const before = refusal.asked();
      await deliverMessages(outgoing({ webhook: refusal.webhook }));
      if (refusal.asked() > before) tried.push(minutes);
      later(1);
    }
    await refusal.close();
    expect(tried).toHaveLength(6);
    const waits = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
    // The clock goes by whole minutes, and "longer ago than" is the next one.
    expect(waits).toEqual([11, 21, 41, 81, 161]);
    expect(await deliverMessages(outgoing({ webhook }))).toBe(0);
    const rows = await database.query(
      "SELECT DISTINCT state, refusals, last_error FROM returns.deliveries WHERE channel = 'webhook'",
    );
    expect(rows).toEqual([
      { state: "failed", refusals: 6, last_error: "the chat robot refused: token expired" },
    ]);
  });

  test("are sent by one of two senders at the same moment", async () => {
    await database.query("DELETE FROM returns.deliveries WHERE channel = 'email'");
    const sent = await Promise.all([1, 2, 3].map(() => deliverMessages(outgoing({ mailer }))));
    expect(sent.reduce((a, b) => a + b)).toBe(3);
    expect(received).toHaveLength(3);
  });

  test("are given up by no sender's death, however many die, and none takes more than one mail with it", async () => {
    await database.query("DELETE FROM returns.deliveries");
    now = new Date();
    for (let deaths = 0; deaths < 8; deaths++) {
      later(11);
      await new Promise<void>((dies) => {
        const send = () => new Promise<void>(() => dies());
        void deliverMessages(outgoing({ mailer: { send, close: () => {} } }));
      });
    }
    expect(await database.query("SELECT message::int, state FROM returns.deliveries")).toEqual([
      { message: 1, state: "sending" },
    ]);
    later(11);
    expect(await deliverMessages(outgoing({ mailer }))).toBe(3);
  });

  test("are left when they are older than three days: a week's silence is not made up for", async () => {
    await database.query("DELETE FROM returns.deliveries");
    now = new Date(Date.now() + 4 * 86_400_000);
    expect(await deliverMessages(outgoing({ mailer, webhook }))).toBe(0);
  });
});
