/** Units by name: what a form keeps are codes. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { unitsQuery } from "../../../api/shared-queries.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { TextField } from "../../../shell/text-field.tsx";
import { useFieldMark } from "./field-marks.tsx";

/** @returns the name of a unit; its code while it is not known, or outside of the post's scope */
export function useUnitName(): (code: string) => string {
  const { nameOf } = useSpeech();
  const units = useQuery(unitsQuery(""));
  return (code) => {
    const unit = units.data?.find((one) => one.code === code);
    return unit === undefined ? code : nameOf(unit);
  };
}

/** Kinds that units of the scope are of, besides those that are chosen already. */
export function useUnitKinds(chosen: readonly string[]): string[] {
  const units = useQuery(unitsQuery(""));
  return [...new Set([...chosen, ...(units.data ?? []).map(({ kind }) => kind)])];
}

export function useKindName(): (kind: string) => string {
  const names: Readonly<Record<string, string>> = useReturnFormTexts().unitKinds;
  return (kind) => names[kind] ?? kind;
}

type UnitPickerProps = {
  /** of the editor, for what is wrong with it */
  field: string;
  label: string;
  codes: readonly string[];
  onCodes: (codes: string[]) => void;
};

/** Chosen units stand in a line and go with a click; others are found by a part of their name. */
export function UnitPicker({ field, label, codes, onCodes }: UnitPickerProps) {
  const { nameOf } = useSpeech();
  const mark = useFieldMark();
  const f = useReturnFormTexts();
  const unitName = useUnitName();
  const [wanted, setWanted] = useState("");
  const q = useDeferredValue(wanted.trim());
  const found = useQuery({ ...unitsQuery(q), enabled: q !== "" });
  const offered = (found.data ?? []).filter(({ code }) => !codes.includes(code)).slice(0, 8);
  return (
    <div className="unit-picker">
      <TextField
        {...mark(field)}
        label={label}
        value={wanted}
        onValue={setWanted}
        hint={f.head.unitsHint}
        autoComplete="off"
      />
      {q !== "" && found.data !== undefined && (
        <p className="offered" role="status">
          {offered.length === 0 && <span className="fine">{f.head.noUnit}</span>}
          {offered.map((unit) => (
            <button
              key={unit.code}
              type="button"
              className="text-button"
              onClick={() => {
                onCodes([...codes, unit.code]);
                setWanted("");
              }}
            >
              {nameOf(unit)}
            </button>
          ))}
        </p>
      )}
      {codes.length > 0 && (
        <ul className="chosen">
          {codes.map((code) => (
            <li key={code}>
              {unitName(code)}{" "}
              <button
                type="button"
                className="text-button"
                aria-label={f.head.without(unitName(code))}
                onClick={() => onCodes(codes.filter((one) => one !== code))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
