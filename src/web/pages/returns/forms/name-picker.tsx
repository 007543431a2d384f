/** Several of many by name: what is chosen stands in a line and goes with a click, others are found by a part of their name. */
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { TextField } from "../../../shell/text-field.tsx";
import { useFieldMark } from "./field-marks.tsx";

type Key = string | number;
type NamePickerProps<K extends Key> = {
  /** of the editor, for what is wrong with it */
  field: string;
  label: string;
  nothingFound: string;
  wanted: string;
  onWanted: (wanted: string) => void;
  /** undefined while they are not known */
  offered: readonly { key: K; name: string }[] | undefined;
  chosen: readonly { key: K; name: string }[];
  onChosen: (keys: K[]) => void;
};

const MOST_OFFERED = 8;

export function NamePicker<K extends Key>(props: NamePickerProps<K>) {
  const { field, label, nothingFound, wanted, onWanted, chosen, onChosen } = props;
  const mark = useFieldMark();
  const f = useReturnFormTexts();
  const keys = chosen.map(({ key }) => key);
  const offered = props.offered?.filter(({ key }) => !keys.includes(key)).slice(0, MOST_OFFERED);
  return (
    <div className="unit-picker">
      <TextField
        {...mark(field)}
        label={label}
        value={wanted}
        onValue={onWanted}
        hint={f.head.nameHint}
        autoComplete="off"
      />
      {wanted.trim() !== "" && offered !== undefined && (
        <p className="offered" role="status">
          {offered.length === 0 && <span className="fine">{nothingFound}</span>}
          {offered.map(({ key, name }) => (
            <button
              key={key}
              type="button"
              className="text-button"
              onClick={() => {
                onChosen([...keys, key]);
                onWanted("");
              }}
            >
              {name}
            </button>
          ))}
        </p>
      )}
      {chosen.length > 0 && (
        <ul className="chosen">
          {chosen.map(({ key, name }) => (
            <li key={key}>
              {name}{" "}
              <button
                type="button"
                className="text-button"
                aria-label={f.head.without(name)}
                onClick={() => onChosen(keys.filter((one) => one !== key))}
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
