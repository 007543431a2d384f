/**
 * Several people on one return at the same moment, over connections of their own: cells are merged and never written over
 * unseen, of several steps one is taken, what was acknowledged before a submission is in it, and a lock comes after
 * whoever is at work.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { openRandom } from "../../../../fixtures/permissions/random.ts";
import { laxForm, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const PEOPLE = 5;
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = openRandom(seed);
const { database, signIn } = withSmallReturns({ form: laxForm });
let filers: Asking[];
let reviewers: Asking[];

beforeAll(async () => {
  const several = (username: string): Promise<Asking[]> =>
    Promise.all(Array.from({ length: PEOPLE }, () => signIn(username)));
  filers = await several("sulongkou");
  reviewers = await several("stats");
});

const asked = async (url: string): Promise<Json> => {
  const [filer] = filers as [Asking];
  return (await filer("GET", url)).json.items[0];
};
const mine = (): Promise<Json> => asked("/returns");
const valuesNow = async (): Promise<Json> => (await asked(`/returns/${(await mine()).id}`)).values;
async function step(who: Asking, body: object): Promise<Answer> {
  const { id, step: seen } = await mine();
  return who("POST", `/returns/${id}/steps`, { body: { step: seen, ...body } });
}

type Edit = { column: string; from: string | null; to: string };
const COLUMNS = ["month", "ytd", "online"];
let next = 1000;

/** Fills in on his own, from what he has seen, and learns from refusals. @returns what was acknowledged */
async function fillIn(who: Asking, id: number, rounds: number): Promise<Edit[]> {
  const seen = new Map<string, string | null>();
  const acknowledged: Edit[] = [];
  for (let round = 0; round < rounds; round++) {
    const edits = random
      .some(COLUMNS, 0.7)
      .map((column): Edit => ({ column, from: seen.get(column) ?? null, to: String(next++) }));
    const cells = edits.map((edit) => ({ subject: "region", ...edit }));
    const { status, json } = await who("PATCH", `/returns/${id}/cells`, { body: { cells } });
    if (status !== 200) break;
    const taken = new Map<string, string>(json.cells.map((cell: Json) => [cell.column, cell.value]));
    for (const [column, value] of taken) seen.set(column, value);
    for (const { column, value } of json.refused) seen.set(column, value);
    acknowledged.push(...edits.filter(({ column }) => taken.has(column)));
  }
  return acknowledged;
}

/** The acknowledged edits of a cell are one chain from blank to what stands there now: none was written over unseen. */
function expectChains(edits: readonly Edit[], from: Json, now: Json): void {
  for (const column of COLUMNS) {
    const byFrom = new Map(
      edits.filter((edit) => edit.column === column).map((edit) => [edit.from, edit.to]),
    );
    const all = edits.filter((edit) => edit.column === column);
    expect(byFrom.size, `${column}: two edits of the same value`).toBe(all.length);
    const chain: string[] = [];
    for (let to = byFrom.get(from[column] ?? null); to !== undefined; to = byFrom.get(to)) chain.push(to);
    expect(chain.length, `${column}: edits off the chain`).toBe(all.length);
    expect(now[column] ?? null).toBe(chain.at(-1) ?? from[column] ?? null);
  }
}

