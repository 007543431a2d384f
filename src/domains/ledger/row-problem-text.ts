/** What is wrong with a row and how to mend it, in words. */
import type { PlaceProblem } from "../../platform/problem.ts";
import type { RowProblem, RowProblemCode } from "./core/row-problem.ts";

type Words = (params: Readonly<Record<string, string>>) => { zh: string; en: string };

const words: Record<RowProblemCode, Words> = {
  UNKNOWN_MEASURE: ({ text }) => ({
    zh: `没有指标“${text}”；请用指标代码或全称`,
    en: `There is no measure "${text}"; use its code or its full name`,
  }),
  BAD_SUBJECT: ({ text }) => ({
    zh: `对象“${text}”写法不对，应如 product:alumina`,
    en: `The subject "${text}" should look like product:alumina`,
  }),
  BAD_ASPECT: ({ text }) => ({
    zh: `“${text}”应为 数值、同比、位次、完成率 之一`,
    en: `"${text}" should be value, growth, rank or completion`,
  }),
  BAD_BASIS: ({ text }) => ({
    zh: `口径“${text}”应为 累计、当月、时点、全年、季度 之一`,
    en: `The basis "${text}" should be ytd, month, point, year or quarter`,
  }),
  BASIS_NOT_ALLOWED: ({ basis, kind }) => ({
    zh: `该指标（${kind}）没有 ${basis} 口径`,
    en: `A measure of kind ${kind} has no basis ${basis}`,
  }),
  BAD_PERIOD: ({ text }) => ({
    zh: `时期“${text}”应如 2016-07、2016Q3 或 2016`,
    en: `The period "${text}" should look like 2016-07, 2016Q3 or 2016`,
  }),
  PERIOD_BASIS_MISMATCH: ({ text, basis }) => ({
    zh: `时期“${text}”与口径 ${basis} 不相配`,
    en: `The period "${text}" does not go with the basis ${basis}`,
  }),
  PERIOD_IN_FUTURE: ({ text, today }) => ({
    zh: `时期 ${text} 尚未到来（今天是 ${today}）`,
    en: `The period ${text} has not come yet (today is ${today})`,
  }),
  NO_NUMBER: () => ({
    zh: "数值和同比都是空的，至少填一个",
    en: "Neither a value nor a growth; give at least one",
  }),
  BAD_NUMBER: ({ text }) => ({ zh: `“${text}”不是一个明确的数`, en: `"${text}" is not a clear number` }),
  UNIT_MISSING: ({ expected }) => ({
    zh: `缺少单位，应可换算为${expected}`,
    en: `The unit is missing; it should convert to ${expected}`,
  }),
  WRONG_UNIT: ({ unit, expected }) => ({
    zh: `单位“${unit}”不能换算为${expected}`,
    en: `The unit "${unit}" does not convert to ${expected}`,
  }),
  GROWTH_TYPED_AS_VALUE: ({ text, unit }) => ({
    zh: `“${text ?? unit}”是增速，误填在数值栏；请移到同比（growth）栏`,
    en: `"${text ?? unit}" is a growth rate typed as a value; move it to the growth column`,
  }),
  COMPARABLE_GROWTH_MISSING: ({ measure }) => ({
    zh: `${measure} 按可比价计算增速，不能由数值推算；请填上级反馈的同比`,
    en: `The growth of ${measure} is at comparable prices and cannot be computed; give the published growth`,
  }),
  GROWTH_NOT_ALLOWED: () => ({
    zh: "位次、完成率、同比行不再另填同比",
    en: "A rank, completion or growth row takes no further growth",
  }),
  NEGATIVE_NOT_ALLOWED: ({ text }) => ({
    zh: `“${text}”为负，该指标不会是负数`,
    en: `"${text}" is negative; this measure cannot be`,
  }),
  OUT_OF_RANGE: ({ text }) => ({
    zh: `“${text}”超出可能的范围，请核对小数点`,
    en: `"${text}" is beyond what is possible; check the decimal point`,
  }),
  BAD_QUALIFIER: ({ text }) => ({
    zh: `“${text}”应为 约、近、以上 之一`,
    en: `"${text}" should be about, near or over`,
  }),
  TEXT_TOO_LONG: ({ limit, length }) => ({
    zh: `文字过长：${length} 字，最多 ${limit} 字`,
    en: `Too long: ${length} characters, at most ${limit}`,
  }),
  BAD_TEXT: () => ({ zh: "含有不可见的控制字符，请删去", en: "Contains control characters; remove them" }),
};

export function rowProblemText(problem: RowProblem): PlaceProblem {
  return { code: problem.code, column: problem.field, ...words[problem.code](problem.params) };
}
