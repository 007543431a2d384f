/** One line of a form with its label, hint and fault tied together for screen readers. */
import { useId } from "react";
import type { InputHTMLAttributes, ReactNode } from "react";

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

type ChoiceProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly { value: string; name: string }[];
  name?: string;
};

export function Choice({ label, value, onValue, options, name }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} value={value} onChange={(event) => onValue(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}
