import { fonts } from "./page-layout.ts";

/**
 * word/fontTable.xml. The fonts of the standard are licensed and are never embedded; for a machine without them each
 * entry says what the font is like (PANOSE, script, pitch) and names the nearest common one, so that Word, WPS and
 * LibreOffice replace 仿宋 by another 仿宋 or 明朝, not by a sans-serif. altName is a comma-delimited list (ECMA-376 17.8.3.1).
 */
type FontEntry = { name: string; alternatives: string; panose: string; family: "roman" | "modern" | "auto" };

const entries: readonly FontEntry[] = [
  {
    name: fonts.title,
    alternatives: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,小标宋,华文中宋,STZhongsong,宋体,Noto Serif CJK SC",
    panose: "02000000000000000000",
    family: "auto",
  },
  {
    name: fonts.body,
    alternatives: "FangSong_GB2312,仿宋,FangSong,华文仿宋,STFangsong,方正仿宋_GBK,Noto Serif CJK SC",
    panose: "02010609030101010101",
    family: "modern",
  },
  {
    name: fonts.kai,
    alternatives: "KaiTi_GB2312,楷体,KaiTi,华文楷体,STKaiti,方正楷体_GBK,AR PL UKai CN,Noto Serif CJK SC",
    panose: "02010609030101010101",
    family: "modern",
  },
  {
    name: fonts.hei,
    alternatives: "SimHei,华文黑体,STHeiti,方正黑体_GBK,微软雅黑,Noto Sans CJK SC",
    panose: "02010609060101010101",
    family: "modern",
  },
  {
    name: fonts.song,
    alternatives: "SimSun,华文宋体,STSong,方正书宋_GBK,Noto Serif CJK SC",
    panose: "02010600030101010101",
    family: "auto",
  },
];

/** Charset 86 (hex) is GB 2312; the children of w:font come in the order of the schema. */
function entryXml({ name, alternatives, panose, family }: FontEntry): string {
  return (
    `<w:font w:name="${name}"><w:altName w:val="${alternatives}"/><w:panose1 w:val="${panose}"/>` +
    `<w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="${family === "modern" ? "fixed" : "variable"}"/>` +
    `<w:sig w:usb0="00000001" w:usb1="080E0000" w:usb2="00000010" w:usb3="00000000" w:csb0="00040000" w:csb1="00000000"/></w:font>`
  );
}

export function fontTablePart(): string {
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
    `<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${entries.map(entryXml).join("")}</w:fonts>`
  );
}
