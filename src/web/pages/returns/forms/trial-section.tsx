/** 试算: the rules as they stand on the page, run on what was filed before. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { FormDefinition, OpeningView, RuleTrial } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatDecimal } from "../../../format/number.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";

type TrialSectionProps = {
  form: FormDefinition;
  openings: readonly OpeningView[];
  /** the form has faults that stand in the way of trying it */
  onRefused: (error: unknown) => void;
};

export function TrialSection({ form, openings, onRefused }: TrialSectionProps) {
  const f = useReturnFormTexts();
  const periods = openings.map(({ period }) => period).toSorted();
  const [from, setFrom] = useState(periods[0] ?? "");
  const [to, setTo] = useState(periods.at(-1) ?? "");
  const trial = useMutation({
    mutationFn: () => returnsApi.tryRules({ form, from, to }, { code: form.code }),
    onError: onRefused,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!trial.isPending) trial.mutate();
  };
  return (
    <section className="section" aria-labelledby="trial">
      <header>
        <h2 id="trial">{f.trial.title}</h2>
        <p className="note">{f.trial.hint}</p>
      </header>
      <form className="opening-form" onSubmit={submit}>
        <TextField label={f.trial.from} value={from} onValue={setFrom} required />
        <TextField label={f.trial.to} value={to} onValue={setTo} required />
        <button type="submit" className="button" aria-disabled={trial.isPending}>
          {trial.isPending ? f.trial.running : f.trial.run}
        </button>
      </form>
      {trial.error !== null && <Trouble error={trial.error} />}
      {trial.data !== undefined && (
        <>
          <p className="note" role="status">
            {f.trial.returns(formatDecimal(String(trial.data.returns)))}
          </p>
          <TrialTable trials={trial.data.items} />
        </>
      )}
    </section>
  );
}

function TrialTable({ trials }: { trials: readonly RuleTrial[] }) {
  const f = useReturnFormTexts();
  return (
    <table className="table list trial-table">
      <thead>
        <tr>
          <th scope="col">{f.trial.rule}</th>
          <th scope="col" className="r">
            {f.trial.asked}
          </th>
          <th scope="col" className="r">
            {f.trial.fired}
          </th>
          <th scope="col" className="r">
            {f.trial.share}
          </th>
          <th scope="col">{f.trial.examples}</th>
        </tr>
      </thead>
      <tbody>
        {trials.map((trial) => (
          <tr key={trial.code}>
            <th scope="row" className="mono">
              {trial.code}
            </th>
            <td className="r" data-label={f.trial.asked}>
              {trial.asked}
            </td>
            <td className="r" data-label={f.trial.fired}>
              {trial.fired}
            </td>
            <td className="r" data-label={f.trial.share}>
              {trial.asked === 0 ? "" : `${((trial.fired / trial.asked) * 100).toFixed(1)}%`}
            </td>
            <td>
              <Examples trial={trial} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Examples({ trial }: { trial: RuleTrial }) {
  const { lang, say } = useSpeech();
  const f = useReturnFormTexts();
  if (trial.fault !== null)
    return (
      <span className="red">
        {f.trial.fault}: {trial.fault}
      </span>
    );
  if (trial.asked === 0) return <span className="fine">{f.rule.never}</span>;
  return (
    <ul className="trial-examples">
      {trial.examples.map((example) => (
        <li key={`${example.period} ${example.unitZh} ${example.name} ${example.zh}`}>
          {lang === "zh" ? example.unitZh : example.unitEn} {formatPeriod(example.period, "month", lang)}{" "}
          {example.name} {say(example)}
        </li>
      ))}
    </ul>
  );
}
