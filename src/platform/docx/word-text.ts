/** The text of a Word document with its places in the XML. The words are explained in text-piece.ts. */
import type { Piece, Story, WordText } from "./text-piece.ts";
import { newStory } from "./text-piece.ts";
import { mostSegments } from "./text-segments.ts";
import { WordFileError } from "./word-file-error.ts";
import type { Frame } from "./word-frames.ts";
import { closeFrame, firstFrame, isUnseen, openFrame, tellParents } from "./word-frames.ts";
import { kindOf } from "./word-names.ts";
import type { XmlPart } from "./xml-part.ts";
import { attributeOf, walkXml } from "./xml-part.ts";

/**
 * @throws WordFileError WORD_BAD_XML, WORD_HAS_DTD; WORD_NO_DOCUMENT when the root is no Word document; WORD_TOO_LARGE
 */
export function mapWordText(document: XmlPart): WordText {
  const { name: part, text: xml } = document;
  const body = newStory();
  const frames: Frame[] = [];
  const commentIds = new Set<string>();
  let unseenDepth = 0;
  let pieces = 0;

  const root = walkXml(document, {
    open(tag, start, end) {
      const kind = kindOf(tag);
      if (kind.startsWith("comment")) commentIds.add(attributeOf(tag, "id") ?? "");
      const parent = frames.at(-1);
      if (unseenDepth > 0) unseenDepth++;
      else if (parent === undefined) {
        if (kind !== "document") throw new WordFileError("WORD_NO_DOCUMENT", "another root", { part });
        frames.push(firstFrame(kind, start, body));
      } else {
        tellParents(kind, tag, frames);
        if (isUnseen(kind, parent)) unseenDepth = 1;
        else frames.push(openFrame(kind, tag, { start, end }, parent));
      }
    },
    close(tag, start, end) {
      if (unseenDepth > 0) {
        unseenDepth--;
        return;
      }
      const frame = frames.pop();
      const parent = frames.at(-1);
      if (frame === undefined || parent === undefined) return;
      pieces += closeFrame(frame, { start: tag.isSelfClosing ? end : start, end }, parent, xml);
      if (pieces > mostSegments) throw new WordFileError("WORD_TOO_LARGE", "pieces of text", { part });
    },
  });
  return { ...flatten(body), root, commentIds };
}

/** Text in the code of a field is not seen; a field that never got beyond its code is none. */
function flatten(body: Story): { text: string; pieces: Piece[] } {
  const words: string[] = [];
  const pieces: Piece[] = [];
  let at = 0;
  const addStory = ({ items }: Story): void => {
    for (const item of items) {
      if (typeof item === "object" && "items" in item) addStory(item);
      else if (typeof item === "string") {
        words.push(item);
        at += item.length;
      } else if (!item.codes.some(({ isClosed }) => isClosed)) {
        const { piece } = item;
        piece.at = at;
        pieces.push(piece);
        words.push(piece.text);
        at += piece.text.length;
      }
    }
  };
  addStory(body);
  return { text: words.join(""), pieces };
}
