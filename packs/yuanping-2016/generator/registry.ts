/**
 * The synthetic relief registry of the demonstration: 47 villages, 7,291 households, 18,120 persons, as the speech counts
 * them. Everybody in it is made up.
 *
 * It is written as the export of the national system and goes the way of any import. Marks of what is made up: the
 * sequence in an ID number is 900–999, phones begin with 128, which nobody has, accounts with 990000.
 */
import type { Pack, RegistryIncome, RegistryMeasure, SyntheticRegistry } from "../../pack-schema.ts";
import { randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import { MEN, SURNAMES, WOMEN } from "./registry-names.ts";

export const VILLAGES = 47;
export const HOUSEHOLDS = 7291;
export const PERSONS = 18_120;

const HEADINGS =
  "县,乡,行政村,自然村,户编号,人编号,姓名,性别,证件号码,人数,与户主关系,民族,文化程度,在校生状况,健康状况,劳动技能,务工状况,务工时间(月),大病保险,脱贫属性,脱贫年度,贫困户属性,主要致贫原因,其他致贫原因,危房户,饮水安全,人均纯收入,电话,开户银行,银行账号,首次识别时间,人员识别时间";

/** Names as the export writes them. */
export type Village = { code: number; name: string; township: string; county: string };
type Sex = "男" | "女";
type Member = { relation: string; sex: Sex; birth: number; surname: string };

/** Same pack and seed, same bytes. */
export function generateRegistry(pack: Pack, seed = pack.seed ?? 0): SyntheticRegistry {
  const villages = chooseVillages(pack, randomFor(seed, "registry", "villages"));
  const random = randomFor(seed, "registry", "households");
  const incomes: RegistryIncome[] = [];
  const measures: RegistryMeasure[] = [];
  const csv: string[] = [];
  for (const made of makeHouseholds(random, villages, { sizes: chooseSizes(random) })) {
    csv.push(made.rows);
    incomes.push(...made.incomes);
    measures.push(...made.measures);
  }
  return {
    title: "原平市建档立卡台账（演示数据，人员均为虚构）",
    fileName: "yuanping-2016-registry.csv",
    csv,
    incomes,
    measures,
  };
}

type MadeHousehold = { rows: string; incomes: RegistryIncome[]; measures: RegistryMeasure[] };

/**
 * Households of these sizes, village after village as the national system exports them; before them the headings.
 * @param firstSequence of ID numbers, a hundred from there are used; `firstNumber` of households
 */
export function* makeHouseholds(
  random: Random,
  villages: readonly Village[],
  {
    sizes,
    firstSequence = 900,
    firstNumber = 1,
  }: { sizes: readonly number[]; firstSequence?: number; firstNumber?: number },
): Generator<MadeHousehold> {
  yield { rows: `${HEADINGS}\n`, incomes: [], measures: [] };
  const desk: Desk = { random, firstSequence, firstNumber, sequences: new Map() };
  for (const [place, size] of sizes.entries())
    yield makeHousehold(desk, villages[Math.floor((place * villages.length) / sizes.length)] as Village, {
      place,
      size,
    });
}

/** Villages of towns and townships, Sulongkou with its demonstration post among them. */
function chooseVillages(pack: Pack, random: Random): Village[] {
  const names = new Map(pack.regions.map((region) => [region.code, region.nameZh]));
  const held = new Set(pack.posts.map((post) => post.region));
  const rural = pack.regions.filter(
    ({ level, nameZh, parent }) =>
      level === "village" && nameZh.endsWith("村委会") && /[乡镇]$/.test(names.get(parent ?? 0) ?? ""),
  );
  const first = rural.filter(({ code }) => held.has(code));
  const others = random.shuffle(rural.filter(({ code }) => !held.has(code)));
  return [...first, ...others].slice(0, VILLAGES).map(({ code, nameZh, parent }) => ({
    code,
    name: nameZh.replace(/村委会$/, "村"),
    township: names.get(parent ?? 0) ?? "",
    county: names.get(pack.region) ?? "",
  }));
}

/** One to six persons, 18,120 in all. */
function chooseSizes(random: Random): number[] {
  const sizes = Array.from(
    { length: HOUSEHOLDS },
    () => ONE_OF_SIZES[random.int(0, ONE_OF_SIZES.length - 1)] as number,
  );
  let total = sizes.reduce((sum, size) => sum + size, 0);
  for (let i = 0; total !== PERSONS; i = (i + 1) % HOUSEHOLDS) {
    const size = sizes[i] as number;
    const next = total < PERSONS ? Math.min(size + 1, 6) : Math.max(size - 1, 1);
    total += next - size;
    sizes[i] = next;
  }
  return sizes;
}
const ONE_OF_SIZES = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5] as const;

