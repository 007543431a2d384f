import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { ClueRow } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { ClueSearch } from "../../../search-params.ts";
import { useSession } from "../../../session/session.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { useKeys } from "../../../shell/use-keys.ts";
import { probabilityText } from "../probability-text.ts";
import { DueMark } from "./due-mark.tsx";
import { readUnsent } from "./visit-draft.ts";

type ClueTableProps = { items: readonly ClueRow[]; search: ClueSearch };

/** A card for each clue on a phone, a row where there is room. J and K walk through them, Enter opens. */
export function ClueTable({ items, search }: ClueTableProps) {
  const { t } = useSpeech();
  const table = useRef<HTMLTableElement>(null);
  const walk = (by: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>("th a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  useKeys({ j: () => walk(1), k: () => walk(-1) });
  const head = t.clues;
  // Nobody has been sent yet, nothing found yet: then there is nothing to have a column for.
  const shows = {
    visitors: items.some((clue) => clue.visitors.length > 0),
    verdict: items.some((clue) => clue.verdict !== null),
  };
  return (
    <table className="table clue-table" ref={table}>
      <caption className="unseen">{head.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.relief.name}</th>
          <th scope="col">{head.place}</th>
          <th scope="col">{head.rule}</th>
          <th scope="col" className="r">
            {head.probability}
          </th>
          <th scope="col">{head.due}</th>
          {shows.visitors && <th scope="col">{head.visitors}</th>}
          {shows.verdict && <th scope="col">{head.verdict}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map((clue) => (
          <ClueLine key={clue.id} clue={clue} search={search} shows={shows} />
        ))}
      </tbody>
    </table>
  );
}

type ClueLineProps = {
  clue: ClueRow;
  search: ClueSearch;
  shows: { visitors: boolean; verdict: boolean };
};

function ClueLine({ clue, search, shows }: ClueLineProps) {
  const { t, lang, nameOf } = useSpeech();
  const { account } = useSession();
  const rule = lang === "zh" ? clue.ruleZh : clue.ruleEn;
  const isVisited = clue.queue === "visit" || clue.queue === "recheck";
  return (
    <tr>
      <th scope="row">
        <Link to="/clues/$id" params={{ id: String(clue.id) }} search={search}>
          {clue.name}
        </Link>
        <span className="sub">{clue.idMask ?? t.relief.noNumber}</span>
      </th>
      <td className="place">
        {nameOf(clue.region)}
        {clue.township !== null && <span className="sub">{nameOf(clue.township)}</span>}
      </td>
      <td className="rule">
        {rule} <span className="fine">{t.clues.effects[clue.effect]}</span>
        {clue.confidential && <span className="badge">{t.clues.confidential}</span>}
      </td>
      <td className="r probability">{probabilityText(clue.probability)}</td>
      <td className="due">
        <DueMark clue={clue} />
      </td>
      {shows.visitors && (
        <td className="visitors">
          {clue.visitors.join(lang === "zh" ? "、" : ", ")}
          {isVisited && readUnsent({ clue: clue.id, account: account.id }) && (
            <span className="sub">
              <ShapeMark shape="watch">{t.clues.unsentMark}</ShapeMark>
            </span>
          )}
        </td>
      )}
      {shows.verdict && (
        <td className="verdict">{clue.verdict !== null && t.clues.verdicts[clue.verdict]}</td>
      )}
    </tr>
  );
}
