import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import type { Assessment } from "../../indicators/core/assessment.ts";
import { BriefingView } from "../contract.ts";
import type { Block, Briefing, BriefingInput, BriefingSubject } from "./briefing.ts";
import { briefingView } from "./briefing-view.ts";
import { composeBriefing, runsOfBriefing } from "./compose-briefing.ts";
import { julyInput, measures } from "./july-2016.sample.ts";
import { plainText } from "./sentence.ts";

function blockLines(block: Block): string[] {
  if (block.kind === "heading") return [`${"#".repeat(block.level)} ${plainText(block.runs)}`];
  if (block.kind === "paragraph") return [`${block.lead ?? ""}${plainText(block.runs)}`];
  if (block.kind === "chart") return [`[${block.caption}] ${block.alt}`];
  const rows = block.rows.map((row) =>
    row.cells.map((cell) => plainText([...cell.runs, ...(cell.below ?? [])])).join(" | "),
  );
  const head = block.columns.map((column) => column.header.replaceAll("\n", "")).join(" | ");
  return [block.caption ?? "", head, ...rows, block.note ? plainText(block.note) : ""].filter(
    (line) => line !== "",
  );
}

function lines(briefing: Briefing): string[] {
  return [
    briefing.title,
    ...briefing.subtitles,
    ...briefing.blocks.flatMap(blockLines),
    ...briefing.appendices.flatMap((appendix) => [
      `${appendix.label} ${appendix.title}`,
      ...appendix.blocks.flatMap(blockLines),
    ]),
  ];
}

const july = composeBriefing(julyInput);
const prose = july.blocks.flatMap(blockLines).join("\n");

describe("the briefing of July 2016", () => {
  it("reads as laid down", async () => {
    await expect(`${lines(july).join("\n")}\n`).toMatchFileSnapshot("./july-2016.golden.txt");
  });

  it.each([
    "完成全年任务191.4亿元的41.0%",
    "落后序时进度17.3个百分点",
    "距全年任务尚有112.9亿元缺口",
    "后5个月月均需完成22.58亿元，为前7个月月均完成额11.21亿元的2.01倍",
    "完成全年任务8.58亿元的39.6%，落后序时进度18.7个百分点",
    "同口径下降20.2%（公布降幅为57.3%）",
    "同口径下降36.0%（公布降幅为52.0%）",
    "1—4月增长20.2%，1—5月增长13.7%，1—6月增长10.0%，1—7月增长9.3%",
  ])("derives %s", (words) => expect(prose).toContain(words));

  it("gives the eight places of fifteen", () => {
    const table = july.blocks.find((block) => block.kind === "table");
    const places =
      table?.kind === "table" ? table.rows.map((row) => plainText(row.cells[4]?.runs ?? [])) : [];
    expect(places).toEqual(["3/15", "5/15", "13/15", "1/15", "15/15", "15/15", "4/15", "4/15"]);
  });

  it("explains derived numbers with their calculation", () => {
    const completion = runsOfBriefing(july).find(
      (run) => run.kind === "figure" && run.field === "fixed_asset_investment.completion",
    );
    expect(completion).toMatchObject({ how: { zh: "78.5 ÷ 191.4 ≈ 41.0%" }, refs: ["f300", "t2"] });
  });

  it("fits the contract of the page", () => {
    const view = briefingView(july, measures);
    expect(BriefingView.parse(JSON.parse(JSON.stringify(view)))).toMatchObject({ title: july.title });
    expect(view.appendix.map((row) => row.ref)).toEqual(july.facts.map((fact) => fact.ref));
  });

  it("quotes a reason only from a recorded one-off", () => {
    const silent = { ...julyInput, facts: julyInput.facts.map((fact) => ({ ...fact, reason: null })) };
    const text = lines(composeBriefing(silent)).join("\n");
    expect(text).not.toContain("沉陷区");
    expect(text).toContain("同口径下降20.2%");
  });
});

const droppable = [
  "value",
  "month",
  "growth",
  "likeForLike",
  "trend",
  "completion",
  "pace",
  "seasonalPace",
  "gap",
  "requiredMonthly",
  "achievedMonthly",
  "rank",
] as const satisfies readonly (keyof Assessment)[];