type Desk = {
  random: Random;
  firstSequence: number;
  firstNumber: number;
  /** persons with an ID number by day of birth and sex */
  sequences: Map<string, number>;
};

const pick = <T>(random: Random, items: readonly T[]): T => items[random.int(0, items.length - 1)] as T;
const oneIn = (random: Random, n: number): boolean => random.int(1, n) === 1;

/** Weights in thousandths; the distribution is invented, its order (illness, skills, labour first) is that of many counties. */
const CAUSES: readonly (readonly [string, number])[] = [
  ["因病", 330],
  ["缺技术", 150],
  ["缺劳动力", 150],
  ["因残", 110],
  ["缺资金", 90],
  ["自身发展动力不足", 45],
  ["因学", 45],
  ["缺土地", 25],
  ["交通条件落后", 20],
  ["缺水", 15],
  ["因灾", 20],
];

function weighted(random: Random, rows: readonly (readonly [string, number])[]): string {
  let at = random.int(1, 1000);
  for (const [label, weight] of rows) {
    at -= weight;
    if (at <= 0) return label;
  }
  return (rows[0] as readonly [string, number])[0];
}

function makeHousehold(
  desk: Desk,
  village: Village,
  { place, size }: { place: number; size: number },
): MadeHousehold {
  const { random } = desk;
  const number = `${String(village.code).slice(0, 12)}${String(place + desk.firstNumber).padStart(5, "0")}`;
  const members = makeMembers(random, size);
  const names = members.map((member) => makeName(random, member));
  const incomes = [2014, 2015].map((year) => makeIncome(random, { household: number, year, members: size }));
  const lifted = weighted(random, [
    ["未脱贫", 780],
    ["已脱贫", 180],
    ["预脱贫", 30],
    ["返贫", 10],
  ]);
  const cause = weighted(random, CAUSES);
  const second = oneIn(random, 2) ? weighted(random, CAUSES) : "";
  const identified = pick(random, ["2013-12-31", "2014-04-30", "2014-06-30", "2014-12-31", "2015-11-30"]);
  const about = {
    hamlet: "",
    size: String(size),
    lifted,
    year: lifted === "已脱贫" ? String(identified >= "2015" ? 2015 : random.int(2014, 2015)) : "",
    kind: weighted(random, [
      ["一般贫困户", 640],
      ["低保贫困户", 300],
      ["五保贫困户", 60],
    ]),
    cause,
    others: second === cause ? "" : second,
    house: oneIn(random, 8) ? "是" : "否",
    water: oneIn(random, 15) ? "否" : "是",
    net: (incomes[1] as RegistryIncome).perCapita,
    phone: oneIn(random, 12) ? "" : `128${digits(random, 8)}`,
    bank: "原平市农村商业银行",
    account: `990000${digits(random, 13)}`,
    identified,
  };
  const rows = members.map((member, i) => {
    const health = makeHealth(random, member, cause);
    const [labour, away, months] = makeWork(random, member, health);
    const [education, school] = makeSchooling(random, member);
    return [
      village.county,
      village.township,
      village.name,
      about.hamlet,
      number,
      `${number}${two(i + 1)}`,
      names[i],
      member.sex,
      makeId(desk, village, { member, health }),
      about.size,
      member.relation,
      "汉族",
      education,
      school,
      health,
      labour,
      away,
      months,
      oneIn(random, 20) ? "否" : "是",
      about.lifted,
      about.year,
      about.kind,
      about.cause,
      about.others,
      about.house,
      about.water,
      about.net,
      about.phone,
      about.bank,
      about.account,
      about.identified,
      about.identified,
    ].join(",");
  });
  return {
    rows: `${rows.join("\n")}\n`,
    incomes,
    measures: makeMeasures(random, { household: number, cause, head: names[0] as string }),
  };
}

