import type { Messages } from "../../../i18n/language.tsx";

/** 机动车, 财政供养…; a kind that is not known is shown by its code. */
export function kindName(kind: string, t: Messages): string {
  return t.lookback.kinds[kind as keyof Messages["lookback"]["kinds"]] ?? kind;
}

export function columnName(column: string, t: Messages): string {
  return t.lookback.columns[column as keyof Messages["lookback"]["columns"]] ?? column;
}
