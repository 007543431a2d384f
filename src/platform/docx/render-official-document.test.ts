import { Buffer } from "node:buffer";
import { beforeAll, describe, expect, it } from "vitest";
import { unpackZip } from "./deterministic-zip.ts";
import type { OfficialDocument, Run } from "./official-document.ts";
import { renderOfficialDocument } from "./render-official-document.ts";
import { bookmarkName, printable } from "./traced-link.ts";

const text = (words: string): Run => ({ kind: "text", text: words });
const figure = (words: string, ...refs: string[]): Run => ({
  kind: "figure",
  text: words,
  refs,
  field: "x.value",
});
/** the smallest PNG: one white pixel */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
  "base64",
);
const paper: OfficialDocument = {
  title: "原平市2016年1—7月经济运行情况",
  subtitles: ["（调度会材料）"],
  blocks: [
    { kind: "heading", level: 1, runs: [text("一、总体")] },
    {
      kind: "paragraph",
      lead: "（一）投资。",
      runs: [text("完成"), figure("78.5亿元", "f1"), text("，"), figure("9%", "f9"), text("。")],
    },
    { kind: "paragraph", runs: [text("=cmd|'/c calc'!A0 <w:br/> & \u0000\u0008\ud800{PAGE} \n换行")] },
    {
      kind: "table",
      type: "normal",
      caption: "表1",
      columns: [
        { header: "指标", width: 2, align: "left" },
        { header: "同比\n（%）", width: 1, align: "right" },
      ],
      rows: [{ cells: [{ runs: [text("投资")] }, { runs: [figure("9.3", "f2")], below: [text("(8.1)")] }] }],
    },
    { kind: "picture", png, widthMm: 150, heightMm: 60, alt: "折线图", caption: "图1" },
  ],
  appendices: [
    {
      label: "附件1",
      title: "数据来源表",
      blocks: [
        {
          kind: "table",
          type: "small",
          columns: [{ header: "编号", width: 1, align: "center" }],
          rows: [
            { anchor: "f1", cells: [{ runs: [text("f1")] }] },
            { cells: [{ runs: [text("f2")], anchor: "f2" }] },
            { anchor: "f1", cells: [{ runs: [text("again")] }] },
          ],
        },
      ],
    },
    { label: "附件2", title: "位次", blocks: [] },
  ],
};
const options = { today: "2016-08-15", creator: "原平市人民政府办公室" };

/** Every tag closed in order, no bare ampersand, no forbidden character: well-formed enough for Word to open. */
function assertWellFormed(name: string, xml: string): void {
  expect(xml).not.toMatch(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/u);
  expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/);
  const open: string[] = [];
  for (const [, closing, tagName, selfClosing] of xml
    .replace(/^<\?xml[^>]*\?>/, "")
    .matchAll(/<(\/?)([^\s/>]+)(?:\s[^>]*?)?(\/?)>/g)) {
    if (closing) expect(`${name}: ${open.pop()}`).toBe(`${name}: ${tagName}`);
    else if (!selfClosing) open.push(tagName as string);
  }
  expect({ name, open }).toEqual({ name, open: [] });
}

