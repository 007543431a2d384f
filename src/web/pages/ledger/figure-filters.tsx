import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { MeasureView } from "../../../domains/ledger/contract.ts";
import { nearRegionsQuery } from "../../api/shared-queries.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { FigureSearch } from "../../search-params.ts";
import { useSession } from "../../session/session.tsx";
import { Choice, TextField } from "../../shell/text-field.tsx";

const route = getRouteApi("/figures");
const aspects = ["value", "growth", "rank", "completion"] as const;

/** Conditions live in the address: a filtered list can be sent to a colleague. */
export function FigureFilters({ measures }: { measures: readonly MeasureView[] }) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const regions = useQuery(nearRegionsQuery(post.region.code));
  const [clears, setClears] = useState(0);
  const put = (change: Partial<FigureSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const isFiltered = Object.keys(search).some((key) => key !== "sort");
  return (
    <div className="filters no-print">
      <Choice
        label={t.figures.measure}
        value={search.measure ?? ""}
        onValue={(measure) => put({ measure: measure === "" ? undefined : measure })}
        options={[
          { value: "", name: t.figures.anyMeasure },
          ...measures.map((measure) => ({ value: measure.code, name: nameOf(measure) })),
        ]}
      />
      <Choice
        label={t.figures.region}
        value={search.region === undefined ? "" : String(search.region)}
        onValue={(region) => put({ region: region === "" ? undefined : Number(region) })}
        options={[
          { value: "", name: t.figures.anyRegion },
          ...(regions.data ?? [post.region]).map((region) => ({
            value: String(region.code),
            name: nameOf(region),
          })),
        ]}
      />
      <Choice
        label={t.figures.aspect}
        value={search.aspect ?? ""}
        onValue={(aspect) => put({ aspect: aspects.find((one) => one === aspect) })}
        options={[
          { value: "", name: t.figures.anyAspect },
          ...aspects.map((aspect) => ({ value: aspect, name: t.aspect[aspect] })),
        ]}
      />
      <MonthField
        key={`from ${clears}`}
        label={t.figures.from}
        value={search.from}
        onMonth={(from) => put({ from })}
      />
      <MonthField key={`to ${clears}`} label={t.figures.to} value={search.to} onMonth={(to) => put({ to })} />
      {isFiltered && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setClears(clears + 1);
            void navigate({ search: {}, replace: true });
          }}
        >
          {t.figures.clear}
        </button>
      )}
    </div>
  );
}

type MonthFieldProps = {
  label: string;
  value: string | undefined;
  onMonth: (month: string | undefined) => void;
};

/** A month as the ledger writes it; the browser's own month field looks different in every browser and language. */
function MonthField({ label, value, onMonth }: MonthFieldProps) {
  const [typed, setTyped] = useState(value ?? "");
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(typed);
  const take = (text: string) => {
    setTyped(text);
    if (text === "") onMonth(undefined);
    else if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) onMonth(text);
  };
  return (
    <TextField
      label={label}
      value={typed}
      onValue={take}
      placeholder="2016-07"
      maxLength={7}
      aria-invalid={typed.length === 7 && !isMonth ? true : undefined}
    />
  );
}
