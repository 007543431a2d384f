import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpackZip } from "../../../platform/docx/deterministic-zip.ts";
import { markText } from "../../../platform/excel/mark-sheet.ts";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import { Problem } from "../../../platform/problem.ts";
import type { WorkbookProblem } from "../contract.ts";
import { markWorkbook } from "./mark-workbook.ts";
import { bookOf, handMade, listForm, readBook, told, valuesOf, withParts } from "./sample-books.fixture.ts";
import { PROBLEM_SHEET } from "./sheet-words.ts";

const SHEET = "重点企业月报";
const problem = (cell: string | null, more: Partial<WorkbookProblem> = {}): WorkbookProblem => ({
  sheet: SHEET,
  cell,
  severity: "hard",
  code: "BELOW_MIN",
  subject: null,
  column: null,
  zh: "不得小于 0",
  en: "Must not be below 0 <万吨>",
  ...more,
});

const form = listForm();
const text = (bytes: Buffer, part: string): string => unpackZip(bytes).get(part)?.toString() ?? "";
const rows = [{ subject: "coal", name: "煤电：原煤", values: { output_month: "3.5", remark: "好" } }];

/** By cell: the colour that fills it; "none" without one. */
function fillOf(bytes: Buffer, cell: string, sheet = "xl/worksheets/sheet1.xml"): string {
  const style = new RegExp(`<c [^>]*?r="${cell}"[^>]*>`).exec(text(bytes, sheet))?.[0] ?? "absent";
  const styles = text(bytes, "xl/styles.xml");
  const formats = [...styles.replace(/^[^]*<cellXfs/, "").matchAll(/<xf [^>]*>/g)];
  const fills = [...styles.matchAll(/<fill>.*?<\/fill>/g)];
  const format = formats[Number(/ s="(\d+)"/.exec(style)?.[1] ?? 0)]?.[0] ?? "";
  const fill = fills[Number(/fillId="(\d+)"/.exec(format)?.[1] ?? 0)]?.[0] ?? "";
  return /fgColor rgb="(\w+)"/.exec(fill)?.[1] ?? "none";
}

function commentsOf(bytes: Buffer): Record<string, string> {
  const found = [...text(bytes, "xl/comments1.xml").matchAll(/<comment ref="(\w+)".*?<\/comment>/gs)];
  return Object.fromEntries(
    found.map((match) => [match[1] ?? "", match[0].replace(/<[^>]*>/g, "").replaceAll("&#10;", "\n")]),
  );
}

const RED = "FFFFA7A6";
const YELLOW = "FFFFE98A";

test("each problem is at its cell, as a comment and a colour, and all are in a list", async () => {
  const marked = await markWorkbook(await bookOf(form, { rows }), [
    problem("C7"),
    problem("C7", { severity: "soft", code: "JUMP" }),
    problem("H7", { severity: "soft", code: "SHARE" }),
    problem(null, { code: "MISSING_COLUMN" }),
    problem("C7", { sheet: "别的表" }),
  ]);
  expect([fillOf(marked, "C7"), fillOf(marked, "H7"), fillOf(marked, "F7")]).toEqual([RED, YELLOW, "none"]);
  const comments = commentsOf(marked);
  expect(comments["C7"]).toContain(
    "【必须改正】不得小于 0\nMust not be below 0 &#60;万吨&#62;\n（BELOW_MIN）",
  );
  expect(comments["C7"]).toContain("（JUMP）");
  expect(comments["H7"]).toContain("【请核对】");
  const list = text(marked, "xl/worksheets/sheet3.xml");
  expect(list.match(/<row /g)).toHaveLength(6);
  expect(list).toContain("整表");
  expect(text(marked, "xl/workbook.xml")).toMatch(new RegExp(`name="${PROBLEM_SHEET}" sheetId="3"`));
});

