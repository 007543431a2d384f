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

/** Of the acting post's scope. */
export const townshipsQuery = queryOptions({
  queryKey: ["townships"],
  queryFn: async ({ signal }) => (await api.regions({ level: "township", limit: 1000 }, {}, signal)).items,
  staleTime: 600_000,
});

/** The server gives no more at once. */
export const MOST_UNITS = 1000;

/** Units of the acting post's scope; where there are more, they are searched for. */
export const unitsQuery = (q: string) =>
  queryOptions({
    queryKey: ["units", q],
    queryFn: async ({ signal }) =>
      (await api.units(q === "" ? { limit: MOST_UNITS } : { q, limit: 20 }, {}, signal)).items,
    staleTime: 600_000,
  });
