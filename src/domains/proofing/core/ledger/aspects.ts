/** What a figure says of an indicator, where its words leave no doubt: value, growth, rank, completion, target. */
import type { Mention } from "../reading/roles.ts";
import { unitAt } from "../reading/units.ts";
import type { NamedMeasure, Token } from "./ledger-words.ts";
import type { SpokenPeriod } from "./period-words.ts";

export type Aspect = "value" | "growth" | "rank" | "completion" | "target";

export type Said = {
  readonly mention: Mention;
  /** the words before it, from the figure before it */
  readonly before: readonly Token[];
  /** the words after it, up to the next figure */
  readonly after: readonly Token[];
};

export type Circumstances = {
  readonly measure: NamedMeasure;
  readonly isAdjusted: boolean;
  readonly isComparable: boolean;
  readonly form: SpokenPeriod["form"];
};

export function aspectOf(said: Said, circumstances: Circumstances): Aspect | undefined {
  const { mention, after, before } = said;
  const { quantity } = mention;
  if (quantity.isThreshold || quantity.per !== null || mention.isAnnual) return undefined;
  // 78.5亿元的任务, 增长2.5%的任务: what should be, not what is
  if (after.some(({ kind }) => kind === "task")) return undefined;
  // 近、约 belong right before the figure; anywhere else they are said of something else
  if (before.slice(0, -1).some(({ kind }) => kind === "hedge")) return undefined;
  const isCumulative = circumstances.form === "ytd" || circumstances.form === "year";
  switch (mention.role) {
    case "value":
      return isValue(said, circumstances) ? "value" : undefined;
    case "rate":
      return isCumulative && isGrowth(said, circumstances) ? "growth" : undefined;
    case "target":
      return isCumulative && isTarget(said, circumstances) ? "target" : undefined;
    case "completion":
      return isCumulative && isCompletion(said) ? "completion" : undefined;
    case "rank":
      return isCumulative && isOnly(before, ["comparable"]) ? "rank" : undefined;
    default:
      return undefined;
  }
}

const ANYWHERE: readonly Token["kind"][] = ["measure", "region", "period", "filler"];

function isOnly(tokens: readonly Token[], kinds: readonly Token["kind"][]): boolean {
  return tokens.every(({ kind }) => ANYWHERE.includes(kind) || kinds.includes(kind));
}

/** 固定资产投资完成, 社会消费品零售总额: the measure or a verb right before, and nothing of change or task. */
function isValue({ mention, before }: Said, { measure }: Circumstances): boolean {
  if (mention.isLevel || mention.of !== undefined || !isOnly(before, ["verb", "hedge"])) return false;
  if (!before.some(({ kind }) => kind === "verb" || kind === "measure")) return false;
  return mention.quantity.unit.dimension === dimensionOf(measure);
}

/** 同比增长, 比上年同期下降, 增速为; at comparable prices only for what is published so. */
function isGrowth({ mention, before }: Said, { measure, isAdjusted, isComparable }: Circumstances): boolean {
  const { quantity, sign } = mention;
  if (quantity.unit.name !== "%" || sign === 0 || isAdjusted) return false;
  if ((mention.isAdjusted || isComparable) && !measure.isComparable) return false;
  if (!isOnly(before, ["verb", "hedge", "against", "change", "comparable"])) return false;
  return before.some(({ kind }) => kind === "change");
}

/** 完成全年任务191.4亿元的: the task right before. */
function isTarget({ mention, before }: Said, { measure }: Circumstances): boolean {
  if (!isOnly(before, ["verb", "hedge", "task"])) return false;
  const last = before.filter(({ kind }) => kind !== "filler" && kind !== "hedge" && kind !== "verb").at(-1);
  return last?.kind === "task" && mention.quantity.unit.dimension === dimensionOf(measure);
}

/** 的41%, where the target stands before; 完成全年任务的41% where it does not. */
function isCompletion({ mention, before }: Said): boolean {
  if (mention.quantity.unit.name !== "%") return false;
  if (mention.of?.role === "target") return before.every(({ kind }) => kind === "filler" || kind === "hedge");
  return isOnly(before, ["verb", "hedge", "task"]) && before.some(({ kind }) => kind === "task");
}

function dimensionOf({ unit }: NamedMeasure): string | undefined {
  return unitAt(unit, 0)?.unit.dimension;
}
