/** Rules of the registry as tables, then laws. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CAUSES, findCause, SPEECH_CLASSES, speechClassesOf } from "./causes.ts";
import { FIELDS, findField, plainHeading } from "./fields.ts";
import { findHeader, headerFaults } from "./find-header.ts";
import { checkCharacter, readIdNumber } from "./id-number.ts";
import { findBreaks, povertyLine } from "./incomes.ts";
import type { StatedIncome } from "./incomes.ts";
import { makeVillageFinder } from "./village-names.ts";

const TODAY = "2016-08-31";

describe("an ID number", () => {
  // The number of GB 11643-1999's own example, 110105194912310 02X.
  test.each<[string, string | null, number | null, string | null, string | null]>([
    ["11010519491231002X", "11010519491231002X", 1949, "female", null],
    [" １１０１０５１９４９１２３１００２ｘ ", "11010519491231002X", 1949, "female", null],
    ["110105491231002", "11010519491231002X", 1949, "female", null],
    ["11010519491231002X43", "11010519491231002X", 1949, "female", null],
    ["11010519491231002X43B1", "11010519491231002X", 1949, "female", null],
    ["11010519491231002X83", "11010519491231002X", 1949, "female", "CERTIFICATE"],
    ["110105194912310021", "110105194912310021", 1949, "female", "CHECK"],
    ["110105194913310021", "110105194913310021", null, null, "BIRTH"],
    ["110105201702290021", "110105201702290021", null, null, "BIRTH"],
    ["11010519491231002", "11010519491231002", null, null, "LENGTH"],
    ["11O10519491231002X", "11O10519491231002X", null, null, "CHARACTERS"],
  ])("%s", (text, normal, birthYear, sex, fault) => {
    expect(readIdNumber(text, TODAY)).toEqual({ normal, birthYear, sex, fault });
  });

  test("an empty cell is none", () => expect(readIdNumber(" 　", TODAY)).toBeNull());

  test("one wrong digit is always noticed by the check character", () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const first17 = fc.array(digit, { minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(
        first17,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (digits, at, by) => {
          const wrong = digits.map((one, i) => (i === at ? (one + by) % 10 : one));
          expect(checkCharacter(wrong.join(""))).not.toBe(checkCharacter(digits.join("")));
        },
      ),
    );
  });
});

describe("income", () => {
  const income: StatedIncome = {
    wage: "6000",
    business: "3000.5",
    transfer: "800",
    property: "0",
    total: "9800.5",
    costs: "1200",
    net: "8600.5",
    members: 3,
    perCapita: "2866.83",
  };
  test.each<[string, Partial<StatedIncome>, object[]]>([
    ["that adds up", {}, []],
    ["with a quotient in whole yuan", { perCapita: "2867" }, []],
    [
      "A17",
      { total: "9800" },
      [
        { field: "total", computed: "9800.5" },
        { field: "net", computed: "8600" },
      ],
    ],
    [
      "A19",
      { net: "8600" },
      [
        { field: "net", computed: "8600.5" },
        { field: "perCapita", computed: "2866.67" },
      ],
    ],
    ["A20", { perCapita: "2866" }, [{ field: "perCapita", computed: "2866.83" }]],
    ["with a part that is not stated", { wage: null, total: "1", costs: null }, []],
    ["of nobody", { members: 0 }, []],
  ])("%s", (_what, change, breaks) => expect(findBreaks({ ...income, ...change })).toEqual(breaks));

  test("the line is the region's, or the nation's; of a year without a source there is none", () => {
    expect(povertyLine(2016, [140981101202, 140981000000, 140000000000])?.line).toBe("2952");
    expect(povertyLine(2016, [610102000000, 610000000000])?.line).toBe("3070");
    expect(povertyLine(2015, [610102000000, 610000000000])?.line).toBe("2855");
    expect(povertyLine(2013, [140981000000])).toBeUndefined();
  });
});

describe("causes", () => {
  test.each([
    ["因病", "illness"],
    [" 8 缺劳动力", "labour"],
    ["11、自身发展动力不足", "motivation"],
    ["其它", "other"],
    ["懒", undefined],
  ])("%s is %s", (label, code) => expect(findCause(label)).toBe(code));

  test("the speech's four classes take the causes of the handbook, and illness none", () => {
    expect(SPEECH_CLASSES.map(({ code, causes }) => [code, causes])).toEqual([
      ["effort", ["motivation", "skills"]],
      ["infrastructure", ["water", "roads"]],
      ["location", ["land", "roads"]],
      ["policy", []],
    ]);
    expect(speechClassesOf("roads")).toEqual(["infrastructure", "location"]);
    expect(speechClassesOf("illness")).toEqual([]);
    expect(SPEECH_CLASSES.flatMap(({ causes }) => causes)).toEqual(expect.arrayContaining(["motivation"]));
    for (const code of SPEECH_CLASSES.flatMap(({ causes }) => causes))
      expect(CAUSES.map((cause) => cause.code)).toContain(code);
  });
});

describe("headings", () => {
  test("no two fields share one", () => {
    const all = FIELDS.flatMap(({ headings }) => headings.map(plainHeading));
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all).size).toBe(all.length);
  });
  test.each([
    ["务工时间（月）", "workMonths"],
    [" 身份证号码 ", "idNumber"],
    ["*姓名", "name"],
    ["备注", undefined],
  ])("%s is %s", (heading, code) => expect(findField(heading)?.code).toBe(code));

  test("are found below titles, in any order", () => {
    const header = findHeader([
      ["原平市建档立卡人口"],
      ["制表：扶贫办", "姓名"],
      ["姓名", "", "户编号", "人编号", "村"],
      ["张三"],
    ]);
    expect(header?.index).toBe(2);
    expect(headerFaults(header)).toEqual([]);
    expect(headerFaults(findHeader([["张三", "李四"]]))).toEqual([{ code: "NO_HEADER" }]);
  });
});

describe("a village", () => {
  const find = makeVillageFinder([
    { code: 140981000000, nameZh: "原平市" },
    { code: 140981101000, nameZh: "苏龙口镇" },
    { code: 140981101202, nameZh: "苏龙口村委会" },
    { code: 140981101203, nameZh: "东村村委会" },
    { code: 140981101204, nameZh: "东社区居委会" },
    { code: 140981101205, nameZh: "西村村委会" },
    { code: 140981101206, nameZh: "西村委会" },
    { code: 140981102000, nameZh: "崞阳镇" },
    { code: 140981102202, nameZh: "苏龙口村委会" },
  ]);
  const at = (county: string, township: string, village: string, code = "") =>
    find({ county, township, village, code });
  test.each<[string, string, string, string, unknown]>([
    ["原平市", "苏龙口镇", "苏龙口村委会", "", { code: 140981101202 }],
    ["原平", "苏龙口", "苏龙口村", "", { code: 140981101202 }],
    ["", "崞阳镇", "苏龙口", "", { code: 140981102202 }],
    ["", "苏龙口镇", "东村", "", { code: 140981101203 }],
    ["", "苏龙口镇", "东", "", { code: 140981101204 }],
    ["", "苏龙口镇", "西村", "", "AMBIGUOUS"],
    ["", "苏龙口镇", "东村村委会", "", { code: 140981101203 }],
    ["代县", "苏龙口镇", "苏龙口村", "", "UNKNOWN"],
    ["", "", "", "140981102202", { code: 140981102202 }],
    ["", "", "", "140981102000", "UNKNOWN"],
    ["", "", "", "140924100201", "UNKNOWN"],
  ])("%s %s %s %s", (county, township, village, code, found) =>
    expect(at(county, township, village, code)).toEqual(found),
  );
});
