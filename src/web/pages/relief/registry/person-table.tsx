import { Link } from "@tanstack/react-router";
import type { PersonRow } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { RegistryMark } from "../registry-mark.tsx";

/** Persons grouped by household, in the order in which they come. */
export function PersonTable({ items }: { items: readonly PersonRow[] }) {
  const { t } = useSpeech();
  const head = t.relief;
  return (
    <table className="table person-table">
      <caption className="unseen">{head.personList}</caption>
      <thead>
        <tr>
          <th scope="col">{head.household}</th>
          <th scope="col">{head.name}</th>
          <th scope="col">{head.relation}</th>
          <th scope="col">{head.sex}</th>
          <th scope="col" className="r">
            {head.birthYear}
          </th>
          <th scope="col">{head.idNumber}</th>
          <th scope="col">{head.statusLabel}</th>
        </tr>
      </thead>
      {byHousehold(items).map((persons) => (
        <Household key={persons[0]?.id} persons={persons} />
      ))}
    </table>
  );
}

function byHousehold(items: readonly PersonRow[]): PersonRow[][] {
  const groups: PersonRow[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0]?.household === item.household) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function Household({ persons }: { persons: readonly PersonRow[] }) {
  const { t, nameOf } = useSpeech();
  const [first] = persons;
  if (first === undefined) return null;
  return (
    <tbody>
      {persons.map((person, index) => (
        <tr key={person.id}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={persons.length}>
              <Link to="/relief/households/$id" params={{ id: String(first.household) }}>
                {first.householdNumber}
              </Link>
              <span className="sub">{nameOf(first.region)}</span>
            </th>
          )}
          <td className="name">{person.name}</td>
          <td>{person.relation}</td>
          <td>{person.sex === null ? t.app.nowhere : t.relief.sexes[person.sex]}</td>
          <td className="r">{person.birthYear ?? t.app.nowhere}</td>
          <td className="id">{person.idMask ?? <span className="fine">{t.relief.noNumber}</span>}</td>
          <td className="standing">
            <RegistryMark status={person.status} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
