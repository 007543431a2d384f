/**
 * What the national form (建档立卡户登记表, 2014) and the export of its system ask, as data.
 *
 * Words:
 * - field: one question of the form, by a code of ours
 * - of: `place` says where; `household` is the same for all members; `person` is the member's own
 * - heading: how exports name the column; spaces, brackets and their contents do not count
 * - sealed: kept encrypted and shown masked; it never enters the form
 */

export type FieldKind = "text" | "choice" | "integer" | "amount" | "day" | "year" | "sealed";
export type FieldOf = "place" | "household" | "person";

export type Field = {
  code: string;
  zh: string;
  en: string;
  of: FieldOf;
  kind: FieldKind;
  /** as exports word them; a cell may hold several, parted by commas, where `isMultiple` */
  choices?: readonly string[];
  isMultiple?: true;
  headings: readonly string[];
};

const yesNo = ["是", "否"] as const;

const place: readonly Field[] = [
  {
    code: "county",
    zh: "县",
    en: "County",
    of: "place",
    kind: "text",
    headings: ["县", "县名", "县市区", "区县"],
  },
  {
    code: "township",
    zh: "乡",
    en: "Township",
    of: "place",
    kind: "text",
    headings: ["乡", "乡镇", "镇", "乡名", "乡镇名称"],
  },
  {
    code: "village",
    zh: "行政村",
    en: "Village",
    of: "place",
    kind: "text",
    headings: ["行政村", "村", "村名", "行政村名称"],
  },
  {
    code: "villageCode",
    zh: "行政村代码",
    en: "Village code",
    of: "place",
    kind: "text",
    headings: ["行政村代码", "行政村编码", "村代码", "村编码"],
  },
];

const household: readonly Field[] = [
  {
    code: "hamlet",
    zh: "自然村",
    en: "Hamlet",
    of: "household",
    kind: "text",
    headings: ["自然村", "自然村名称", "村民小组"],
  },
  {
    code: "householdNumber",
    zh: "户编号",
    en: "Household number",
    of: "household",
    kind: "text",
    headings: ["户编号", "户编码", "贫困户编号", "户号"],
  },
  {
    code: "size",
    zh: "人数",
    en: "Members",
    of: "household",
    kind: "integer",
    headings: ["人数", "家庭人口", "家庭人口数", "人口数"],
  },
  {
    code: "povertyState",
    zh: "脱贫属性",
    en: "Poverty state",
    of: "household",
    kind: "choice",
    choices: ["未脱贫", "已脱贫", "预脱贫", "返贫"],
    headings: ["脱贫属性", "脱贫状态"],
  },
  {
    code: "exitYear",
    zh: "脱贫年度",
    en: "Year of exit",
    of: "household",
    kind: "year",
    headings: ["脱贫年度", "脱贫年份"],
  },
  {
    code: "householdKind",
    zh: "贫困户属性",
    en: "Kind of household",
    of: "household",
    kind: "choice",
    choices: ["一般贫困户", "低保贫困户", "五保贫困户", "一般", "低保", "五保"],
    headings: ["贫困户属性", "户属性", "农户属性"],
  },
  {
    code: "standard",
    zh: "识别标准",
    en: "Standard",
    of: "household",
    kind: "choice",
    choices: ["国家标准", "省定标准"],
    headings: ["识别标准"],
  },
  {
    code: "mainCause",
    zh: "主要致贫原因",
    en: "Main cause",
    of: "household",
    kind: "text",
    headings: ["主要致贫原因", "致贫原因"],
  },
  {
    code: "otherCauses",
    zh: "其他致贫原因",
    en: "Other causes",
    of: "household",
    kind: "text",
    isMultiple: true,
    headings: ["其他致贫原因", "次要致贫原因"],
  },
  {
    code: "unsafeHouse",
    zh: "危房户",
    en: "Unsafe house",
    of: "household",
    kind: "choice",
    choices: [...yesNo, "C级", "D级"],
    headings: ["危房户", "是否危房户", "危房等级"],
  },
  {
    code: "safeWater",
    zh: "饮水安全",
    en: "Safe water",
    of: "household",
    kind: "choice",
    choices: yesNo,
    headings: ["饮水安全", "是否饮水安全", "是否解决安全饮用水"],
  },
  {
    code: "perCapitaNet",
    zh: "人均纯收入",
    en: "Net income a person",
    of: "household",
    kind: "amount",
    headings: ["人均纯收入", "家庭人均纯收入", "年人均纯收入"],
  },
  {
    code: "phone",
    zh: "电话",
    en: "Phone",
    of: "household",
    kind: "sealed",
    headings: ["电话", "联系电话", "手机号码", "手机号"],
  },
  {
    code: "bank",
    zh: "开户银行",
    en: "Bank",
    of: "household",
    kind: "text",
    headings: ["开户银行", "开户行", "开户银行名称"],
  },
  {
    code: "account",
    zh: "银行账号",
    en: "Bank account",
    of: "household",
    kind: "sealed",
    headings: ["银行账号", "账号", "银行卡号", "一卡通账号"],
  },
  {
    code: "identifiedOn",
    zh: "首次识别时间",
    en: "First registered",
    of: "household",
    kind: "day",
    headings: ["首次识别时间", "识别时间", "户识别时间"],
  },
  {
    code: "houseArea",
    zh: "住房面积",
    en: "Floor area (m²)",
    of: "household",
    kind: "amount",
    headings: ["住房面积", "房屋面积"],
  },
  {
    code: "houseBuilt",
    zh: "建房年份",
    en: "House built in",
    of: "household",
    kind: "year",
    headings: ["建房年份", "建房时间"],
  },
  {
    code: "farmland",
    zh: "耕地面积",
    en: "Farmland (mu)",
    of: "household",
    kind: "amount",
    headings: ["耕地面积"],
  },
  {
    code: "forest",
    zh: "林地面积",
    en: "Woodland (mu)",
    of: "household",
    kind: "amount",
    headings: ["林地面积"],
  },
  {
    code: "relocated",
    zh: "易地搬迁户",
    en: "Relocated",
    of: "household",
    kind: "choice",
    choices: yesNo,
    headings: ["易地搬迁户", "是否易地扶贫搬迁户", "是否搬迁户"],
  },
];

