/** What a value is called, for telling parts of a whole from each other. */
import type { Reading, Record } from "./records.ts";

const FRONT =
  /^(?:[、,;:。\s]|其中|包括|含|和|及|与|以及|分别为|分别|另有|截至[^,]{0,8}[底末]|今年|全年|累计|的|有|是|为|共)+/;
const END = /(?:累计|共计|共|总计|合计|完成|实现|达到|为|有|是|约|达|得|计|的)+$/;

/** The words before the figure, or those of the figure it is glued to, and the noun behind it: "集中安置 户". */
export function labelOf(reading: Reading, record: Record): string {
  const value = record.value;
  if (value === undefined) return "";
  const front = value.subject.replace(FRONT, "").replace(END, "");
  const behind = value.quantity.tail.slice(0, 16);
  if (front !== "" || behind !== "") return `${front} ${behind}`.trim();
  const before = reading.records[record.index - 1];
  return before?.value && before.value.quantity.end === value.quantity.start ? labelOf(reading, before) : "";
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
  [/新开工|新建/, /续建|结转|在建/],
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
];

const REST = /^(?:[^,]{0,6})(?:其他|其余|剩余|余下|另外|另有|还有|其它)/;

/** Whether these labels name every kind of one division, or end with the rest. */
export function isComplete(labels: readonly string[]): boolean {
  if (labels.length < 2) return false;
  return (
    PARTITIONS.some((kinds) => kinds.length === labels.length && matchesEach(kinds, labels)) ||
    opposites(labels)
  );
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

/** X and 非X. */
function opposites(labels: readonly string[]): boolean {
  if (labels.length !== 2) return false;
  const [a = "", b = ""] = labels;
  const without = (label: string) => label.replace("非", "");
  return a.includes("非") !== b.includes("非") && without(a).slice(0, 3) === without(b).slice(0, 3);
}

export function namesTheRest(label: string): boolean {
  return REST.test(label);
}

/** 主要, 特别是: the list does not claim to be whole. 按主要致贫原因分 does. */
export function isSelection(words: string): boolean {
  return /(?<!按)主要(?!领导|负责)|重点(?!项目|工程)|特别是|尤其|前[一二三四五六七八九十两\d]+位/.test(words);
}
