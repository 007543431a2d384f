import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ClueSummary } from "../../../../domains/relief/contract.ts";
import type { Queue } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { ClueSearch } from "../../../search-params.ts";
import { Choice } from "../../../shell/text-field.tsx";
import { count } from "../count.ts";

const route = getRouteApi("/clues");

type ClueFiltersProps = { queue: Queue; summary: ClueSummary };

/** Township, rule and lateness; they stay when the queue is changed. */
export function ClueFilters({ queue, summary }: ClueFiltersProps) {
  const { t, nameOf } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rules = useQuery({
    queryKey: ["lookback-precision"],
    queryFn: ({ signal }) => api.precision(undefined, {}, signal),
    staleTime: 300_000,
  });
  const put = (change: Partial<ClueSearch>) =>
    void navigate({
      search: (before) => ({ ...before, queue, ...change }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="clue-filters no-print">
      {summary.townships.length > 1 && (
        <Choice
          label={t.clues.township}
          value={search.within === undefined ? "" : String(search.within)}
          onValue={(within) => put({ within: within === "" ? undefined : Number(within) })}
          options={[
            { value: "", name: t.app.all },
            ...summary.townships.map(({ region }) => ({ value: String(region.code), name: nameOf(region) })),
          ]}
        />
      )}
      <Choice
        label={t.clues.rule}
        value={search.rule ?? ""}
        onValue={(rule) => put({ rule: rule === "" ? undefined : rule })}
        options={[
          { value: "", name: t.app.all },
          ...(rules.data?.rules ?? []).map((one) => ({ value: one.rule, name: nameOf(one) })),
        ]}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={search.late === "yes"}
          onChange={(event) => put({ late: event.target.checked ? "yes" : undefined })}
        />
        {t.clues.onlyLate(count(summary.total.late))}
      </label>
    </div>
  );
}
