import { useQuery } from "@tanstack/react-query";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { measuresQuery } from "../../../api/shared-queries.ts";
import { formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { ColumnFields } from "./column-fields.tsx";
import type { FormColumn } from "./column-fields.tsx";

type ColumnTableProps = {
  form: FormDefinition;
  /** undefined: the columns are only read */
  onColumns: ((columns: FormColumn[]) => void) | undefined;
};

export function ColumnTable({ form, onColumns }: ColumnTableProps) {
  const { t } = useSpeech();
  const f = useReturnFormTexts();
  const { columns } = form;
  return (
    <section className="section" aria-labelledby="columns">
      <header>
        <h2 id="columns">{f.columns}</h2>
      </header>
      {onColumns === undefined ? (
        <ReadColumns columns={columns} />
      ) : (
        <>
          <div className="table-wrap" tabIndex={0} role="group" aria-label={f.columns}>
            <table className="table column-editor">
              <thead>
                <tr>
                  {[
                    "nameZh",
                    "nameEn",
                    "code",
                    "kind",
                    "unit",
                    "decimals",
                    "required",
                    "min",
                    "max",
                    "compare",
                    "posts",
                  ].map((head) => (
                    <th scope="col" key={head}>
                      {f.column[head as "code"]}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="unseen">{t.app.more}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {[...columns.entries()].map(([at, column]) => (
                  // By its place: a code is typed over letter by letter.
                  <ColumnFields
                    key={at}
                    place={`columns.${at}`}
                    column={column}
                    onColumn={(changed) => onColumns(columns.with(at, changed))}
                    onRemove={columns.length > 1 ? () => onColumns(columns.toSpliced(at, 1)) : undefined}
                    onUp={at > 0 ? () => onColumns(swapped(columns, at)) : undefined}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <p className="actions">
            <button type="button" className="button" onClick={() => onColumns([...columns, fresh(columns)])}>
              {f.column.add}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function swapped(columns: readonly FormColumn[], at: number): FormColumn[] {
  const [before, here] = [columns[at - 1], columns[at]];
  if (before === undefined || here === undefined) return [...columns];
  return columns.with(at - 1, here).with(at, before);
}

function fresh(columns: readonly FormColumn[]): FormColumn {
  let n = columns.length + 1;
  while (columns.some(({ code }) => code === `column${n}`)) n += 1;
  return {
    code: `column${n}`,
    nameZh: `第${n}栏`,
    nameEn: `Column ${n}`,
    kind: "number",
    unit: "万元",
    decimals: 2,
    required: false,
    min: null,
    max: null,
    choices: [],
    helpZh: null,
    helpEn: null,
    compare: ["last"],
    posts: null,
  };
}

function ReadColumns({ columns }: { columns: readonly FormColumn[] }) {
  const { t, lang, nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const measures = useQuery(measuresQuery);
  const nameOfMeasure = (code: string): string => {
    const measure = measures.data?.find((one) => one.code === code);
    return measure === undefined ? code : nameOf(measure);
  };
  return (
    <table className="table list blocks">
      <thead>
        <tr>
          <th scope="col">{lang === "zh" ? f.column.nameZh : f.column.nameEn}</th>
          <th scope="col">{f.column.code}</th>
          <th scope="col">{f.column.unit}</th>
          <th scope="col">{f.column.required}</th>
          <th scope="col">{f.column.min}</th>
          <th scope="col">{f.column.max}</th>
          <th scope="col">{f.column.posts}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column.code}>
            <th scope="row" className="whole">
              {nameOf(column)}
            </th>
            <td data-label={f.column.code} className="mono">
              {column.code}
            </td>
            <td data-label={f.column.unit}>
              {column.unit === null ? f.column.kinds[column.kind] : formatUnit(column.unit, lang)}
            </td>
            <td data-label={f.column.required}>{column.required ? t.app.yes : t.app.no}</td>
            <td data-label={f.column.min}>{column.min ?? t.app.nowhere}</td>
            <td data-label={f.column.max}>{column.max ?? t.app.nowhere}</td>
            <td data-label={f.column.posts} className="whole">
              {column.posts === null ? (
                <span className="fine">{f.column.noPosting}</span>
              ) : (
                `${nameOfMeasure(column.posts.measure)} · ${t.basis[column.posts.basis]} · ${t.aspect[column.posts.aspect]}`
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
