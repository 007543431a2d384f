/**
 * One row of the export → one person with what it says of his household, or what is wrong in which cell.
 *
 * Words:
 * - error: the row cannot be kept: nobody would know who it is, or where
 * - doubt: it can be kept as it stands, and is likely wrong. Whoever imports decides whether that is good enough: the
 *   national system itself is full of such numbers, and the look-back is there to find them
 */
import { findCause } from "./causes.ts";
import type { Field } from "./fields.ts";
import { formFieldsOf } from "./fields.ts";
import { readIdNumber } from "./id-number.ts";
import type { IdReading } from "./id-number.ts";
import { hideLongNumbers } from "../masks.ts";
import type { VillageFinder } from "./village-names.ts";

export type RowProblem = {
  weight: "error" | "doubt";
  code:
    | "MISSING"
    | "TOO_LONG"
    | "CONTROL_CHARACTER"
    | "UNKNOWN_VILLAGE"
    | "AMBIGUOUS_VILLAGE"
    | "BAD_NAME"
    | "BAD_DAY"
    | "BAD_NUMBER"
    | "UNKNOWN_CHOICE"
    | "UNKNOWN_CAUSE"
    | "SEVERAL_MAIN_CAUSES"
    | "BAD_PHONE"
    | "BAD_ACCOUNT"
    | "SEX_DIFFERS"
    | `ID_${"LENGTH" | "CHARACTERS" | "BIRTH" | "CHECK" | "CERTIFICATE"}`;
  /** code of the field */
  field: string;
  /** of an ID number, phone or account only ever the mask */
  text?: string;
};

export type RegistryRow = {
  region: number;
  household: string;
  number: string;
  name: string;
  sex: "male" | "female" | null;
  id: (IdReading & { text: string }) | null;
  relation: string;
  isHead: boolean;
  /** yyyy-mm-dd */
  fromDay: string | null;
  form: Record<string, string>;
  about: {
    form: Record<string, string>;
    phone: string | null;
    account: string | null;
    /** codes; the first is the main one when `hasMainCause` */
    causes: string[];
    hasMainCause: boolean;
    identifiedOn: string | null;
    povertyState: string | null;
    exitYear: number | null;
  };
};

export type RowReading = { row: RegistryRow | null; problems: RowProblem[] };
export type RowReader = (cells: readonly string[]) => RowReading;

const MOST_CHARACTERS = 200;
/** Marks without width, and marks of direction. */
const INVISIBLE = String.raw`\u200B-\u200F\u2028-\u202E\uFEFF`;
/** No keyboard writes them: those, and control characters but for tab and line ends. */
const CONTROL = new RegExp(String.raw`(?![\t\n\r])\p{Cc}|[${INVISIBLE}]`, "u");
const UNUSUAL = new RegExp(String.raw`[\uFF01-\uFF5E\u3000\u00A0\p{Cc}${INVISIBLE}]`, "u");

/** @param columns the field of each column; undefined where the column is none of ours */
export function makeRowReader(
  columns: readonly (Field | undefined)[],
  { today, findVillage }: { today: string; findVillage: VillageFinder },
): RowReader {
  const at = new Map(columns.flatMap((field, i) => (field ? [[field.code, i] as const] : [])));
  const formFields = {
    person: formFieldsOf("person").flatMap((field) => withPlace(field, at)),
    household: formFieldsOf("household").flatMap((field) => withPlace(field, at)),
  };
  const choices = new Map<string, ReadonlyMap<string, string>>(
    columns.flatMap((field) => (field?.choices ? [[field.code, choicesOf(field)] as const] : [])),
  );
  const known: Known = { days: new Map(), causes: new Map() };
  return (cells) => {
    const problems: RowProblem[] = [];
    // One look at the row instead of two at each of thirty cells.
    const isPlain = !UNUSUAL.test(cells.join(","));
    const sheet: Sheet = { cells, at, problems, choices, today, isPlain, known };
    const row = readPerson(sheet, findVillage, formFields);
    return { row: problems.some(({ weight }) => weight === "error") ? null : row, problems };
  };
}

