/**
 * Made-up sentences of official drafts whose figures are consistent, for tests and benchmarks.
 *
 * Words:
 * - figure: the digits as printed, and how much one of its unit is
 * - law: what the figures of a sentence have to satisfy, by their places; who checks it works it out for himself
 *
 * True values are whole numbers of a small unit; what is printed is rounded from them exactly.
 */
import { type Draws, roundedText } from "./example-draws.ts";

export type Figure = {
  readonly digits: string;
  /** one of its unit in the base unit of the sentence, as a power of ten: 万元 beside 亿元 4 and 8 */
  readonly power: number;
  /** whole things: stands for itself */
  readonly isExact: boolean;
};

export type Law =
  | { readonly is: "growth"; value: number; change: number; rate: number; sign: 1 | -1 }
  | { readonly is: "between"; base: number; value: number; rate: number; sign: 1 | -1 }
  | { readonly is: "difference"; result: number; more: number; less: number }
  | { readonly is: "quotient"; part: number; whole: number; percent: number }
  | { readonly is: "sum"; whole: number; parts: readonly number[]; signs: readonly (1 | -1)[] }
  | { readonly is: "hundred"; parts: readonly number[] }
  | { readonly is: "product"; rate: number; count: number; total: number }
  | { readonly is: "conversion"; from: number; to: number; times: bigint; over: bigint }
  | { readonly is: "days"; from: readonly [number, number]; to: readonly [number, number]; days: number }
  | { readonly is: "trend"; row: readonly number[]; sign: 1 | -1 };

export type Example = {
  readonly kind: string;
  /** words, and the places of figures */
  readonly pieces: readonly (string | number)[];
  readonly figures: readonly Figure[];
  readonly laws: readonly Law[];
  /** places of the figures whose error cannot be meant otherwise; all where it is not said */
  readonly certain?: readonly number[];
  /** an error is certain only where one slip of the pen explains it: the list may leave something out */
  readonly isOpen?: boolean;
};

/** The text, with other digits at some places. */
export function textOf(example: Example, changed: ReadonlyMap<number, string> = new Map()): string {
  return example.pieces
    .map((piece) =>
      typeof piece === "string" ? piece : (changed.get(piece) ?? example.figures[piece]?.digits ?? ""),
    )
    .join("");
}

type Said = { readonly pieces: (string | number)[]; readonly figures: Figure[] };

/** Numbers its figures in the order of the text. */
function say(words: TemplateStringsArray, ...parts: readonly (string | Figure | Said)[]): Said {
  const said: Said = { pieces: [words[0] ?? ""], figures: [] };
  parts.forEach((part, i) => {
    if (typeof part === "string") said.pieces.push(part);
    else if ("digits" in part) said.pieces.push(said.figures.push(part) - 1);
    else {
      const first = said.figures.length;
      said.pieces.push(...part.pieces.map((piece) => (typeof piece === "number" ? piece + first : piece)));
      said.figures.push(...part.figures);
    }
    said.pieces.push(words[i + 1] ?? "");
  });
  return said;
}

function join(parts: readonly Said[], between: string): Said {
  return parts.reduce((all, part, i) => (i === 0 ? part : say`${all}${between}${part}`), say``);
}

const figure = (digits: string, power = 0): Figure => ({ digits, power, isExact: false });
const count = (n: bigint): Figure => ({ digits: n.toString(), power: 0, isExact: true });

// --- words ---

