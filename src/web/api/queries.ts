/** What the pages read, as queries that share one cache. Everything but the session belongs to the acting post. */
import { QueryClient } from "@tanstack/react-query";
import { RequestFailed } from "./problem.ts";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // A refusal stays a refusal; only a lost connection is worth a second try.
        retry: (failures, error) =>
          failures < 2 &&
          error instanceof RequestFailed &&
          (error.problem.status === 0 || error.problem.status >= 502),
      },
      mutations: { retry: false },
    },
  });
}

export const sessionKey = ["session"] as const;
