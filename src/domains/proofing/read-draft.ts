/** The text of a draft from the bytes of a file: plain text, Markdown, Word. */
import type { Bilingual } from "../../platform/problem.ts";
import { DRAFT_TYPE_UNKNOWN, DRAFT_UNREADABLE } from "./problems.ts";

export type DraftKind = "text" | "word";

const kinds: Readonly<Record<string, DraftKind>> = { txt: "text", md: "text", docx: "word" };

const saveAsWord = {
  zh: "请用 Word 或 WPS 打开，另存为 .docx 再来",
  en: "Open it in Word or WPS and save it as .docx",
};
const copyTheText = { zh: "请复制其中的文字，粘贴到校核页", en: "Copy its text and paste it" };
/** What to do with files that people are likely to try. */
const advice: Readonly<Record<string, Bilingual>> = {
  doc: saveAsWord,
  wps: saveAsWord,
  rtf: saveAsWord,
  odt: saveAsWord,
  docm: saveAsWord,
  pdf: copyTheText,
  ofd: copyTheText,
};

/** @throws DRAFT_TYPE_UNKNOWN; DRAFT_UNREADABLE, saying how to mend it */
export async function readDraft(name: string, bytes: Uint8Array): Promise<string> {
  if (draftKindOf(name) === "text") return decodeText(bytes);
  const { readWordDraft } = await import("./word-draft.ts");
  return readWordDraft(bytes);
}

/** @throws DRAFT_TYPE_UNKNOWN, saying what to do instead */
export function draftKindOf(name: string): DraftKind {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const kind = Object.hasOwn(kinds, extension) ? kinds[extension] : undefined;
  if (kind !== undefined) return kind;
  const known = Object.hasOwn(advice, extension) ? advice[extension] : undefined;
  throw DRAFT_TYPE_UNKNOWN({
    detail: known ?? {
      zh: "可校核 .txt、.md 和 .docx 文件",
      en: "Files that can be proofed are .txt, .md and .docx",
    },
  });
}

/** Text as it is saved in China: UTF-8, UTF-16 when it says so, else GB18030 (which GBK and GB2312 are parts of). */
export function decodeText(bytes: Uint8Array): string {
  const text = decodeBytes(bytes);
  if (text === undefined || hasControls(text)) {
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    throw DRAFT_UNREADABLE({
      detail: isZip
        ? { zh: "这像是 Word 文件，请把扩展名改为 .docx", en: "This looks like a Word file; name it .docx" }
        : {
            zh: "不是文本文件，或编码不是 UTF-8、GB18030；请另存为 UTF-8 文本",
            en: "Not a text file, or not in UTF-8 or GB18030; save it as UTF-8 text",
          },
    });
  }
  return text;
}

/** Codes below the space that no text has; tabs, ends of lines and pages, and the end mark of DOS are none of them. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && (code < 0x09 || code > 0x0d) && code !== 0x1a) return true;
  }
  return false;
}

function decodeBytes(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : undefined;
  for (const encoding of marked === undefined ? ["utf-8", "gb18030"] : [marked]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the next one
    }
  }
  return undefined;
}
