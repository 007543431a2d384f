import { expect, test } from "vitest";
import type { UndeliveredView } from "../../../../domains/returns/contract.ts";
import { groupUndelivered } from "./undelivered-groups.ts";

const failed = (message: number, unit: number, more: Partial<UndeliveredView> = {}): UndeliveredView =>
  ({
    message,
    channel: "webhook",
    kind: "late",
    refusals: 6,
    isGivenUp: true,
    reason: "token expired",
    brief: { form: "retail", period: "2016-08", unit: { id: unit } },
    ...more,
  }) as UndeliveredView;

test("what the robot refused to all of a form is one line with the number of its units", () => {
  const groups = groupUndelivered([failed(4, 1), failed(3, 2), failed(2, 2)]);
  expect(groups.map(({ first, units }) => [first.message, units])).toEqual([[4, 2]]);
});

test("another channel, reason or fate is another line", () => {
  const items = [
    failed(5, 1),
    failed(4, 1, { channel: "email" }),
    failed(3, 1, { reason: "cannot be reached" }),
    failed(2, 1, { isGivenUp: false, refusals: 2 }),
    failed(1, 1, { kind: "soon" }),
  ];
  expect(groupUndelivered(items)).toHaveLength(5);
});
