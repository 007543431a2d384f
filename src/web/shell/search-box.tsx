/** Search over indicators and regions; "/" puts the cursor here, arrows choose, Enter opens. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { SearchView } from "../../domains/indicators/contract.ts";
import { api } from "../api/routes.ts";
import { useSpeech } from "../i18n/language.tsx";

type Hit = { id: string; name: string; kind: string };

export function SearchBox() {
  const { t, nameOf } = useSpeech();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const q = text.trim();
  const found = useQuery({
    queryKey: ["search", q],
    queryFn: ({ signal }) => api.search({ q }, {}, signal),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  useSlashKey(input);

  const hits = q === "" ? [] : hitsOf(found.data, nameOf, t.nav);
  const open = (id: string) => {
    setText("");
    const [kind, key = ""] = id.split("/");
    if (kind === "measure")
      void navigate({ to: "/indicators/$measure", params: { measure: key }, search: {} });
    else void navigate({ to: "/", search: { region: Number(key) } });
  };
  return (
    <ComboBox
      className="search"
      items={hits}
      inputValue={text}
      onInputChange={setText}
      value={null}
      onChange={(key) => {
        if (key !== null) open(String(key));
      }}
      defaultFilter={() => true}
      menuTrigger="input"
      allowsEmptyCollection={q !== ""} // the list opens while the answer is on its way
    >
      <Label className="unseen">{t.nav.search}</Label>
      <Input ref={input} placeholder={t.nav.search} maxLength={40} autoComplete="off" />
      <kbd aria-hidden="true">/</kbd>
      <Popover className="menu-popover search-popover" placement="bottom start">
        <ListBox<Hit>
          className="menu"
          renderEmptyState={() => (
            <p className="menu-empty">{found.isFetching ? t.nav.searching : t.nav.searchNothing(q)}</p>
          )}
        >
          {(hit) => (
            <ListBoxItem className="menu-item" textValue={hit.name}>
              <span>{hit.name}</span>
              <span className="fine">{hit.kind}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function hitsOf(
  found: SearchView | undefined,
  nameOf: (named: { nameZh: string; nameEn: string | null }) => string,
  words: { searchMeasures: string; searchRegions: string },
): Hit[] {
  if (found === undefined) return [];
  return [
    ...found.measures.map((one) => ({
      id: `measure/${one.code}`,
      name: nameOf(one),
      kind: words.searchMeasures,
    })),
    ...found.regions.map((one) => ({
      id: `region/${one.code}`,
      name: nameOf(one),
      kind: words.searchRegions,
    })),
  ];
}

function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isTyping = target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [input]);
}
