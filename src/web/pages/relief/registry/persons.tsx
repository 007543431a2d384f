/** The persons of the scope, a page at a time, households kept together. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { MoreRows } from "../../../shell/more-rows.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { PersonTable } from "./person-table.tsx";
import { useSearched } from "./registry-filters.tsx";

const route = getRouteApi("/relief");

export function Persons() {
  const { t } = useSpeech();
  const { within, status } = route.useSearch();
  const q = useSearched();
  const filter = { within, status, ...(q === "" ? {} : { q }) };
  const persons = useInfiniteQuery({
    queryKey: ["registry-persons", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.registryPersons({ ...filter, cursor: pageParam }, {}, signal),
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = persons.data?.pages.flatMap((page) => page.items) ?? [];
  if (persons.error !== null) return <Trouble error={persons.error} again={() => void persons.refetch()} />;
  if (persons.isPending) return <Waiting lines={12} />;
  return (
    <section aria-label={t.relief.personList} className={persons.isPlaceholderData ? "stale" : undefined}>
      {items.length === 0 ? (
        <Empty title={t.relief.noPersons} next={t.relief.noPersonsNext} />
      ) : (
        <>
          <PersonTable items={items} />
          <MoreRows list={persons} shown={items.length} />
        </>
      )}
    </section>
  );
}
