/** Lists that several pages offer as choices. */
import { queryOptions } from "@tanstack/react-query";
import { api } from "./routes.ts";

export const measuresQuery = queryOptions({
  queryKey: ["measures"],
  queryFn: async ({ signal }) => (await api.measures(undefined, {}, signal)).items,
  staleTime: 600_000,
});

/** The region of the acting post and those right below it. */
export const nearRegionsQuery = (code: number) =>
  queryOptions({
    queryKey: ["regions", code],
    queryFn: async ({ signal }) => {
      const { children, ...region } = await api.region(undefined, { code }, signal);
      return [region, ...children];
    },
    staleTime: 600_000,
  });
