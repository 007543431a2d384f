/** The text of a Word draft. */
import { openWordPackage } from "./word-package.ts";
import { mapWordText } from "./word-text.ts";

/**
 * The text of a .docx as a reader sees it: paragraphs and table rows parted by "\n", cells by "\t"; a tab "\t", a break
 * "\n". Insertions are accepted, deletions left out. A text box comes as paragraphs of its own after the paragraph that
 * holds it. Of a field its result; of alternatives the first.
 *
 * Not in the text: headers, footers, footnotes, endnotes and their marks, comments; numbers of lists, which Word works out;
 * formulas, symbols (w:sym), pictures, charts; hidden text, unless a style hides it; glosses above characters; soft hyphens.
 *
 * Limits: `wordLimits` and 300,000 stretches of text.
 * @throws WordFileError and nothing else
 */
export function readWordText(bytes: Uint8Array): string {
  return mapWordText(openWordPackage(bytes).document).text;
}
