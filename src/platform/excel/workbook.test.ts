import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { unzip } from "../../../fixtures/file-text.ts";
import { streamCsv, streamWorkbook } from "./workbook.ts";
import type { Cell } from "./workbook.ts";

const columns = [
  { header: "指标", width: 10 },
  { header: "数值", width: 10 },
];
async function* rows(all: Cell[][]): AsyncGenerator<Cell[]> {
  yield* all;
}

test("CSV begins with a byte order mark and ends its lines as spreadsheets do", async () => {
  const written = (await buffer(streamCsv(columns, rows([["=a", 1.5]])))).toString();
  expect(written).toBe(`\uFEFF指标,数值\r\n"'=a",1.5\r\n`);
});

test("a workbook holds texts as texts, numbers as numbers, and no formula", async () => {
  const hostile = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "<f>1</f>", "&amp;", "]]>"];
  const bytes = await buffer(
    streamWorkbook("数据", columns, rows(hostile.map((cell, i) => [cell, i + 0.5]))),
  );
  const files = unzip(bytes);
  const xml = [...files].filter(([name]) => name.endsWith(".xml")).map(([, content]) => content.toString());
  expect(xml.join("")).not.toMatch(/<f[ >/]/);
  expect(xml.join("")).toContain("&lt;f&gt;1&lt;/f&gt;");
  const sheet = xml.find((part) => part.includes("<sheetData")) ?? "";
  expect([...sheet.matchAll(/<v>(\d\.5)<\/v>/g)].map((match) => Number(match[1]))).toEqual(
    hostile.map((_, i) => i + 0.5),
  );
});
