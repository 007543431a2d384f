/** The board over four periods and two units: who has reported, how late, and how well each reports. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn, takeStep } from "../../../../fixtures/return-asking.ts";
import { TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { retailForm, withSmallReturns } from "../../../../fixtures/small-returns.ts";

let today = "2016-07-01";
const served = withSmallReturns({ clock: () => new Date(`${today}T02:00:00Z`) });
const { database } = served;

const form = {
  ...retailForm,
  code: "boarded",
  schedule: null,
  columns: retailForm.columns.slice(0, 1),
  rules: [],
};

/** Signs in anew: a session does not live from one period to the next. */
const on = (day: string, username: string): Promise<Asking> => {
  today = day;
  return served.signIn(username);
};

/** The later period of each month first. */
const openings = [
  ["2016-07-01", "2016-07"],
  ["2016-07-01", "2016-06"],
  ["2016-09-01", "2016-09"],
  ["2016-09-01", "2016-08"],
] as const;

/** [day, who, period, what] */
const course = [
  ["2016-07-07", "sulongkou", "2016-06", "submit"],
  ["2016-07-11", "twoposts", "2016-06", "submit"],
  ["2016-07-12", "stats", "2016-06", "accept"],
  ["2016-08-05", "sulongkou", "2016-07", "submit"],
  ["2016-08-05", "twoposts", "2016-07", "submit"],
  ["2016-08-08", "stats", "2016-07", "sendBack"],
  ["2016-08-10", "sulongkou", "2016-07", "submit"],
  ["2016-08-10", "twoposts", "2016-07", "submit"],
  ["2016-08-11", "stats", "2016-07", "accept"],
  ["2016-08-12", "twoposts", "2016-07", "amend"],
  ["2016-08-12", "twoposts", "2016-07", "submit"],
  ["2016-08-15", "stats", "2016-07", "accept"],
  ["2016-09-07", "sulongkou", "2016-08", "submit"],
] as const;

async function open(day: string, period: string): Promise<void> {
  const owner = await on(day, "stats");
  const opened = await owner("POST", "/returns/forms/boarded/openings", { body: { period } });
  expect(opened.status, opened.text).toBe(200);
}

/** With every return of the period that waits for this person. */
async function act([day, username, period, verb]: (typeof course)[number]): Promise<void> {
  const asking = await on(day, username);
  const of = username === "stats" ? "review" : "mine";
  const { items } = (await asking("GET", `/returns?of=${of}&form=boarded&period=${period}`)).json;
  expect(items.length, `${day} ${username}`).toBeGreaterThan(0);
  for (const one of items) {
    if (one.status === "due") await fillIn(asking, one.id, { month: [null, "5"] });
    const done = await takeStep(asking, one.id, verb, "核对");
    expect(done.status, done.text).toBe(200);
  }
}

beforeAll(async () => {
  await database.query("UPDATE org.posts SET person = NULL WHERE code = 'twoposts'");
  const owner = await on("2016-07-01", "stats");
  await owner("PUT", "/returns/forms/boarded", { body: { basedOn: 0, form } });
  for (const [day, period] of openings) await open(day, period);
  for (const one of course) await act(one);
});

