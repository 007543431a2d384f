/** One line of a form with its label, hint and fault tied together for screen readers. */
import { useId } from "react";
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";

type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "onChange" | "value"> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ReactNode;
  fault?: string;
};

export function TextField({ label, value, onValue, hint, fault, ...input }: TextFieldProps) {
  const id = useId();
  const notes = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-fault`].filter(
    Boolean,
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={fault === undefined ? input["aria-invalid"] : true}
        aria-describedby={notes.length === 0 ? undefined : notes.join(" ")}
      />
      {hint !== undefined && (
        <p className="fine" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p className="wrong" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

type ChoiceProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "id" | "onChange" | "value"> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly { value: string; name: string }[];
  fault?: string | undefined;
};

export function Choice({ label, value, onValue, options, fault, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        {...select}
        id={id}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {fault !== undefined && (
        <p className="wrong" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
