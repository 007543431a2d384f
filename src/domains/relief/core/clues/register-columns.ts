/** Columns of a register: ours, and the headings under which other offices keep them. */

export const OUR_COLUMNS = [
  "row",
  "name",
  "sex",
  "idNumber",
  "county",
  "town",
  "village",
  "villageCode",
  "phone",
] as const;
export type OurColumn = (typeof OUR_COLUMNS)[number];

/** Without a name nothing can be compared. */
export const REQUIRED_COLUMN: OurColumn = "name";

/** Longer words first where one holds another: the first that a heading contains wins. */
const HEADINGS: Readonly<Record<OurColumn, readonly string[]>> = {
  row: ["row_id", "记录编号", "序号", "编号", "流水号"],
  name: ["name", "姓名", "车主姓名", "所有人", "法定代表人", "权利人", "车主"],
  sex: ["sex", "性别"],
  idNumber: [
    "id_no",
    "公民身份号码",
    "身份证号码",
    "身份证号",
    "证件号码",
    "身份证明号码",
    "身份证",
    "证件号",
  ],
  county: ["county", "县(市、区)", "县", "区县"],
  town: ["town", "乡镇", "乡(镇)", "乡"],
  village: ["village", "行政村", "村"],
  villageCode: ["village_code", "行政村代码", "村代码"],
  phone: ["phone", "联系电话", "手机号码", "手机号", "电话"],
};

/** Columns that rules ask for, beyond ours. */
const RULE_HEADINGS: Readonly<Record<string, readonly string[]>> = {
  price: ["price", "价格", "购置价", "车价", "金额", "价格(万元)", "价格（万元）"],
  status: ["status", "经营状态", "登记状态", "企业状态", "状态"],
  unit: ["unit", "单位", "工作单位"],
};

const plain = (heading: string): string => heading.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");

/**
 * Our column → heading of the file, for every column that is named as offices name it.
 * @param asked further columns that rules ask for, each found under its own name
 */
export function guessMapping(
  headings: readonly string[],
  asked: readonly string[] = [],
): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const [column, words] of Object.entries({ ...HEADINGS, ...RULE_HEADINGS })) {
    const found = words
      .map((word) => headings.find((heading) => plain(heading) === plain(word)))
      .find((heading) => heading !== undefined);
    if (found !== undefined && !Object.values(mapping).includes(found)) mapping[column] = found;
  }
  for (const column of asked) {
    const found = headings.find((heading) => plain(heading) === plain(column));
    if (mapping[column] === undefined && found !== undefined) mapping[column] = found;
  }
  return mapping;
}

/** A column headed in 万元 holds ten-thousands: its plain numbers are told as such. */
export function tellUnit(heading: string, cell: string): string {
  return /万/.test(heading) && /^[\d.,\s]+$/.test(cell.normalize("NFKC")) ? `${cell.trim()}万` : cell;
}
