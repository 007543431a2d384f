import { expect, test } from "vitest";
import type { BoardView } from "../../../../domains/returns/contract.ts";
import { missingOf } from "./missing.ts";

type Cell = BoardView["units"][number]["cells"][number];

const unit = (id: number, cells: Cell[]): BoardView["units"][number] => ({
  unit: {
    id,
    code: `u${id}`,
    nameZh: "某镇",
    nameEn: "A township",
    region: { code: 140981101000, level: "township", nameZh: "某镇", nameEn: null },
  },
  cells,
  timeliness: null,
  quality: null,
  score: null,
});
const cell = (id: number, period: string, status: Cell["status"], daysLate: number): Cell => ({
  id,
  period,
  status,
  origin: "filed",
  daysLate,
});

test("those who have not submitted the period, the latest first", () => {
  const board: Pick<BoardView, "units"> = {
    units: [
      unit(1, [cell(1, "2016-07", "due", 1), cell(2, "2016-06", "due", 30)]),
      unit(2, [cell(3, "2016-07", "draft", 4)]),
      unit(3, [cell(4, "2016-07", "submitted", 2)]),
      unit(4, [cell(5, "2016-07", "sent-back", 2)]),
      unit(5, [cell(6, "2016-07", "accepted", 0)]),
    ],
  };
  expect(missingOf(board, "2016-07").map(({ cell: { id } }) => id)).toEqual([3, 1]);
});