describe(`at the same moment (SEED=${seed})`, () => {
  test("cells are merged, and nobody's acknowledged work is written over unseen", async () => {
    const { id } = await mine();
    const edits = (await Promise.all(filers.map((who) => fillIn(who, id, 12)))).flat();
    expect(edits.length).toBeGreaterThan(20);
    expectChains(edits, {}, await valuesNow());
    const begun = await database.query("SELECT FROM returns.return_actions WHERE return = $1", [id]);
    expect(begun).toHaveLength(1);
  });

  test("what was acknowledged before a submission is in it, what came after it is refused", async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await mine();
      const before = await valuesNow();
      const known = filers.slice(1).map(async (who) => fillIn(who, id, 4));
      const [sent, ...edits] = await Promise.all([step(filers[0] as Asking, { verb: "submit" }), ...known]);
      expect(sent.status, sent.text).toBe(200);
      // Whoever begins with blanks is told what stands there, so that his first edits are refused.
      expectChains(edits.flat(), before, await valuesNow());
      expect((await step(filers[0] as Asking, { verb: "recall" })).status).toBe(200);
    }
  });

  test("of several who take the same step, one does, and figures and messages are single", async () => {
    const { id } = await mine();
    for (let round = 0; round < 4; round++) {
      await expectOne(filers, { verb: round === 0 ? "submit" : "amend", reason: "更正" });
      if (round > 0) await expectOne(filers, { verb: "submit" });
      await expectOne(reviewers, { verb: "sendBack", reason: "再核" });
      await (filers[0] as Asking)("PATCH", `/returns/${id}/cells`, {
        body: {
          cells: [
            { subject: "region", column: "ytd", from: (await valuesNow()).ytd ?? null, to: String(next++) },
          ],
        },
      });
      await expectOne(filers, { verb: "submit" });
      await expectAcceptedOnce(id);
    }
    const [counts] = await database.query(
      `SELECT (SELECT count(*)::int FROM ledger.figures WHERE period = '2016-08') AS figures,
         (SELECT count(*)::int FROM ledger.corrections) AS corrections, (SELECT count(*)::int FROM returns.postings) AS postings,
         (SELECT count(*)::int FROM returns.messages WHERE kind = 'accepted') AS accepted,
         (SELECT count(*)::int FROM returns.messages WHERE kind = 'sent-back') AS back`,
    );
    expect(counts).toEqual({ figures: 4, corrections: 3, postings: 4, accepted: 4, back: 4 });
  });

  test("a lock comes after whoever is at work: nothing is accepted once it is locked", async () => {
    const path = "/returns/forms/retail-monthly/openings/2016-08";
    const [first, second] = reviewers as [Asking, Asking];
    for (let round = 0; round < 8; round++) {
      await step(filers[0] as Asking, { verb: "amend", reason: "更正" });
      await step(filers[0] as Asking, { verb: "submit" });
      const locking = second("PUT", path, { body: { isLocked: true, reason: "封账" } });
      const [accepted, locked] = await Promise.all([step(first, { verb: "accept" }), locking]);
      expect(locked.status).toBe(200);
      expect([200, 409], accepted.text).toContain(accepted.status);
      const late = await database.query(
        `SELECT FROM returns.return_actions a WHERE a.verb = 'accept' AND a.recorded_at >
           (SELECT max(recorded_at) FROM returns.opening_actions WHERE action = 'lock')`,
      );
      expect(late).toEqual([]);
      await second("PUT", path, { body: { isLocked: false, reason: "解锁" } });
      await step(first, { verb: "accept" });
    }
  });
});

/** All at once with the same step seen: one is taken, the others are told that somebody was faster. */
async function expectOne(who: readonly Asking[], body: object): Promise<void> {
  const { id, step: seen } = await mine();
  const answers = await Promise.all(
    who.map((one) => one("POST", `/returns/${id}/steps`, { body: { step: seen, ...body } })),
  );
  const outcomes = answers
    .map(({ status, json }): string => (status === 200 ? "taken" : json.code))
    .toSorted((a, b) => (a < b ? -1 : 1));
  expect(outcomes, JSON.stringify(body)).toEqual([...who.slice(1).map(() => "RETURN_MOVED"), "taken"]);
}

/** Singly and in bulk at once. */
async function expectAcceptedOnce(id: number): Promise<void> {
  const { step: seen } = await mine();
  const items = [{ id, step: seen }];
  const answers = await Promise.all(
    reviewers.map((who, at) =>
      at % 2 === 0
        ? who("POST", "/returns/accept", { body: { items } })
        : who("POST", `/returns/${id}/steps`, { body: { step: seen, verb: "accept" } }),
    ),
  );
  const taken = answers.filter(({ status, json }) => status === 200 && json.done?.length !== 0);
  expect(taken).toHaveLength(1);
}
