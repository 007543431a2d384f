/** 准确率: of what was verified so far, how much was borne out, by rule, by register and by how it was matched. */
import { useQuery } from "@tanstack/react-query";
import type { PrecisionTable, PrecisionView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";
import { precisionShort } from "../clues/precision-words.ts";
import { kindName } from "./kind-name.ts";

export function PrecisionSection() {
  const { t, nameOf } = useSpeech();
  const precision = useQuery({
    queryKey: ["lookback-precision"],
    queryFn: ({ signal }) => api.precision(undefined, {}, signal),
  });
  const words = t.lookback.precision;
  return (
    <section className="section" aria-labelledby="precision">
      <header>
        <h2 id="precision">{words.title}</h2>
        <p className="note">{words.hint}</p>
      </header>
      {precision.error !== null && <Trouble error={precision.error} again={() => void precision.refetch()} />}
      {precision.data === undefined ? (
        precision.error === null && <Waiting lines={4} />
      ) : (
        <div className="precision-tables">
          <ByName
            title={words.byRule}
            rows={precision.data.rules.map((one) => [nameOf(one), one.precision])}
          />
          <ByName
            title={words.byRegister}
            rows={precision.data.registers.map((one) => [kindName(one.kind, t), one.precision])}
          />
          <ByName title={words.byTier} rows={tierRows(precision.data, t.clues.tiers)} />
        </div>
      )}
    </section>
  );
}

type Rows = readonly (readonly [name: string, precision: PrecisionView])[];

function tierRows({ tiers }: PrecisionTable, names: Readonly<Record<string, string>>): Rows {
  return tiers.map((one) => [names[one.tier] ?? one.tier, one.precision]);
}

function ByName({ title, rows }: { title: string; rows: Rows }) {
  const { t } = useSpeech();
  if (rows.length === 0) return null;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="r">
            {t.clues.borneOut}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, precision]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="r">{precisionShort(precision, t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
