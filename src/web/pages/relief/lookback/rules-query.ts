import { queryOptions } from "@tanstack/react-query";
import type { ColumnMapping, RulesView } from "../../../../domains/relief/contract.ts";
import { OUR_COLUMNS } from "../../../../domains/relief/core/clues/register-columns.ts";
import { askedColumns } from "../../../../domains/relief/core/clues/rules.ts";
import { api } from "../../../api/routes.ts";

export const rulesQuery = queryOptions({
  queryKey: ["lookback-rules"],
  queryFn: ({ signal }) => api.rules(undefined, {}, signal),
});

/** Our columns that a register of this kind may have: those of matching, and those that a rule asks for. */
export function columnsFor(kind: string, mapping: ColumnMapping, rules: RulesView["rules"]): string[] {
  return [...new Set([...OUR_COLUMNS, ...Object.keys(mapping), ...askedColumns(rules, kind)])];
}