const PLACES = ["全县", "青禾县", "柳溪镇", "石桥乡", "全市", "白沙街道", "云岭片区"];
const TIMES = ["上半年，", "1—8月，", "2018年，", "截至9月底，", "", "今年以来，", "第三季度，"];
const AMOUNTS: readonly (readonly [name: string, unit: string])[] = [
  ["社会消费品零售额", "亿元"],
  ["固定资产投资", "亿元"],
  ["外贸出口额", "万美元"],
  ["原煤产量", "万吨"],
  ["水泥产量", "吨"],
  ["发电量", "亿千瓦时"],
  ["全社会用电量", "万度"],
  ["各项存款余额", "亿元"],
  ["粮食总产量", "万吨"],
  ["规模以上企业主营业务收入", "万元"],
  ["造林面积", "万亩"],
  ["商品房销售面积", "万平方米"],
  ["货物周转量", "万吨"],
];
const COUNTS: readonly (readonly [name: string, unit: string])[] = [
  ["实有市场主体", "户"],
  ["在校学生", "人"],
  ["机动车保有量", "辆"],
  ["生猪存栏", "头"],
  ["受理信访案件", "件"],
  ["新登记企业", "家"],
  ["技能培训", "人次"],
];
const SINCE = ["比上年同期", "同比", "比去年同期", "较上年", "比上年"];
const UP = { sign: 1, amount: ["增加", "增加了"], rate: ["增长", "增长了"] } as const;
const DOWN = { sign: -1, amount: ["减少", "减少了"], rate: ["下降", "下降了"] } as const;

/** Pairs that divide a whole without rest. */
const DIVISIONS: readonly (readonly [whole: string, unit: string, parts: readonly string[]])[] = [
  ["在建项目", "个", ["新建", "续建"]],
  ["一般公共预算收入", "万元", ["税收收入", "非税收入"]],
  ["常住人口", "人", ["城镇人口", "乡村人口"]],
  ["户籍人口", "人", ["男性", "女性"]],
  ["进出口总额", "万美元", ["出口", "进口"]],
  ["粮食产量", "万吨", ["夏粮", "秋粮"]],
  ["特困供养对象", "人", ["集中供养", "分散供养"]],
  ["工业用电量", "万千瓦时", ["轻工业", "重工业"]],
  ["生产性投入", "亿元", ["第一产业投入", "第二产业投入", "第三产业投入"]],
];
const TOWNS = ["柳溪镇", "石桥乡", "白沙镇", "云岭乡", "枫林镇", "大渡乡"];

// --- true values ---

/** A value of two to six digits before the point, in thousandths of its last printed digit. */
type Amount = { readonly name: string; readonly unit: string; readonly decimals: number; value: bigint };

const FINE = 1000n;

function drawAmount(draws: Draws, isCounted: boolean): Amount {
  const [name, unit] = draws.pick(isCounted ? COUNTS : AMOUNTS);
  const decimals = isCounted ? 0 : draws.int(0, 3);
  const whole = draws.between(10n ** BigInt(draws.int(1, 4)) * 2n, 10n ** BigInt(draws.int(4, 6)));
  const value = whole * 10n ** BigInt(decimals) * FINE + (isCounted ? 0n : draws.between(0n, FINE - 1n));
  return { name, unit, decimals, value: draws.isLucky(50) && !isCounted ? value + FINE / 2n : value };
}

function inUnit({ decimals }: Amount, value: bigint, isCounted: boolean): Figure {
  if (isCounted) return count(value / FINE);
  return figure(roundedText(value, 10n ** BigInt(decimals) * FINE, decimals));
}

/** From half a percent to two and a half times. */
function grown(draws: Draws, base: bigint, sign: 1 | -1, isCounted: boolean): bigint {
  const points = draws.isLucky(80) ? draws.between(80n, 3000n) : draws.between(3000n, 9000n);
  const change = (base * points) / 10_000n;
  const whole = isCounted ? (change / FINE + 1n) * FINE : change + 1n;
  return base + BigInt(sign) * whole;
}

function percentText(draws: Draws, part: bigint, whole: bigint, most = 2): Figure {
  return figure(roundedText(part * 100n, whole, draws.int(most === 0 ? 0 : 1, most)));
}

type Grown = { amount: Amount; isCounted: boolean; way: typeof UP | typeof DOWN; base: bigint; now: bigint };

