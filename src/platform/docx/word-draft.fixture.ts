/** Word drafts made by hand for tests, and a reader of its own kind for what was written into them. */
import { packZip } from "./deterministic-zip.ts";

export const wordUri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const officeUri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageUri = "http://schemas.openxmlformats.org/package/2006";
const main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/** The parts of the smallest package that Word opens. */
export function wordParts(documentXml: string): Map<string, Buffer> {
  const parts = {
    "[Content_Types].xml":
      `<Types xmlns="${packageUri}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${officeUri}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": documentXml,
    "word/media/image1.png": "no picture, but never read either",
  };
  return new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]));
}

export function wordDocument(body: string): string {
  const names =
    `xmlns:w="${wordUri}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
    ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document ${names}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`;
}

/** A draft with that body, which may hold anything that w:body holds. */
export function wordDraft(body: string): Uint8Array {
  return packZip(wordParts(wordDocument(body)));
}

export type Extract = {
  text: string;
  /** the properties of the run of each unit of the text */
  looks: string[];
  /** offsets of units between paragraphs, cells and rows */
  breaks: Set<number>;
  /** offsets between the marks of each comment */
  ranges: Map<string, [number, number]>;
  references: string[];
};

const characters: Record<string, string> = { tab: "\t", br: "\n", cr: "\n", noBreakHyphen: "-" };
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:]+)([^<>]*?)(\/?)>|&([^;]+);|([^<&]+)/g;

/**
 * Text and comments of a body with the prefix w, by regular expressions. Knows neither text boxes nor glosses nor alternatives.
 * @throws Error when tags do not match, or a mark of a comment stands inside a run
 */
export function extract(part: string): Extract {
  const xml = part.replace(/^<\?xml[^>]*>\s*/, "");
  const found: Extract = { text: "", looks: [], breaks: new Set(), ranges: new Map(), references: [] };
  const open: string[] = [];
  let pending = "";
  let look = "";
  let lookFrom = -1;
  let codes = 0;
  let word: string | undefined;
  let keepsSpace = false;
  const add = (text: string) => {
    if (open.includes("del") || look.includes("<w:vanish/>") || codes > 0) return;
    found.text += text;
    for (let n = 0; n < text.length; n++) found.looks.push(look);
  };
  const flush = () => {
    if (pending) found.breaks.add(found.text.length);
    found.looks.push(...pending.split("").map(() => ""));
    found.text += pending;
    pending = "";
  };
  const close = (name: string, at: number) => {
    if (open.pop() !== name) throw new Error(`${name} closed at ${at}`);
    if (name === "p") pending = "\n";
    if (name === "tc") pending = "\t";
    if (name === "tr") pending = "\n";
    if (name === "rPr" && open.at(-1) === "r") look = xml.slice(lookFrom, at);
    if (name === "t" && word !== undefined) {
      const shown = word.replaceAll("\u00ad", "").replace(/[\r\n\t]/g, " ");
      add(keepsSpace ? shown : shown.replace(/^ +| +$/g, ""));
      word = undefined;
    }
  };
  for (const match of xml.matchAll(token)) {
    const [, cdata, isClosing, qualified, attributes = "", isEmpty, entity, plain] = match;
    if (qualified === undefined) {
      const text =
        cdata ?? plain ?? (entities[entity ?? ""] || String.fromCodePoint(Number(entity?.slice(1))));
      if (word !== undefined) word += text;
      continue;
    }
    const name = qualified.replace(/^w:/, "");
    if (isClosing) {
      close(name, match.index + match[0].length);
      continue;
    }
    const id = /w:id="(\d+)"/.exec(attributes)?.[1] ?? "";
    if (name.startsWith("commentRange") && open.some((above) => above === "r" || above === "t"))
      throw new Error(`${name} in a run`);
    if (name === "commentRangeStart") found.ranges.set(id, [found.text.length, -1]);
    if (name === "commentRangeEnd") (found.ranges.get(id) as [number, number])[1] = found.text.length;
    if (name === "commentReference") found.references.push(id);
    if (name === "p" || name === "tc") flush();
    if (name === "r") look = "";
    if (name === "rPr") lookFrom = match.index;
    if (name === "fldChar") codes += { begin: 1, separate: -1 }[/"(\w+)"/.exec(attributes)?.[1] ?? ""] ?? 0;
    if (name === "t") {
      word = "";
      keepsSpace = attributes.includes('xml:space="preserve"');
    }
    open.push(name);
    if (open.at(-2) === "r" && characters[name]) add(characters[name]);
    if (isEmpty) close(name, match.index + match[0].length);
  }
  if (open.length > 0) throw new Error(`open at the end: ${open.join(" ")}`);
  return found;
}
