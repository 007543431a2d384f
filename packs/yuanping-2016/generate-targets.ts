/**
 * Seed script: writes targets.csv.
 *
 *   node packs/yuanping-2016/generate-targets.ts
 *
 * The tasks that the speech states are marked `speech`. The tasks of 2014 and 2015, the other tasks of 2016 and their
 * split over the townships are `synthetic`; the split of a value task adds up to the county's task exactly.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { TOWNSHIPS, townshipWeights } from "./generator/sizes.ts";
import type { Measure } from "./generator/sizes.ts";
import { apportion } from "./generator/whole-numbers.ts";

const COUNTY = 140981000000;
const ZONE = 140981404000;
const HEADER = "region,subject,measure,year,kind,value,unit,source,locator,quote,note";

type Target = {
  region?: number;
  subject?: string;
  measure: string;
  year: string;
  kind: "value" | "growth";
  value: string;
  unit: string;
  locator?: string;
  quote?: string;
  note?: string;
};

const FLOOR_QUOTE =
  "完成一产项目(总投资500万元以上)20个,二产项目(总投资1亿元以上)20个,三产项目(总投资2000万元以上)20个";
const ZONE_QUOTE = "要完成承接项目7个以上,完成落地项目5个以上,开工3个以上";
const TOWNSHIP_QUOTE = "每个乡镇要至少完成承接项目1个以上,完成落地项目1个以上,开工1个以上";
const EXIT_QUOTE = "今年我市的脱贫攻坚任务是13个贫困村脱贫、3500人出列";

const count = (measure: string, value: string, rest: Partial<Target>): Target => ({
  measure,
  year: "2016",
  kind: "value",
  value,
  unit: "个",
  ...rest,
});

const STATED: readonly Target[] = [
  {
    measure: "industrial_value_added",
    year: "2016",
    kind: "growth",
    value: "2.5",
    unit: "%",
    locator: "二（二）",
    quote: "力争全年规模以上工业增加值增速达到2.5%",
  },
  {
    measure: "fixed_asset_investment",
    year: "2016",
    kind: "value",
    value: "191.4",
    unit: "亿元",
    locator: "一（一）",
    quote: "完成全年任务191.4亿元的41%",
  },
  {
    measure: "fiscal_revenue_general_budget",
    year: "2016",
    kind: "value",
    value: "8.58",
    unit: "亿元",
    locator: "一（一）",
    quote: "完成全年任务8.58亿元的39.6%",
  },
  count("signed_projects_qualifying", "60", { locator: "二（一）四", quote: "任务为完成签约项目60个" }),
  ...["primary", "secondary", "tertiary"].map((sector) =>
    count("signed_projects_qualifying", "20", {
      subject: `sector:${sector}`,
      locator: "二（一）四",
      quote: FLOOR_QUOTE,
    }),
  ),
  count("projects_planned_new", "100", {
    locator: "二（一）五",
    quote: "新增策划项目任务100个",
    note: "“新增”为当年流量，项目库储备51个为存量，不宜相减",
  }),
  ...(["taken_on", "landed", "started"] as const).map((stage, at) =>
    count(`projects_${stage}`, ["7", "5", "3"][at] ?? "", {
      region: ZONE,
      locator: "二（一）三",
      quote: ZONE_QUOTE,
    }),
  ),
  count("villages_lifted", "13", { locator: "三", quote: EXIT_QUOTE }),
  count("persons_lifted", "3500", { unit: "人", locator: "三", quote: EXIT_QUOTE }),
];

/** "每个乡镇" is read as written: the 7 towns and 11 townships, not the 3 streets. */
function statedForTownships(): Target[] {
  const rows: string[][] = parse(readFileSync(join(import.meta.dirname, "regions.csv"), "utf8"), {
    fromLine: 2,
  });
  const townships = rows.filter(
    ([, , , level, kind]) => level === "township" && (kind === "town" || kind === "township"),
  );
  return townships.flatMap(([code]) =>
    ["taken_on", "landed", "started"].map((stage) =>
      count(`projects_${stage}`, "1", { region: Number(code), locator: "二（一）三", quote: TOWNSHIP_QUOTE }),
    ),
  );
}

/** County tasks in 万元: stated ones of 2016 among them, to be split over the townships. */
const VALUE_TASKS: Record<string, Partial<Record<Measure, number>>> = {
  "2014": {
    fixed_asset_investment: 1_480_000,
    fiscal_revenue_total: 246_000,
    fiscal_revenue_general_budget: 87_500,
  },
  "2015": {
    fixed_asset_investment: 1_745_000,
    fiscal_revenue_total: 228_000,
    fiscal_revenue_general_budget: 84_600,
  },
  "2016": {
    fixed_asset_investment: 1_914_000,
    fiscal_revenue_total: 176_000,
    fiscal_revenue_general_budget: 85_800,
  },
};
const STATED_VALUES: readonly string[] = ["fixed_asset_investment", "fiscal_revenue_general_budget"];

/** Percent: gdp, industry, retail sales, urban and rural income. */
const GROWTH_TASKS: Record<string, Partial<Record<Measure, string>>> = {
  "2014": {
    gdp: "8.0",
    industrial_value_added: "9.0",
    retail_sales: "12.5",
    urban_disposable_income: "9.0",
    rural_disposable_income: "10.5",
  },
  "2015": {
    gdp: "5.0",
    industrial_value_added: "3.0",
    retail_sales: "8.0",
    urban_disposable_income: "8.0",
    rural_disposable_income: "8.5",
  },
  "2016": {
    gdp: "6.0",
    retail_sales: "6.5",
    urban_disposable_income: "7.0",
    rural_disposable_income: "7.5",
  },
};

function syntheticTargets(): Target[] {
  const values = Object.entries(VALUE_TASKS).flatMap(([year, tasks]) =>
    Object.entries(tasks).flatMap(([measure, task]): Target[] => {
      const target = (amount: number, region?: number): Target => ({
        measure,
        year,
        kind: "value",
        unit: "万元",
        region,
        value: String(amount),
      });
      const parts = apportion(task / 10, townshipWeights(measure as Measure));
      const split = TOWNSHIPS.map((row, at) => target((parts[at] ?? 0) * 10, row.region));
      const isStated = year === "2016" && STATED_VALUES.includes(measure);
      return isStated ? split : [target(task), ...split];
    }),
  );
  const growths = Object.entries(GROWTH_TASKS).flatMap(([year, tasks]) =>
    Object.entries(tasks).map(
      ([measure, value]): Target => ({ measure, year, kind: "growth", value, unit: "%" }),
    ),
  );
  return [...growths, ...values];
}

export function targetsCsv(): string {
  const line = (source: string) => (target: Target) =>
    [
      target.region ?? COUNTY,
      target.subject ?? "region",
      target.measure,
      target.year,
      target.kind,
      target.value,
      target.unit,
      source,
      target.locator ?? "",
      target.quote?.includes(",") ? `"${target.quote}"` : (target.quote ?? ""),
      target.note ?? "",
    ].join(",");
  const stated = [...STATED, ...statedForTownships()].map(line("speech"));
  return `${[HEADER, ...stated, ...syntheticTargets().map(line("synthetic"))].join("\n")}\n`;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, "targets.csv"), targetsCsv());
