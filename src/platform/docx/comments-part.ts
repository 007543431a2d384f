/** Puts comments into word/comments.xml, which is made, declared and related when the package has none. */
import { WordFileError } from "./word-file-error.ts";
import type { WordPackage } from "./word-package.ts";
import { contentTypesPart, readPart, relationshipsPartOf } from "./word-package.ts";
import { kindOf } from "./word-names.ts";
import type { XmlPart, XmlRoot } from "./xml-part.ts";
import { appendToRoot, applyEdits, attributeOf, walkXml, xmlText } from "./xml-part.ts";
import { foldName } from "./zip-directory.ts";

export type CommentOptions = {
  readonly author: string;
  readonly initials: string;
  /** "2016-08-15T09:00:00Z" */
  readonly date: string;
};

export type AddedComments = {
  /** the number of each comment */
  readonly ids: readonly number[];
  /** parts that are new or changed */
  readonly parts: readonly XmlPart[];
};

const contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * @param root of the document
 * @param takenIds numbers that the document itself refers to
 * @throws WordFileError for parts that cannot be read
 */
export function addComments(
  pack: WordPackage,
  document: { readonly root: XmlRoot; readonly commentIds: ReadonlySet<string> },
  texts: readonly string[],
  options: CommentOptions,
): AddedComments {
  const related = pack.relationships.find(({ type, part }) => type === "comments" && part !== undefined);
  const name = related?.part ?? freeName(pack);
  const found = readPart(pack.entries, name) ?? emptyComments(name, document.root.tag.uri);
  const { root, ids: taken } = readComments(found, document.commentIds);
  const ids: number[] = [];
  for (let id = 0; ids.length < texts.length; id++) if (!taken.has(id)) ids.push(id);
  const { uri } = root.tag;
  const added = ids.map((id, index) => commentXml(id, texts[index] ?? "", uri, options)).join("");
  const comments = { ...found, text: applyEdits(found.text, [appendToRoot(found.text, root, added)]) };
  const ties = related ? [] : [relate(pack, document.root.tag.uri, found.name)];
  return { ids, parts: [comments, ...ties, ...declareType(pack, found.name)] };
}

function freeName({ entries, document }: WordPackage): string {
  const folder = document.name.slice(0, document.name.lastIndexOf("/") + 1);
  const used = new Set(entries.map((entry) => foldName(entry.name)));
  for (let number = 0; ; number++) {
    const name = `${folder}comments${number || ""}.xml`;
    if (!used.has(foldName(name))) return name;
  }
}

function emptyComments(name: string, uri: string): XmlPart {
  return { name, text: `${declaration}<w:comments xmlns:w="${uri}"></w:comments>`, encoding: "utf-8" };
}

function readComments(part: XmlPart, others: ReadonlySet<string>): { root: XmlRoot; ids: Set<number> } {
  const ids = new Set([...others].map(Number));
  const root = walkXml(part, {
    open(tag) {
      if (kindOf(tag) === "comment") ids.add(Number(attributeOf(tag, "id")));
    },
  });
  if (kindOf(root.tag) !== "comments")
    throw new WordFileError("WORD_DAMAGED", "another root than comments", { part: part.name });
  return { root, ids };
}

/**
 * Set directly, not by styles: the document may have none for comments, and its plain style may have the indents and the
 * size of an official document.
 */
function commentXml(id: number, text: string, uri: string, options: CommentOptions): string {
  const { author, initials, date } = options;
  const paragraphs = text.split(/\r\n?|\n/).map((line, index) => {
    const mark = index === 0 ? "<w:r><w:annotationRef/></w:r>" : "";
    const run = `<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">${xmlText(line)}</w:t></w:r>`;
    return (
      `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>` +
      `<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>${mark}${run}</w:p>`
    );
  });
  return (
    `<w:comment xmlns:w="${uri}" w:id="${id}" w:author="${xmlText(author)}" w:date="${xmlText(date)}"` +
    ` w:initials="${xmlText(initials)}">${paragraphs.join("")}</w:comment>`
  );
}

/** The document's relationships with one more, to its comments, which lie in its own folder. */
function relate(
  { entries, document, relationships }: WordPackage,
  wordUri: string,
  comments: string,
): XmlPart {
  const name = relationshipsPartOf(document.name);
  const found = readPart(entries, name) ?? {
    name,
    text: `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`,
    encoding: "utf-8" as const,
  };
  const isStrict = wordUri.startsWith("http://purl.oclc.org/");
  const base = isStrict
    ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
    : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const ids = new Set(relationships.map(({ id }) => id));
  let number = relationships.length + 1;
  while (ids.has(`rId${number}`)) number++;
  const attributes = `Id="rId${number}" Type="${base}/comments" Target="${xmlText(comments.slice(comments.lastIndexOf("/") + 1))}"`;
  return withElement(found, "Relationship", attributes);
}

/** The content types with that of the comments; nothing when it is there already. */
function declareType({ entries }: WordPackage, comments: string): XmlPart[] {
  const types = readPart(entries, contentTypesPart) as XmlPart;
  let isThere = false;
  walkXml(types, {
    open(tag) {
      const part = tag.local === "Override" ? attributeOf(tag, "PartName") : undefined;
      if (part !== undefined && foldName(part) === foldName(`/${comments}`)) isThere = true;
    },
  });
  return isThere
    ? []
    : [withElement(types, "Override", `PartName="${xmlText(`/${comments}`)}" ContentType="${contentType}"`)];
}

function withElement(part: XmlPart, local: string, attributes: string): XmlPart {
  const root = walkXml(part, {});
  const prefix = root.tag.prefix === "" ? "" : `${root.tag.prefix}:`;
  const edit = appendToRoot(part.text, root, `<${prefix}${local} ${attributes}/>`);
  return { ...part, text: applyEdits(part.text, [edit]) };
}