type Without = {
  fields: readonly (typeof droppable)[number][];
  lists: readonly ("targets" | "rankHistory" | "forecasts" | "series")[];
  growth: number | null;
};

function without(subject: BriefingSubject, { fields, lists, growth }: Without): BriefingSubject {
  const gone = Object.fromEntries(fields.map((field) => [field, { missing: "NO_VALUE" }]));
  const empty = Object.fromEntries(lists.map((list) => [list, []]));
  const present = subject.assessment.growth;
  const rate = growth === null || "missing" in present ? {} : { growth: { ...present, value: dec(growth) } };
  return {
    ...subject,
    assessment: { ...subject.assessment, ...rate, ...gone, ...empty },
    ...(lists.includes("series") ? { series: [] } : {}),
  };
}

const holes: fc.Arbitrary<Without> = fc.record({
  fields: fc.subarray([...droppable]),
  lists: fc.subarray(["targets", "rankHistory", "forecasts", "series"]),
  growth: fc.option(fc.constantFrom(0, -0.04, 12.5, -80, 0.05)),
});

const inputs: fc.Arbitrary<BriefingInput> = fc
  .record({
    holes: fc.array(holes, { minLength: 8, maxLength: 8 }),
    keep: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]),
    facts: fc.constantFrom("all", "none", "bare"),
    drop: fc.subarray(["parentName", "priorPeriod", "meetingDate", "auditHead"] as const),
    issuer: fc.constantFrom("", "原平市人民政府办公室"),
  })
  .map(({ holes: gaps, keep, facts, drop, issuer }) => {
    const bare = julyInput.facts.map((fact) => ({
      ...fact,
      stated: null,
      reason: null,
      locator: null,
      source: { ...fact.source, title: "", sha256: null },
    }));
    const input = {
      ...julyInput,
      issuer,
      subjects: keep.map((index) =>
        without(julyInput.subjects[index] as BriefingSubject, gaps[index] as Without),
      ),
      facts: facts === "all" ? julyInput.facts : facts === "none" ? [] : bare,
    };
    return Object.fromEntries(
      Object.entries(input).filter(([key]) => !(drop as readonly string[]).includes(key)),
    ) as unknown as BriefingInput;
  });

/** Numbers that are no statements: periods, spans of months, numbering, and the fixed words of the notes. */
const notFigures = /\d{4}年|\d+(?:—\d+)?月|[前后]\d+个月|^\d+．|80%置信水平|÷12|附件\d/g;

describe("laws of every briefing", () => {
  it("has no empty places, no doubled or dangling punctuation, whatever is missing", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const line of lines(composeBriefing(input))) {
          expect(line).not.toMatch(/undefined|NaN|null|Infinity|\[object/);
          expect(line).not.toMatch(/[，。；、：]{2,}|（[，。；、）]|[，；、：]）|[，；、：]$/);
          expect(line).not.toMatch(/^[，。；、：）]/);
          expect(line).not.toMatch(/-0\.0(?!\d)|%个百分点|亿元亿元|元元|%%/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("ends each paragraph with a full stop and traces each number", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const briefing = composeBriefing(input);
        for (const block of briefing.blocks) {
          if (block.kind !== "paragraph") continue;
          expect(plainText(block.runs)).toMatch(/。$/);
          const untraced = block.runs.map((run) =>
            run.kind === "text" ? run.text.replace(notFigures, "") : "",
          );
          expect(untraced.join("")).not.toMatch(/\d/);
        }
        const anchors = new Set(
          briefing.appendices.flatMap((appendix) =>
            appendix.blocks.flatMap((block) =>
              block.kind === "table"
                ? block.rows.flatMap((row) => [row.anchor, ...row.cells.map((cell) => cell.anchor)])
                : [],
            ),
          ),
        );
        for (const run of runsOfBriefing(briefing)) {
          if (run.kind !== "figure") continue;
          expect({ field: run.field, traced: run.refs.length > 0 }).toEqual({
            field: run.field,
            traced: true,
          });
          expect(run.text).not.toBe("");
          for (const ref of run.refs) expect(anchors).toContain(ref);
        }
      }),
      { numRuns: 200 },
    );
  });
});
