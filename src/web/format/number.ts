/** Exact decimals, which travel as text, made readable. Rounded half up once, here; never through a float. */
import { formatFixed, tryDec } from "../../shared/decimal.ts";
import { conversionShift, shiftPoint } from "../../shared/quantity.ts";

const minus = "−"; // U+2212, as wide as the plus sign, unlike the hyphen

/** "785000.4" → "785,000.4"; with decimals, rounded half up to as many. Text that is no decimal comes back unchanged. */
export function formatDecimal(value: string, decimals?: number): string {
  const exact = tryDec(value);
  if (exact === undefined) return value;
  const places = decimals ?? value.split(".")[1]?.length ?? 0;
  return formatFixed(exact, places, { grouping: true }).replace("-", minus);
}

/** The same quantity in another unit; undefined when one does not convert into the other. */
export function convertText(value: string, from: string, to: string): string | undefined {
  const shift = conversionShift(from, to);
  return shift.ok ? shiftPoint(value, shift.value) : undefined;
}

/** "+1.2", "−17.3", "0.0": a difference always shows its direction. */
export function formatSigned(value: string, decimals?: number): string {
  const text = formatDecimal(value, decimals);
  return text.startsWith(minus) || /^[0.,]*$/.test(text) ? text : `+${text}`;
}

const unitsEn: Record<string, string> = {
  万元: "10k yuan",
  亿元: "100m yuan",
  元: "yuan",
  "%": "%",
  百分点: "pp",
  万吨: "10k t",
  万吨标准煤: "10k tce",
  吨: "t",
  亿度: "100m kWh",
  亿千瓦时: "100m kWh",
  "元/吨": "yuan/t",
  "元/千瓦时": "yuan/kWh",
  "元/度": "yuan/kWh",
  亩: "mu",
  万亩: "10k mu",
  人: "persons",
  户: "households",
  // English counts without a measure word
  个: "",
  条: "",
  家: "",
  座: "",
  项: "",
  件: "",
  处: "",
};

/** A unit in the reader's language; one that is not known stays as the ledger writes it. */
export function formatUnit(unit: string, language: "zh" | "en"): string {
  return language === "zh" ? unit : (unitsEn[unit] ?? unit);
}

/** Integer part, fraction and what follows, so that a column can align on the decimal point. */
export function splitNumber(text: string): { whole: string; fraction: string; rest: string } {
  const parts = /^([−+-]?[\d,]+)(\.\d+)?\s*([\s\S]*)$/.exec(text.trim());
  if (!parts) return { whole: text, fraction: "", rest: "" };
  return { whole: parts[1] ?? "", fraction: parts[2] ?? "", rest: parts[3] ?? "" };
}