test("every part that need not change stays byte for byte, and what is read stays the same", async () => {
  const original = await bookOf(form, { rows });
  const marked = await markWorkbook(original, [problem("C7"), problem("Z90")]);
  const [before, after] = [unpackZip(original), unpackZip(marked)];
  const changed = [...before]
    .filter(([name, bytes]) => !after.get(name)?.equals(bytes))
    .map(([name]) => name);
  expect(changed.sort()).toEqual([
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
  ]);
  expect([...after.keys()].filter((name) => !before.has(name))).toEqual(["xl/worksheets/sheet3.xml"]);
  const read = await readBook(form, marked);
  expect([told(read), read.isSigned, valuesOf(read)]).toEqual([[], true, { coal: rows[0]?.values }]);
});

test("formulas, other sheets and the style of a cell beyond its fill are kept", async () => {
  const original = await handMade([["a", { value: 0.5, numFmt: "0.00%" }, { formula: "B1*2", result: 1 }]]);
  const marked = await markWorkbook(original, [
    problem("B1", { sheet: "Sheet1" }),
    problem("C1", { sheet: "Sheet1" }),
  ]);
  const sheet = text(marked, "xl/worksheets/sheet1.xml");
  expect(sheet).toContain("<f>B1*2</f><v>1</v>");
  expect(fillOf(marked, "B1")).toBe(RED);
  const styles = text(marked, "xl/styles.xml");
  const own = / s="(\d+)" [^>]*r="B1"|r="B1"[^>]* s="(\d+)"/.exec(sheet);
  const formats = [...styles.replace(/^[^]*<cellXfs/, "").matchAll(/<xf [^>]*>/g)].map(([xf]) => xf);
  expect(formats[Number(own?.[1] ?? own?.[2])]).toContain('numFmtId="164"');
  // without comments before: the parts that show them are new, and are named where Excel looks
  expect(sheet).toMatch(/<legacyDrawing xmlns:r="[^"]*" r:id="rId\d+"\/><\/worksheet>$/);
  expect(text(marked, "xl/worksheets/_rels/sheet1.xml.rels")).toMatch(/vmlDrawing1\.vml.*|comments1\.xml.*/);
  expect(text(marked, "[Content_Types].xml")).toContain('Extension="vml"');
  expect(text(marked, "xl/drawings/vmlDrawing1.vml").match(/ObjectType="Note"/g)).toHaveLength(2);
});

test("other people's comments stay, also where a problem joins them", async () => {
  const marked = await markWorkbook(await bookOf(form, { rows }), [problem("C4")]);
  const comments = commentsOf(marked);
  expect(comments["C4"]).toMatch(/^必填；不小于 0；按合格品计算\n台账 Taizhang：\n【必须改正】/);
  expect(comments["F4"]).toBe("必填");
});

test("a plain comment that a problem joins becomes a run of its own", async () => {
  const plain = withParts(await bookOf(form, { rows }), (parts) => ({
    "xl/comments1.xml": (parts.get("xl/comments1.xml")?.toString() ?? "").replaceAll(
      /<r>(<t>.*?<\/t>)<\/r>/g,
      "$1",
    ),
  }));
  const part = text(await markWorkbook(plain, [problem("C4")]), "xl/comments1.xml");
  expect(part).toMatch(
    /<text><r><t>必填；不小于 0；按合格品计算<\/t><\/r><r><t xml:space="preserve">&#10;台账/,
  );
});

