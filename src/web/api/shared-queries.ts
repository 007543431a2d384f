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

/** Units of the acting post's scope; the server gives no more than a thousand, and searches for more. */
export const unitsQuery = (q: string) =>
  queryOptions({
    queryKey: ["units", q],
    queryFn: async ({ signal }) =>
      (await api.units(q === "" ? { limit: 1000 } : { q, limit: 20 }, {}, signal)).items,
    staleTime: 600_000,
  });
