/** What a Word file is refused for: a code to branch on, and words that say how to mend it. */
import type { Bilingual } from "../problem.ts";

const advice = {
  WORD_OLD_FORMAT: {
    zh: "这是旧版 .doc 文件，请用 Word 或 WPS 打开，另存为 .docx 再来",
    en: "This is an old .doc file; open it in Word or WPS and save it as .docx",
  },
  WORD_ENCRYPTED: {
    zh: "文件设有打开密码，请去掉密码后另存为 .docx 再来",
    en: "The file is locked by a password; remove it and save the file again",
  },
  WORD_HAS_MACROS: {
    zh: "文件含有宏，请另存为不含宏的 .docx 再来",
    en: "The file holds macros; save it as .docx, which has none",
  },
  WORD_NOT_A_ZIP: { zh: "这不是 .docx 文件", en: "This is not a .docx file" },
  WORD_NO_DOCUMENT: {
    zh: "文件里没有 Word 正文，不是 .docx 文件",
    en: "There is no Word document in the file: it is not a .docx",
  },
  WORD_DAMAGED: {
    zh: "文件已损坏，请用 Word 或 WPS 打开，另存一份再来",
    en: "The file is damaged; open it in Word or WPS and save it again",
  },
  WORD_BAD_XML: {
    zh: "文件内容已损坏，请用 Word 或 WPS 打开，另存一份再来",
    en: "What is in the file is damaged; open it in Word or WPS and save it again",
  },
  WORD_HAS_DTD: {
    zh: "文件内容有 Word 不会写入的声明（DTD），不予读取",
    en: "The file declares a document type (DTD), which Word never writes; it is not read",
  },
  WORD_TOO_LARGE: {
    zh: "文件展开后太大，不予读取",
    en: "The file would be too large unpacked; it is not read",
  },
  WORD_UNSAFE_NAMES: {
    zh: "文件内部的名称重复或有误，不予读取",
    en: "Names inside the file are doubled or unsafe; it is not read",
  },
} as const satisfies Record<string, Bilingual>;

export type WordFileErrorCode = keyof typeof advice;

/** Where in the file: the part, and in an XML part the line (from 1) and the column (from 1). */
export type WordFilePlace = { readonly part?: string; readonly line?: number; readonly column?: number };

/** The only error that reading or marking a Word file throws because of what the file is. */
export class WordFileError extends Error {
  readonly code: WordFileErrorCode;
  /** for people: what is wrong and what to do */
  readonly advice: Bilingual;
  readonly place: WordFilePlace;

  /** @param reason for the log, in English; holds nothing of the document's text */
  constructor(code: WordFileErrorCode, reason: string, place: WordFilePlace = {}) {
    const { part, line, column } = place;
    super([part, line, column].filter((word) => word !== undefined).join(":") + (part ? ": " : "") + reason);
    this.name = "WordFileError";
    this.code = code;
    this.advice = advice[code];
    this.place = place;
  }
}
