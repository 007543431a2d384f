/** 收入: by year, as the form states it; an identity that does not hold says what it should give. */
import type { HouseholdView, IncomeView } from "../../../../domains/relief/contract.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { incomeColumns } from "./income-columns.ts";
import type { IncomeColumn } from "./income-columns.ts";
import { IncomeForm } from "./income-form.tsx";

export function IncomeSection({ household }: { household: HouseholdView }) {
  const { incomes } = household;
  const mayWrite = useMay("registry.write");
  const { t } = useSpeech();
  const words = t.relief.income;
  return (
    <section className="section" aria-labelledby="incomes">
      <header>
        <h2 id="incomes">{words.title}</h2>
        <p className="note">{words.hint}</p>
      </header>
      {incomes.length === 0 ? (
        <p className="note">{words.empty}</p>
      ) : (
        <table className="table list blocks income-table">
          <thead>
            <tr>
              <th scope="col">{words.year}</th>
              {incomeColumns.map((column) => (
                <th key={column} scope="col" className="r">
                  {words[column]}
                </th>
              ))}
              <th scope="col" className="r">
                {words.line}
              </th>
            </tr>
          </thead>
          <tbody>
            {incomes.map((income) => (
              <YearLine key={income.year} income={income} />
            ))}
          </tbody>
        </table>
      )}
      {mayWrite && (
        <details className="unfolding no-print">
          <summary>{words.add}</summary>
          <IncomeForm household={household} />
        </details>
      )}
    </section>
  );
}

function YearLine({ income }: { income: IncomeView }) {
  const { t } = useSpeech();
  const words = t.relief.income;
  return (
    <tr>
      <th scope="row">{income.year}</th>
      {incomeColumns.map((column) => (
        <AmountCell key={column} income={income} column={column} />
      ))}
      <td className="r" data-label={words.line}>
        <span>{income.line === null ? t.app.nowhere : formatDecimal(income.line)}</span>
      </td>
    </tr>
  );
}

function AmountCell({ income, column }: { income: IncomeView; column: IncomeColumn }) {
  const { t } = useSpeech();
  const words = t.relief.income;
  const value = income[column];
  const broken = income.breaks.find((one) => one.field === column);
  const isBelow =
    column === "perCapita" && income.line !== null && income.perCapita !== null
      ? Number(income.perCapita) < Number(income.line)
      : false;
  return (
    <td className={broken === undefined ? "r" : "r whole"} data-label={words[column]}>
      <span>
        {value === null ? t.app.nowhere : formatDecimal(String(value))}
        {broken !== undefined && (
          <span className="sub">
            <ShapeMark shape="late">{words.shouldBe(formatDecimal(broken.computed))}</ShapeMark>
          </span>
        )}
        {isBelow && broken === undefined && <span className="sub">{words.below}</span>}
      </span>
    </td>
  );
}
