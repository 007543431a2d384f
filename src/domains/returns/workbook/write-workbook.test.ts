import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unzip } from "../../../../fixtures/file-text.ts";
import { dec } from "../../../shared/decimal.ts";
import { FormDefinition } from "../contract.ts";
import { REGION_ROW } from "../core/form.ts";
import type { Column, FormDefinition as Form } from "../core/form.ts";
import { bookOf, listForm, readBook, regionForm, told, valuesOf } from "./sample-books.fixture.ts";

const sheetXml = (bytes: Buffer): string => unzip(bytes).get("xl/worksheets/sheet1.xml")?.toString() ?? "";

describe("what was written comes back", () => {
  const plain = (column: Column): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
        fc.bigInt({ min: 0n, max: 10n ** BigInt(column.decimals) - 1n }),
        fc.boolean(),
      )
      .map(([whole, fraction, isNegative]) =>
        dec(
          `${isNegative && column.min === null ? "-" : ""}${whole % 10n ** 17n}.${String(fraction).padStart(column.decimals, "0")}`,
        ).toFixed(),
      );
  const numbers = (form: Form): fc.Arbitrary<Record<string, string>> =>
    fc.record(
      Object.fromEntries(
        form.columns
          .filter(({ code, kind }) => kind === "number" && code !== "share")
          .map((column) => [column.code, plain(column)]),
      ),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>;
  const texts = fc
    .stringMatching(/^[=@+a-z\u4e00-\u4e20<&"'0-9][ _x00041<>&a-z\u4e00-\u4e20]{0,20}$/)
    .map((text) => text.trim());

  test("in a form about a list, whatever the decimals and texts", async () => {
    const form = listForm();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(numbers(form), texts), { minLength: 3, maxLength: 3 }),
        async (drawn) => {
          const rows = drawn.map(([values, remark], i) => ({
            subject: ["alumina", "coal", "own-row"][i] ?? "",
            name: ["铝业：氧化铝", "煤电：原煤", "自家企业"][i] ?? "",
            values: { ...values, remark },
          }));
          const back = await readBook(form, await bookOf(form, { rows }));
          expect(back.problems).toEqual([]);
          expect(back.rows.map(({ line: _line, ...row }) => row)).toEqual(rows);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each(['"', "本期", "备注", "产量（本月）"])(
    "in a form about a list, with %s in its first row",
    async (remark) => {
      const form = listForm();
      const rows = [{ subject: "alumina", name: "铝业：氧化铝", values: { remark } }];
      const back = await readBook(form, await bookOf(form, { rows }));
      expect(back.problems).toEqual([]);
      expect(back.rows.find(({ subject }) => subject === "alumina")?.values).toEqual({ remark });
    },
  );

  test("in a form about a region", async () => {
    const form = regionForm();
    await fc.assert(
      fc.asyncProperty(numbers(form), async (values) => {
        const rows = [{ subject: REGION_ROW, name: "西镇乡", values }];
        const back = await readBook(form, await bookOf(form, { rows }));
        expect(back.problems).toEqual([]);
        expect(valuesOf(back)).toEqual({ [REGION_ROW]: values });
      }),
      { numRuns: 40 },
    );
  });

  test("every form of the pack, empty: places are known and nothing is wrong", async () => {
    const names = [
      "township-economy",
      "enterprise-monthly",
      "fai-monthly",
      "fiscal-monthly",
      "relief-ten-days",
    ];
    for (const name of names) {
      const file = await import(`../../../../packs/yuanping-2016/forms/${name}.json`, {
        with: { type: "json" },
      });
      const form = FormDefinition.parse(file.default);
      const back = await readBook(form, await bookOf(form));
      expect(told(back)).toEqual([]);
      expect(Object.keys(back.places)).toEqual(form.columns.map(({ code }) => code));
      expect(back.isSigned).toBe(true);
    }
  });
});

test("places are cells in a form about a region, and letters in one about a list", async () => {
  const [list, region] = [listForm(), regionForm()];
  expect((await readBook(list, await bookOf(list))).places).toMatchObject({
    output_month: "C",
    output_ytd: "F",
  });
  expect((await readBook(region, await bookOf(region))).places).toMatchObject({
    fai_month: "D5",
    note: "D9",
  });
});

test("a template that is not prefilled has the keys and the comparisons, and no values", async () => {
  const form = listForm();
  const rows = [{ subject: "coal", name: "煤电：原煤", values: { output_month: "12345.67" } }];
  const last = new Map([["coal", new Map([["output_month", dec("777.25")]])]]);
  const bytes = await bookOf(form, { rows, last, isPrefilled: false });
  expect(sheetXml(bytes)).not.toContain("12345.67");
  expect(sheetXml(bytes)).toContain("<v>777.25</v>");
  expect(valuesOf(await readBook(form, bytes))).toEqual({ coal: {} });
});

test("only the cells to fill in are unlocked, and the sheet is protected without a secret", async () => {
  const form = listForm();
  const rows = [{ subject: "coal", name: "煤电：原煤", values: {} }];
  const parts = unzip(await bookOf(form, { rows }));
  const sheet = parts.get("xl/worksheets/sheet1.xml")?.toString() ?? "";
  const xfs = [
    ...(parts.get("xl/styles.xml")?.toString() ?? "")
      .replace(/^.*<cellXfs/s, "")
      .matchAll(/<xf [^>]*?(?:\/>|>.*?<\/xf>)/gs),
  ];
  const isUnlocked = (cell: string): boolean => {
    const style = new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(sheet)?.[1];
    return xfs[Number(style)]?.[0].includes('locked="0"') ?? false;
  };
  // code, name, this period, last period, last year, and a spare row's code and name
  expect(["A7", "B7", "C7", "D7", "E7", "A8", "B8", "C4"].map(isUnlocked)).toEqual([
    false,
    false,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
  expect(sheet).toMatch(/<sheetProtection sheet="1"(?![^>]*(?:password|hashValue))/);
});

test("choices come from the hidden sheet, numbers must lie within their bounds", async () => {
  const sheet = sheetXml(await bookOf(listForm()));
  expect(sheet).toContain("<formula1>_taizhang!$C$1:$C$2</formula1>");
  expect(sheet).toMatch(/type="decimal"[^>]*><formula1>0<\/formula1><formula2>150<\/formula2>/);
});

test("elements of the sheet come in the order that Excel demands", async () => {
  const order = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "mergeCells",
    "dataValidations",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "legacyDrawing",
  ];
  const sheet = sheetXml(await bookOf(listForm()));
  const places = order.map((name) => sheet.indexOf(`<${name}`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

test("a name that Excel forbids for a sheet is made one that it takes, and printed headings name it in quotes", async () => {
  const form = {
    ...regionForm(),
    nameZh: "2016 年[重点]项目：投资/进度 月报（试行）以及一个很长很长很长的名称",
  };
  const bytes = await bookOf(form);
  const book = unzip(bytes).get("xl/workbook.xml")?.toString() ?? "";
  const name = /<sheet name="([^"]*)"/.exec(book)?.[1] ?? "";
  expect(name.length).toBeLessThanOrEqual(31);
  expect(name).not.toMatch(/[[\]:*?/\\]/);
  expect(book).toContain(`>'${name}'!$4:$4</definedName>`);
  expect(told(await readBook(form, bytes))).toEqual([]);
});

test("texts go in as texts, never as formulas", async () => {
  const form = regionForm();
  const rows = [{ subject: REGION_ROW, name: "", values: { note: "=HYPERLINK(1)" } }];
  const bytes = await bookOf(form, { rows });
  expect(sheetXml(bytes)).not.toMatch(/<f[ >]/);
  expect(valuesOf(await readBook(form, bytes))).toEqual({ [REGION_ROW]: { note: "=HYPERLINK(1)" } });
});