type PlacedField = { field: Field; column: number };
/** Read once, for the row itself and for the form. */
const READ_APART: ReadonlySet<string> = new Set([
  "identifiedOn",
  "personIdentifiedOn",
  "povertyState",
  "exitYear",
]);

function withPlace(field: Field, at: ReadonlyMap<string, number>): PlacedField[] {
  const column = at.get(field.code);
  return column === undefined || READ_APART.has(field.code) ? [] : [{ field, column }];
}

function choicesOf(field: Field): ReadonlyMap<string, string> {
  return new Map(
    (field.choices ?? []).flatMap((choice) => [
      [choice, choice],
      [choice.normalize("NFKC"), choice],
    ]),
  );
}

type Sheet = {
  cells: readonly string[];
  at: ReadonlyMap<string, number>;
  problems: RowProblem[];
  choices: ReadonlyMap<string, ReadonlyMap<string, string>>;
  today: string;
  /** nothing in the row needs tidying but spaces around cells */
  isPlain: boolean;
  known: Known;
};

/** Few different ones stand in hundreds of thousands of rows. */
type Known = { days: Map<string, string>; causes: Map<string, readonly string[]> };
const MOST_KNOWN = 5000;

/** The cell of a field without what spreadsheets leave around it; empty where there is no such column. */
function cellOf(sheet: Sheet, field: string): string {
  const column = sheet.at.get(field);
  const cell = column === undefined ? "" : (sheet.cells[column] ?? "");
  return sheet.isPlain ? cell.trim() : tidy(cell);
}

function tidy(cell: string): string {
  const text = cell.trim();
  return /[\uFF01-\uFF5E\u3000\u00A0]/.test(text) ? text.normalize("NFKC").trim() : text;
}

function readPerson(
  sheet: Sheet,
  findVillage: VillageFinder,
  formFields: { person: PlacedField[]; household: PlacedField[] },
): RegistryRow {
  const sex = readChoice(sheet, "sex");
  const id = readId(sheet, sex);
  const relation = hideLongNumbers(readText(sheet, "relation"));
  const fromDay = readDay(sheet, "personIdentifiedOn");
  const identifiedOn = readDay(sheet, "identifiedOn");
  const povertyState = readChoice(sheet, "povertyState") || null;
  const exitYear = readYear(sheet, "exitYear");
  const ends = { 男: "male", 女: "female" } as const;
  return {
    region: readRegion(sheet, findVillage),
    household: needText(sheet, "householdNumber"),
    number: needText(sheet, "personNumber"),
    name: readName(sheet),
    sex: sex === "" ? (id?.sex ?? null) : ends[sex as keyof typeof ends],
    id,
    relation,
    isHead: relation === "户主" || relation === "本人或户主" || relation === "本人",
    fromDay,
    form: readForm(sheet, formFields.person, { personIdentifiedOn: fromDay }),
    about: {
      form: readForm(sheet, formFields.household, { identifiedOn, povertyState, exitYear }),
      phone: readSealed(sheet, "phone", /^(?:1\d{10}|0?\d{7,12})$/, "BAD_PHONE"),
      account: readSealed(sheet, "account", /^\d{8,32}$/, "BAD_ACCOUNT"),
      ...readCauses(sheet),
      identifiedOn,
      povertyState,
      exitYear,
    },
  };
}

function note(
  sheet: Sheet,
  weight: RowProblem["weight"],
  code: RowProblem["code"],
  about: { field: string; text?: string },
): void {
  sheet.problems.push({ weight, code, ...about });
}

/** What a problem may repeat of a cell: short, and no long number, since a shifted column may hold anything. */
function repeated(text: string): string {
  return hideLongNumbers(text.slice(0, 20));
}

