/** Sends a step and goes on to the next clue of the queue; when somebody was faster, the page shows what they did. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { z } from "zod";
import type { ClueStepRequest, ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { ClueSearch } from "../../../search-params.ts";
import { useSession } from "../../../session/session.tsx";
import { forgetDraft } from "./visit-draft.ts";

type Request = z.input<typeof ClueStepRequest>;
export type ClueStep = ReturnType<typeof useClueStep>;

export function useClueStep(clue: ClueView, next: number | undefined, search: ClueSearch) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { account } = useSession();
  return useMutation({
    // Without this an offline step would wait in silence; the form says that it is unsent and keeps it.
    networkMode: "always",
    mutationFn: (request: Request) => api.stepClue(request, { id: clue.id }),
    onSuccess: (view, { verb }) => {
      if (verb === "judge" || verb === "rejudge") forgetDraft({ clue: clue.id, account: account.id });
      client.setQueryData(["clue", clue.id], view);
      for (const queryKey of [["clues"], ["clue-summary"], ["household", clue.household], ["notices"]])
        void client.invalidateQueries({ queryKey });
      const clueDone = t.clues.done(clue.name, t.clues.verbs[verb], t.clues.queues[view.queue]);
      void (next === undefined || search.queue === undefined
        ? navigate({ to: "/clues", search, state: { clueDone } })
        : navigate({ to: "/clues/$id", params: { id: String(next) }, search, state: { clueDone } }));
    },
    onError: (error) => {
      if (problemOf(error).status === 409) void client.invalidateQueries({ queryKey: ["clue", clue.id] });
    },
  });
}
