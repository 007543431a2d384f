/** Rows of a form about many subjects, as they come from the sheet. */
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { SheetCell, SheetRow } from "../../../platform/excel/sheet-rows.ts";
import type { FormDefinition, ReturnRow } from "../core/form.ts";
import type { CellReader } from "./cell-reader.ts";
import { foldHeading } from "./headings.ts";
import type { HeadingReader } from "./headings.ts";
import type { ProblemList } from "./problem-list.ts";
import type { TableLayout } from "./table-layout.ts";

export type ReadRow = ReturnRow & { line: number };

export type RowReader = {
  /** undefined for a row that is not read: blank, a total, a heading again, a foot note, refused */
  read: (row: SheetRow) => ReadRow | undefined;
  /** what is missing at the end */
  close: () => void;
};

type Tools = { headings: HeadingReader; cells: CellReader; problems: ProblemList };
type Subject = { code: string; name: string };

const TOTAL = /(?:合计|总计|小计|共计|^计|^total|^sum)$/;
const FOOT = /^(?:填表|填报|制表|审核|复核|负责|单位负责|主管|联系|注|备注|说明|附注|日期)/;
/** As a subject may be written (contract.ts). */
const CODE = /^[\p{L}\p{N}._-]{1,50}$/u;
const MOST_NAME = 120;

export function openListRows(form: FormDefinition, layout: TableLayout, tools: Tools): RowReader {
  if (form.subjects.kind !== "list") throw new TypeError(`${form.code} has no list of subjects`);
  const { items, isOpen } = form.subjects;
  const { headings, cells, problems } = tools;
  const byCode = new Map([
    ...items.map((item) => [foldCode(item.code), item] as const),
    // as it is written goes before how it may be written
    ...items.map((item) => [item.code, item] as const),
  ]);
  const coded = (code: string) => byCode.get(code) ?? byCode.get(foldCode(code));
  const byName = new Map(
    items.flatMap((item) => [item.nameZh, item.nameEn ?? ""].map((name) => [foldHeading(name), item])),
  );
  byName.delete("");
  const lines = new Map<string, { line: number; isTold: boolean }>();
  const keyAt = layout.codeAt ?? layout.nameAt ?? 0;

  const refuse = (line: number, code: string, words: { zh: string; en: string }): undefined => {
    problems.add({ code, severity: "hard", cell: `${columnLetter(keyAt)}${line}`, ...words });
  };

  const findSubject = (line: number, code: string, name: string): Subject | undefined => {
    const named = byName.get(foldHeading(name));
    const listed = coded(code);
    // An open list takes a subject of its own, but not a known one under another code: its figures would stand there twice.
    if (isOpen && listed === undefined && code !== "" && named !== undefined)
      return refuse(line, "SUBJECT_CONTRADICTION", otherCodeWords(named.code));
    if (listed !== undefined && named !== undefined && named !== listed)
      return refuse(line, "SUBJECT_CONTRADICTION", contradictionWords);
    const item = listed ?? (code === "" ? named : undefined);
    if (item !== undefined) return { code: item.code, name: item.nameZh };
    if (!isOpen) return refuse(line, "UNKNOWN_SUBJECT", unknownWords);
    const own = code === "" ? subjectOf(name) : code.normalize("NFKC");
    if (!CODE.test(own) || name.length > MOST_NAME) return refuse(line, "BAD_SUBJECT", badSubjectWords);
    return { code: own, name: name === "" ? own : name };
  };

  const isRepeated = (subject: string, line: number): boolean => {
    const first = lines.get(subject);
    if (first === undefined) {
      lines.set(subject, { line, isTold: false });
      return false;
    }
    if (!first.isTold) refuse(first.line, "REPEATED_SUBJECT", repeatedWords(first.line, line));
    first.isTold = true;
    refuse(line, "REPEATED_SUBJECT", repeatedWords(first.line, line));
    return true;
  };

  return {
    read({ line, cells: all }) {
      let code = "";
      let name = "";
      const filled: SheetCell[] = [];
      for (const cell of all) {
        if (cell.column === layout.codeAt) code = cell.text.trim();
        else if (cell.column === layout.nameAt) name = cell.text.trim();
        else if (layout.columns.has(cell.column)) filled.push(cell);
      }
      if (isAside(code, name, filled.length > 0)) return undefined;
      if (code === "" && name === "")
        return isTotal(all, layout) ? undefined : refuse(line, "NO_SUBJECT", noSubjectWords);
      const subject = findSubject(line, code, name);
      if (subject === undefined || isRepeated(subject.code, line)) return undefined;
      const values: Record<string, string> = {};
      for (const cell of filled) {
        const column = layout.columns.get(cell.column);
        const value = column && cells.read(column, cell, line, subject.code);
        if (column !== undefined && value !== undefined) values[column.code] = value;
      }
      return { subject: subject.code, name: subject.name, values, line };
    },
    close() {
      cells.close();
      if (isOpen) return;
      for (const item of items)
        if (!lines.has(item.code)) problems.add({ cell: null, subject: item.code, ...missingSubject(item) });
    },
  };

  function isAside(code: string, name: string, isFilled: boolean): boolean {
    if (coded(code) !== undefined) return false;
    const word = name === "" ? code : name;
    const folded = foldHeading(word);
    if (byName.has(folded)) return false;
    if (TOTAL.test(folded)) return true;
    if (["code", "name"].includes(headings.read(word, "").kind) && word !== "") return true;
    if (isFilled) return false;
    return word === "" || !isOpen || FOOT.test(folded);
  }
}