function readText(sheet: Sheet, field: string): string {
  const text = cellOf(sheet, field);
  if (text.length > MOST_CHARACTERS) note(sheet, "error", "TOO_LONG", { field });
  if (!sheet.isPlain && CONTROL.test(text)) note(sheet, "error", "CONTROL_CHARACTER", { field });
  return text;
}

function needText(sheet: Sheet, field: string): string {
  const text = readText(sheet, field);
  if (text === "") note(sheet, "error", "MISSING", { field });
  return text;
}

/** A shifted column would bring an ID number here, where it would be kept in clear. */
function readName(sheet: Sheet): string {
  const name = needText(sheet, "name").replaceAll(/\s/g, "");
  if (/\d{4}/.test(name)) note(sheet, "error", "BAD_NAME", { field: "name" });
  return name;
}

function readRegion(sheet: Sheet, findVillage: VillageFinder): number {
  const names = {
    county: cellOf(sheet, "county"),
    township: cellOf(sheet, "township"),
    village: cellOf(sheet, "village"),
    code: cellOf(sheet, "villageCode"),
  };
  const field = names.code === "" ? "village" : "villageCode";
  if (names.code === "" && names.village === "") {
    note(sheet, "error", "MISSING", { field });
    return 0;
  }
  const found = findVillage(names);
  if (typeof found === "object") return found.code;
  const code = found === "AMBIGUOUS" ? "AMBIGUOUS_VILLAGE" : "UNKNOWN_VILLAGE";
  note(sheet, "error", code, { field, text: names.code === "" ? repeated(names.village) : undefined });
  return 0;
}

function readId(sheet: Sheet, sex: string): (IdReading & { text: string }) | null {
  const field = "idNumber";
  const text = readText(sheet, field);
  const reading = readIdNumber(text, sheet.today);
  if (reading === null) return null;
  if (reading.fault !== null)
    note(sheet, "doubt", `ID_${reading.fault}`, { field, text: coverId(reading.normal) });
  else if (sex !== "" && reading.sex !== (sex === "男" ? "male" : "female"))
    note(sheet, "doubt", "SEX_DIFFERS", { field: "sex", text: coverId(reading.normal) });
  return { ...reading, text };
}

function coverId(normal: string): string {
  return normal.length >= 15 ? `${normal.slice(0, 6)}…${normal.slice(-2)}` : "…";
}

function readSealed(sheet: Sheet, field: string, form: RegExp, code: RowProblem["code"]): string | null {
  const text = readText(sheet, field).replaceAll(/[\s()-]/g, "");
  if (text === "") return null;
  if (!form.test(text)) note(sheet, "doubt", code, { field });
  return text;
}

function readCauses(sheet: Sheet): { causes: string[]; hasMainCause: boolean } {
  const main = readCauseList(sheet, "mainCause");
  // The form's column takes one; which of several counts is not for the program to choose in silence.
  if (new Set(main).size > 1) note(sheet, "doubt", "SEVERAL_MAIN_CAUSES", { field: "mainCause" });
  const others = readCauseList(sheet, "otherCauses");
  return { causes: [...new Set([...main, ...others])], hasMainCause: main.length > 0 };
}

function readCauseList(sheet: Sheet, field: string): readonly string[] {
  const cell = readText(sheet, field);
  const known = cell === "" ? [] : sheet.known.causes.get(cell);
  if (known !== undefined) return known;
  const before = sheet.problems.length;
  const causes = cell.split(/[,，、;；]/).flatMap((label) => {
    const text = label.trim();
    if (text === "" || text === "无") return [];
    const code = findCause(text);
    if (code === undefined) note(sheet, "error", "UNKNOWN_CAUSE", { field, text: repeated(text) });
    return code === undefined ? [] : [code];
  });
  if (sheet.problems.length === before && sheet.known.causes.size < MOST_KNOWN)
    sheet.known.causes.set(cell, causes);
  return causes;
}

