/** Reason codes of each verdict: what the township ticks, and what precision by rule is broken down by. */
import type { Verdict } from "./clue-loop.ts";

export type Reason = { code: string; zh: string; en: string };

export const REASONS: Readonly<Record<Verdict, readonly Reason[]>> = {
  remove: [
    { code: "owns", zh: "本人或家庭成员确有所列财产", en: "the person or the household does own it" },
    {
      code: "payroll",
      zh: "本人或直系亲属确为财政供养",
      en: "the person or a close relative is on public payroll",
    },
    { code: "runs", zh: "公司实际经营", en: "the company is really operating" },
    { code: "able", zh: "收入明显高于标准", en: "the income is plainly above the line" },
    { code: "split", zh: "分户、空挂户不符合条件", en: "household split or registered without living there" },
  ],
  correct: [
    { code: "member", zh: "家庭成员有误，修正成员", en: "members are wrong: mend the membership" },
    { code: "number", zh: "证件号码或姓名录入有误", en: "number or name was entered wrongly" },
    { code: "field", zh: "其他信息有误", en: "other fields are wrong" },
  ],
  keep: [
    { code: "other", zh: "不是同一人", en: "not the same person" },
    { code: "sold", zh: "已转让、报废或未过户", en: "sold, scrapped or not yet transferred" },
    { code: "lent", zh: "被借用、冒用身份登记", en: "registered by somebody else under the name" },
    { code: "tool", zh: "生产工具，价值低于标准", en: "a tool of work below the threshold" },
    { code: "idle", zh: "公司未经营", en: "the company does not operate" },
    { code: "casual", zh: "公益岗位、临时工", en: "public welfare job or casual work" },
  ],
  again: [
    { code: "absent", zh: "户内无人", en: "nobody at home" },
    { code: "papers", zh: "证明材料不足", en: "papers are missing" },
  ],
  gone: [
    { code: "dead", zh: "已死亡", en: "died" },
    { code: "moved", zh: "已迁出", en: "moved away" },
  ],
};

export function isReasonOf(verdict: Verdict, code: string): boolean {
  return REASONS[verdict].some((reason) => reason.code === code);
}
