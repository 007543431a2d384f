/** 差额: figures that are by their name the difference of two others. */
import { minus, overlap } from "../interval.ts";
import { labelOf } from "../reading/labels.ts";
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { rarity } from "./evidence.ts";

type Balance = {
  readonly result: RegExp;
  readonly more: RegExp;
  readonly less: RegExp;
  /** the difference by definition: nothing else can come in between */
  readonly isDefined?: boolean;
};

const BALANCES: readonly Balance[] = [
  {
    result: /(?:收支(?:相抵|结余|相抵后)|结余|结转|盈余)[^,;。]{0,10}$/,
    more: /收入|总计|合计/,
    less: /支出|总计|合计/,
  },
  { result: /顺差[^,;。]{0,4}$/, more: /出口/, less: /进口/, isDefined: true },
  { result: /逆差[^,;。]{0,4}$/, more: /进口/, less: /出口/, isDefined: true },
  {
    result: /(?:缺编|空编|空缺|缺额)[^,;。]{0,4}$/,
    more: /编制|核定/,
    less: /实有|在编|在岗|现有/,
    isDefined: true,
  },
  { result: /自然增长率?[^,;。]{0,4}$/, more: /出生/, less: /死亡/, isDefined: true },
  { result: /(?:尚剩|剩余|尚余|还剩|尚有)[^,;。]{0,8}$/, more: /共有|共|总/, less: /已/ },
];

const REACH = 14;
const RARE = 0.08;

export function balancesOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  reading.mentions.forEach((mention, at) => {
    const gap = mention.role === "gap" ? gapOf(reading, at) : undefined;
    if (gap) found.push(gap);
    if (mention.role === "size" || mention.role === "rank" || mention.role === "target") return;
    for (const balance of BALANCES) {
      if (!balance.result.test(mention.quantity.lead)) continue;
      const worked = balanceOf(reading, at, balance);
      if (worked) found.push(worked);
      break;
    }
  });
  return found;
}

function balanceOf(reading: Reading, at: number, { more, less, isDefined }: Balance): Worked | undefined {
  const result = reading.mentions[at] as Mention;
  const upper: Mention[] = [];
  const lower: Mention[] = [];
  for (let i = at - 1; i >= Math.max(0, at - REACH); i--) {
    const other = reading.mentions[i] as Mention;
    if (result.quantity.sentence - other.quantity.sentence > 2) break;
    if (
      other.quantity.unit.dimension !== result.quantity.unit.dimension ||
      other.role === "change" ||
      other.role === "rate"
    )
      continue;
    const name = nameOf(reading, i);
    if (less.test(name)) lower.push(other);
    if (more.test(name)) upper.push(other);
  }
  const tried: Worked[] = [];
  for (const a of upper)
    for (const b of lower) {
      if (a === b) continue;
      const worked = differenceOf(reading, result, { a, b });
      if (isConsistent(worked)) return worked;
      tried.push(worked);
    }
  if (isDefined && tried.length === 1) return tried[0];
  const explained = tried.filter(
    ({ stated, from, holds }) => holds && rarity([stated, ...from], holds) <= RARE,
  );
  return explained.length === 1 ? explained[0] : undefined;
}

/** 离全年目标191.4亿元还有近112亿元的差距: the target less the value said before it. */
function gapOf(reading: Reading, at: number): Worked | undefined {
  const [gap, target] = [reading.mentions[at] as Mention, reading.mentions[at - 1]];
  if (
    !target ||
    target.quantity.clause !== gap.quantity.clause ||
    !/(?:离|距).*(?:目标|任务|计划)/.test(target.quantity.lead)
  )
    return undefined;
  for (let i = at - 2; i >= Math.max(0, at - 6); i--) {
    const value = reading.mentions[i] as Mention;
    if (value.quantity.sentence !== gap.quantity.sentence) return undefined;
    if (value.role !== "value" || value.quantity.unit.dimension !== gap.quantity.unit.dimension) continue;
    const worked = differenceOf(reading, gap, { a: target, b: value });
    const off = worked.center - gap.quantity.center;
    const isClose = (off < 0n ? -off : off) <= 2n * gap.quantity.lastDigit;
    const isRare = worked.holds !== undefined && rarity([gap.quantity, ...worked.from], worked.holds) <= RARE;
    return isConsistent(worked) || isClose || isRare ? worked : undefined;
  }
  return undefined;
}

function nameOf(reading: Reading, at: number): string {
  const record = reading.recordOf[at];
  const lead = reading.mentions[at]?.quantity.lead ?? "";
  return record && record.value === reading.mentions[at] ? `${lead} ${labelOf(reading, record)}` : lead;
}

function differenceOf(reading: Reading, result: Mention, { a, b }: { a: Mention; b: Mention }): Worked {
  const [x, y] = [a.quantity, b.quantity];
  return {
    relation: "difference",
    stated: result.quantity,
    from: [x, y],
    expected: minus(x.range, y.range),
    center: x.center - y.center,
    sum: {
      zh: `${printed(reading, x)}－${printed(reading, y)}`,
      en: `${printed(reading, x)} − ${printed(reading, y)}`,
    },
    holds: ([r, more, less]) =>
      r !== undefined && more !== undefined && less !== undefined && overlap(r, minus(more, less)),
  };
}
