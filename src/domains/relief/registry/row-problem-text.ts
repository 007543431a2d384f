/** What is wrong with a cell and how to mend it, in words. An ID number, phone or account is never repeated in full. */
import type { PlaceProblem } from "../../../platform/problem.ts";
import { FIELDS } from "../core/registry/fields.ts";
import type { HeaderFault } from "../core/registry/find-header.ts";
import type { RowProblem } from "../core/registry/read-row.ts";

const names = new Map(FIELDS.map(({ code, zh, en }) => [code, { zh, en }]));
const nameOf = (field: string): { zh: string; en: string } => names.get(field) ?? { zh: field, en: field };

type Words = (text: string, name: { zh: string; en: string }) => { zh: string; en: string };
const words: Readonly<Record<RowProblem["code"], Words>> = {
  MISSING: (_, name) => ({ zh: `${name.zh}为空，请填写`, en: `${name.en} is empty; fill it in` }),
  TOO_LONG: (_, name) => ({
    zh: `${name.zh}过长，最多200字`,
    en: `${name.en} is too long; 200 characters at most`,
  }),
  CONTROL_CHARACTER: (_, name) => ({
    zh: `${name.zh}含有不可见的控制字符，请删去`,
    en: `${name.en} holds control characters; remove them`,
  }),
  UNKNOWN_VILLAGE: (text) => ({
    zh: `本岗位范围内没有“${text}”这个村；请按区划名称填写县、乡、行政村，或加“行政村代码”列`,
    en: `There is no village "${text}" in the scope of this post; write county, township and village as in the list of divisions, or add a column of 12-digit codes`,
  }),
  AMBIGUOUS_VILLAGE: (text) => ({
    zh: `叫“${text}”的村不止一个；请写全称，或加“行政村代码”列`,
    en: `More than one village is called "${text}"; write its full name, or add a column of 12-digit codes`,
  }),
  BAD_NAME: () => ({
    zh: "姓名里有一串数字，请核对是否错列",
    en: "The name holds a number; check whether the columns are shifted",
  }),
  BAD_DAY: (text) => ({
    zh: `“${text}”不是已经过去的日期，应如 2014-06-30`,
    en: `"${text}" is no day of the past; it should look like 2014-06-30`,
  }),
  BAD_NUMBER: (text) => ({ zh: `“${text}”不是合格的数`, en: `"${text}" is not a proper number` }),
  UNKNOWN_CHOICE: (text, name) => ({
    zh: `${name.zh}没有“${text}”这个选项`,
    en: `"${text}" is not among the choices of ${name.en}`,
  }),
  UNKNOWN_CAUSE: (text) => ({
    zh: `没有致贫原因“${text}”；请用国家系统的名称，如 因病`,
    en: `There is no cause "${text}"; use the names of the national system, such as 因病`,
  }),
  SEVERAL_MAIN_CAUSES: () => ({
    zh: "主要致贫原因只能有一个；请把其余的移到“其他致贫原因”列。按原样保留时，以第一个为主",
    en: "There is one main cause only; move the others to the column of other causes. Kept as it stands, the first is the main one",
  }),
  BAD_PHONE: () => ({ zh: "不是合格的电话号码", en: "This is no proper phone number" }),
  BAD_ACCOUNT: () => ({ zh: "不是合格的银行账号", en: "This is no proper bank account" }),
  SEX_DIFFERS: (text) => ({
    zh: `性别与证件号码 ${text} 不符，请核对两者`,
    en: `The sex does not agree with the ID number ${text}; check both`,
  }),
  ID_LENGTH: (text) => ({
    zh: `证件号码 ${text} 位数不对，应为18位（残疾人证20或22位，老证15位）`,
    en: `The ID number ${text} should have 18 characters (a disability certificate 20 or 22, an old one 15)`,
  }),
  ID_CHARACTERS: (text) => ({
    zh: `证件号码 ${text} 含有不该有的字符`,
    en: `The ID number ${text} holds characters that it cannot have`,
  }),
  ID_BIRTH: (text) => ({
    zh: `证件号码 ${text} 的第7至14位不是出生日期`,
    en: `Characters 7 to 14 of the ID number ${text} are no date of birth`,
  }),
  ID_CHECK: (text) => ({
    zh: `证件号码 ${text} 的校验码不符，有一位抄错了`,
    en: `The check character of the ID number ${text} does not fit; a character was copied wrongly`,
  }),
  ID_CERTIFICATE: (text) => ({
    zh: `残疾人证号 ${text} 的类别或等级不对`,
    en: `Type or grade of the disability certificate ${text} is not possible`,
  }),
};

/** @param heading as the file names the column */
export function rowProblemText(problem: RowProblem, line: number, heading: string | undefined): PlaceProblem {
  const name = nameOf(problem.field);
  return {
    line,
    column: heading ?? name.zh,
    code: problem.code,
    ...words[problem.code](problem.text ?? "", name),
  };
}

export function headerFaultText(fault: HeaderFault, line: number): PlaceProblem {
  if (fault.code === "NO_HEADER")
    return {
      line,
      code: fault.code,
      zh: "前20行里找不到列名（户编号、人编号、姓名、行政村……）",
      en: "The first 20 rows hold no headings (户编号, 人编号, 姓名, 行政村 …)",
    };
  const name = nameOf(fault.field);
  if (fault.code === "COLUMN_MISSING")
    return {
      line,
      column: name.zh,
      code: fault.code,
      zh: `缺少“${name.zh}”列`,
      en: `The column "${name.zh}" is missing`,
    };
  return {
    line,
    column: fault.heading,
    code: fault.code,
    zh: `“${name.zh}”有两列，请只留一列`,
    en: `Two columns hold "${name.zh}"; leave only one`,
  };
}