test("a copy that comes back is marked anew: what was mended loses its mark", async () => {
  const once = await markWorkbook(await bookOf(form, { rows }), [
    problem("C7"),
    problem("C4"),
    problem("I7"),
  ]);
  const twice = await markWorkbook(once, [problem("H7"), problem("I7", { code: "AGAIN" })]);
  expect(Object.keys(commentsOf(twice)).sort()).toEqual(["C4", "F4", "H4", "H7", "I4", "I7"]);
  expect(commentsOf(twice)["C7"]).toBeUndefined();
  expect(commentsOf(twice)["C4"]).not.toContain("台账");
  expect(commentsOf(twice)["I7"]).toContain("AGAIN");
  expect([fillOf(twice, "C7"), fillOf(twice, "H7"), fillOf(twice, "I7")]).toEqual(["none", RED, RED]);
  expect(text(twice, "xl/workbook.xml").match(/问题清单/g)).toHaveLength(1);
  expect(text(twice, "xl/worksheets/sheet3.xml").match(/<row /g)).toHaveLength(3);
  const shapes = text(twice, "xl/drawings/vmlDrawing1.vml").match(/_x0000_s\d+/g) ?? [];
  expect(new Set(shapes).size).toBe(shapes.length);
  expect(shapes).toHaveLength(Object.keys(commentsOf(twice)).length);
});

test("also when LibreOffice has saved it, which forgets the author and breaks the text into runs", async () => {
  const once = await markWorkbook(await bookOf(form, { rows }), [
    problem("C7"),
    problem("C4"),
    problem("I7"),
  ]);
  const run = (words: string): string =>
    `<r><rPr><sz val="11"/></rPr><t xml:space="preserve">${words}</t></r>`;
  const saved = withParts(once, (parts) => ({
    "xl/comments1.xml": (parts.get("xl/comments1.xml")?.toString() ?? "")
      .replaceAll(/<author>[^<]*<\/author>/g, "<author> </author>")
      .replaceAll(/authorId="\d+"/g, 'authorId="0"')
      .replaceAll(/<text>(.*?)<\/text>/gs, (_, runs: string) => {
        const words = runs.replaceAll(/<[^>]*>/g, "");
        return `<text>${words.replaceAll(/[\x20-\x7e]+|[^\x20-\x7e]+/g, run)}</text>`;
      }),
  }));
  const words = "必填；不小于 0；按合格品计算";
  expect(commentsOf(saved)["C4"]).toContain(`${words}\n台账 Taizhang：\n【必须改正】`);
  const twice = await markWorkbook(saved, [problem("H7"), problem("I7", { code: "AGAIN" })]);
  expect(Object.keys(commentsOf(twice)).sort()).toEqual(["C4", "F4", "H4", "H7", "I4", "I7"]);
  expect(commentsOf(twice)["C4"]).toBe(words);
  expect(commentsOf(twice)["I7"]?.match(/【/g)).toHaveLength(1);
  expect(commentsOf(twice)["F4"]).toBe("必填");
});

