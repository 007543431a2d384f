/** Villages by number of persons; a click narrows the list to one. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { VillageRow } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { count } from "../count.ts";

const few = 12;

export function VillageTable({ villages }: { villages: readonly VillageRow[] }) {
  const { t } = useSpeech();
  const [isWhole, setWhole] = useState(false);
  const ranked = villages.toSorted((a, b) => b.persons - a.persons || a.region.code - b.region.code);
  const shown = isWhole ? ranked : ranked.slice(0, few);
  const head = t.relief;
  return (
    <>
      <table className="table village-table">
        <caption>{head.villagesByPersons}</caption>
        <thead>
          <tr>
            <th scope="col" className="r rank-column">
              {head.rank}
            </th>
            <th scope="col">{head.village}</th>
            <th scope="col" className="r">
              {head.households}
            </th>
            <th scope="col" className="r">
              {head.persons}
            </th>
            <th scope="col" className="r">
              {head.exitedHouseholds}
            </th>
            <th scope="col" className="r">
              {head.removedHouseholds}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((village, index) => (
            <VillageLine key={village.region.code} village={village} rank={index + 1} />
          ))}
        </tbody>
      </table>
      {ranked.length > few && (
        <p className="list-end no-print">
          <button
            type="button"
            className="text-button"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? head.fewVillages(few) : head.allVillages(ranked.length)}
          </button>
        </p>
      )}
    </>
  );
}

function VillageLine({ village, rank }: { village: VillageRow; rank: number }) {
  const { nameOf } = useSpeech();
  return (
    <tr>
      <td className="r fine rank-column">{rank}</td>
      <th scope="row">
        <Link
          from="/relief"
          to="/relief"
          search={(before) => ({ ...before, within: village.region.code })}
          state={(before) => before}
          resetScroll={false}
        >
          {nameOf(village.region)}
        </Link>
      </th>
      <td className="r">{count(village.households)}</td>
      <td className="r">{count(village.persons)}</td>
      <td className="r">{village.exited === 0 ? "" : count(village.exited)}</td>
      <td className="r">{village.removed === 0 ? "" : count(village.removed)}</td>
    </tr>
  );
}
