/**
 * Causes of poverty 致贫原因 and kinds of help 帮扶措施.
 *
 * Codes of deployed systems differ from place to place, so that a cause is known by its label and kept under a code of
 * ours. The speech of August 2016 counts in four classes of its own; what fits none of them stays outside (handbook, 5).
 */

export type Cause = { code: string; zh: string; en: string; labels: readonly string[] };

export const CAUSES: readonly Cause[] = [
  { code: "illness", zh: "因病", en: "Illness", labels: ["因病", "因病致贫"] },
  { code: "disability", zh: "因残", en: "Disability", labels: ["因残", "因残致贫"] },
  { code: "schooling", zh: "因学", en: "Cost of schooling", labels: ["因学", "因学致贫"] },
  { code: "disaster", zh: "因灾", en: "Disaster", labels: ["因灾", "因灾致贫"] },
  { code: "land", zh: "缺土地", en: "Lack of land", labels: ["缺土地", "缺地"] },
  { code: "water", zh: "缺水", en: "Lack of water", labels: ["缺水"] },
  { code: "skills", zh: "缺技术", en: "Lack of skills", labels: ["缺技术", "缺技能"] },
  { code: "labour", zh: "缺劳动力", en: "Lack of hands", labels: ["缺劳动力", "缺劳力"] },
  { code: "funds", zh: "缺资金", en: "Lack of funds", labels: ["缺资金"] },
  { code: "roads", zh: "交通条件落后", en: "Poor roads", labels: ["交通条件落后", "交通落后"] },
  {
    code: "motivation",
    zh: "自身发展动力不足",
    en: "Lack of own drive",
    labels: ["自身发展动力不足", "自身发展力不足", "缺动力"],
  },
  { code: "marriage", zh: "因婚", en: "Cost of marriage", labels: ["因婚", "因婚致贫"] },
  { code: "funeral", zh: "因丧", en: "Cost of a funeral", labels: ["因丧", "因丧致贫"] },
  { code: "power", zh: "缺电", en: "Lack of electricity", labels: ["缺电"] },
  { code: "other", zh: "其他", en: "Other", labels: ["其他", "其它"] },
];

const byLabel: ReadonlyMap<string, string> = new Map(
  CAUSES.flatMap(({ code, labels }) => labels.map((label) => [label, code] as const)),
);

/** By label, with or without the number that some systems print before it ("8 缺劳动力"). */
export function findCause(label: string): string | undefined {
  const text = label.normalize("NFKC").trim();
  return byLabel.get(text.replace(/^\d{1,2}[.、\s]*/, ""));
}

export type SpeechClass = { code: string; zh: string; en: string; causes: readonly string[] };

/** A cause may stand in two classes (交通条件落后 is both), and 政策脱节 has none in the national form. */
export const SPEECH_CLASSES: readonly SpeechClass[] = [
  {
    code: "effort",
    zh: "个人努力不够",
    en: "Too little effort of their own",
    causes: ["motivation", "skills"],
  },
  {
    code: "infrastructure",
    zh: "基础设施制约",
    en: "Infrastructure holds them back",
    causes: ["water", "roads"],
  },
  { code: "location", zh: "区位欠缺", en: "The place is poor", causes: ["land", "roads"] },
  { code: "policy", zh: "政策脱节", en: "Policy does not reach them", causes: [] },
];

export function speechClassesOf(cause: string): readonly string[] {
  return SPEECH_CLASSES.filter(({ causes }) => causes.includes(cause)).map(({ code }) => code);
}

export type MeasureKind = { code: string; zh: string; en: string };

export const MEASURE_KINDS: readonly MeasureKind[] = [
  { code: "industry", zh: "产业帮扶", en: "A trade of their own" },
  { code: "employment", zh: "就业帮扶", en: "Work" },
  { code: "relocation", zh: "易地搬迁", en: "Relocation" },
  { code: "education", zh: "教育帮扶", en: "Schooling" },
  { code: "health", zh: "健康帮扶", en: "Health" },
  { code: "housing", zh: "危房改造", en: "Rebuilding of unsafe houses" },
  { code: "ecology", zh: "生态帮扶", en: "Ecology" },
  { code: "allowance", zh: "低保兜底", en: "Minimum allowance" },
  { code: "finance", zh: "金融帮扶", en: "Credit" },
  { code: "infrastructure", zh: "基础设施", en: "Infrastructure" },
];

export function isMeasureKind(code: string): boolean {
  return MEASURE_KINDS.some((kind) => kind.code === code);
}
