/** 帮扶措施: what was done, by whom, what it cost and who signed for it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { HouseholdView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay, useSession } from "../../../session/session.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { measureKinds, measureName } from "./measure-name.ts";

export function MeasureSection({ household }: { household: HouseholdView }) {
  const { t } = useSpeech();
  const mayWrite = useMay("registry.write");
  const head = t.relief.measure;
  return (
    <section className="section" aria-labelledby="measures">
      <header>
        <h2 id="measures">{head.title}</h2>
      </header>
      {household.measures.length === 0 ? (
        <p className="note">{head.empty}</p>
      ) : (
        <Measures household={household} />
      )}
      {mayWrite && (
        <details className="unfolding no-print">
          <summary>{head.add}</summary>
          <MeasureForm household={household} />
        </details>
      )}
    </section>
  );
}

function Measures({ household }: { household: HouseholdView }) {
  const { t, lang } = useSpeech();
  const head = t.relief.measure;
  return (
    <table className="table list">
      <thead>
        <tr>
          <th scope="col">{head.day}</th>
          <th scope="col">{head.kind}</th>
          <th scope="col">{head.content}</th>
          <th scope="col">{head.unit}</th>
          <th scope="col" className="r">
            {head.cost}
          </th>
          <th scope="col">{head.signedBy}</th>
        </tr>
      </thead>
      <tbody>
        {household.measures.map((measure) => (
          <tr key={measure.id}>
            <th scope="row">{measure.onDay}</th>
            <td data-label={head.kind}>{measureName(measure.kind, lang)}</td>
            <td data-label={head.content}>{measure.content}</td>
            <td data-label={head.unit}>{measure.unit}</td>
            <td className="r" data-label={head.cost}>
              {measure.cost === null ? t.app.nowhere : formatDecimal(measure.cost)}
            </td>
            <td data-label={head.signedBy}>{measure.signedBy}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MeasureForm({ household }: { household: HouseholdView }) {
  const { t, lang } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const words = t.relief.measure;
  const empty = { kind: measureKinds[0] ?? "", unit: "", content: "", cost: "", onDay: today, signedBy: "" };
  const [form, setForm] = useState(empty);
  const put = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const record = useMutation({
    mutationFn: () => {
      const cost = form.cost.trim();
      return api.recordMeasure({ ...form, cost: cost === "" ? null : cost }, { id: household.id });
    },
    onSuccess: (next) => {
      client.setQueryData(["household", household.id], next);
      setForm(empty);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!record.isPending) record.mutate();
  };
  return (
    <form className="form wide" onSubmit={submit}>
      <div className="filters">
        <Choice
          label={words.kind}
          value={form.kind}
          onValue={(kind) => put({ kind })}
          options={measureKinds.map((kind) => ({ value: kind, name: measureName(kind, lang) }))}
        />
        <TextField
          label={words.day}
          type="date"
          value={form.onDay}
          onValue={(onDay) => put({ onDay })}
          max={today}
          required
        />
        <TextField
          label={words.unit}
          value={form.unit}
          onValue={(unit) => put({ unit })}
          maxLength={80}
          required
        />
        <TextField
          label={words.cost}
          value={form.cost}
          onValue={(cost) => put({ cost })}
          inputMode="decimal"
          pattern="\d{1,12}(\.\d{1,4})?"
        />
        <TextField
          label={words.signedBy}
          value={form.signedBy}
          onValue={(signedBy) => put({ signedBy })}
          maxLength={40}
          required
        />
      </div>
      <TextField
        label={words.content}
        value={form.content}
        onValue={(content) => put({ content })}
        maxLength={500}
        required
      />
      {record.error !== null && <Trouble error={record.error} />}
      <div className="actions">
        <button type="submit" className="button" aria-disabled={record.isPending}>
          {words.submit}
        </button>
        {record.isSuccess && <span role="status">{words.done}</span>}
      </div>
    </form>
  );
}