function drawGrowth(draws: Draws): Grown {
  const isCounted = draws.isLucky(30);
  const amount = drawAmount(draws, isCounted);
  const way = draws.pick([UP, DOWN]);
  return { amount, isCounted, way, base: amount.value, now: grown(draws, amount.value, way.sign, isCounted) };
}

// --- kinds ---

type Maker = (draws: Draws) => Omit<Example, "kind">;

const growth: Maker = (draws) => {
  const { amount, isCounted, way, base, now } = drawGrowth(draws);
  const value = inUnit(amount, now, isCounted);
  const change = inUnit(amount, now > base ? now - base : base - now, isCounted);
  const rate = percentText(draws, now > base ? now - base : base - now, base);
  const lead = `${draws.pick(TIMES)}${draws.pick(PLACES)}${amount.name}${draws.pick(["达到", "为", "完成", ""])}`;
  const since = draws.pick(SINCE);
  const [byAmount, byRate] = [draws.pick(way.amount), draws.pick(way.rate)];
  const said = draws.isLucky(70)
    ? say`${lead}${value}${amount.unit}，${since}${byAmount}${change}${amount.unit}，${byRate}${rate}%。`
    : say`${lead}${value}${amount.unit}，${since}${byRate}${rate}%，${byAmount}${change}${amount.unit}。`;
  const isAmountFirst = said.figures[1] === change;
  return {
    ...said,
    laws: [
      {
        is: "growth",
        value: 0,
        change: isAmountFirst ? 1 : 2,
        rate: isAmountFirst ? 2 : 1,
        sign: way.sign,
      },
    ],
  };
};

const fromTo: Maker = (draws) => {
  const { amount, isCounted, way, base, now } = drawGrowth(draws);
  const [before, value] = [inUnit(amount, base, isCounted), inUnit(amount, now, isCounted)];
  const rate = percentText(draws, now > base ? now - base : base - now, base);
  const year = draws.pick(["上年的", "上年同期的", "2012年的", "去年的"]);
  const lead = `${draws.pick(TIMES)}${draws.pick(PLACES)}${amount.name}由${year}`;
  const verb =
    way.sign === 1 ? draws.pick(["增加到", "提高到", "增长到"]) : draws.pick(["下降到", "减少到", "降至"]);
  return {
    ...say`${lead}${before}${amount.unit}${verb}${value}${amount.unit}，${draws.pick(way.rate)}${rate}%。`,
    laws: [{ is: "between", base: 0, value: 1, rate: 2, sign: way.sign }],
  };
};

const netChange: Maker = (draws) => {
  const { amount, isCounted, way, base, now } = drawGrowth(draws);
  const [before, value] = [inUnit(amount, base, isCounted), inUnit(amount, now, isCounted)];
  const change = inUnit(amount, now > base ? now - base : base - now, isCounted);
  const lead = `${draws.pick(TIMES)}${draws.pick(PLACES)}${amount.name}`;
  const verb = way.sign === 1 ? "增加到" : "减少到";
  return {
    ...say`${lead}由上年的${before}${amount.unit}${verb}${value}${amount.unit}，${draws.pick(way.amount)}${change}${amount.unit}。`,
    laws: [{ is: "difference", result: 2, more: way.sign === 1 ? 1 : 0, less: way.sign === 1 ? 0 : 1 }],
  };
};

const completion: Maker = (draws) => {
  const amount = drawAmount(draws, false);
  const done = (amount.value * draws.between(500n, 12_500n)) / 10_000n + 1n;
  const [part, whole] = [inUnit(amount, done, false), inUnit(amount, amount.value, false)];
  const rate = percentText(draws, done, amount.value);
  const { unit } = amount;
  const place = draws.pick(PLACES);
  return draws.isLucky(60)
    ? {
        ...say`${draws.pick(TIMES)}${place}${amount.name}完成${part}${unit}，占${draws.pick(["全年任务", "年度目标", "年度计划"])}${whole}${unit}的${rate}%。`,
        laws: [{ is: "quotient", part: 0, whole: 1, percent: 2 }],
      }
    : {
        ...say`${place}${amount.name}完成${part}${unit}，完成${draws.pick(["年计划", "全年目标"])}${whole}${unit}的${rate}%。`,
        laws: [{ is: "quotient", part: 0, whole: 1, percent: 2 }],
      };
};