describe("an official document in Word", () => {
  let bytes: Uint8Array;
  let parts: Map<string, Buffer>;
  let body: string;
  const part = (name: string) => parts.get(name)?.toString("utf8") ?? "";
  beforeAll(async () => {
    bytes = await renderOfficialDocument(paper, options);
    parts = unpackZip(bytes);
    body = part("word/document.xml");
  });

  it("is the same bytes for the same input, and differs in the date only", async () => {
    const again = await renderOfficialDocument(paper, options);
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(again))).toBe(0);
    const later = unpackZip(await renderOfficialDocument(paper, { ...options, today: "2016-08-16" }));
    const differing = [...later]
      .filter(([name, data]) => !parts.get(name)?.equals(data))
      .map(([name]) => name);
    expect(differing).toEqual(["docProps/core.xml"]);
  });

  it("is well-formed in every part", () => {
    const xml = [...parts].filter(([name]) => /\.(xml|rels)$/.test(name));
    expect(xml.length).toBeGreaterThan(10);
    for (const [name, data] of xml) assertWellFormed(name, data.toString("utf8"));
  });

  it("has the page of GB/T 9704: A4, its margins, 22 lines of 28 characters", () => {
    expect(body).toMatch(/<w:pgSz(?=[^>]* w:w="11906")(?=[^>]* w:h="16838")/);
    expect(body).toMatch(
      /<w:pgMar(?=[^>]* w:top="2098")(?=[^>]* w:bottom="1984")(?=[^>]* w:left="1588")(?=[^>]* w:right="1474")/,
    );
    expect(body).toMatch(
      /<w:docGrid(?=[^>]* w:type="linesAndChars")(?=[^>]* w:linePitch="579")(?=[^>]* w:charSpace="-848")/,
    );
    expect(579 * 22).toBeLessThanOrEqual(16838 - 2098 - 1984);
    const pitch = 16 + -6 / 20;
    const line = (11906 - 1588 - 1474) / 20;
    expect(Math.floor(line / pitch)).toBe(28);
  });

  it("spaces body text exactly and tables not at all", () => {
    const styles = part("word/styles.xml");
    const style = (id: string) => styles.match(new RegExp(`w:styleId="${id}">.*?</w:style>`))?.[0] ?? "";
    expect(style("BodyText")).toContain('w:line="579" w:lineRule="exact"');
    expect(style("BodyText")).toContain('w:firstLineChars="200"');
    expect(style("TableText")).toContain('w:lineRule="auto"');
    for (const id of ["TableBelow", "TableSmall", "Picture"]) expect(style(id)).not.toContain("exact");
    expect(style("Heading1")).toContain("黑体");
    expect(style("Heading2")).toContain("楷体_GB2312");
    expect(style("Title")).toContain("方正小标宋简体");
    const used = new Set([...body.matchAll(/<w:pStyle w:val="([^"]+)"/g)].map((match) => match[1]));
    for (const id of used) expect(style(id as string)).toContain(`"${id}"`);
  });

  it("repeats table headers and splits no row", () => {
    expect(body.match(/<w:tblHeader\/>/g)?.length).toBe(2);
    expect(body.match(/<w:cantSplit\/>/g)?.length).toBe(body.match(/<w:tr>/g)?.length);
  });

  it("numbers pages outside, odd right and even left", () => {
    expect(part("word/settings.xml")).toContain("<w:evenAndOddHeaders/>");
    const type = (kind: string) =>
      body.match(new RegExp(`<w:footerReference[^>]*w:type="${kind}"[^>]*>`))?.[0].match(/r:id="(\w+)"/)?.[1];
    const relations = part("word/_rels/document.xml.rels");
    const footer = (kind: string) =>
      part(
        `word/${relations
          .match(
            new RegExp(`Id="${type(kind)}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${type(kind)}"`),
          )
          ?.slice(1)
          .find(Boolean)}`,
      );
    expect(footer("default")).toContain('<w:jc w:val="right"/>');
    expect(footer("even")).toContain('<w:jc w:val="left"/>');
    expect(footer("even")).toContain("— ");
  });

  it("leads from a figure to its source and nowhere else", () => {
    const targets = [...body.matchAll(/<w:hyperlink w:anchor="([^"]+)"/g)].map((match) => match[1]);
    const marks = [...body.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toEqual(["ref_f1", "ref_f2"]);
    expect(marks).toEqual(["ref_f1", "ref_f2"]);
    expect(
      new Set([...body.matchAll(/<w:bookmarkStart[^>]*w:id="([^"]+)"/g)].map((match) => match[1])).size,
    ).toBe(2);
    expect(body).toContain('w:tooltip="数据编号：f1"');
    expect(part("word/styles.xml")).not.toContain("0563C1");
  });

  it("writes typed text as text: no markup, no field, no forbidden character", () => {
    expect(body).toContain("=cmd|&apos;/c calc&apos;!A0 &lt;w:br/&gt; &amp; {PAGE}  换行");
    expect(body).not.toContain("w:instrText");
  });

  it("says what it is: language, fonts with substitutes, alternative text, properties", () => {
    expect(part("word/styles.xml")).toContain('w:eastAsia="zh-CN"');
    expect(part("word/fontTable.xml")).toMatch(/w:name="仿宋_GB2312"><w:altName w:val="[^"]*FangSong/);
    expect(body).toContain('descr="折线图"');
    expect(part("docProps/core.xml")).toContain(
      '<dcterms:created xsi:type="dcterms:W3CDTF">2016-08-15T00:00:00Z',
    );
    expect(body).toMatch(/附件：<\/w:t>|附件：1\.数据来源表/);
  });

  it("refuses a day that is none", async () => {
    await expect(renderOfficialDocument(paper, { ...options, today: "15.8.2016" })).rejects.toThrow(
      "not a day",
    );
  });
});

it("makes bookmark names Word accepts", () => {
  for (const anchor of ["f1", "o12", "a b", "数据", "x".repeat(80)])
    expect(bookmarkName(anchor)).toMatch(/^[A-Za-z]\w{0,39}$/);
});

it("keeps what can be printed", () => {
  expect(printable("甲\t乙\r\n丙\u0007\u{1f600}\udc00")).toBe("甲 乙 丙\u{1f600}");
});