const person: readonly Field[] = [
  {
    code: "personNumber",
    zh: "人编号",
    en: "Person number",
    of: "person",
    kind: "text",
    headings: ["人编号", "人编码", "人口编号"],
  },
  {
    code: "name",
    zh: "姓名",
    en: "Name",
    of: "person",
    kind: "text",
    headings: ["姓名", "家庭成员姓名", "成员姓名"],
  },
  {
    code: "sex",
    zh: "性别",
    en: "Sex",
    of: "person",
    kind: "choice",
    choices: ["男", "女"],
    headings: ["性别"],
  },
  {
    code: "idNumber",
    zh: "证件号码",
    en: "ID number",
    of: "person",
    kind: "sealed",
    headings: ["证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证号码或残疾证号码", "证件号"],
  },
  {
    code: "relation",
    zh: "与户主关系",
    en: "Relation to the head",
    of: "person",
    kind: "text",
    headings: ["与户主关系", "户主关系"],
  },
  { code: "nation", zh: "民族", en: "Ethnic group", of: "person", kind: "text", headings: ["民族"] },
  {
    code: "education",
    zh: "文化程度",
    en: "Education",
    of: "person",
    kind: "choice",
    choices: ["文盲或半文盲", "小学", "初中", "高中", "大专", "大专及以上", "本科及以上", "学龄前儿童"],
    headings: ["文化程度", "受教育程度"],
  },
  {
    code: "school",
    zh: "在校生状况",
    en: "At school",
    of: "person",
    kind: "choice",
    choices: [
      "非在校生",
      "学前教育",
      "小学",
      "七年级",
      "八年级",
      "九年级",
      "初中",
      "高中",
      "普通高中一年级",
      "普通高中二年级",
      "普通高中三年级",
      "中职",
      "高职",
      "大专",
      "本科",
      "研究生",
    ],
    headings: ["在校生状况", "在校生情况", "在校状况"],
  },
  {
    code: "health",
    zh: "健康状况",
    en: "Health",
    of: "person",
    kind: "choice",
    isMultiple: true,
    choices: ["健康", "长期慢性病", "患有大病", "残疾"],
    headings: ["健康状况", "身体健康状况"],
  },
  {
    code: "labour",
    zh: "劳动技能",
    en: "Ability to work",
    of: "person",
    kind: "choice",
    choices: ["技能劳动力", "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"],
    headings: ["劳动技能", "劳动能力"],
  },
  {
    code: "work",
    zh: "务工状况",
    en: "Work away",
    of: "person",
    kind: "choice",
    choices: ["乡（镇）内务工", "乡镇内务工", "乡（镇）外县内务工", "县外省内务工", "省外务工", "其他", "无"],
    headings: ["务工状况", "务工情况"],
  },
  {
    code: "workMonths",
    zh: "务工时间",
    en: "Months worked away",
    of: "person",
    kind: "integer",
    headings: ["务工时间"],
  },
  {
    code: "illnessInsurance",
    zh: "大病保险",
    en: "Illness insurance",
    of: "person",
    kind: "choice",
    choices: yesNo,
    headings: ["大病保险", "是否参加大病保险"],
  },
  {
    code: "medicalInsurance",
    zh: "新农合",
    en: "Medical insurance",
    of: "person",
    kind: "choice",
    choices: yesNo,
    headings: ["新农合", "是否参加新农合", "是否参加新型农村合作医疗"],
  },
  {
    code: "pension",
    zh: "养老保险",
    en: "Pension insurance",
    of: "person",
    kind: "choice",
    choices: yesNo,
    headings: ["养老保险", "是否参加城乡居民基本养老保险"],
  },
  {
    code: "allowance",
    zh: "低保",
    en: "Minimum allowance",
    of: "person",
    kind: "choice",
    choices: yesNo,
    headings: ["低保", "是否享受低保"],
  },
  {
    code: "personIdentifiedOn",
    zh: "人员识别时间",
    en: "Registered",
    of: "person",
    kind: "day",
    headings: ["人员识别时间", "人员首次识别时间"],
  },
];

export const FIELDS: readonly Field[] = [...place, ...household, ...person];

/** Without these columns a file says of nobody who he is and where he lives. */
export const NEEDED: readonly string[] = ["householdNumber", "personNumber", "name"];

/** Kept in columns of their own: the form holds the rest, by code. */
const OWN_COLUMNS: ReadonlySet<string> = new Set([
  "householdNumber",
  "personNumber",
  "name",
  "sex",
  "relation",
  "mainCause",
  "otherCauses",
  ...FIELDS.filter((field) => field.of === "place" || field.kind === "sealed").map(({ code }) => code),
]);

/** The fields that a household's or a person's form may hold. */
export function formFieldsOf(of: "household" | "person"): readonly Field[] {
  return FIELDS.filter((field) => field.of === of && !OWN_COLUMNS.has(field.code));
}

/** A heading as it is compared: full-width forms, spaces, stars, and brackets with what they hold left out. */
export function plainHeading(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\(.*?\)|[\s*:]/g, "")
    .trim();
}

const byHeading: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) => field.headings.map((heading) => [plainHeading(heading), field] as const)),
);

export function findField(heading: string): Field | undefined {
  return byHeading.get(plainHeading(heading));
}
