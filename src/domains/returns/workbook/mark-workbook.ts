/** The same workbook with each problem at its cell, as a comment and a colour, and a sheet that lists them all. */
import { markBook } from "../../../platform/excel/mark-book.ts";
import { WorkbookError } from "../../../platform/excel/workbook-error.ts";
import type { WorkbookProblem } from "../contract.ts";
import { faultWords, WORKBOOK_UNREADABLE } from "./problems.ts";
import { PROBLEM_SHEET } from "./sheet-words.ts";

/** Signs the comments; comments that it signed in an earlier copy are replaced. */
const AUTHOR = "台账 Taizhang";
const HEADING = ["工作表", "单元格", "级别", "问题与改法", "Problem", "代码"];
const WIDTHS = [24, 10, 12, 70, 70, 22];
const LEVELS = { hard: "必须改正", soft: "请核对", note: "提示" } as const;

/** One mark after the other, each as `markText` writes it. */
const OWN = new RegExp(`^\\s*(?:【(?:${Object.values(LEVELS).join("|")})】[^【】]*\\n（[\\w.-]+）\\s*)+$`);

/** @throws Problem WORKBOOK_UNREADABLE */
export async function markWorkbook(bytes: Buffer, problems: readonly WorkbookProblem[]): Promise<Buffer> {
  try {
    return await markBook(bytes, {
      author: AUTHOR,
      own: OWN,
      cells: problems.flatMap((problem) =>
        problem.cell === null
          ? []
          : [
              {
                sheet: problem.sheet,
                cell: problem.cell,
                level: problem.severity === "hard" ? "hard" : "soft",
                text: markText(problem),
              },
            ],
      ),
      list: {
        name: PROBLEM_SHEET,
        widths: WIDTHS,
        rows: [
          HEADING,
          ...problems.map(({ sheet, cell, severity, code, zh, en }) => [
            sheet,
            cell ?? "整表",
            LEVELS[severity],
            zh,
            en,
            code,
          ]),
        ],
      },
    });
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    throw WORKBOOK_UNREADABLE({ detail: faultWords[error.fault] });
  }
}

function markText({ severity, zh, en, code }: WorkbookProblem): string {
  return `【${LEVELS[severity]}】${zh}\n${en}\n（${code}）`;
}
