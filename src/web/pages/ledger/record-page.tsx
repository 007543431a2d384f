/** 手工录入: a few rows typed in; a repeated click or a lost answer never records them twice. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { MeasureView } from "../../../domains/ledger/contract.ts";
import { makeRequestKey } from "../../api/request-key.ts";
import { api } from "../../api/routes.ts";
import { measuresQuery, nearRegionsQuery } from "../../api/shared-queries.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useSession } from "../../session/session.tsx";
import { ImportProblems } from "../../shell/import-problems.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { Choice, TextField } from "../../shell/text-field.tsx";

type Row = {
  key: string;
  region: string;
  measure: string;
  basis: string;
  period: string;
  value: string;
  unit: string;
  growth: string;
};

function basisOf(measure: MeasureView): string {
  return measure.kind === "stock" ? "point" : "ytd";
}

export function RecordPage() {
  const { t } = useSpeech();
  const measures = useQuery(measuresQuery);
  usePageTitle(t.recording.title);
  return (
    <>
      <p className="crumbs">
        <Link to="/figures">{t.figures.title}</Link>
      </p>
      <div className="page-head">
        <h1>{t.recording.title}</h1>
      </div>
      <p className="note page-note">{t.recording.hint}</p>
      {measures.data !== undefined && measures.data.length > 0 && <RecordForm measures={measures.data} />}
    </>
  );
}

function RecordForm({ measures }: { measures: readonly MeasureView[] }) {
  const { t } = useSpeech();
  const { post, today } = useSession();
  const client = useQueryClient();
  const emptyRow = (): Row => {
    const [first] = measures;
    return {
      key: makeRequestKey(),
      region: String(post.region.code),
      measure: first?.code ?? "",
      basis: first === undefined ? "ytd" : basisOf(first),
      period: today.slice(0, 7),
      value: "",
      unit: first?.displayUnit ?? "",
      growth: "",
    };
  };
  const [title, setTitle] = useState("");
  const [rows, setRows] = useState<Row[]>(() => [emptyRow()]);
  const [key, setKey] = useState(makeRequestKey);
  const record = useMutation({
    mutationFn: () => {
      const typed = rows.map(({ key: _key, value, unit, growth, region, ...row }) => ({
        ...row,
        region: Number(region),
        ...(value.trim() === "" ? {} : { value: value.trim(), unit: unit.trim() }),
        ...(growth.trim() === "" ? {} : { growth: growth.trim() }),
      }));
      return api.recordFigures({ title: title.trim(), rows: typed }, {}, { "idempotency-key": key });
    },
    onSuccess: async () => {
      setRows([emptyRow()]);
      setKey(makeRequestKey());
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
    // What was refused will be changed before it is sent again: a new attempt, a new key.
    onError: () => setKey(makeRequestKey()),
  });
  const put = (at: number, change: Partial<Row>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!record.isPending) record.mutate();
  };
  return (
    <form className="form wide" onSubmit={submit}>
      <TextField
        label={t.recording.sourceName}
        value={title}
        onValue={setTitle}
        hint={t.recording.sourceHint}
        maxLength={200}
        required
      />
      {rows.map((row, index) => (
        <RowFields
          key={row.key}
          row={row}
          number={index + 1}
          measures={measures}
          onChange={(change) => put(index, change)}
          onRemove={rows.length > 1 ? () => setRows(rows.filter((one) => one.key !== row.key)) : undefined}
        />
      ))}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={record.isPending}>
          {t.recording.submit}
        </button>
        <button type="button" className="text-button" onClick={() => setRows([...rows, emptyRow()])}>
          {t.recording.addRow}
        </button>
      </div>
      {record.isSuccess && (
        <div className="message good" role="status">
          <p className="title">{t.recording.done(String(record.data.figures))}</p>
          <p>
            <Link to="/figures" search={{ sort: "-id" }}>
              {t.importing.view}
            </Link>
          </p>
        </div>
      )}
      {record.error !== null && <ImportProblems error={record.error} />}
    </form>
  );
}

type RowFieldsProps = {
  row: Row;
  number: number;
  measures: readonly MeasureView[];
  onChange: (change: Partial<Row>) => void;
  onRemove?: () => void;
};

function RowFields({ row, number, measures, onChange, onRemove }: RowFieldsProps) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const regions = useQuery(nearRegionsQuery(post.region.code));
  const chooseMeasure = (code: string) => {
    const measure = measures.find((one) => one.code === code);
    onChange({
      measure: code,
      ...(measure === undefined ? {} : { unit: measure.displayUnit, basis: basisOf(measure) }),
    });
  };
  return (
    <fieldset className="record-row">
      <legend>
        {t.recording.row(number)}
        {onRemove !== undefined && (
          <button type="button" className="text-button fine" onClick={onRemove}>
            {t.recording.removeRow(number)}
          </button>
        )}
      </legend>
      <Choice
        label={t.figures.region}
        value={row.region}
        onValue={(region) => onChange({ region })}
        options={(regions.data ?? [post.region]).map((one) => ({
          value: String(one.code),
          name: nameOf(one),
        }))}
      />
      <Choice
        label={t.figures.measure}
        value={row.measure}
        onValue={chooseMeasure}
        options={measures.map((one) => ({ value: one.code, name: nameOf(one) }))}
      />
      <Choice
        label={t.figures.basis}
        value={row.basis}
        onValue={(basis) => onChange({ basis })}
        options={Object.entries(t.basis).map(([value, name]) => ({ value, name }))}
      />
      <TextField
        label={t.figures.period}
        value={row.period}
        onValue={(period) => onChange({ period })}
        required
      />
      <TextField
        label={t.figures.value}
        value={row.value}
        onValue={(value) => onChange({ value })}
        inputMode="decimal"
      />
      <TextField label={t.recording.unit} value={row.unit} onValue={(unit) => onChange({ unit })} />
      <TextField
        label={t.recording.growth}
        value={row.growth}
        onValue={(growth) => onChange({ growth })}
        inputMode="decimal"
      />
    </fieldset>
  );
}