/** 合计 in a column of numbers of rows, or merged over it. */
function isTotal(cells: readonly SheetCell[], { columns }: TableLayout): boolean {
  return cells.some(({ column, text }) => !columns.has(column) && TOTAL.test(foldHeading(text)));
}

/** Without what an input method changes: width and case. */
function foldCode(code: string): string {
  return code.normalize("NFKC").trim().toLowerCase();
}

/** A name as the code of a subject: 示例企业：铁精粉 → 示例企业-铁精粉 */
function subjectOf(name: string): string {
  const code = name.normalize("NFKC").replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return code.replace(/^-+|-+$/g, "").slice(0, 50);
}

const contradictionWords = {
  zh: "代码与名称不是同一个填报对象，请核对是否只移动了其中一列",
  en: "Code and name are not of the same subject; see whether only one of the two columns was moved",
};
function otherCodeWords(code: string): { zh: string; en: string } {
  return {
    zh: `这个名称在名单上的代码是 ${code}，请改正代码；如是另一个填报对象，请换一个名称`,
    en: `The list has this name under the code ${code}; mend the code, or give another subject another name`,
  };
}

const unknownWords = {
  zh: "填报名单里没有这个对象，请改为名单上的名称或删去这一行",
  en: "The list has no such subject; use a name of the list or delete the row",
};
const badSubjectWords = {
  zh: "代码只能用文字、数字和 . _ -，最多 50 个字；名称最多 120 个字",
  en: "A code is made of letters, digits and . _ - and has at most 50; a name has at most 120",
};
const noSubjectWords = {
  zh: "这一行没有填报对象，请填写代码或名称，或清空这一行",
  en: "The row names no subject; fill in its code or name, or clear the row",
};

function repeatedWords(first: number, second: number): { zh: string; en: string } {
  return {
    zh: `同一填报对象出现了两次（第 ${first} 行和第 ${second} 行），请只保留一行`,
    en: `The same subject stands there twice (rows ${first} and ${second}); keep one of them`,
  };
}

function missingSubject({ nameZh, nameEn }: { nameZh: string; nameEn: string | null }) {
  return {
    code: "MISSING_SUBJECT",
    severity: "hard",
    zh: `缺少“${nameZh}”一行，请补上；没有发生额请填 0`,
    en: `The row of ${nameEn ?? nameZh} is missing; add it, with 0 where there is nothing`,
  } as const;
}