const share: Maker = (draws) => {
  const [name, unit] = draws.pick(COUNTS);
  const all = draws.between(40n, 10n ** BigInt(draws.int(2, 6)));
  const own = draws.between(all / 20n + 1n, all - 1n);
  const rate = percentText(draws, own, all);
  const kind = draws.pick(["其中达标的", "其中山区", "其中重点联系的"]);
  return draws.isLucky(50)
    ? {
        ...say`${draws.pick(PLACES)}${kind.slice(2)}${name}${count(own)}${unit}，占${name}总数${count(all)}${unit}的${rate}%。`,
        laws: [{ is: "quotient", part: 0, whole: 1, percent: 2 }],
      }
    : {
        ...say`${draws.pick(PLACES)}有${name}${count(own)}${unit}，占全部${count(all)}${unit}的${rate}%。`,
        laws: [{ is: "quotient", part: 0, whole: 1, percent: 2 }],
      };
};

/** Parts of which the printed ones add up within what their last digits leave open, and so do the true ones. */
function drawParts(draws: Draws, unit: string, number: number): { whole: Figure; parts: Figure[] } {
  const isCounted = /^[个人户件家]$/.test(unit);
  const decimals = isCounted ? 0 : draws.int(0, 3);
  const scale = 10n ** BigInt(decimals) * FINE;
  const values = Array.from({ length: number }, () => {
    const whole = draws.between(3n, 10n ** BigInt(draws.int(1, 5)));
    return whole * scale + (isCounted ? 0n : draws.between(0n, scale - 1n));
  });
  const sum = values.reduce((added, value) => added + value, 0n);
  const show = (value: bigint) =>
    isCounted ? count(value / FINE) : figure(roundedText(value, scale, decimals));
  return { whole: show(sum), parts: values.map(show) };
}

const places = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const plus = (number: number): readonly 1[] => Array.from({ length: number }, () => 1);

const division: Maker = (draws) => {
  const [name, unit, kinds] = draws.pick(DIVISIONS);
  const { whole, parts } = drawParts(draws, unit, kinds.length);
  const list = join(
    kinds.map((kind, i) => say`${kind}${parts[i] as Figure}${unit}`),
    draws.pick(["，", "、"]),
  );
  return {
    ...say`${draws.pick(TIMES)}${draws.pick(PLACES)}${draws.pick(["", "共有", "实现"])}${name}${whole}${unit}，${draws.pick(["其中：", "其中，", "其中"])}${list}。`,
    laws: [{ is: "sum", whole: 0, parts: places(1, 1 + kinds.length), signs: plus(kinds.length) }],
  };
};

/** 743户3171人: where the households add up, the persons do. */
const households: Maker = (draws) => {
  const number = 2;
  const homes = Array.from({ length: number }, () => draws.between(12n, 10n ** BigInt(draws.int(2, 4))));
  const persons = homes.map((home) => (home * draws.between(180n, 480n)) / 100n);
  const added = (values: readonly bigint[]) => count(values.reduce((sum, value) => sum + value, 0n));
  const names = draws.pick([
    ["集中安置", "分散安置"],
    ["新建安置", "续建安置"],
    ["城镇安置", "农村安置"],
  ]);
  const list = join(
    names.map((name, i) => say`${name}${count(homes[i] as bigint)}户${count(persons[i] as bigint)}人`),
    "，",
  );
  return {
    ...say`${draws.pick(PLACES)}${draws.pick(["共搬迁", "搬迁安置", "完成搬迁"])}${added(homes)}户${added(persons)}人，其中${list}。`,
    laws: [
      { is: "sum", whole: 0, parts: [2, 4], signs: plus(2) },
      { is: "sum", whole: 1, parts: [3, 5], signs: plus(2) },
    ],
  };
};

