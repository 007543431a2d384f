import { describe, expect, test } from "vitest";
import { guessMapping, tellUnit } from "./register-columns.ts";

describe("the columns of a register", () => {
  test("are found by the headings that offices use, each once", () => {
    expect(guessMapping(["序号", "车主姓名", "身份证明号码", "联系电话", "购置价", "品牌"])).toEqual({
      row: "序号",
      name: "车主姓名",
      idNumber: "身份证明号码",
      phone: "联系电话",
      price: "购置价",
    });
    expect(
      guessMapping(["row_id", "name", "sex", "id_no", "county", "town", "village", "village_code", "phone"]),
    ).toEqual({
      row: "row_id",
      name: "name",
      sex: "sex",
      idNumber: "id_no",
      county: "county",
      town: "town",
      village: "village",
      villageCode: "village_code",
      phone: "phone",
    });
    expect(guessMapping(["甲", "乙"])).toEqual({});
  });

  test.each([
    ["价格(万元)", "3.2", "3.2万"],
    ["价格（万元）", "3.2万元", "3.2万元"],
    ["价格", "3.2", "3.2"],
    ["价格(万元)", "不详", "不详"],
  ])("headed %s: %s is %s", (heading, cell, told) => expect(tellUnit(heading, cell)).toBe(told));
});
