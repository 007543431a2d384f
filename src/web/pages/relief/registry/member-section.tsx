import type { HouseholdView, UnmaskedView } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { formFields } from "./form-fields.ts";
import { RegistryMark } from "../registry-mark.tsx";

type MemberSectionProps = { members: HouseholdView["members"]; full: UnmaskedView | undefined };

/** 家庭成员: those who belong to the household, then those who did. */
export function MemberSection({ members, full }: MemberSectionProps) {
  const { t } = useSpeech();
  const ordered = members.toSorted((a, b) => Number(a.toDay !== null) - Number(b.toDay !== null));
  const head = t.relief;
  return (
    <section className="section" aria-labelledby="members">
      <header>
        <h2 id="members">{head.members}</h2>
        <p className="note">{head.membersNow(members.filter((one) => one.toDay === null).length)}</p>
      </header>
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{head.name}</th>
            <th scope="col">{head.relation}</th>
            <th scope="col">{head.sex}</th>
            <th scope="col" className="r">
              {head.birthYear}
            </th>
            <th scope="col">{head.idNumber}</th>
            <th scope="col">{head.member}</th>
            <th scope="col">{head.form}</th>
            <th scope="col">{head.statusLabel}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((member) => (
            <MemberLine
              key={`${member.id} ${member.fromDay}`}
              member={member}
              idNumber={full?.persons.find((one) => one.id === member.id)?.idNumber ?? undefined}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type MemberLineProps = { member: HouseholdView["members"][number]; idNumber: string | undefined };

function MemberLine({ member, idNumber }: MemberLineProps) {
  const { t, lang } = useSpeech();
  const head = t.relief;
  const isPast = member.toDay !== null;
  const fields = formFields(member.form, lang);
  return (
    <tr className={isPast ? "past" : undefined}>
      <th scope="row">
        {member.name}
        <span className="sub">{member.number}</span>
      </th>
      <td data-label={head.relation}>{member.relation}</td>
      <td data-label={head.sex}>{member.sex === null ? t.app.nowhere : head.sexes[member.sex]}</td>
      <td className="r" data-label={head.birthYear}>
        {member.birthYear ?? t.app.nowhere}
      </td>
      <td className="id" data-label={head.idNumber}>
        {idNumber ?? member.idMask ?? head.noNumber}
      </td>
      <td data-label={head.member}>
        {isPast ? head.fromTo(member.fromDay, member.toDay ?? "") : head.since(member.fromDay)}
      </td>
      <td className="fine member-form" data-label={fields.length === 0 ? undefined : head.form}>
        {fields.map(([name, value]) => `${name} ${value}`).join(" · ")}
      </td>
      <td data-label={head.statusLabel}>
        <RegistryMark status={member.status} />
      </td>
    </tr>
  );
}
