/**
 * How big things are: declared tables behind the generated history. All of it is invented to look plausible;
 * only Yuanping's own figures of 2016-07 come from the speech, and those are read from figures.csv.
 */
export const MEASURES = [
  "gdp",
  "industrial_value_added",
  "fixed_asset_investment",
  "retail_sales",
  "fiscal_revenue_total",
  "fiscal_revenue_general_budget",
  "urban_disposable_income",
  "rural_disposable_income",
] as const;
export type Measure = (typeof MEASURES)[number];

type Range = readonly [low: number, high: number];

export type Habit = {
  /** share of each month in the year, ten-thousandths */
  months: readonly number[];
  /** most by which a region's own month departs from that, thousandths */
  monthNoise: number;
  /** cumulative growth in July of 2014 and 2015, tenths of a percent */
  july: Record<2014 | 2015, Range>;
  /** most by which cumulative growth moves from one month to the next, tenths */
  step: number;
  /** growth in July 2016 of the units ranked above and below Yuanping: least and most distance from it, tenths */
  above: Range;
  below: Range;
  /** reported minus nominal growth, tenths: prices, or a changed scope. Absent where growth is recomputable. */
  offset?: Range;
  /** most by which a township's share drifts in a year, and departs in a month, thousandths */
  shareDrift: number;
  shareNoise: number;
};

/** Money comes in with the quarter's end; the first quarter is strong, December closes the books. */
const FISCAL_MONTHS = [960, 620, 900, 790, 720, 980, 790, 640, 890, 760, 700, 1250];
/** Households earn evenly, a little more around the new year and the harvest. */
const URBAN_MONTHS = [960, 860, 820, 800, 800, 830, 800, 800, 840, 810, 810, 870];
const RURAL_MONTHS = [900, 790, 760, 700, 700, 760, 700, 740, 980, 1050, 980, 940];

export const HABITS: Record<Measure, Habit> = {
  gdp: {
    months: [690, 640, 760, 730, 760, 820, 790, 790, 860, 890, 960, 1310],
    monthNoise: 30,
    july: { 2014: [30, 80], 2015: [0, 55] },
    step: 6,
    above: [1, 20],
    below: [1, 70],
    offset: [6, 20],
    shareDrift: 15,
    shareNoise: 8,
  },
  industrial_value_added: {
    months: [700, 620, 830, 830, 850, 880, 840, 850, 880, 890, 900, 930],
    monthNoise: 40,
    july: { 2014: [20, 110], 2015: [-40, 60] },
    step: 10,
    above: [1, 35],
    below: [1, 110],
    offset: [12, 32],
    shareDrift: 25,
    shareNoise: 12,
  },
  // Frozen ground until March; concrete from April to November.
  fixed_asset_investment: {
    months: [100, 150, 520, 760, 910, 960, 800, 1080, 1300, 1290, 1120, 1010],
    monthNoise: 70,
    july: { 2014: [130, 230], 2015: [110, 210] },
    step: 25,
    above: [1, 150],
    below: [3, 90],
    offset: [3, 14],
    shareDrift: 80,
    shareNoise: 90,
  },
  retail_sales: {
    months: [950, 880, 760, 750, 790, 790, 770, 790, 840, 900, 860, 920],
    monthNoise: 20,
    july: { 2014: [95, 130], 2015: [40, 75] },
    step: 5,
    above: [1, 10],
    below: [1, 32],
    offset: [3, 8],
    shareDrift: 12,
    shareNoise: 8,
  },
  fiscal_revenue_total: {
    months: FISCAL_MONTHS,
    monthNoise: 50,
    july: { 2014: [-60, 70], 2015: [-150, 40] },
    step: 20,
    above: [200, 600],
    below: [1, 50],
    shareDrift: 40,
    shareNoise: 35,
  },
  fiscal_revenue_general_budget: {
    months: FISCAL_MONTHS,
    monthNoise: 50,
    july: { 2014: [-50, 80], 2015: [-130, 50] },
    step: 20,
    above: [260, 680],
    below: [1, 50],
    shareDrift: 40,
    shareNoise: 35,
  },
  urban_disposable_income: {
    months: URBAN_MONTHS,
    monthNoise: 15,
    july: { 2014: [78, 100], 2015: [66, 88] },
    step: 3,
    above: [1, 8],
    below: [1, 26],
    shareDrift: 4,
    shareNoise: 0,
  },
  rural_disposable_income: {
    months: RURAL_MONTHS,
    monthNoise: 15,
    july: { 2014: [95, 120], 2015: [68, 92] },
    step: 4,
    above: [1, 14],
    below: [1, 28],
    shareDrift: 5,
    shareNoise: 0,
  },
};