/** The values add up, and so do their changes, with their signs. */
const netting: Maker = (draws) => {
  const signs = [draws.pick([1, -1] as const), draws.pick([1, -1] as const)] as const;
  const base = [draws.between(2000n, 90_000n), draws.between(2000n, 90_000n)] as const;
  const changes = base.map((value) => (value * draws.between(2n, 40n)) / 100n + 1n);
  const values = base.map((value, i) => value + BigInt(signs[i] ?? 1) * (changes[i] ?? 0n));
  const net = changes.reduce((sum, change, i) => sum + BigInt(signs[i] ?? 1) * change, 0n);
  if (net === 0n) return netting(draws);
  const sign = net > 0n ? 1 : -1;
  const all = figure(String((values[0] ?? 0n) + (values[1] ?? 0n)));
  const verb = (way: 1 | -1) => (way === 1 ? draws.pick(["增加", "增收"]) : draws.pick(["减少", "减收"]));
  const one = (name: string, i: 0 | 1) =>
    say`${name}${figure(String(values[i]))}万元，同比${verb(signs[i])}${figure(String(changes[i]))}万元`;
  return {
    ...say`${draws.pick(PLACES)}一般公共预算收入${all}万元，同比${verb(sign)}${figure(String(net * BigInt(sign)))}万元。其中：${one("税收收入", 0)}；${one("非税收入", 1)}。`,
    laws: [
      { is: "sum", whole: 0, parts: [2, 4], signs: plus(2) },
      { is: "sum", whole: 1, parts: [3, 5], signs: signs.map((way) => (way * sign) as 1 | -1) },
    ],
    certain: [1, 3, 5],
  };
};

const levels: Maker = (draws) => {
  const decimals = draws.int(1, 2);
  const step = 10n ** BigInt(decimals);
  const [low, gap] = [draws.between(1n, 60n * step), draws.between(1n, 30n * step)];
  const show = (value: bigint) => figure(roundedText(value, step, decimals));
  const isUp = draws.isLucky(50);
  const [from, to] = isUp ? [low, low + gap] : [low + gap, low];
  const name = draws.pick(["森林覆盖率", "城镇登记失业率", "集中供水率", "危房占比"]);
  const verbs = isUp
    ? draws.pick([
        ["提高", "提高"],
        ["上升", "上升"],
      ])
    : draws.pick([
        ["下降", "下降"],
        ["降低", "降低"],
      ]);
  return {
    ...say`${draws.pick(PLACES)}${name}由${draws.pick(["上年的", "2012年的", ""])}${show(from)}%${verbs[0] ?? ""}到${show(to)}%，${verbs[1] ?? ""}${show(gap)}个百分点。`,
    laws: [{ is: "difference", result: 2, more: isUp ? 1 : 0, less: isUp ? 0 : 1 }],
  };
};

const againstProvince: Maker = (draws) => {
  const [own, theirs] = [draws.between(11n, 300n), draws.between(11n, 300n)];
  if (own === theirs) return againstProvince(draws);
  const show = (value: bigint) => figure(roundedText(value, 10n, 1));
  const [name] = draws.pick(AMOUNTS);
  const isAbove = own > theirs;
  const words = isAbove ? draws.pick(["高于", "快于"]) : draws.pick(["低于", "慢于"]);
  const [more, less] = isAbove ? [0, 2] : [2, 0];
  return {
    ...say`${draws.pick(PLACES)}${name}增长${show(own)}%，${words}全省${show(isAbove ? own - theirs : theirs - own)}个百分点（全省增长${show(theirs)}%）。`,
    laws: [{ is: "difference", result: 1, more, less }],
  };
};