function readForm(
  sheet: Sheet,
  fields: readonly PlacedField[],
  apart: Readonly<Record<string, string | number | null>>,
): Record<string, string> {
  const form: Record<string, string> = {};
  for (const { field } of fields) {
    const value = readFormValue(sheet, field);
    if (value !== "") form[field.code] = value;
  }
  for (const [code, value] of Object.entries(apart)) if (value !== null) form[code] = String(value);
  return form;
}

function readFormValue(sheet: Sheet, field: Field): string {
  switch (field.kind) {
    case "choice":
      return field.isMultiple ? readChoices(sheet, field.code) : readChoice(sheet, field.code);
    case "day":
      return readDay(sheet, field.code) ?? "";
    case "year":
      return String(readYear(sheet, field.code) ?? "");
    case "integer":
    case "amount":
      return readAmount(sheet, field);
    default:
      return hideLongNumbers(readText(sheet, field.code));
  }
}

function readChoice(sheet: Sheet, field: string): string {
  const text = readText(sheet, field);
  if (text === "") return "";
  const choices = sheet.choices.get(field);
  const known = choices?.get(text) ?? choices?.get(text.normalize("NFKC"));
  if (known !== undefined) return known;
  note(sheet, field === "sex" || field === "povertyState" ? "error" : "doubt", "UNKNOWN_CHOICE", {
    field,
    text: repeated(text),
  });
  return hideLongNumbers(text);
}

function readChoices(sheet: Sheet, field: string): string {
  const text = readText(sheet, field);
  const known = sheet.choices.get(field);
  const parts = text.split(/[,，、;；]/).map((part) => part.trim());
  const unknown = parts.find((part) => part !== "" && known?.get(part.normalize("NFKC")) === undefined);
  if (unknown !== undefined) note(sheet, "doubt", "UNKNOWN_CHOICE", { field, text: repeated(unknown) });
  return hideLongNumbers(parts.filter((part) => part !== "").join("、"));
}

function readAmount(sheet: Sheet, field: Field): string {
  const text = readText(sheet, field.code).replaceAll(",", "");
  if (text === "") return "";
  const form = field.kind === "integer" ? /^\d{1,6}(?:\.0+)?$/ : /^-?\d{1,12}(?:\.\d{1,8})?$/;
  if (!form.test(text)) {
    note(sheet, "error", "BAD_NUMBER", { field: field.code, text: repeated(text) });
    return "";
  }
  return plainAmount(text);
}

/** 0012.50 as 12.5: by its characters, since nothing is computed. */
function plainAmount(text: string): string {
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return short.replace(/^(-?)0+(?=\d)/, "$1");
}

function readYear(sheet: Sheet, field: string): number | null {
  const text = readText(sheet, field);
  if (text === "") return null;
  const year = /^((?:19|20)\d\d)(?:年)?$/.exec(text)?.[1];
  if (year !== undefined) return Number(year);
  note(sheet, "error", "BAD_NUMBER", { field, text: repeated(text) });
  return null;
}

const DAY = /^((?:19|20)\d\d)(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?)?(?:[ T].*)?$/;

/** 2014-06-30, 2014/6/30, 20140630, 2014年6月30日; a month or a year alone is its first day. */
function readDay(sheet: Sheet, field: string): string | null {
  const text = readText(sheet, field);
  if (text === "") return null;
  const known = sheet.known.days.get(text);
  if (known !== undefined) return known;
  const match = DAY.exec(text);
  const [year, month, day] = [match?.[1], match?.[2] ?? "1", match?.[3] ?? "1"];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (match !== null && isDay(iso) && iso <= sheet.today) {
    if (sheet.known.days.size < MOST_KNOWN) sheet.known.days.set(text, iso);
    return iso;
  }
  note(sheet, "error", "BAD_DAY", { field, text: repeated(text) });
  return null;
}

function isDay(iso: string): boolean {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  const long = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30];
  const days = [...long, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= (days[month - 1] as number);
}
