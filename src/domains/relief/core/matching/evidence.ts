/** How each field agrees, as data that holds no value of any field; and in words. */
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";

export type EvidenceField =
  | "kin"
  | "id"
  | "idForm"
  | "name"
  | "nameForm"
  | "place"
  | "phone"
  | "sex"
  | "age"
  | "peers"
  | "chance"
  | "rivals"
  | "otherRow";
/** `detail`: which character slipped, how many persons chance would bring, how many others there are */
export type EvidenceItem = { field: EvidenceField; level: string; detail?: number };

/** Names of levels as they are kept. */
export const idNames: Readonly<Record<number, string>> = namesOf(idLevel);
export const nameNames: Readonly<Record<number, string>> = namesOf(nameLevel);
export const placeNames = [
  "unknown",
  "village",
  "township",
  "townshipOtherVillage",
  "county",
  "elsewhere",
  "numberOfCounty",
  "unknown",
  "elsewhereNumberOfCounty",
  "elsewhere",
] as const;
export const phoneNames = ["unknown", "same", "shared", "different"] as const;
export const sexNames = ["unknown", "same", "different"] as const;

export const otherRowNames = ["none", "sameRegister", "otherRegister"] as const;

function namesOf(levels: Readonly<Record<string, number>>): Record<number, string> {
  return Object.fromEntries(Object.entries(levels).map(([name, level]) => [level, name]));
}

/** Kinds of evidence that are kept: there are far fewer. */
const most = 10_000;
const shared = new Map<string, EvidenceItem>();

/** One object for all that say the same: there are hundreds of thousands. */
export function evidenceItem(field: EvidenceField, level: string | undefined, detail?: number): EvidenceItem {
  const key = `${field} ${level} ${detail ?? ""}`;
  let item = shared.get(key);
  if (item === undefined) {
    item =
      detail === undefined
        ? { field, level: level ?? "unknown" }
        : { field, level: level ?? "unknown", detail };
    if (shared.size < most) shared.set(key, item);
  }
  return item;
}

type Words = readonly [zh: string, en: string];

const fieldWords: Readonly<Record<EvidenceField, Words>> = {
  kin: ["亲属", "kin"],
  id: ["证件号码", "ID number"],
  idForm: ["号码写法", "form of the number"],
  name: ["姓名", "name"],
  nameForm: ["姓名写法", "form of the name"],
  place: ["地址", "place"],
  phone: ["电话", "phone"],
  sex: ["性别", "sex"],
  age: ["与户主年龄差", "age for the kin"],
  peers: ["同龄人在名单上", "others of that age on registers"],
  chance: ["随机相同预计人数", "expected to agree by chance"],
  rivals: ["其他可能人选", "other candidates"],
  otherRow: ["另有相符记录", "another row agrees"],
};

const levelWords: Readonly<Record<EvidenceField, Readonly<Record<string, Words>>>> = {
  kin: {
    spouse: ["配偶在名册上", "the spouse is on the register"],
    parent: ["父母在名册上", "a parent is on the register"],
    child: ["子女在名册上", "a child is on the register"],
  },
  id: {
    missing: ["缺号码", "missing"],
    same: ["相同", "same"],
    checkSlip: ["仅校验码不同", "check character differs"],
    oneDigit: ["一位有误", "one digit wrong"],
    swapped: ["相邻两位颠倒", "two neighbours swapped"],
    cut: ["末三位丢失", "last three lost"],
    sexDigit: ["性别位不同", "sex digit differs"],
    lengthSlip: ["多或少一位", "one character lost or added"],
    unprovedSlip: ["一位不同，无校验码可证", "one digit differs, nothing proves it"],
    farFailed: ["校验不通过", "fails its check"],
    conflict: ["不同", "different"],
    headsNumber: ["是户主的号码", "the household head's"],
    membersNumber: ["是其他成员的号码", "another member's"],
    borrowed: ["台账登记的是户主号码", "the registry has the head's"],
  },
  idForm: { fifteen: ["15位旧号码", "15 digits"], tidied: ["已规整", "tidied"] },
  name: {
    none: ["缺姓名", "missing"],
    same: ["相同", "same"],
    homophone: ["同音", "sounds alike"],
    lookAlike: ["形近", "looks alike"],
    unreadable: ["部分无法辨认", "unreadable in part"],
    oneCharacter: ["一字不同", "one character differs"],
    surname: ["仅姓相同", "surname only"],
    different: ["不同", "different"],
    heads: ["是户主的姓名", "the household head's"],
    members: ["是其他成员的姓名", "another member's"],
    borrowed: ["台账登记的是户主姓名", "the registry has the head's"],
  },
  nameForm: { tidied: ["已规整", "tidied"] },
  place: {
    unknown: ["不详", "unknown"],
    village: ["同村", "same village"],
    township: ["同乡镇", "same township"],
    townshipOtherVillage: ["同乡镇不同村", "same township, other village"],
    county: ["同县", "same county"],
    elsewhere: ["不同地", "elsewhere"],
    numberOfCounty: ["不详，号码属本县", "unknown, the number is of the county"],
    elsewhereNumberOfCounty: ["不同地，号码属本县", "elsewhere, the number is of the county"],
  },
  phone: {
    unknown: ["不详", "unknown"],
    same: ["相同", "same"],
    shared: ["相同，但多户共用", "same, but several households have it"],
    different: ["不同", "different"],
  },
  sex: { unknown: ["不详", "unknown"], same: ["相同", "same"], different: ["不同", "different"] },
  age: { likely: ["合理", "likely"], unlikely: ["不合理", "unlikely"] },
  peers: { rare: ["极少", "hardly any"] },
  chance: { expected: ["", ""] },
  rivals: { others: ["", ""] },
  otherRow: { sameRegister: ["同一名单", "same register"], otherRegister: ["其他名单", "another register"] },
};

const told = new Map<EvidenceItem, { zh: string; en: string }>();

/** `tellEvidence` for one of those that `evidenceItem` gives, told once. */
export function tellShared(item: EvidenceItem): { zh: string; en: string } {
  let words = told.get(item);
  if (words === undefined) {
    words = tellEvidence(item);
    if (told.size < most) told.set(item, words);
  }
  return words;
}

/** One field in both languages: 证件号码：一位有误（第12位）. */
export function tellEvidence({ field, level, detail }: EvidenceItem): { zh: string; en: string } {
  const [fieldZh, fieldEn] = fieldWords[field];
  const [zh, en] = levelWords[field][level] ?? [level, level];
  const [moreZh, moreEn] =
    detail === undefined
      ? ["", ""]
      : field === "id"
        ? [`（第${detail}位）`, ` (at ${detail})`]
        : [String(detail), String(detail)];
  return { zh: `${fieldZh}：${zh}${moreZh}`, en: `${fieldEn}: ${en}${moreEn}` };
}