/** Three shares of a hundred, rounded from true ones. */
const proportion: Maker = (draws) => {
  const decimals = draws.int(1, 2);
  const first = draws.between(30_000n, 200_000n);
  const second = draws.between(250_000n, 500_000n);
  const show = (value: bigint) => figure(roundedText(value, 10_000n, decimals));
  const shares = [show(first), show(second), show(1_000_000n - first - second)];
  const [a, b, c] = shares as [Figure, Figure, Figure];
  return {
    ...say`${draws.pick(PLACES)}三次产业${draws.pick(["结构比", "结构", "比例"])}${draws.pick(["为", "调整为"])}${a}:${b}:${c}。`,
    laws: [{ is: "hundred", parts: [0, 1, 2] }],
  };
};

const rankMove: Maker = (draws) => {
  const better = draws.between(1n, 12n);
  const worse = better + draws.between(1n, 12n);
  const isUp = draws.isLucky(50);
  const [from, to] = isUp ? [worse, better] : [better, worse];
  const name = draws.pick(["综合考核", "空气质量", "群众满意度", "项目建设"]);
  return {
    ...say`${draws.pick(PLACES)}${name}由全省第${count(from)}位${isUp ? "上升" : "下降"}到第${count(to)}位，${isUp ? "前移" : "后移"}${count(worse - better)}位。`,
    laws: [{ is: "difference", result: 2, more: isUp ? 0 : 1, less: isUp ? 1 : 0 }],
  };
};

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const dates: Maker = (draws) => {
  const month = draws.int(3, 8);
  const later = draws.int(month + 1, 11);
  const from = [month, draws.int(1, 28)] as const;
  const to = [later, draws.int(1, 28)] as const;
  const through = LENGTHS.slice(month - 1, later - 1).reduce((sum, length) => sum + length, 0);
  const days = through + to[1] - from[1] + draws.int(0, 1);
  return {
    ...say`专项整治从${String(from[0])}月${String(from[1])}日开始至${String(to[0])}月${String(to[1])}日结束，${draws.pick(["历时", "为期", "共"])}${count(BigInt(days))}天。`,
    laws: [{ is: "days", from, to, days: 0 }],
  };
};

const conversion: Maker = (draws) => {
  const decimals = draws.int(1, 3);
  const value = draws.between(10n ** BigInt(decimals) * 2n, 10n ** BigInt(decimals + 3)) * FINE;
  const scale = 10n ** BigInt(decimals) * FINE;
  const [name, unit, other, times, over] = draws.pick([
    ["造林面积", "万公顷", "万亩", 15n, 1n],
    ["复垦面积", "公顷", "亩", 15n, 1n],
    ["到位资金", "亿元", "万元", 10_000n, 1n],
    ["天然气产量", "亿立方米", "万立方米", 10_000n, 1n],
  ] as const);
  const to = roundedText(value * times, scale * over, draws.int(0, 2));
  return {
    ...say`${draws.pick(PLACES)}${name}${figure(roundedText(value, scale, decimals))}${unit}（${draws.pick(["", "合", "约合"])}${figure(to)}${other}）。`,
    laws: [{ is: "conversion", from: 0, to: 1, times, over }],
  };
};

const product: Maker = (draws) => {
  const heads = draws.between(100n, 999n) * 10n + draws.between(1n, 9n);
  const each = draws.between(41n, 390n) * 25n;
  const [who, unit] = draws.pick([
    ["人", "人"],
    ["户", "户"],
    ["亩", "亩"],
  ] as const);
  const total = heads * each;
  const inWan = roundedText(total, 10_000n, total % 10_000n === 0n ? 0 : total % 100n === 0n ? 2 : 4);
  return {
    ...say`为${unit === "亩" ? "退耕地" : "困难群众"}${unit === "亩" ? { digits: heads.toString(), power: 0, isExact: false } : count(heads)}${unit}发放补助，每${who}${figure(each.toString())}元，${draws.pick(["共计", "合计", "共发放"])}${figure(inWan, 4)}万元。`,
    laws: [{ is: "product", count: 0, rate: 1, total: 2 }],
    isOpen: true,
  };
};

