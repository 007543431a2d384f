import { expect, test } from "vitest";
import type { RegistryActionView } from "../../../../domains/relief/contract.ts";
import { zhCN } from "../../../i18n/zh-CN.ts";
import { changedFields } from "./changed-fields.ts";

const words = { t: zhCN, lang: "zh", nameOfPerson: (id: number) => `人${id}` } as const;
const action = (before: object, after: object): RegistryActionView => ({
  id: 1,
  kind: "amend",
  onDay: "2016-08-21",
  person: null,
  reason: null,
  before: { ...before },
  after: { ...after },
  clue: null,
  recordedAt: "2016-08-21T02:12:00Z",
});

test("a removal shows each member's status before and after", () => {
  const before = {
    members: [
      { person: 1, status: "registered" },
      { person: 2, status: "exited" },
    ],
  };
  const after = {
    members: [
      { person: 1, status: "removed" },
      { person: 2, status: "removed" },
    ],
  };
  expect(changedFields(action(before, after), words)).toEqual([
    { name: "人1", was: "在册", is: "已剔除" },
    { name: "人2", was: "已脱贫", is: "已剔除" },
  ]);
});

test("a correction shows what is to be mended", () => {
  const shown = changedFields(
    action({ members: [{ person: 1, status: "registered" }] }, { members: [{ note: "姓名写错一字" }] }),
    words,
  );
  expect(shown).toEqual([{ name: "说明", was: "—", is: "姓名写错一字" }]);
});

test("an import shows fields by their names, causes in words", () => {
  const shown = changedFields(
    action(
      { health: "健康", causes: "illness" },
      { health: "长期慢性病", causes: "illness,skills", phone: "138****5512" },
    ),
    words,
  );
  expect(shown).toEqual([
    { name: "健康状况", was: "健康", is: "长期慢性病" },
    { name: "致贫原因", was: "因病", is: "因病、缺技术" },
    { name: "电话", was: "—", is: "138****5512" },
  ]);
});
