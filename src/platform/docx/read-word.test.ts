import * as docx from "docx";
import { describe, expect, it } from "vitest";
import { packZip } from "./deterministic-zip.ts";
import { readWordText } from "./read-word.ts";
import { wordDocument, wordDraft, wordParts, wordUri } from "./word-draft.fixture.ts";

const t = (text: string) => `<w:t xml:space="preserve">${text}</w:t>`;
const r = (text: string, properties = "") =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}${t(text)}</w:r>`;
const p = (...content: string[]) => `<w:p>${content.join("")}</w:p>`;
const mark = (properties: string) => `<w:pPr><w:rPr>${properties}</w:rPr></w:pPr>`;
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const cell = (...content: string[]) => `<w:tc>${content.join("")}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;
const box = (...paragraphs: string[]) => `<w:txbxContent>${paragraphs.join("")}</w:txbxContent>`;

const cases: [name: string, body: string, text: string][] = [
  ["paragraphs, an empty one too", p(r("甲"), r("乙")) + "<w:p/>" + p(r("丙")), "甲乙\n\n丙"],
  ["nothing", "", ""],
  ["one empty paragraph", "<w:p></w:p>", ""],
  [
    "tab, breaks, hyphens, symbol",
    p(
      "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:noBreakHyphen/><w:softHyphen/><w:sym w:char='F0E0'/><w:ptab/></w:r>",
    ),
    "\ta\nb\n-\t",
  ],
  ["a stop is no tab", p('<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>', r("x")), "x"],
  [
    "entities, CDATA, comments, instructions",
    p("<w:r><w:t>1&lt;2&#38;&#x1F600;<![CDATA[<3>&]]><!-- no -->4<?no no?>5</w:t></w:r>"),
    "1<2&\u{1f600}<3>&45",
  ],
  [
    "white space at edges",
    p("<w:r><w:t>  a b\n </w:t></w:r><w:r><w:t> </w:t></w:r>", r(" c\r\nd ")),
    "a b c d ",
  ],
  ["ideographic spaces stay", p("<w:r><w:t>\u3000\u3000甲\u3000</w:t></w:r>"), "\u3000\u3000甲\u3000"],
  ["xml:space from above", '<w:p xml:space="preserve"><w:r><w:t> a </w:t></w:r></w:p>', " a "],
  ["soft hyphens in text", p(r("12\u00ad34&#173;")), "1234"],
  [
    "insertions and deletions",
    p(
      `<w:ins>${r("新")}</w:ins><w:del><w:r><w:delText>旧</w:delText><w:tab/></w:r></w:del>`,
      `<w:moveFrom>${r("走")}</w:moveFrom><w:moveTo>${r("来")}</w:moveTo>`,
    ),
    "新来",
  ],
  ["an end of paragraph deleted", p(mark("<w:del/>"), r("甲")) + p(r("乙")) + p(r("丙")), "甲乙\n丙"],
  ["an end of paragraph inserted", p(mark("<w:ins/>"), r("甲")) + p(r("乙")), "甲\n乙"],
  [
    "hidden text",
    p(r("见", "<w:b/>"), r("隐", "<w:vanish/>"), r("显", '<w:vanish w:val="0"/>'), r("网", "<w:webHidden/>")),
    "见显网",
  ],
  ["no longer hidden", p(r("显", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")), "显"],
  [
    "a style separator: heading and text in a line",
    p(mark("<w:vanish/><w:specVanish/>"), r("（一）投资。")) + p(r("增长9%。")),
    "（一）投资。增长9%。",
  ],
  [
    "a field's result and not its code",
    p(
      r("第"),
      field("begin"),
      `<w:r><w:instrText> PAGE </w:instrText>${t("码")}</w:r>`,
      field("begin") + r("内") + field("separate") + r("里") + field("end"),
      field("separate"),
      r("3"),
      field("end"),
      r("页"),
      `<w:fldSimple w:instr="DATE">${r("今天")}</w:fldSimple>`,
    ),
    "第3页今天",
  ],
  ["a field never finished hides nothing", p(field("begin"), r("甲")) + p(r("乙")), "甲\n乙"],
  [
    "links, tags, controls",
    p(
      `<w:hyperlink w:anchor="x">${r("链")}</w:hyperlink><w:smartTag w:element="y">${r("签")}</w:smartTag>`,
      `<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>${r("控")}</w:sdtContent></w:sdt>`,
    ) + `<w:sdt><w:sdtContent>${p(r("块"))}</w:sdtContent></w:sdt>`,
    "链签控\n块",
  ],
  [
    "alternatives once",
    p(
      `<mc:AlternateContent><mc:Choice Requires="wps">${r("一")}</mc:Choice><mc:Choice Requires="v">${r("二")}</mc:Choice><mc:Fallback>${r("三")}</mc:Fallback></mc:AlternateContent>`,
      `<w:r><mc:AlternateContent><mc:Fallback>${t("四")}</mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    "一四",
  ],
  [
    "text boxes after their paragraph, once, empty ones not",
    p(
      r("前"),
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box(p(r("框一")), p(r("框二")))}</wps:txbx></w:drawing></mc:Choice>`,
      `<mc:Fallback><w:pict><v:textbox>${box(p(r("框一")))}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      `<w:r><w:pict><v:textbox>${box("<w:p/>")}</v:textbox></w:pict></w:r>`,
      r("后"),
    ) + p(r("下段")),
    "前后\n框一\n框二\n下段",
  ],
  [
    "a box in a box in a cell",
    `<w:tbl>${row(
      cell(
        p(
          r("格"),
          `<w:r><w:pict>${box(p(r("外"), `<w:r><w:pict>${box(p(r("内")))}</w:pict></w:r>`))}</w:pict></w:r>`,
        ),
      ),
      cell(p(r("邻"))),
    )}</w:tbl>`,
    "格\n外\n内\t邻",
  ],
  [
    "tables: cells, rows, paragraphs in a cell, tables in a cell, empty cells",
    p(r("表前")) +
      `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>${row(cell(p(r("一")), p(r("二"))), cell("<w:p/>"), cell(p(r("三"))))}` +
      `${row(cell(p(r("四"))), cell(`<w:tbl>${row(cell(p(r("内"))), cell(p(r("里"))))}</w:tbl><w:p/>`))}</w:tbl>` +
      p(r("表后")),
    "表前\n一\n二\t\t三\n四\t内\t里\n\n表后",
  ],
  [
    "merged cells and deleted rows",
    `<w:tbl>${row(cell('<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', p(r("合"))), cell(p(r("1"))))}` +
      row(cell("<w:tcPr><w:vMerge/></w:tcPr>", p(r("看不")), p(r("见"))), cell(p(r("2")))) +
      `${row("<w:trPr><w:del/></w:trPr>", cell(p(r("删"))), cell(p(r("行"))))}</w:tbl>` +
      p(r("后")),
    "合\t1\n\t2\n后",
  ],
  [
    "a deleted row at the end",
    `<w:tbl>${row(cell(p(r("留"))))}${row("<w:trPr><w:del/></w:trPr>", cell(p(r("删"))))}</w:tbl>`,
    "留",
  ],
  [
    "glosses and notes",
    p(
      `<w:r><w:ruby><w:rubyPr/><w:rt>${r("pīn")}</w:rt><w:rubyBase>${r("拼")}</w:rubyBase></w:ruby></w:r>`,
      '<w:r><w:footnoteReference w:id="1"/></w:r>',
      r("音"),
    ),
    "拼音",
  ],
];

describe("the text of a Word draft", () => {
  it.each(cases)("%s", (_name, body, text) => {
    expect(readWordText(wordDraft(body))).toBe(text);
  });

  it("goes by namespace and not by prefix, strict or transitional", () => {
    for (const uri of [wordUri, "http://purl.oclc.org/ooxml/wordprocessingml/main"]) {
      const paragraph = `<x:p xmlns:w="urn:other"><x:r><w:t>别的</w:t><x:t>甲</x:t><x:tab/></x:r></x:p>`;
      const prefixed = `<x:document xmlns:x="${uri}"><x:body>${paragraph}</x:body></x:document>`;
      const unprefixed = `<document xmlns="${uri}"><body><p><r><t>甲</t><tab/></r></p></body></document>`;
      for (const xml of [prefixed, unprefixed]) expect(readWordText(packZip(wordParts(xml)))).toBe("甲\t");
    }
  });

  it("reads UTF-16, and a document under another name", () => {
    const utf16 = wordParts("");
    utf16.set(
      "word/document.xml",
      Buffer.from(`\ufeff${wordDocument(p(r("甲"))).replace("UTF-8", "UTF-16")}`, "utf16le"),
    );
    expect(readWordText(packZip(utf16))).toBe("甲");
    const renamed = wordParts("");
    renamed.delete("word/document.xml");
    renamed.set("word/document2.xml", Buffer.from(wordDocument(p(r("乙")))));
    const relations = renamed
      .get("_rels/.rels")
      ?.toString()
      .replace("word/document.xml", "/word/document2.xml");
    renamed.set("_rels/.rels", Buffer.from(relations ?? ""));
    expect(readWordText(packZip(renamed))).toBe("乙");
  });

  it("reads what the docx package writes", async () => {
    const words = (text: string) => new docx.Paragraph({ children: [new docx.TextRun(text)] });
    const file = new docx.Document({
      footnotes: { 1: { children: [words("脚注")] } },
      sections: [
        {
          headers: { default: new docx.Header({ children: [words("页眉")] }) },
          children: [
            new docx.Paragraph({
              children: [
                new docx.TextRun({ text: "投资", bold: true }),
                new docx.TextRun({ text: "78.5亿元", color: "FF0000" }),
                new docx.FootnoteReferenceRun(1),
                new docx.DeletedTextRun({ text: "九", id: 1, author: "甲", date: "2016-08-15T00:00:00Z" }),
                new docx.InsertedTextRun({ text: "。", id: 2, author: "甲", date: "2016-08-15T00:00:00Z" }),
              ],
            }),
            new docx.Table({
              rows: [
                ["指标", "同比"],
                ["投资", "9.3"],
              ].map(
                (texts) =>
                  new docx.TableRow({
                    children: texts.map((text) => new docx.TableCell({ children: [words(text)] })),
                  }),
              ),
            }),
            words("完"),
          ],
        },
      ],
    });
    const bytes = await docx.Packer.pack(file, "uint8array");
    expect(readWordText(bytes)).toBe("投资78.5亿元。\n指标\t同比\n投资\t9.3\n完");
  });
});