describe("the XML of the sheet", () => {
  const marksAt = (refs: readonly (readonly [number, number])[]) => {
    const cells = new Map<number, Map<number, "hard">>();
    for (const [line, column] of refs)
      cells.set(line, (cells.get(line) ?? new Map<number, "hard">()).set(column, "hard"));
    return cells;
  };
  const styles = {
    marked: () => 9,
    unmarked: () => undefined,
    part: () => ({ name: "", text: "", encoding: "utf-8" as const }),
  };
  const run = async (
    xml: string,
    pieces: number[],
    refs: readonly (readonly [number, number])[],
  ): Promise<string> => {
    const cuts = [...new Set([0, ...pieces.map((cut) => cut % xml.length), xml.length])].sort(
      (a, b) => a - b,
    );
    async function* piecewise(): AsyncGenerator<string> {
      for (const [i, at] of cuts.entries()) yield xml.slice(at, cuts[i + 1] ?? at);
    }
    let out = "";
    for await (const piece of markText(piecewise(), {
      cells: marksAt(refs),
      styles,
      legacyDrawing: 'r:id="x"',
    }))
      out += piece;
    return out;
  };
  const head =
    '<?xml version="1.0"?>\r\n<x:worksheet xmlns:x="m"><x:cols><x:col min="1" max="3" style="4"/></x:cols>';

  test("cells and rows that are missing are put in their order, behind what stands and before what follows", async () => {
    const xml = `${head}<x:sheetData><x:row r="2"><x:c r="B2" s="1"><x:v>1</x:v></x:c></x:row><x:row r="4"/></x:sheetData><x:pageMargins/><x:extLst/></x:worksheet>`;
    const out = await run(
      xml,
      [],
      [
        [1, 0],
        [2, 0],
        [2, 1],
        [2, 2],
        [4, 5],
        [9, 1],
      ],
    );
    expect(out).toBe(
      `${head}<x:sheetData><x:row r="1"><x:c r="A1" s="9"/></x:row><x:row r="2"><x:c r="A2" s="9"/><x:c s="9" r="B2"><x:v>1</x:v></x:c><x:c r="C2" s="9"/></x:row>` +
        `<x:row r="4"><x:c r="F4" s="9"/></x:row><x:row r="9"><x:c r="B9" s="9"/></x:row></x:sheetData><x:pageMargins/><x:legacyDrawing r:id="x"/><x:extLst/></x:worksheet>`,
    );
  });

  test("wherever the text is cut, nothing but the marks changes", async () => {
    const xml = `${head}<x:sheetData>${Array.from({ length: 12 }, (_, i) => `<x:row r="${i * 2 + 1}"><x:c r="B${i * 2 + 1}" t="str"><x:v>字𠮷&amp;\r\n&lt;</x:v></x:c><x:c r="D${i * 2 + 1}" s='3' /></x:row>`).join("\r\n")}</x:sheetData><x:legacyDrawing r:id="y"/></x:worksheet>`;
    const whole = (refs: readonly (readonly [number, number])[]) => run(xml, [], refs);
    const place = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 6 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { maxLength: 40 }),
        fc.array(place, { maxLength: 12 }),
        async (cuts, refs) => {
          const out = await run(xml, cuts, refs);
          expect(out).toBe(await whole(refs));
          const bare = (sheet: string): string =>
            sheet
              .replace(/ s=["']\d+["']/g, "")
              .replace(/<x:c r="\w+"\/>/g, "")
              .replace(/<x:row r="\d+"><\/x:row>/g, "");
          expect(bare(out)).toBe(bare(xml));
          for (const [line, column] of refs)
            expect(out).toMatch(new RegExp(`<x:c (?:s="9" )?r="${columnLetter(column)}${line}"[^>]*>`));
        },
      ),
    );
  });
});

test("a book without styles gets its comments all the same", async () => {
  const bare = withParts(await handMade([["a"]]), (parts) => ({
    "xl/styles.xml": undefined,
    "xl/_rels/workbook.xml.rels": (parts.get("xl/_rels/workbook.xml.rels")?.toString() ?? "").replace(
      /<Relationship [^>]*styles\.xml"[^>]*\/>/,
      "",
    ),
  }));
  const marked = await markWorkbook(bare, [problem("A1", { sheet: "Sheet1" })]);
  expect(Object.keys(commentsOf(marked))).toEqual(["A1"]);
});

test("2,000 marks take their numbers from blocks that nobody else has", async () => {
  const many = Array.from({ length: 2000 }, (_, i) => problem(`C${i + 7}`));
  const drawing = text(await markWorkbook(await bookOf(form, { rows }), many), "xl/drawings/vmlDrawing1.vml");
  const ids = (drawing.match(/(?<=_x0000_s)\d+/g) ?? []).map(Number);
  expect(new Set(ids).size).toBe(ids.length);
  const blocks = (/idmap [^>]*data="([\d,]+)"/.exec(drawing)?.[1] ?? "").split(",").map(Number);
  expect(new Set(ids.map((id) => Math.floor(id / 1024)))).toEqual(new Set(blocks));
});

test("what is no workbook is refused with what to do", async () => {
  const refused: unknown = await markWorkbook(Buffer.from("x"), []).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Problem);
  expect(refused).toMatchObject({ code: "WORKBOOK_UNREADABLE", status: 422 });
});
