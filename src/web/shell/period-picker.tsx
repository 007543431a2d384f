import { formatPeriod } from "../format/period.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Choice } from "./text-field.tsx";

type PeriodPickerProps = { period: string; periods: readonly string[]; onPeriod: (period: string) => void };

/** The months that have figures, newest first; a region without any has nothing to choose. */
export function PeriodPicker({ period, periods, onPeriod }: PeriodPickerProps) {
  const { t, lang } = useSpeech();
  if (period === "") return null;
  const all = periods.includes(period) ? periods : [period, ...periods];
  return (
    <div className="period-picker">
      <Choice
        label={t.app.period}
        value={period}
        onValue={onPeriod}
        options={all.map((one) => ({ value: one, name: formatPeriod(one, "ytd", lang) }))}
      />
    </div>
  );
}
