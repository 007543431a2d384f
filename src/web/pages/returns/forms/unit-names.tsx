/** Units by name: what a form keeps are codes. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { townshipsQuery, unitsQuery } from "../../../api/shared-queries.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { NamePicker } from "./name-picker.tsx";

/** @returns the name of a unit; its code while it is not known, or outside of the post's scope */
export function useUnitName(): (code: string) => string {
  const { nameOf } = useSpeech();
  const units = useQuery(unitsQuery(""));
  return (code) => {
    const unit = units.data?.find((one) => one.code === code);
    return unit === undefined ? code : nameOf(unit);
  };
}

/** Likewise of a township. */
export function useRegionName(): (code: number) => string {
  const { nameOf } = useSpeech();
  const townships = useQuery(townshipsQuery);
  return (code) => {
    const region = townships.data?.find((one) => one.code === code);
    return region === undefined ? String(code) : nameOf(region);
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

export function UnitPicker({ field, label, codes, onCodes }: UnitPickerProps) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const unitName = useUnitName();
  const [wanted, setWanted] = useState("");
  const q = useDeferredValue(wanted.trim());
  const found = useQuery({ ...unitsQuery(q), enabled: q !== "" });
  return (
    <NamePicker
      field={field}
      label={label}
      nothingFound={f.head.noUnit}
      wanted={wanted}
      onWanted={setWanted}
      offered={found.data?.map((unit) => ({ key: unit.code, name: nameOf(unit) }))}
      chosen={codes.map((code) => ({ key: code, name: unitName(code) }))}
      onChosen={onCodes}
    />
  );
}
