/** Sends a step; when somebody was faster, the page shows what they did. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type { ReturnStepRequest, ReturnView } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { returnsApi } from "../../../api/returns.ts";
import { ROWS_OF_PAGE } from "../sheet/loaded-rows.ts";

type Request = Omit<z.input<typeof ReturnStepRequest>, "step">;
export type StepVerb = Request["verb"];

export function useReturnStep(view: ReturnView, onDone: (verb: StepVerb) => void) {
  const client = useQueryClient();
  const key = ["return", view.brief.id];
  return useMutation({
    networkMode: "always",
    mutationFn: async (request: Request) => {
      // Saving may have moved it on since the page was drawn.
      const { step } = client.getQueryData<ReturnView>(key)?.brief ?? view.brief;
      return returnsApi.step({ ...request, step }, { id: view.brief.id });
    },
    onSuccess: async (answer, { verb }) => {
      if (answer.items.length >= Math.min(answer.rows, ROWS_OF_PAGE)) client.setQueryData(key, answer);
      else await client.invalidateQueries({ queryKey: key });
      onDone(verb);
      // Acceptance enters figures: nothing of the ledger that was read before is current any more.
      const kept: unknown[] = ["session", "return"];
      await client.invalidateQueries({ predicate: ({ queryKey }) => !kept.includes(queryKey[0]) });
    },
    onError: (error) => {
      if (problemOf(error).status === 409) void client.invalidateQueries({ queryKey: key });
    },
  });
}
