/** 试算 before there is anything to try the rules on: on figures that are typed here, and kept nowhere. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { columnOf } from "../../../../domains/returns/core/form.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import type { Shape } from "../../../shell/status-mark.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import type { askedFigures, TypedOutcome, TypedRecord, TypedRows, tryTyped } from "./typed-trial.ts";

type Trying = { askedFigures: typeof askedFigures; tryTyped: typeof tryTyped };

const shapes: Readonly<Record<TypedOutcome["outcome"], Shape>> = {
  holds: "done",
  fails: "severe",
  blank: "plain",
};

export function TypedTrialSection({ form }: { form: FormDefinition }) {
  const f = useReturnFormTexts();
  const trying = useQuery({
    queryKey: ["typed-trial"],
    queryFn: () => import("./typed-trial.ts"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className="section" aria-labelledby="trial">
      <header>
        <h2 id="trial">{f.trial.title}</h2>
        <p className="note">{form.rules.length === 0 ? f.trial.noRules : f.trial.typedHint}</p>
      </header>
      {form.rules.length > 0 && trying.data !== undefined && <Typed form={form} trying={trying.data} />}
    </section>
  );
}

const NOTHING: TypedRows = { now: {}, last: {}, lastYear: {} };

function Typed({ form, trying }: { form: FormDefinition; trying: Trying }) {
  const f = useReturnFormTexts();
  const [typed, setTyped] = useState(NOTHING);
  const [period, setPeriod] = useState(form.schedule?.from ?? "");
  const { outcomes, unreadable } = trying.tryTyped(form, period, typed);
  return (
    <>
      <div className="typed-period">
        <TextField
          label={f.openings.period}
          value={period}
          onValue={(text) => setPeriod(text.trim())}
          hint={f.openings.periodHint[form.periodForm]}
        />
      </div>
      <div className="table-wrap" tabIndex={0} role="group" aria-label={f.trial.typed}>
        <TypedTable
          form={form}
          asked={trying.askedFigures(form)}
          typed={typed}
          unreadable={unreadable}
          onType={(record, code, text) =>
            setTyped({ ...typed, [record]: { ...typed[record], [code]: text } })
          }
        />
      </div>
      <Outcomes outcomes={outcomes} />
    </>
  );
}

type TypedTableProps = {
  form: FormDefinition;
  asked: ReturnType<Trying["askedFigures"]>;
  typed: TypedRows;
  unreadable: ReadonlySet<string>;
  onType: (record: TypedRecord, code: string, text: string) => void;
};

const records = ["now", "last", "lastYear"] as const;

/** A cell for each figure that a rule reads. */
function TypedTable({ form, asked, typed, unreadable, onType }: TypedTableProps) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const id = useId();
  return (
    <table className="table typed-trial">
      <thead>
        <tr>
          <th scope="col">{f.columns}</th>
          {records.map((record) => (
            <th scope="col" key={record}>
              {f.trial.records[record]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {asked.map(({ code, records: read }) => {
          const column = columnOf(form, code);
          const name = column === undefined ? code : nameOf(column);
          return (
            <tr key={code}>
              <th scope="row">{name}</th>
              {records.map((record) => {
                const isWrong = unreadable.has(`${record} ${code}`);
                const note = `${id}-${record}-${code}`;
                return (
                  <td key={record}>
                    {read.includes(record) && (
                      <input
                        inputMode="decimal"
                        aria-label={`${name} ${f.trial.records[record]}`}
                        aria-invalid={isWrong || undefined}
                        aria-describedby={isWrong ? note : undefined}
                        value={typed[record][code] ?? ""}
                        onChange={(event) => onType(record, code, event.target.value)}
                      />
                    )}
                    {isWrong && (
                      <p className="wrong" id={note}>
                        {f.trial.noNumber}
                      </p>
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly TypedOutcome[] }) {
  const { say } = useSpeech();
  const f = useReturnFormTexts();
  return (
    <ul className="typed-outcomes" aria-label={f.trial.title} aria-live="polite">
      {outcomes.map((one) => (
        <li key={one.code}>
          <ShapeMark shape={shapes[one.outcome]}>{f.trial.outcomes[one.outcome]}</ShapeMark>{" "}
          <span className="mono">{one.code}</span> {one.outcome === "fails" && say(one)}
        </li>
      ))}
    </ul>
  );
}