const THIS_YEAR = 2016;

function makeMembers(random: Random, size: number): Member[] {
  const sex: Sex = oneIn(random, 6) ? "女" : "男";
  const age = random.int(size === 1 ? 45 : 32, size === 1 ? 85 : 76);
  const surname = pick(random, SURNAMES);
  const members: Member[] = [{ relation: "户主", sex, birth: THIS_YEAR - age, surname }];
  if (size >= 2 && !oneIn(random, 6)) {
    const other: Sex = sex === "男" ? "女" : "男";
    members.push({
      relation: "配偶",
      sex: other,
      birth: THIS_YEAR - age + random.int(-3, 5),
      surname: pick(random, SURNAMES),
    });
  }
  while (members.length < size) {
    const parents = members.filter(({ relation }) => relation === "之父" || relation === "之母").length;
    if (age < 58 && parents === 0 && oneIn(random, 4)) {
      const male = oneIn(random, 2);
      const parent = {
        relation: male ? "之父" : "之母",
        sex: male ? "男" : "女",
        birth: THIS_YEAR - age - random.int(21, 30),
      } as const;
      members.push({ ...parent, surname: male ? surname : pick(random, SURNAMES) });
      continue;
    }
    const child: Sex = oneIn(random, 2) ? "男" : "女";
    const born = Math.min(THIS_YEAR - age + random.int(21, 34), THIS_YEAR - 1);
    members.push({ relation: child === "男" ? "之子" : "之女", sex: child, birth: born, surname });
  }
  return members;
}

function makeName(random: Random, { sex, surname }: Member): string {
  const from = sex === "男" ? MEN : WOMEN;
  return `${surname}${pick(random, from)}${oneIn(random, 4) ? "" : pick(random, from)}`;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Sequences 900–999 by day and sex, so that nobody has another's number; a few have none, or that of the certificate. */
function makeId(
  { random, firstSequence, sequences }: Desk,
  { code }: Village,
  { member, health }: { member: Member; health: string },
): string {
  const { sex, birth } = member;
  if (oneIn(random, 350)) return "";
  let stem = "";
  let count = 50;
  while (count >= 50) {
    stem = `${String(code).slice(0, 6)}${birth}${two(random.int(1, 12))}${two(random.int(1, 28))}`;
    count = sequences.get(`${stem}${sex}`) ?? 0;
  }
  sequences.set(`${stem}${sex}`, count + 1);
  const first17 = `${stem}${firstSequence + count * 2 + (sex === "男" ? 1 : 0)}`;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * (WEIGHTS[i] as number);
  const number = `${first17}${"10X98765432"[sum % 11] as string}`;
  return health.includes("残疾") && oneIn(random, 5)
    ? `${number}${random.int(1, 7)}${random.int(1, 4)}`
    : number;
}

const two = (n: number): string => String(n).padStart(2, "0");
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.int(0, 9))).join("");

function makeHealth(random: Random, { relation, birth }: Member, cause: string): string {
  const age = THIS_YEAR - birth;
  if (cause === "因病" && relation === "户主") return oneIn(random, 3) ? "患有大病" : "长期慢性病";
  if (cause === "因残" && relation === "户主") return "残疾";
  if (age > 62 && oneIn(random, 3)) return "长期慢性病";
  if (oneIn(random, 25)) return "残疾";
  return "健康";
}

function makeWork(random: Random, { birth }: Member, health: string): [string, string, string] {
  const age = THIS_YEAR - birth;
  if (age < 16 || age > 70) return ["无劳动力", "无", ""];
  if (health !== "健康") return [oneIn(random, 3) ? "丧失劳动力" : "弱劳动力或半劳动力", "无", ""];
  const skill = oneIn(random, 9) ? "技能劳动力" : "普通劳动力";
  if (age > 58 || oneIn(random, 2)) return [skill, "无", ""];
  return [
    skill,
    pick(random, ["乡（镇）内务工", "乡（镇）外县内务工", "县外省内务工", "省外务工"]),
    String(random.int(2, 10)),
  ];
}

