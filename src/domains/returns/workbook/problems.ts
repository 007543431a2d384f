/** What an uploaded workbook is refused for as a whole, with what to do about it. */
import type { WorkbookFault } from "../../../platform/excel/workbook-error.ts";
import { defineProblem } from "../../../platform/problem.ts";
import type { Bilingual } from "../../../platform/problem.ts";

export const WORKBOOK_UNREADABLE = defineProblem(
  "WORKBOOK_UNREADABLE",
  422,
  "工作簿无法读取",
  "The workbook cannot be read",
);
export const WORKBOOK_WRONG_FORM = defineProblem(
  "WORKBOOK_WRONG_FORM",
  422,
  "这是另一张报表的工作簿",
  "The workbook is of another form",
);
export const WORKBOOK_WRONG_VERSION = defineProblem(
  "WORKBOOK_WRONG_VERSION",
  422,
  "工作簿的报表版本已经变更",
  "The workbook is of another version of the form",
);
export const WORKBOOK_WRONG_PERIOD = defineProblem(
  "WORKBOOK_WRONG_PERIOD",
  422,
  "工作簿的报告期不符",
  "The workbook is of another period",
);
export const WORKBOOK_WRONG_UNIT = defineProblem(
  "WORKBOOK_WRONG_UNIT",
  422,
  "这是另一个单位的工作簿",
  "The workbook is of another unit",
);
export const WORKBOOK_TAMPERED = defineProblem(
  "WORKBOOK_TAMPERED",
  422,
  "工作簿的内部标识被改动过",
  "The workbook's own mark was changed",
);
export const WORKBOOK_NO_HEADING = defineProblem(
  "WORKBOOK_NO_HEADING",
  422,
  "工作簿里没有找到表头",
  "No heading was found in the workbook",
);

/** What to do about a file that cannot be read at all. */
export const faultWords: Readonly<Record<WorkbookFault, Bilingual>> = {
  NOT_A_WORKBOOK: {
    zh: "文件不是 Excel 工作簿；请上传 .xlsx 文件",
    en: "The file is no Excel workbook; upload an .xlsx file",
  },
  OLD_FORMAT: {
    zh: "文件是旧格式（.xls，或 WPS 的 .et）；请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传",
    en: "The file is of an old format (.xls, or .et of WPS); open it in Excel or WPS and save it as .xlsx",
  },
  ENCRYPTED: {
    zh: "文件设有打开密码；请去掉密码，另存为 .xlsx 后再上传",
    en: "The file is locked by a password; remove it and save the file again as .xlsx",
  },
  MACROS: {
    zh: "文件含有宏；请另存为不含宏的 .xlsx 后再上传",
    en: "The file holds macros; save it as .xlsx, which has none",
  },
  TOO_LARGE: {
    zh: "文件解压后过大；请删去无关的工作表和空行后再上传",
    en: "The file would be too large unpacked; delete sheets and rows that do not belong to the return",
  },
  DAMAGED: {
    zh: "文件已损坏；请用 Excel 或 WPS 打开，另存一份后再上传",
    en: "The file is damaged; open it in Excel or WPS and save it again",
  },
};
