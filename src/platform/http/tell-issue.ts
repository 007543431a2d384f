/** What is wrong with a field of a request, in Chinese: the validator itself speaks English only. */

type Issue = { keyword: string; params: Readonly<Record<string, unknown>>; message?: string | undefined };

const kinds: Readonly<Record<string, string>> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "是或否",
  array: "列表",
  object: "一组字段",
  date: "日期",
};
const formats: Readonly<Record<string, string>> = {
  date: "应为日期，如 2016-08-31",
  datetime: "应为日期和时间，如 2016-08-31T08:00:00Z",
  email: "应为电子邮箱",
  url: "应为网址",
  uuid: "应为 UUID",
};

export function tellIssue({ keyword, params, message }: Issue): string {
  const { expected, origin, minimum, maximum, inclusive, format, divisor, keys, values } = params;
  switch (keyword) {
    case "invalid_type":
      // The validator leaves the value out of what it tells, and names its type in the sentence only.
      if (message?.endsWith("received undefined") === true) return "必须填写";
      return `应为${kinds[String(expected)] ?? String(expected)}`;
    case "too_small":
      return `${bound(origin, "至少", inclusive === false ? "须大于" : "不得小于")} ${String(minimum)}${unit(origin)}`;
    case "too_big":
      return `${bound(origin, "至多", inclusive === false ? "须小于" : "不得大于")} ${String(maximum)}${unit(origin)}`;
    case "invalid_format":
      return formats[String(format)] ?? "格式不符";
    case "not_multiple_of":
      return `应为 ${String(divisor)} 的整数倍`;
    case "unrecognized_keys":
      return `没有这样的字段：${list(keys)}`;
    case "invalid_value":
      return `应为下列之一：${list(values)}`;
    default:
      return "不合要求";
  }
}

const isCounted = (origin: unknown): boolean => origin === "string" || origin === "array" || origin === "set";
const bound = (origin: unknown, ofCounted: string, ofNumber: string): string =>
  isCounted(origin) ? ofCounted : ofNumber;
const unit = (origin: unknown): string => (origin === "string" ? " 个字符" : isCounted(origin) ? " 项" : "");
const list = (all: unknown): string => (Array.isArray(all) ? all.map(String).join("、") : "");
