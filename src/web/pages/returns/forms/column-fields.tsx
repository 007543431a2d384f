import { useQuery } from "@tanstack/react-query";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { BASES } from "../../../../shared/period.ts";
import { measuresQuery } from "../../../api/shared-queries.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { FaultNote, useInputMark } from "./field-marks.tsx";

export type FormColumn = FormDefinition["columns"][number];

type ColumnFieldsProps = {
  /** of the column among the fields of the editor */
  place: string;
  column: FormColumn;
  onColumn: (column: FormColumn) => void;
  onRemove: (() => void) | undefined;
  onUp: (() => void) | undefined;
};

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** One column of a form as a row of fields. */
export function ColumnFields({ place, column, onColumn, onRemove, onUp }: ColumnFieldsProps) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const r = useReturnTexts();
  const markAt = useInputMark();
  const mark = (key: keyof FormColumn) => markAt(`${place}.${key}`);
  const note = (key: keyof FormColumn) => <FaultNote field={`${place}.${key}`} />;
  const name = nameOf(column);
  const put = (change: Partial<FormColumn>) => onColumn({ ...column, ...change });
  const help = (key: "helpZh" | "helpEn") => (
    <>
      <input
        {...mark(key)}
        className="long fine"
        aria-label={`${name} ${f.column[key]}`}
        placeholder={f.column[key]}
        maxLength={500}
        value={column[key] ?? ""}
        onChange={(event) => put({ [key]: event.target.value === "" ? null : event.target.value })}
      />
      {note(key)}
    </>
  );
  const text = (key: "nameZh" | "nameEn" | "code" | "unit" | "min" | "max", isLong = false) => (
    <td>
      <input
        {...mark(key)}
        className={isLong ? "long" : undefined}
        aria-label={`${name} ${f.column[key]}`}
        value={column[key] ?? ""}
        onChange={(event) =>
          put({
            [key]:
              key === "unit" || key === "min" || key === "max"
                ? orNull(event.target.value)
                : event.target.value,
          })
        }
      />
      {note(key)}
      {key === "nameZh" && help("helpZh")}
      {key === "nameEn" && help("helpEn")}
    </td>
  );
  return (
    <tr>
      {text("nameZh", true)}
      {text("nameEn", true)}
      {text("code", true)}
      <td>
        <select
          {...mark("kind")}
          aria-label={`${name} ${f.column.kind}`}
          value={column.kind}
          onChange={(event) => {
            const kind = event.target.value as FormColumn["kind"];
            put(kind === "number" ? { kind } : { kind, unit: null, posts: null, min: null, max: null });
          }}
        >
          {(["number", "text", "choice"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {f.column.kinds[kind]}
            </option>
          ))}
        </select>
        {note("kind")}
        {column.kind === "choice" && (
          <input
            {...mark("choices")}
            aria-label={`${name} ${f.column.choices}`}
            placeholder={f.column.choices}
            value={column.choices.join("，")}
            onChange={(event) => put({ choices: event.target.value.split(/[,，]/).map((one) => one.trim()) })}
          />
        )}
        {note("choices")}
      </td>
      {text("unit")}
      <td>
        <input
          {...mark("decimals")}
          aria-label={`${name} ${f.column.decimals}`}
          type="number"
          min={0}
          max={6}
          value={column.decimals}
          onChange={(event) => put({ decimals: Number(event.target.value) })}
        />
        {note("decimals")}
      </td>
      <td className="c">
        <input
          aria-label={`${name} ${f.column.required}`}
          type="checkbox"
          checked={column.required}
          onChange={(event) => put({ required: event.target.checked })}
        />
      </td>
      {text("min")}
      {text("max")}
      <td>
        {(["last", "lastYear"] as const).map((which) => (
          <label key={which} className="check">
            <input
              type="checkbox"
              checked={column.compare.includes(which)}
              onChange={(event) =>
                put({
                  compare: event.target.checked
                    ? [...column.compare, which]
                    : column.compare.filter((one) => one !== which),
                })
              }
            />
            {r.sheet[which]}
          </label>
        ))}
      </td>
      <td>
        <PostingFields
          field={`${place}.posts`}
          column={column}
          name={name}
          onPosts={(posts) => put({ posts })}
        />
      </td>
      <td className="row-actions">
        {onUp !== undefined && (
          <button type="button" className="text-button" aria-label={f.column.up(name)} onClick={onUp}>
            ↑
          </button>
        )}
        {onRemove !== undefined && (
          <button type="button" className="text-button" aria-label={f.column.remove(name)} onClick={onRemove}>
            ×
          </button>
        )}
      </td>
    </tr>
  );
}

type PostingFieldsProps = {
  field: string;
  column: FormColumn;
  name: string;
  onPosts: (posts: FormColumn["posts"]) => void;
};

function PostingFields({ field, column: { posts, kind }, name, onPosts }: PostingFieldsProps) {
  const { t, nameOf } = useSpeech();
  const mark = useInputMark();
  const f = useReturnFormTexts();
  const measures = useQuery(measuresQuery);
  if (kind !== "number") return null;
  return (
    <>
      <select
        {...mark(field)}
        className="long"
        aria-label={`${name} ${f.column.posts}`}
        value={posts?.measure ?? ""}
        onChange={(event) =>
          onPosts(
            event.target.value === ""
              ? null
              : { basis: "ytd", aspect: "value", ...posts, measure: event.target.value },
          )
        }
      >
        <option value="">{f.column.noPosting}</option>
        {measures.data?.map((measure) => (
          <option key={measure.code} value={measure.code}>
            {nameOf(measure)}
          </option>
        ))}
      </select>
      <FaultNote field={field} />
      {posts !== null && (
        <span className="actions">
          <select
            aria-label={`${name} ${f.column.basis}`}
            value={posts.basis}
            onChange={(event) => onPosts({ ...posts, basis: event.target.value as typeof posts.basis })}
          >
            {BASES.map((basis) => (
              <option key={basis} value={basis}>
                {t.basis[basis]}
              </option>
            ))}
          </select>
          <select
            aria-label={`${name} ${f.column.aspect}`}
            value={posts.aspect}
            onChange={(event) => onPosts({ ...posts, aspect: event.target.value as typeof posts.aspect })}
          >
            {(["value", "growth"] as const).map((aspect) => (
              <option key={aspect} value={aspect}>
                {t.aspect[aspect]}
              </option>
            ))}
          </select>
        </span>
      )}
    </>
  );
}
