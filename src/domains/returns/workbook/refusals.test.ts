import { describe, expect, test } from "vitest";
import { makeZipEntry, writeZip } from "../../../platform/docx/deterministic-zip.ts";
import { Problem } from "../../../platform/problem.ts";
import { period } from "../../../shared/period.ts";
import type { WorkbookToRead } from "./read-workbook.ts";
import { bookOf, handMade, listForm, readBook, regionForm, withParts } from "./sample-books.fixture.ts";

const form = listForm();
const refusal = async (bytes: Buffer, more: Partial<WorkbookToRead> = {}): Promise<string> => {
  const error: unknown = await readBook(form, bytes, more).then(
    () => new Error("it was read"),
    (caught: unknown) => caught,
  );
  if (!(error instanceof Problem)) throw error;
  expect(error.status).toBe(422);
  expect(error.detail?.zh).toMatch(/请/);
  expect(error.detail?.en).toBeTruthy();
  return `${error.code} ${error.detail?.zh ?? ""}`;
};

describe("for another return", () => {
  test.each<[string, Partial<WorkbookToRead>]>([
    ["WORKBOOK_WRONG_FORM", { form: { ...form, code: "other" } }],
    ["WORKBOOK_WRONG_VERSION", { formVersion: 4 }],
    ["WORKBOOK_WRONG_PERIOD", { period: period("2016-06") }],
    ["WORKBOOK_WRONG_UNIT", { unitCode: "dongzhen" }],
    ["WORKBOOK_TAMPERED", { key: Buffer.from("another key") }],
  ])("%s", async (code, more) => {
    const bytes = await bookOf(form);
    expect(await refusal(bytes, more)).toContain(code);
    expect((await readBook(form, bytes)).isSigned).toBe(true);
  });

  test("a mark that was changed by hand", async () => {
    const bytes = withParts(await bookOf(form), (parts) => {
      const strings = parts.get("xl/sharedStrings.xml")?.toString() ?? "";
      expect(strings).toContain("<t>2016-07</t>");
      return { "xl/sharedStrings.xml": strings.replace("<t>2016-07</t>", "<t>2016-06</t>") };
    });
    expect(await refusal(bytes)).toContain("WORKBOOK_TAMPERED");
    expect(await refusal(bytes, { period: period("2016-06") })).toContain("WORKBOOK_TAMPERED");
  });
});

describe("files that are no workbook to be read", () => {
  const compound = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);

  test.each<[string, Buffer, RegExp]>([
    ["text", Buffer.from("企业,产量\n"), /不是 Excel/],
    ["nothing", Buffer.alloc(0), /不是 Excel/],
    [
      "a zip of something else",
      Buffer.from(writeZip([makeZipEntry("word/document.xml", Buffer.from("<a/>"))])),
      /不是 Excel/,
    ],
    [".xls", compound, /旧格式/],
    ["under a password", Buffer.concat([compound, Buffer.from("EncryptedPackage", "utf16le")]), /密码/],
  ])("%s", async (_, bytes, words) => {
    expect(await refusal(bytes)).toMatch(words);
  });

  test.each<[string, (parts: Map<string, Buffer>) => Record<string, string | undefined>, RegExp]>([
    ["with macros", () => ({ "xl/vbaProject.bin": "x" }), /宏/],
    [
      "with macros under another name",
      (parts) => ({
        "[Content_Types].xml": (parts.get("[Content_Types].xml")?.toString() ?? "").replace(
          "spreadsheetml.sheet.main+xml",
          "sheet.macroEnabled.main+xml",
        ),
      }),
      /宏/,
    ],
    ["without its book", () => ({ "xl/workbook.xml": undefined }), /不是 Excel/],
    ["with a sheet that is no XML", () => ({ "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" }), /损坏/],
    [
      "with a document type, which could name files of ours",
      (parts) => ({
        "xl/worksheets/sheet1.xml": (parts.get("xl/worksheets/sheet1.xml")?.toString() ?? "").replace(
          "<worksheet",
          '<!DOCTYPE x [<!ENTITY e "e">]><worksheet',
        ),
      }),
      /损坏/,
    ],
    ["with a sheet that is not there", () => ({ "xl/worksheets/sheet1.xml": undefined }), /损坏/],
    [
      "with a row beyond all rows",
      (parts) => ({
        "xl/worksheets/sheet1.xml": (parts.get("xl/worksheets/sheet1.xml")?.toString() ?? "").replace(
          'r="7"',
          'r="99999999"',
        ),
      }),
      /损坏/,
    ],
    [
      "with a text without end",
      (parts) => ({
        "xl/worksheets/sheet1.xml": (parts.get("xl/worksheets/sheet1.xml")?.toString() ?? "").replace(
          "<sheetData>",
          `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${"x".repeat(5_000_000)}</t></is></c></row>`,
        ),
      }),
      /损坏/,
    ],
  ])("%s", async (_, change, words) => {
    expect(await refusal(withParts(await bookOf(form), change))).toMatch(words);
  });

  test("cut off in the middle", async () => {
    const bytes = await bookOf(form);
    expect(await refusal(bytes.subarray(0, bytes.length / 2))).toMatch(/不是 Excel|损坏/);
  });

  test("one byte of a compressed sheet changed", async () => {
    const bytes = Buffer.from(await bookOf(form));
    const at = bytes.indexOf("xl/worksheets/sheet1.xml") + 60;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    expect(await refusal(bytes)).toMatch(/损坏/);
  });
});

describe("bombs", () => {
  const bomb = async (size: (declared: number) => number): Promise<Buffer> => {
    const blanks = Buffer.alloc(40 * 1024 * 1024, " ");
    const entry = makeZipEntry("xl/worksheets/sheet1.xml", blanks);
    const parts = await bookOf(form);
    const { readZipDirectory } = await import("../../../platform/docx/zip-directory.ts");
    const limits = { entries: 99, entryBytes: 1e9, totalBytes: 1e9, ratio: 1e9, ratioFrom: 1 };
    const others = readZipDirectory(parts, limits).filter(({ name }) => name !== entry.name);
    return Buffer.from(writeZip([...others, { ...entry, size: size(entry.size) }]));
  };

  test("that say how large they are, are refused before anything is inflated", async () => {
    expect(await refusal(await bomb((declared) => declared))).toMatch(/过大/);
  });

  test("that lie about it are not inflated beyond what they said", async () => {
    const bytes = await bomb(() => 1000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(bytes)).toMatch(/损坏/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});

test("no heading anywhere: it is said which one is looked for", async () => {
  expect(
    await refusal(
      await handMade([
        ["随便", "什么"],
        [1, 2],
      ]),
    ),
  ).toMatch(/WORKBOOK_NO_HEADING.*企业及产品.*产量（本月）/);
  expect(await refusal(await handMade([["随便"], [1]]), { form: regionForm() })).toContain(
    "WORKBOOK_NO_HEADING",
  );
  // columns, but nothing that could name a subject
  expect(
    await refusal(
      await handMade([
        ["产量（本月）", "销售额"],
        [1, 2],
      ]),
    ),
  ).toContain("WORKBOOK_NO_HEADING");
});
