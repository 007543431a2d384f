/**
 * Messages in words, for those outside the house. A unit's own mail names it. A chat group holds whoever was let into it, so it is told
 * how many returns are late, and of whom only when the installation says so: an enterprise is not shown up before its rivals.
 */
import { period, periodLabel } from "../../../shared/period.ts";
import type { MessageKind } from "./messages.ts";

export type OutgoingMessage = {
  kind: MessageKind;
  period: string;
  formZh: string;
  unitZh: string;
  dueDay: string;
};
export type Telling = {
  namesUnits?: boolean | undefined;
  /** where one signs in */
  publicUrl?: URL | undefined;
};

export const WORDS: Readonly<Record<MessageKind, string>> = {
  soon: "即将到期",
  today: "今天到期",
  late: "已逾期",
  "sent-back": "被退回，请修改后重新提交",
  accepted: "已审核通过",
};

const aboutOf = ({ formZh, period: of }: OutgoingMessage): string =>
  `${formZh}（${periodLabel(period(of), "month", "zh", true)}）`;

export function sentenceOf(one: OutgoingMessage): string {
  return `${one.unitZh}：${aboutOf(one)}${WORDS[one.kind]}，截止 ${one.dueDay}`;
}

/** A line for each form, period and occasion. */
export function groupText(piece: readonly OutgoingMessage[], { namesUnits, publicUrl }: Telling): string {
  const lines = new Map<string, OutgoingMessage[]>();
  for (const one of piece) {
    const key = `${aboutOf(one)} ${one.kind} ${one.dueDay}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  const told = [...lines.values()].map((several) => {
    const one = several[0] as OutgoingMessage;
    const names = namesUnits === true ? `（${several.map(({ unitZh }) => unitZh).join("、")}）` : "";
    return `${aboutOf(one)}${several.length} 份${WORDS[one.kind]}，截止 ${one.dueDay}${names}`;
  });
  const link = publicUrl === undefined ? [] : [`详见 ${new URL("/returns/board", publicUrl).href}`];
  return ["【台账催报】", ...told, ...link].join("\n");
}
