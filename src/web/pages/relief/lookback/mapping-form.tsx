/** Which heading of the file is which of our columns: what was kept or guessed is filled in, a person looks and sends. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { ColumnMapping, RegisterView } from "../../../../domains/relief/contract.ts";
import { REQUIRED_COLUMN } from "../../../../domains/relief/core/clues/register-columns.ts";
import { upload } from "../../../api/upload.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { ImportProblems } from "../../../shell/import-problems.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { FileProgress } from "../file-progress.tsx";
import { columnName, kindName } from "./kind-name.ts";
import type { Inspected } from "./inspected.ts";
import { columnsFor, rulesQuery } from "./rules-query.ts";

type MappingFormProps = {
  file: File;
  kind: string;
  inspected: Inspected;
  onDone: (register: RegisterView) => void;
};

export function MappingForm({ file, kind, inspected, onDone }: MappingFormProps) {
  const { t } = useSpeech();
  const { today } = useSession();
  const words = t.lookback.upload;
  const rules = useQuery(rulesQuery);
  const [mapping, setMapping] = useState<ColumnMapping>(inspected.mapping);
  const [title, setTitle] = useState(() => kindName(kind, t));
  const [asOf, setAsOf] = useState(today);
  const [share, setShare] = useState(0);
  const read = useMutation({
    mutationFn: () => {
      const form = new FormData();
      form.set("kind", kind);
      form.set("title", title.trim());
      form.set("asOf", asOf);
      form.set("mapping", JSON.stringify(mapping));
      form.set("file", file);
      return upload<RegisterView>({
        path: "/lookback/registers",
        form,
        onProgress: setShare,
      });
    },
    onSuccess: onDone,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (read.isPending || mapping[REQUIRED_COLUMN] === undefined) return;
    setShare(0);
    read.mutate();
  };
  const put = (column: string, heading: string) => {
    const others = Object.entries(mapping).filter(([taken]) => taken !== column);
    setMapping(Object.fromEntries(heading === "" ? others : [...others, [column, heading]]));
  };
  const columns = columnsFor(kind, inspected.mapping, rules.data?.rules ?? []);
  return (
    <form className="form wide" onSubmit={submit}>
      <p className="note">
        {words.mapped[inspected.mappedBy]} {words.encoding[inspected.encoding]}
      </p>
      <div className="filters mapping">
        {columns.map((column) => (
          <Choice
            key={column}
            label={column === REQUIRED_COLUMN ? words.needed(columnName(column, t)) : columnName(column, t)}
            value={mapping[column] ?? ""}
            onValue={(heading) => put(column, heading)}
            options={[
              { value: "", name: words.absent },
              ...inspected.headings.map((heading) => ({ value: heading, name: heading })),
            ]}
          />
        ))}
      </div>
      <Sample inspected={inspected} mapping={mapping} />
      <div className="filters">
        <TextField label={words.name} value={title} onValue={setTitle} maxLength={200} required />
        <TextField
          label={t.lookback.asOf}
          type="date"
          value={asOf}
          onValue={setAsOf}
          max={today}
          hint={words.asOfHint}
          required
        />
      </div>
      {read.isPending && <FileProgress share={share} />}
      <div className="actions">
        <button
          type="submit"
          className="button first"
          aria-disabled={read.isPending || mapping[REQUIRED_COLUMN] === undefined}
        >
          {words.submit}
        </button>
      </div>
      {read.error !== null && <ImportProblems error={read.error} />}
    </form>
  );
}

function Sample({ inspected, mapping }: { inspected: Inspected; mapping: ColumnMapping }) {
  const { t } = useSpeech();
  const ours = (heading: string) =>
    Object.entries(mapping)
      .filter(([, taken]) => taken === heading)
      .map(([column]) => columnName(column, t));
  return (
    // A scrolling region must be reachable by keyboard.
    <section className="table-wrap" aria-label={t.lookback.upload.sample} tabIndex={0}>
      <table className="table sample">
        <caption>{t.lookback.upload.sample}</caption>
        <thead>
          <tr>
            {inspected.headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
                <span className="sub red">{ours(heading).join(" ")}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...inspected.sample.entries()].map(([line, row]) => (
            <tr key={line}>
              {inspected.headings.map((heading, column) => (
                <td key={heading}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
