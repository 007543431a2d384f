import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packZip, unpackZip } from "./deterministic-zip.ts";
import { markWordComments } from "./mark-word.ts";
import { readWordText } from "./read-word.ts";
import { extract, wordDocument, wordDraft, wordParts, wordUri } from "./word-draft.fixture.ts";

const options = { author: "材料校核", initials: "核", date: "2016-08-15T09:00:00Z" };
const r = (text: string, properties = "") =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t>${text}</w:t></w:r>`;
const p = (...content: string[]) => `<w:p>${content.join("")}</w:p>`;

/** The body of the copy with a comment on each of the words, its marks as [0 and 0]. */
function marked(body: string, ...words: string[]): string {
  const bytes = wordDraft(body);
  const text = readWordText(bytes);
  const comments = words.map((word) => {
    const at = text.indexOf(word);
    expect(at).toBeGreaterThanOrEqual(0);
    return { span: [at, at + word.length] as const, text: "错" };
  });
  const xml =
    unpackZip(markWordComments(bytes, comments, options))
      .get("word/document.xml")
      ?.toString() ?? "";
  return xml
    .slice(xml.indexOf("<w:body>") + 8, xml.indexOf("<w:sectPr>"))
    .replace(/<w:commentRangeStart w:id="(\d+)"\/>/g, "[$1")
    .replace(
      /<w:commentRangeEnd w:id="(\d+)"\/><w:r><w:rPr><w:sz w:val="16"\/><\/w:rPr><w:commentReference w:id="\1"\/><\/w:r>/g,
      "$1]",
    );
}

describe("marks in the document", () => {
  it("stand beside runs that a span covers whole", () => {
    expect(marked(p(r("甲"), r("乙"), r("丙")), "乙")).toBe(p(r("甲"), `[0${r("乙")}0]`, r("丙")));
  });

  it("divide runs, which keep their properties, attributes and spaces", () => {
    const properties = '<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>';
    expect(marked(`<w:p><w:r w:rsidR="00AA">${properties}<w:t>a b &lt; c</w:t></w:r></w:p>`, "b <")).toBe(
      `<w:p><w:r w:rsidR="00AA">${properties}<w:t xml:space="preserve">a </w:t></w:r>` +
        `[0<w:r w:rsidR="00AA">${properties}<w:t xml:space="preserve">b &lt;</w:t></w:r>0]` +
        `<w:r w:rsidR="00AA">${properties}<w:t xml:space="preserve"> c</w:t></w:r></w:p>`,
    );
  });

  it("do not bring back spaces that were not shown", () => {
    expect(marked(p('<w:r><w:t xml:space="default"> a\u00ad&#32; b\n</w:t></w:r>'), "a")).toContain(
      '[0<w:r><w:t xml:space="preserve">a</w:t></w:r>0]',
    );
  });

  it("go between the elements of a run, and into CDATA", () => {
    expect(marked(p("<w:r><w:t>a</w:t><w:tab/><w:t><![CDATA[b<c]]></w:t></w:r>"), "\tb")).toBe(
      p(
        "<w:r><w:t>a</w:t></w:r>[0<w:r><w:tab/>" +
          '<w:t xml:space="preserve"><![CDATA[b]]></w:t></w:r>0]<w:r><w:t xml:space="preserve"><![CDATA[<c]]></w:t></w:r>',
      ),
    );
  });

  it("leave out what comes after the words in their run", () => {
    expect(marked(p("<w:r><w:t>甲</w:t><w:drawing/></w:r>"), "甲")).toBe(
      p("[0<w:r><w:t>甲</w:t></w:r>0]<w:r><w:drawing/></w:r>"),
    );
  });

  it("end before the next begins, inner ones inside outer ones", () => {
    expect(marked(p(r("甲"), r("乙"), r("丙")), "甲乙", "乙", "丙", "甲乙丙")).toBe(
      p(`[3[0${r("甲")}[1${r("乙")}1]0][2${r("丙")}2]3]`),
    );
  });

  it("stay inside links and insertions, and span paragraphs", () => {
    const body =
      p(`<w:hyperlink w:anchor="x">${r("甲")}</w:hyperlink>`) + p(`<w:ins w:id="9">${r("乙")}</w:ins>`);
    expect(marked(body, "甲\n乙")).toBe(
      p(`<w:hyperlink w:anchor="x">[0${r("甲")}</w:hyperlink>`) + p(`<w:ins w:id="9">${r("乙")}0]</w:ins>`),
    );
  });

  it("enclose what Word allows no comment in: boxes, glosses, controls that it fills", () => {
    const box = `<w:r><w:pict><w:txbxContent>${p(r("框内"))}</w:txbxContent></w:pict></w:r>`;
    expect(marked(p(r("前"), box, r("后")), "内")).toBe(p(r("前"), `[0${box}0]`, r("后")));
    // the box is told after its paragraph, and stands before its end
    expect(marked(p(r("前"), box, r("后")), "后\n框")).toBe(p(r("前"), `[0${box}${r("后")}0]`));
    const gloss = `<w:r><w:ruby><w:rt>${r("pīn")}</w:rt><w:rubyBase>${r("拼音")}</w:rubyBase></w:ruby></w:r>`;
    expect(marked(p(gloss), "拼")).toBe(p(`[0${gloss}0]`));
    const control = (kind: string) =>
      `<w:sdt><w:sdtPr>${kind}</w:sdtPr><w:sdtContent>${r("2016年")}</w:sdtContent></w:sdt>`;
    expect(marked(p(control("<w:date/>")), "2016")).toBe(p(`[0${control("<w:date/>")}0]`));
    expect(marked(p(control("<w:richText/>")), "2016年")).toContain(`<w:sdtContent>[0${r("2016年")}0]`);
  });

  it("declare their prefix where w is something else", () => {
    const xml = `<x:document xmlns:x="${wordUri}"><x:body><x:p xmlns:w="urn:other"><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>`;
    const copy = markWordComments(packZip(wordParts(xml)), [{ span: [0, 1], text: "错" }], options);
    expect(unpackZip(copy).get("word/document.xml")?.toString()).toContain(
      `<w:commentRangeStart xmlns:w="${wordUri}" w:id="0"/><x:r><x:t>甲</x:t></x:r><w:commentRangeEnd xmlns:w="${wordUri}" w:id="0"/>`,
    );
    expect(readWordText(copy)).toBe("甲");
  });

  it("keep pairs of surrogates together", () => {
    const bytes = wordDraft(p(r("a\u{1f600}b&#x1F600;c")));
    for (const span of [
      [2, 3],
      [1, 2],
      [2, 6],
      [5, 6],
    ] as const) {
      const copy = markWordComments(bytes, [{ span, text: "错" }], options);
      expect(readWordText(copy)).toBe("a\u{1f600}b\u{1f600}c");
    }
  });

  it("of a span without characters stand at the one before", () => {
    const body = p(r("甲")) + "<w:p/>" + p(r("乙"));
    const copy = (span: readonly [number, number]) => {
      const parts = unpackZip(markWordComments(wordDraft(body), [{ span, text: "错" }], options));
      return parts.get("word/document.xml")?.toString() ?? "";
    };
    expect(copy([1, 3])).toContain(`${r("甲")}<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>`);
    expect(copy([0, 0])).toContain(`<w:commentRangeEnd w:id="0"/><w:r>`);
  });

  it("refuse spans that are not in the text", () => {
    const markAt = (span: readonly [number, number], body = p(r("甲乙"))) =>
      markWordComments(wordDraft(body), [{ span, text: "" }], options);
    const outside = [
      [0, 3],
      [-1, 1],
      [2, 1],
      [0.5, 1],
      [Number.NaN, 1],
    ] as const;
    for (const span of outside) expect(() => markAt(span)).toThrow(RangeError);
    expect(() => markAt([0, 0], "<w:p/>")).toThrow("no text to comment on");
  });
});

describe("the comments", () => {
  const draft = wordDraft(p(r("甲乙")));
  const comment = { span: [0, 1] as const, text: "一 < 二\r\n三\n\u0000\u0008四\ud800\ufffe" };

  it("are made, declared and related when there were none", () => {
    const parts = unpackZip(markWordComments(draft, [comment], { ...options, author: '"甲"&\u0001' }));
    expect(parts.get("[Content_Types].xml")?.toString()).toMatch(
      /<Override PartName="\/word\/comments\.xml" ContentType="[^"]+\.comments\+xml"\/><\/Types>$/,
    );
    expect(parts.get("word/_rels/document.xml.rels")?.toString()).toMatch(
      /<Relationship Id="rId1" Type="[^"]+\/relationships\/comments" Target="comments\.xml"\/><\/Relationships>$/,
    );
    const comments = parts.get("word/comments.xml")?.toString() ?? "";
    expect(comments).toContain(
      'w:id="0" w:author="&#34;甲&#34;&#38;" w:date="2016-08-15T09:00:00Z" w:initials="核">',
    );
    expect(extract(comments).text).toBe("一 < 二\n三\n四");
  });

  it("join those that are there, with numbers of their own", () => {
    const once = markWordComments(draft, [comment, comment], options);
    const parts = unpackZip(once);
    const old = parts.get("word/comments.xml")?.toString().replace('w:id="0"', 'w:id="7"') ?? "";
    const body = parts.get("word/document.xml")?.toString().replaceAll('w:id="0"', 'w:id="7"') ?? "";
    parts.set("word/comments.xml", Buffer.from(old));
    parts.set("word/document.xml", Buffer.from(body));
    const copy = unpackZip(markWordComments(packZip(parts), [comment, comment], options));
    const found = extract(copy.get("word/document.xml")?.toString() ?? "");
    expect(found.references.toSorted()).toEqual(["0", "1", "2", "7"]);
    const now = copy.get("word/comments.xml")?.toString() ?? "";
    expect(now.startsWith(old.replace(/<\/w:comments>$/, ""))).toBe(true);
    expect([...now.matchAll(/<w:comment [^>]*w:id="(\d+)"/g)].map(([, id]) => id)).toEqual([
      "7",
      "1",
      "0",
      "2",
    ]);
    for (const name of ["[Content_Types].xml", "word/_rels/document.xml.rels"])
      expect(copy.get(name)?.equals(parts.get(name) as Buffer)).toBe(true);
  });

  it("take a name and a number that are free", () => {
    const parts = wordParts(wordDocument(p(r("甲"))));
    parts.set("word/Comments.xml", Buffer.from("an orphan"));
    parts.set("word/document.xml", Buffer.from(wordDocument(p('<w:commentRangeStart w:id="0"/>', r("甲")))));
    const rels = '<x:Relationships xmlns:x="u"><x:Relationship Id="rId2" Target="x.xml"/></x:Relationships>';
    parts.set("word/_rels/document.xml.rels", Buffer.from(rels));
    const copy = unpackZip(markWordComments(packZip(parts), [comment], options));
    expect(copy.get("word/comments1.xml")?.toString()).toContain(' w:id="1" ');
    expect(copy.get("word/_rels/document.xml.rels")?.toString()).toContain(
      '<x:Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments1.xml"/></x:Relationships>',
    );
  });

  it("of none leave the bytes, and of some give the same bytes every time", () => {
    expect(markWordComments(draft, [], options)).toEqual(draft);
    expect(markWordComments(draft, [comment], options)).toEqual(markWordComments(draft, [comment], options));
  });
});

// Random documents: runs of all kinds in paragraphs, links, insertions and cells.
const letters = fc.constantFrom(
  "甲",
  "12.5",
  "%",
  " ",
  "，",
  "\u{1f600}",
  "&lt;",
  "&#38;",
  "\u00ad",
  "<![CDATA[<&]]>",
  "\n",
);
const words = fc.array(letters, { maxLength: 6 }).map((list) => list.join(""));
const texts = fc
  .tuple(words, fc.boolean())
  .map(([text, keeps]) => (keeps ? `<w:t xml:space="preserve">${text}</w:t>` : `<w:t>${text}</w:t>`));
const inRun = fc.oneof(
  { weight: 6, arbitrary: texts },
  fc.constantFrom(
    "<w:tab/>",
    "<w:br/>",
    "<w:noBreakHyphen/>",
    "<w:softHyphen/>",
    "<w:t/>",
    "<w:lastRenderedPageBreak/>",
  ),
);
const looks = fc.constantFrom(
  "",
  "",
  "<w:rPr><w:b/></w:rPr>",
  '<w:rPr><w:sz w:val="18"/><w:i/></w:rPr>',
  "<w:rPr><w:vanish/></w:rPr>",
  "<w:rPr/>",
);
const runs = fc
  .tuple(looks, fc.array(inRun, { maxLength: 3 }), fc.constantFrom("", ' w:rsidR="00A1"'))
  .map(([look, content, attributes]) => `<w:r${attributes}>${look}${content.join("")}</w:r>`);
const someRuns = fc.array(runs, { maxLength: 3 }).map((list) => list.join(""));
const inParagraph = fc.oneof(
  { weight: 4, arbitrary: runs },
  someRuns.map((content) => `<w:ins w:id="1">${content}</w:ins>`),
  someRuns.map((content) => `<w:del w:id="2">${content}</w:del>`),
  someRuns.map((content) => `<w:hyperlink w:anchor="a">${content}</w:hyperlink>`),
  someRuns.map((content) => `<w:sdt><w:sdtPr/><w:sdtContent>${content}</w:sdtContent></w:sdt>`),
  someRuns.map(
    (content) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${content}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  ),
  fc.constant('<w:bookmarkStart w:id="0" w:name="x"/>'),
);
const paragraphs = fc.array(inParagraph, { maxLength: 4 }).map((list) => `<w:p>${list.join("")}</w:p>`);
const someParagraphs = fc.array(paragraphs, { minLength: 1, maxLength: 2 }).map((list) => list.join(""));
const tables = fc
  .array(fc.array(someParagraphs, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
  .map(
    (rows) =>
      `<w:tbl><w:tblPr/>${rows.map((cells) => `<w:tr>${cells.map((content) => `<w:tc>${content}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`,
  );
const bodies = fc
  .array(fc.oneof({ weight: 3, arbitrary: paragraphs }, tables), { minLength: 1, maxLength: 5 })
  .map((list) => list.join(""));

it("marks exactly the spans, and changes nothing else", () => {
  const spans = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(bodies, spans, (body, wanted) => {
      const bytes = wordDraft(body);
      const text = readWordText(bytes);
      const before = extract(wordDocument(body));
      expect(text).toBe(before.text);
      fc.pre(text.split("").some((_, index) => !before.breaks.has(index)));
      const comments = wanted.map(([a, b], index) => {
        const [from = 0, to = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
        return { span: [from, to] as const, text: `第${index}条` };
      });
      const copy = markWordComments(bytes, comments, options);
      expect(readWordText(copy)).toBe(text);
      const parts = unpackZip(copy);
      const after = extract(parts.get("word/document.xml")?.toString() ?? "");
      expect(after.text).toBe(text);
      expect(after.looks).toEqual(before.looks);
      expect(after.references.toSorted()).toEqual(comments.map((_, index) => String(index)));
      for (const [index, { span }] of comments.entries())
        expect(after.ranges.get(String(index))).toEqual(expectedRange(text, before.breaks, span));
      const kept = [...unpackZip(bytes)].filter(([name]) => !/^word\/document|^\[Content/.test(name));
      for (const [name, data] of kept) expect(parts.get(name)?.equals(data)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

/** The span without breaks at its edges and without half surrogates; of nothing else, the end of the character before. */
function expectedRange(
  text: string,
  breaks: ReadonlySet<number>,
  [from, to]: readonly [number, number],
): [number, number] {
  const isPaired = (at: number) => (text.codePointAt(at - 1) ?? 0) > 0xffff;
  let [start, end] = [from, to];
  while (start < end && breaks.has(start)) start++;
  while (end > start && breaks.has(end - 1)) end--;
  if (start < end || isPaired(start))
    return [isPaired(start) ? start - 1 : start, isPaired(end) ? end + 1 : end];
  start = from;
  while (start > 0 && breaks.has(start - 1)) start--;
  if (start === 0) while (breaks.has(start)) start++;
  return [start, start];
}
