/** The first line of a table: which column is what. */
import { registerFault } from "./problems.ts";
import { columnNames } from "./read-chunk.ts";
import type { Layout } from "./read-chunk.ts";

/**
 * Headings under which the system export and other offices keep the columns that matching uses; the first that a file has
 * is taken. 序号 counts lines and names nothing that stays, so it comes last.
 */
const headings: Readonly<Record<string, readonly string[]>> = {
  person_id: ["person_id", "人编号", "人员编号", "人口编号"],
  row_id: ["row_id", "记录编号", "行编号", "编号", "流水号", "序号"],
  household_id: ["household_id", "户编号"],
  relation: ["relation", "与户主关系"],
  name: ["name", "姓名", "车主姓名", "车主", "所有人", "权利人", "法定代表人"],
  sex: ["sex", "性别"],
  id_no: [
    "id_no",
    "证件号码",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "居民身份证号码",
    "身份证明号码",
    "身份证",
    "证件号",
  ],
  county: ["county", "县", "县(市、区)", "县(市,区)", "县(区)", "县区", "区县"],
  town: ["town", "乡", "乡镇", "乡(镇)"],
  village: ["village", "行政村", "村", "行政村名称"],
  village_code: ["village_code", "行政村代码", "村代码"],
  phone: ["phone", "电话", "联系电话", "手机", "手机号", "手机号码", "电话号码"],
};

const required = { registry: ["person_id", "name", "id_no"], register: ["row_id", "name", "id_no"] } as const;

/** @throws Problem naming line 1 and the column */
export function readHeader(
  label: string,
  header: string,
  isRegistry: boolean,
): { layout: Layout; absent: readonly string[] } {
  const headers = splitCells(header).map((cell) => cell.trim());
  const plain = headers.map((heading) => heading.normalize("NFKC").toLowerCase().replaceAll(/\s/g, ""));
  const last = isRegistry ? columnNames.length : columnNames.indexOf("household_id");
  const wanted: string[] = columnNames
    .slice(0, last)
    .map((name) => (name === "key" ? (isRegistry ? "person_id" : "row_id") : name));
  const roles = headers.map(() => -1);
  const absent: string[] = [];
  wanted.forEach((name, role) => {
    const heading = (headings[name] ?? []).find((each) => plain.includes(each));
    if (heading === undefined) return void absent.push(name);
    const at = plain.indexOf(heading);
    if (plain.lastIndexOf(heading) !== at)
      throw registerFault(
        label,
        { zh: "这一列出现了两次", en: "this column is there twice" },
        { line: 1, column: headers[plain.lastIndexOf(heading)] as string },
      );
    roles[at] = role;
  });
  const missing = required[isRegistry ? "registry" : "register"].find((name) => absent.includes(name));
  if (missing !== undefined) {
    const names = (headings[missing] ?? []).join("、");
    throw registerFault(
      label,
      { zh: `缺少这一列（也可以叫：${names}）`, en: `this column is missing (it may be headed: ${names})` },
      { line: 1, column: missing },
    );
  }
  return { layout: { roles, headers, isRegistry }, absent };
}

/** Cells of one record: headings may be in quotes, with commas and line ends in them. */
function splitCells(record: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < record.length; i++) {
    const character = record[i] as string;
    if (character === '"') {
      if (isQuoted && record[i + 1] === '"') {
        cell += '"';
        i++;
      } else isQuoted = !isQuoted;
    } else if (character === "," && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell];
}
