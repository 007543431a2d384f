/** A match side by side: the registry, the row of the register, and field by field how they agree. */
import type { ClueView, MatchView } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { Messages } from "../../../i18n/language.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { probabilityText } from "../probability-text.ts";
import { agreementShape } from "./agreement.ts";

type RegistrySide = readonly (readonly [label: string, value: string])[];

/** The registry's side of a clue. */
export function MatchSides({ clue, match }: { clue: ClueView; match: MatchView }) {
  const { t, nameOf } = useSpeech();
  const person = clue.members.find((one) => one.id === clue.person);
  const side: RegistrySide = [
    [t.relief.name, clue.name],
    [t.relief.idNumber, clue.idMask ?? t.relief.noNumber],
    [t.relief.birthYear, person?.birthYear === undefined ? t.app.nowhere : String(person.birthYear ?? "—")],
    [t.relief.relation, person?.relation ?? t.app.nowhere],
    [t.relief.village, nameOf(clue.region)],
  ];
  return <Sides match={match} side={side} />;
}

/** Also for the matches of a run, before there is any clue. */
export function Sides({ match, side }: { match: MatchView; side: RegistrySide }) {
  const { t } = useSpeech();
  const relative = match.relative;
  return (
    <section className="match" aria-label={t.clues.matchOf(match.register.title)}>
      <div className="match-head">
        <h2>{t.clues.tiers[match.tier]}</h2>
        <span>{probabilityWords(match, t)}</span>
      </div>
      {relative !== null && <p className="note">{t.clues.namesRelative(relative.name, relative.relation)}</p>}
      <div className="sides">
        <Side title={t.relief.title} lines={side} />
        <Side
          title={t.clues.register(match.register.title, match.register.asOf)}
          lines={Object.entries(match.row)}
        />
      </div>
      <ul className="agreement" aria-label={t.clues.agreement}>
        {match.evidence.map((field) => (
          <Agreement key={field.field} field={field} />
        ))}
      </ul>
    </section>
  );
}

function Agreement({ field }: { field: MatchView["evidence"][number] }) {
  const { say } = useSpeech();
  return (
    <li>
      <ShapeMark shape={agreementShape(field)}>
        <span>{say(field)}</span>
      </ShapeMark>
    </li>
  );
}

function Side({ title, lines }: { title: string; lines: RegistrySide }) {
  return (
    <div className="side">
      <h3>{title}</h3>
      <dl className="facts-list">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === "" ? "—" : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function probabilityWords({ probability, tier }: MatchView, t: Messages): string {
  const words = t.clues.likely;
  const sure =
    probability >= 0.99
      ? words.sure
      : probability >= 0.95
        ? words.very
        : probability >= 0.8
          ? words.rather
          : probability >= 0.5
            ? words.perhaps
            : words.hardly;
  return t.clues.likelyThat(sure, probabilityText(probability), tier === "household");
}