const trend: Maker = (draws) => {
  const sign = draws.pick([1, -1] as const);
  const unit = draws.pick(["起", "件", "人"]);
  const rising: bigint[] = [draws.between(3n, 60n)];
  for (let i = 0; i < 3; i++) rising.push((rising.at(-1) ?? 0n) + draws.between(1n, 90n));
  const row = (sign === 1 ? rising : rising.toReversed()).map((value) => say`${count(value)}${unit}`);
  return {
    ...say`近四年${draws.pick(PLACES)}交通违法案件分别为${join(row, "、")}，${draws.pick(["呈逐年", "呈持续", "呈"])}${sign === 1 ? "上升" : "下降"}趋势。`,
    laws: [{ is: "trend", row: [0, 1, 2, 3], sign }],
    certain: [1, 2],
  };
};

const balance: Maker = (draws) => {
  const decimals = draws.int(1, 2);
  const step = 10n ** BigInt(decimals);
  const [less, gap] = [draws.between(2n * step, 900n * step), draws.between(2n * step, 600n * step)];
  const show = (value: bigint) => figure(roundedText(value, step, decimals));
  const isSurplus = draws.isLucky(50);
  const [out, back] = isSurplus ? [less + gap, less] : [less, less + gap];
  return {
    ...say`${draws.pick(PLACES)}出口额${show(out)}亿美元，进口额${show(back)}亿美元，贸易${isSurplus ? "顺差" : "逆差"}${show(gap)}亿美元。`,
    laws: [{ is: "difference", result: 2, more: isSurplus ? 0 : 1, less: isSurplus ? 1 : 0 }],
  };
};

const rest: Maker = (draws) => {
  const number = draws.int(2, 4);
  const { whole, parts } = drawParts(draws, "个", number);
  if (whole.digits.length < 3) return rest(draws);
  const towns = draws.pickSome(TOWNS, number - 1);
  const list = join(
    [
      ...towns.map((town, i) => say`${town}${parts[i] as Figure}个`),
      say`其余乡镇${parts.at(-1) as Figure}个`,
    ],
    "，",
  );
  return {
    ...say`${draws.pick(PLACES)}建成冷库${whole}个，其中${list}。`,
    laws: [{ is: "sum", whole: 0, parts: places(1, 1 + number), signs: plus(number) }],
    isOpen: true,
  };
};

const announced: Maker = (draws) => {
  const number = draws.int(2, 6);
  const numerals = ["一", "二", "三", "四", "五", "六"];
  const tasks = draws.pickSome(
    ["抓好春耕备耕", "守住防火底线", "推进厂房建设", "办好民生实事", "整治河道", "精简会议"],
    number,
  );
  const list = tasks.map((task, i) => `${numerals[i] ?? ""}是${task}`).join(draws.pick(["；", "，"]));
  return {
    ...say`下一步重点做好${numerals[number - 1] === "二" ? "两" : (numerals[number - 1] ?? "")}${draws.pick(["个方面", "件事", "项工作"])}：${list}。`,
    laws: [],
  };
};

const MAKERS: Readonly<Record<string, Maker>> = {
  growth,
  fromTo,
  netChange,
  completion,
  share,
  division,
  households,
  netting,
  levels,
  againstProvince,
  proportion,
  rankMove,
  dates,
  conversion,
  product,
  trend,
  balance,
  rest,
  announced,
};

export const KINDS: readonly string[] = Object.keys(MAKERS);

export function makeExample(draws: Draws, kind: string = draws.pick(KINDS)): Example {
  const maker = MAKERS[kind];
  if (!maker) throw new Error(`no kind of sentence ${kind}`);
  return { kind, ...maker(draws) };
}

const PLAIN = [
  "会议指出，要把各项工作抓紧抓实。",
  "各乡镇要压实责任，加强督查。",
  "有关部门要主动服务，及时解决问题。",
  "广大干部群众的精神面貌明显改善。",
];

/** A sentence that says no figure at all. */
export function plainSentence(draws: Draws): string {
  return draws.pick(PLAIN);
}