const board = async (day: string, query = "from=2016-01", username = "stats"): Promise<Json> => {
  const asking = await on(day, username);
  const answer = await asking("GET", `/returns/board?form=boarded&${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
};
const cellsOf = ({ units }: Json): Json =>
  units.map((one: Json) => one.cells.map((cell: Json) => [cell.period, cell.status, cell.daysLate]));
const scoresOf = ({ units }: Json): Json =>
  units.map((one: Json) => [one.timeliness, one.quality, one.score]);

describe("on the day that the last period is due", () => {
  test("the periods stand in their order, whatever order they were opened in, with what has come in", async () => {
    const { periods } = await board("2016-10-12");
    // Over the national holiday: Saturday the 8th and Sunday the 9th are worked.
    expect(periods).toEqual([
      {
        period: "2016-06",
        dueDay: "2016-07-07",
        isLocked: false,
        due: 2,
        submitted: 2,
        accepted: 2,
        late: 1,
      },
      {
        period: "2016-07",
        dueDay: "2016-08-05",
        isLocked: false,
        due: 2,
        submitted: 2,
        accepted: 2,
        late: 0,
      },
      {
        period: "2016-08",
        dueDay: "2016-09-07",
        isLocked: false,
        due: 2,
        submitted: 1,
        accepted: 0,
        late: 1,
      },
      {
        period: "2016-09",
        dueDay: "2016-10-12",
        isLocked: false,
        due: 2,
        submitted: 0,
        accepted: 0,
        late: 0,
      },
    ]);
  });

  test("lateness counts working days to the first submission, and to today where there is none", async () => {
    expect(cellsOf(await board("2016-10-12"))).toEqual([
      [
        ["2016-06", "accepted", 0],
        // sent back and submitted again after its day: the first submission was in time
        ["2016-07", "accepted", 0],
        ["2016-08", "submitted", 0],
        ["2016-09", "due", 0],
      ],
      [
        // Friday and Monday
        ["2016-06", "accepted", 2],
        ["2016-07", "accepted", 0],
        // without the mid-autumn and national holidays, with their three make-up days
        ["2016-08", "due", 21],
        ["2016-09", "due", 0],
      ],
    ]);
  });

  test("what is due today counts for nobody's score", async () => {
    expect(scoresOf(await board("2016-10-12"))).toEqual([
      [100, 66.7, 86.7],
      [33.3, 33.3, 33.3],
    ]);
  });
});

test("a day later it is late, and counts", async () => {
  const later = await board("2016-10-13");
  expect(later.periods[3]).toMatchObject({ submitted: 0, late: 2 });
  expect(cellsOf(later).map((cells: Json) => cells.slice(2))).toEqual([
    [
      ["2016-08", "submitted", 0],
      ["2016-09", "due", 1],
    ],
    [
      ["2016-08", "due", 22],
      ["2016-09", "due", 1],
    ],
  ]);
  expect(scoresOf(later)).toEqual([
    [75, 50, 65],
    [25, 25, 25],
  ]);
});

test("scores are of the periods that were asked for", async () => {
  const part = await board("2016-10-13", "from=2016-07&to=2016-08");
  expect(part.periods.map((one: Json) => one.period)).toEqual(["2016-07", "2016-08"]);
  expect(scoresOf(part)).toEqual([
    [100, 50, 80],
    [50, 0, 30],
  ]);
});

test.each([
  ["who asks for one township", "stats", `&within=${TOWNSHIP}`],
  ["the township itself", "sulongkou", ""],
])("%s is told of that one alone, in the counts too", async (_who, username, query) => {
  const seen = await board("2016-10-13", `from=2016-01${query}`, username);
  expect(seen.units.map((one: Json) => one.unit.region.code)).toEqual([TOWNSHIP]);
  expect(
    seen.periods.map((one: Json) => [one.period, one.due, one.submitted, one.accepted, one.late]),
  ).toEqual([
    ["2016-06", 1, 1, 1, 0],
    ["2016-07", 1, 1, 1, 0],
    ["2016-08", 1, 1, 0, 0],
    ["2016-09", 1, 0, 0, 1],
  ]);
});

test("the file says what the page says", async () => {
  const asking = await on("2016-10-13", "stats");
  const { text } = await asking("GET", "/returns/board/export?form=boarded&from=2016-07&format=csv");
  expect(text.split("\r\n").slice(1, 3)).toEqual([
    "单位,苏龙口镇,已通过,待审核,未报，逾期 1 个工作日,66.7,33.3,53.3",
    "单位,崞阳镇,已通过,未报，逾期 22 个工作日,未报，逾期 1 个工作日,33.3,0,20",
  ]);
});
