/** In the order of the form: A17 a–d, A17, A18, A19, members, A20. */
export const incomeColumns = [
  "wage",
  "business",
  "transfer",
  "property",
  "total",
  "costs",
  "net",
  "members",
  "perCapita",
] as const;
export type IncomeColumn = (typeof incomeColumns)[number];