function makeSchooling(random: Random, { birth }: Member): [string, string] {
  const age = THIS_YEAR - birth;
  if (age < 4) return ["学龄前儿童", "非在校生"];
  if (age < 7) return ["学龄前儿童", "学前教育"];
  if (age < 13) return ["小学", "小学"];
  if (age < 16) return ["初中", pick(random, ["七年级", "八年级", "九年级"])];
  if (age < 19) return ["高中", pick(random, ["普通高中一年级", "普通高中二年级", "普通高中三年级", "中职"])];
  return [weighted(random, age > 60 ? OLD_SCHOOLING : SCHOOLING), "非在校生"];
}
const OLD_SCHOOLING = [
  ["文盲或半文盲", 300],
  ["小学", 480],
  ["初中", 200],
  ["高中", 20],
] as const;
const SCHOOLING = [
  ["文盲或半文盲", 60],
  ["小学", 320],
  ["初中", 500],
  ["高中", 90],
  ["大专及以上", 30],
] as const;

/** A17 to A20 in fen, so that the identities hold to the last digit. */
function makeIncome(
  random: Random,
  { household, year, members }: Pick<RegistryIncome, "household" | "year" | "members">,
): RegistryIncome {
  const fen = (low: number, high: number): number => random.int(low, high) * members * 100;
  const [wage, business, transfer, property] = [
    fen(300, 1400),
    fen(500, 1300),
    fen(250, 700),
    oneIn(random, 6) ? fen(20, 120) : 0,
  ];
  const costs = Math.floor((business * random.int(15, 45)) / 100);
  const total = wage + business + transfer + property;
  const net = total - costs;
  const perCapita = Math.floor((2 * net + members) / (2 * members));
  const text = (amount: number): string => `${Math.floor(amount / 100)}.${two(amount % 100)}`;
  return {
    household,
    year,
    wage: text(wage),
    business: text(business),
    transfer: text(transfer),
    property: text(property),
    total: text(total),
    costs: text(costs),
    net: text(net),
    members,
    perCapita: text(perCapita),
  };
}

const HELP: Readonly<
  Record<string, readonly (readonly [kind: string, unit: string, content: string, cost: number])[]>
> = {
  因病: [["health", "原平市人民医院", "大病医疗救助，报销住院费用", 3000]],
  因学: [["education", "原平市教育局", "雨露计划助学补助", 2000]],
  缺水: [["infrastructure", "原平市水利局", "打井配套，自来水入户", 4500]],
  交通条件落后: [["infrastructure", "原平市交通运输局", "通村道路硬化", 6000]],
  缺技术: [["employment", "原平市人力资源和社会保障局", "种植养殖实用技术培训", 800]],
};
const ANY_HELP = [
  ["industry", "驻村工作队", "发放仔猪两头，签订代养协议", 1600],
  ["industry", "乡镇人民政府", "核桃经济林补植", 1200],
  ["allowance", "原平市民政局", "纳入农村低保", 2600],
  ["finance", "原平市农村商业银行", "扶贫小额贷款贴息", 900],
  ["housing", "原平市住房保障和城乡建设管理局", "危房改造补助", 14_000],
  ["ecology", "原平市林业局", "聘为护林员", 5000],
] as const;

function makeMeasures(
  random: Random,
  { household, cause, head }: { household: string; cause: string; head: string },
): RegistryMeasure[] {
  const own = HELP[cause] ?? [];
  const chosen = [...(oneIn(random, 2) ? own : []), ...(oneIn(random, 2) ? [pick(random, ANY_HELP)] : [])];
  return chosen.map(([kind, unit, content, cost]) => ({
    household,
    kind,
    unit,
    content,
    cost: `${cost + random.int(-3, 6) * 50}`,
    onDay: `201${random.int(5, 6)}-0${random.int(1, 7)}-${two(random.int(1, 28))}`,
    signedBy: head,
  }));
}
