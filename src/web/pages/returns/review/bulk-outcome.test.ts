import { expect, test } from "vitest";
import type { RefusedStep, ReturnBrief } from "../../../../domains/returns/contract.ts";
import { retryable } from "./bulk-outcome.tsx";

const brief = (id: number, step: number): ReturnBrief => ({ id, step }) as ReturnBrief;
const refused = (id: number): RefusedStep => ({ id }) as RefusedStep;

test("only what was refused, waits still and has not changed since it was chosen is tried again", () => {
  const sent = [brief(1, 3), brief(2, 3), brief(3, 3), brief(4, 3)];
  // 1 was accepted, 2 waits as it was, 3 was recalled and submitted anew, 4 waits no longer, 5 was not among them.
  const waiting = [brief(2, 3), brief(3, 5), brief(5, 3)];
  const again = retryable([refused(2), refused(3), refused(4)], sent, waiting);
  expect(again.map(({ id }) => id)).toEqual([2]);
});
