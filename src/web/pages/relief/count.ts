import { formatDecimal } from "../../format/number.ts";

/** 18120 → "18,120" */
export const count = (n: number): string => formatDecimal(String(n));
