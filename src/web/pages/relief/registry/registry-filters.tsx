/** Search and conditions of the registry. A name that is looked for stays in the browser's history, out of the address. */
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import type { RegionBrief } from "../../../../domains/auth/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { Choice } from "../../../shell/text-field.tsx";
import { looksLikeIdNumber } from "./id-number-guard.ts";

const route = getRouteApi("/relief");
const statuses = ["registered", "exited", "returned", "removed"] as const;

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** what the registry is searched for */
    searched?: string;
  }
}

export function useSearched(): string {
  return useLocation({ select: ({ state }) => state.searched ?? "" });
}

export function RegistryFilters({ region }: { region: RegionBrief }) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = (change: Partial<typeof search>) =>
    void navigate({
      search: (before) => ({ ...before, ...change }),
      state: (before) => before,
      replace: true,
      resetScroll: false,
    });
  const isNarrowed = search.within !== undefined && search.within !== post.region.code;
  return (
    <div className="registry-filters no-print">
      <NameSearch />
      <Choice
        label={t.relief.statusLabel}
        value={search.status ?? ""}
        onValue={(status) => put({ status: statuses.find((one) => one === status) })}
        options={[
          { value: "", name: t.app.all },
          ...statuses.map((status) => ({ value: status, name: t.relief.status[status] })),
        ]}
      />
      {isNarrowed && (
        <p className="narrowed">
          {t.relief.within(nameOf(region))}{" "}
          <button type="button" className="text-button" onClick={() => put({ within: undefined })}>
            {t.relief.wholeScope(nameOf(post.region))}
          </button>
        </p>
      )}
    </div>
  );
}

const pause = 180; // ms after the last key

function NameSearch() {
  const { t } = useSpeech();
  const id = useId();
  const navigate = route.useNavigate();
  const searched = useSearched();
  const [typed, setTyped] = useState(searched);
  const isNumber = looksLikeIdNumber(typed);
  useEffect(() => {
    const next = typed.trim();
    if (isNumber || next === searched) return;
    const timer = setTimeout(() => {
      const state = next === "" ? {} : { searched: next };
      void navigate({ search: true, state, replace: true, resetScroll: false });
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, isNumber, searched, navigate]);
  return (
    <div className="field">
      <label htmlFor={id}>{t.relief.search}</label>
      <input
        id={id}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t.relief.searchHint}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={isNumber ? `${id}-note` : undefined}
      />
      {isNumber && (
        <p className="wrong" id={`${id}-note`} role="alert">
          {t.relief.notHere}
        </p>
      )}
    </div>
  );
}
