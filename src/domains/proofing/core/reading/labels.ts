/** What a value is called, for telling parts of a whole from each other. */
import type { Reading, Record } from "./records.ts";

const FRONT =
  /^(?:[、,;:。\s]|其中|包括|含|和|及|与|以及|分别为|分别|另有|截至[^,]{0,8}[底末]|今年|全年|累计|的|有|是|为|共)+/;
const END = /(?:累计|共计|共|总计|合计|完成|实现|达到|为|有|是|约|达|得|计|的)+$/;

const known = new WeakMap<Record, string>();

/** The words before the figure, or those of the figure it is glued to, and the noun behind it: "集中安置 户". */
export function labelOf(reading: Reading, record: Record): string {
  let label = known.get(record);
  if (label === undefined) {
    label = ownLabel(record) || gluedLabel(reading, record);
    known.set(record, label);
  }
  return label;
}

function ownLabel({ value }: Record): string {
  if (value === undefined) return "";
  const front = value.subject.replace(FRONT, "").replace(END, "");
  return `${front} ${value.quantity.tail.slice(0, 16)}`.trim();
}

/** 743户3171人, 743户、3171人: the second is of the same thing. */
function gluedLabel(reading: Reading, record: Record): string {
  const before = reading.records[record.index - 1];
  if (record.value === undefined || before?.value === undefined) return "";
  const gap = record.value.quantity.start - before.value.quantity.end;
  return gap >= 0 && gap <= 1 ? ownLabel(before) : "";
}

/** Kinds of which every thing is exactly one: a list that names them all is complete. */
const PARTITIONS: readonly (readonly RegExp[])[] = [
  [/(?<!非)税收|(?<!非)税务/, /非税/],
  [/第?一产|第一产业/, /第?二产|第二产业/, /第?三产|第三产业/],
  [/城镇|城市/, /农村|乡村/],
  [/男/, /女/],
  [/集中/, /分散/],
  [/家庭户/, /集体户/],
  [/汉族/, /少数民族/],
  [/夏粮/, /秋粮/],
  [/夏粮/, /早稻/, /秋粮/],
  [/轻工/, /重工/],
  [/出口/, /进口/],
  [/限额以上|限上/, /限额以下|限下/],
  [/规模以上|规上/, /规模以下|规下/],
  [/新开工|新建|新开/, /续建|结转|在建/],
  [/国税/, /地税/, /财政/],
  [/税务/, /财政/],
  [/过夜/, /一日游/],
  [/国内(?!生产)/, /入境|海外|境外/],
  [/建设|新建/, /维修|改造/],
  [/工业/, /建筑业/],
  [/(?<!非)民间/, /非民间/],
  [/(?<!非)公有|国有/, /非公有|非国有/],
  [/(?<!非)农业户/, /非农业户/],
  [/(?<!非)贫困/, /非贫困|同步/],
  [/建档立卡/, /同步/],
  [/市级|市本级|本级/, /区市|区县|县级|县区|县\(市/],
  [/商品销售|商品零售/, /餐饮/],
  [/乡镇|镇/, /街道/],
  [/因公出国/, /公务接待/, /公务用车/],
  [/一般债/, /专项债/],
  [/外出/, /本地/],
  [/内资/, /外资/],
  [/公办/, /民办/],
  [/优秀/, /良好/, /一般|合格|较差/],
];

const ANY_KIND = new RegExp(
  PARTITIONS.flat()
    .map(({ source }) => source)
    .join("|"),
);

const REST = /^(?:[^,]{0,6})(?:其他|其余|剩余|余下|另外|另有|还有|其它)/;

/** Whether these labels name every kind of one division; a whole of one of the kinds has no other kind as its part. */
export function isComplete(labels: readonly string[], whole = ""): boolean {
  if (labels.length < 2) return false;
  if (!labels.every((label) => ANY_KIND.test(label))) return opposites(labels);
  return (
    PARTITIONS.some(
      (kinds) => kinds.length === labels.length && matchesEach(kinds, labels) && !isOfOneKind(kinds, whole),
    ) || opposites(labels)
  );
}

/** 进口 has no part 出口; 在建项目 are 新建 and 续建; 财政总收入 has the part that the finance office collects. */
function isOfOneKind(kinds: readonly RegExp[], whole: string): boolean {
  if (whole === "" || kinds.some(({ source }) => source === "财政")) return false;
  return kinds.filter((kind) => kind.test(whole.replace(/进出口|在建/, ""))).length === 1;
}

function matchesEach(kinds: readonly RegExp[], labels: readonly string[]): boolean {
  const taken = new Set<number>();
  for (const label of labels) {
    const place = kinds.findIndex((kind, i) => !taken.has(i) && kind.test(label));
    if (place < 0) return false;
    taken.add(place);
  }
  return true;
}

/** X and 非X, else of one name. */
function opposites(labels: readonly string[]): boolean {
  const [a = "", b = ""] = labels;
  if (labels.length !== 2 || a.includes("非") === b.includes("非")) return false;
  const [without, other] = a.includes("非") ? [a, b] : [b, a];
  const at = without.indexOf("非");
  return (
    without.slice(0, at) === other.slice(0, at) && without.slice(at + 1, at + 3) === other.slice(at, at + 2)
  );
}

export function namesTheRest(label: string): boolean {
  return REST.test(label);
}

/** Lists of funds end with what people pay themselves. */
export function endsFunding(labels: readonly string[]): boolean {
  const last = labels.at(-1) ?? "";
  const others = labels.slice(0, -1);
  return (
    /自筹|投工|出工|投劳|折资|个人(?:缴费|出资)/.test(last) &&
    others.some((label) => /财政|中央|省|市|县|补助|专项|扶贫/.test(label))
  );
}

const KINDS: readonly RegExp[] = [/女|男/, /岁/, /学历|文化/, /少数民族|汉族/, /党员/];
const OWNERS = /国有控股|股份制|民营|小微|外商|私营/;

/** Kinds that one thing can be several of: 女性 and 35岁以下, 国有控股 and 股份制. */
export function overlapping(labels: readonly string[]): boolean {
  const kinds = KINDS.filter((kind) => labels.some((label) => kind.test(label))).length;
  return kinds >= 2 || labels.filter((label) => OWNERS.test(label)).length >= 2;
}

/** 主要, 特别是: the list does not claim to be whole. 按主要致贫原因分 does. */
export function isSelection(words: string): boolean {
  return /(?<!按)主要(?!领导|负责)|重点(?!项目|工程)|特别是|尤其|前[一二三四五六七八九十两\d]+位/.test(words);
}

/** 一般公共预算收入 and 市级一般公共预算收入: four characters in a row. */
export function sharesName(whole: string, labels: readonly string[]): boolean {
  for (let i = 0; i + 4 <= whole.length; i++) {
    const piece = whole.slice(i, i + 4);
    if (!piece.includes(" ") && labels.every((label) => label.includes(piece))) return true;
  }
  return false;
}