/** January–July 2016 of the other ranked units, in the order of MEASURES: 万元, the two incomes 元. */
export const COUNTY_SIZES: Record<number, readonly number[]> = {
  140902000000: [640_000, 95_000, 700_000, 310_000, 105_000, 52_000, 14_210, 5_090],
  140921000000: [240_000, 78_000, 390_000, 118_000, 31_000, 16_000, 12_650, 5_120],
  140922000000: [265_000, 52_000, 360_000, 125_000, 38_000, 19_000, 11_480, 3_650],
  140923000000: [330_000, 128_000, 410_000, 112_000, 62_000, 31_000, 11_920, 3_720],
  140924000000: [310_000, 105_000, 395_000, 108_000, 55_000, 27_000, 11_650, 3_810],
  140925000000: [320_000, 145_000, 420_000, 82_000, 88_000, 38_000, 12_110, 3_310],
  140926000000: [135_000, 32_000, 230_000, 46_000, 34_000, 13_500, 10_260, 3_060],
  140927000000: [105_000, 21_000, 215_000, 41_000, 17_500, 8_800, 10_480, 3_420],
  140928000000: [135_000, 19_000, 240_000, 68_000, 17_500, 8_800, 11_350, 3_560],
  140929000000: [98_000, 20_000, 205_000, 39_000, 16_000, 8_000, 10_930, 3_480],
  140930000000: [345_000, 172_000, 430_000, 88_000, 118_000, 43_000, 12_780, 3_390],
  140931000000: [400_000, 215_000, 440_000, 96_000, 135_000, 49_000, 12_980, 3_280],
  140932000000: [108_000, 24_000, 220_000, 37_000, 18_500, 8_700, 10_390, 3_050],
  140971000000: [62_000, 8_000, 90_000, 52_000, 19_000, 9_500, 12_240, 5_060],
};

/** Yuanping in July 2014 and 2015, like for like, tenths of a percent: coal falls, revenue with it. */
export const COUNTY_JULY: Record<Measure, Record<2014 | 2015, number>> = {
  gdp: { 2014: 52, 2015: 21 },
  industrial_value_added: { 2014: 64, 2015: -12 },
  fixed_asset_investment: { 2014: 187, 2015: 163 },
  retail_sales: { 2014: 118, 2015: 58 },
  fiscal_revenue_total: { 2014: -46, 2015: -124 },
  fiscal_revenue_general_budget: { 2014: -31, 2015: -108 },
  urban_disposable_income: { 2014: 91, 2015: 78 },
  rural_disposable_income: { 2014: 108, 2015: 79 },
};

export type Township = {
  region: number;
  urbanPersons: number;
  ruralPersons: number;
  /** weights against the other townships */
  industry: number;
  rest: number;
  investment: number;
  retail: number;
  fiscal: number;
  /** income against the county's, thousandths */
  income: number;
};

const township = (
  region: number,
  [urbanPersons, ruralPersons]: readonly [number, number],
  [industry, rest, investment, retail, fiscal]: readonly [number, number, number, number, number],
  income: number,
): Township => ({ region, urbanPersons, ruralPersons, industry, rest, investment, retail, fiscal, income });

/** 490,000 persons in 21 townships and streets and the development zone. */
export const TOWNSHIPS: readonly Township[] = [
  township(140981001000, [70_000, 0], [300, 1500, 800, 2600, 900], 1060),
  township(140981002000, [66_000, 0], [250, 1400, 700, 2500, 850], 1045),
  township(140981003000, [21_000, 0], [900, 350, 350, 420, 1100], 980),
  township(140981100000, [1_600, 23_400], [120, 330, 320, 260, 110], 890),
  township(140981101000, [1_200, 15_800], [480, 260, 420, 200, 260], 940),
  township(140981102000, [3_500, 29_500], [260, 480, 430, 520, 210], 1010),
  township(140981103000, [1_300, 18_700], [150, 290, 300, 220, 120], 960),
  township(140981104000, [1_100, 14_900], [200, 260, 330, 210, 140], 1020),
  township(140981105000, [900, 12_100], [700, 220, 520, 160, 620], 970),
  township(140981106000, [4_800, 19_200], [1500, 420, 650, 380, 1500], 1030),
  township(140981200000, [2_400, 31_600], [650, 800, 900, 700, 500], 1140),
  township(140981201000, [0, 12_000], [60, 150, 160, 110, 50], 850),
  township(140981202000, [0, 10_000], [90, 140, 190, 100, 70], 1050),
  township(140981203000, [0, 15_000], [80, 190, 190, 140, 60], 930),
  township(140981204000, [0, 17_000], [130, 230, 280, 170, 90], 990),
  township(140981205000, [0, 16_000], [90, 220, 220, 150, 80], 1040),
  township(140981206000, [0, 14_000], [1500, 250, 560, 180, 900], 1080),
  township(140981207000, [0, 15_000], [110, 210, 260, 160, 90], 1030),
  township(140981208000, [0, 17_000], [120, 220, 240, 170, 80], 1000),
  township(140981209000, [0, 14_000], [80, 170, 190, 130, 60], 960),
  township(140981210000, [0, 9_000], [420, 130, 260, 90, 320], 880),
  township(140981404000, [3_000, 9_000], [1810, 300, 1730, 130, 1890], 1090),
];

/** Weights of the townships in an additive measure. GDP follows industry with two fifths and all else with the rest. */
export function townshipWeights(measure: Measure): number[] {
  const total = (key: "industry" | "rest") => TOWNSHIPS.reduce((sum, row) => sum + row[key], 0);
  const [industry, rest] = [total("industry"), total("rest")];
  return TOWNSHIPS.map((row) => {
    if (measure === "gdp")
      return Math.floor((410_000 * row.industry) / industry) + Math.floor((590_000 * row.rest) / rest);
    if (measure === "industrial_value_added") return row.industry * 100;
    if (measure === "fixed_asset_investment") return row.investment * 100;
    if (measure === "retail_sales") return row.retail * 100;
    return row.fiscal * 100;
  });
}
