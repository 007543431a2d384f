/** Why a row cannot enter the ledger. The words for people lie in the message files, by code. */
export type RowField =
  | "subject"
  | "measure"
  | "aspect"
  | "basis"
  | "period"
  | "value"
  | "unit"
  | "growth"
  | "qualifier";

export type RowProblemCode =
  | "UNKNOWN_MEASURE"
  | "BAD_SUBJECT"
  | "BAD_ASPECT"
  | "BAD_BASIS"
  | "BASIS_NOT_ALLOWED" // a stock has no year-to-date, a flow no point in time
  | "BAD_PERIOD"
  | "PERIOD_BASIS_MISMATCH" // a year-to-date number needs a month, a quarterly one a quarter
  | "PERIOD_IN_FUTURE"
  | "NO_NUMBER" // neither value nor growth
  | "BAD_NUMBER"
  | "UNIT_MISSING"
  | "WRONG_UNIT"
  | "GROWTH_TYPED_AS_VALUE" // a percentage in the value column of a measure that is no rate
  | "COMPARABLE_GROWTH_MISSING" // a value at comparable prices without the published growth
  | "GROWTH_NOT_ALLOWED" // growth beside a rank, a completion or a growth
  | "NEGATIVE_NOT_ALLOWED"
  | "OUT_OF_RANGE" // a rank that is no whole number from 1, a fall of more than 100 % of what cannot be negative
  | "BAD_QUALIFIER"
  | "TEXT_TOO_LONG"
  | "BAD_TEXT"; // control characters or broken surrogates

export type RowProblem = {
  code: RowProblemCode;
  field: RowField;
  params: Readonly<Record<string, string>>;
};
