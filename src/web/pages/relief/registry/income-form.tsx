/** 记一年收入: as the form states it. What does not add up is said while one types, and can be recorded all the same. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { HouseholdView } from "../../../../domains/relief/contract.ts";
import { findBreaks } from "../../../../domains/relief/core/registry/incomes.ts";
import { api } from "../../../api/routes.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { incomeColumns } from "./income-columns.ts";
import type { IncomeColumn } from "./income-columns.ts";

type Typed = Readonly<Record<IncomeColumn, string>>;

const amount = /^-?\d{1,12}(\.\d{1,4})?$/;

export function IncomeForm({ household }: { household: HouseholdView }) {
  const { t } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const words = t.relief.income;
  const now = household.members.filter((one) => one.toDay === null).length;
  const [year, setYear] = useState(() => String(Number(today.slice(0, 4)) - 1));
  const [typed, setTyped] = useState<Typed>(() => typedOf(household, year, now));
  const record = useMutation({
    mutationFn: () => api.recordIncome(statedOf(typed), { id: household.id, year }),
    onSuccess: (next) => client.setQueryData(["household", household.id], next),
  });
  const breaks = findBreaks(statedOf(typed));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!record.isPending) record.mutate();
  };
  return (
    <form className="form wide" onSubmit={submit}>
      <div className="filters income-fields">
        <TextField
          label={words.year}
          type="number"
          min={1990}
          max={Number(today.slice(0, 4))}
          value={year}
          onValue={(next) => {
            setYear(next);
            setTyped(typedOf(household, next, now));
          }}
          required
        />
        {incomeColumns.map((column) => {
          const broken = breaks.find(({ field }) => field === column);
          return (
            <TextField
              key={column}
              label={words[column]}
              value={typed[column]}
              onValue={(value) => setTyped({ ...typed, [column]: value })}
              inputMode="decimal"
              pattern={column === "members" ? "\\d{1,3}" : "-?\\d{1,12}(\\.\\d{1,4})?"}
              fault={broken === undefined ? undefined : words.shouldBe(formatDecimal(broken.computed))}
            />
          );
        })}
      </div>
      {record.error !== null && <Trouble error={record.error} />}
      <div className="actions">
        <button type="submit" className="button" aria-disabled={record.isPending}>
          {t.relief.measure.submit}
        </button>
        {record.isSuccess && <span role="status">{t.relief.measure.done}</span>}
      </div>
    </form>
  );
}

/** What is there of the year already, or nothing but the number of members. */
function typedOf(household: HouseholdView, year: string, members: number): Typed {
  const known = household.incomes.find((one) => String(one.year) === year);
  const text = (column: IncomeColumn) =>
    known === undefined ? (column === "members" ? String(members) : "") : String(known[column] ?? "");
  return Object.fromEntries(incomeColumns.map((column) => [column, text(column)])) as Typed;
}

/** What cannot be read as an amount yet counts as not stated. */
function statedOf(typed: Typed) {
  const of = (column: IncomeColumn) => {
    const text = typed[column].trim();
    return amount.test(text) ? text : null;
  };
  const members = of("members");
  return {
    wage: of("wage"),
    business: of("business"),
    transfer: of("transfer"),
    property: of("property"),
    total: of("total"),
    costs: of("costs"),
    net: of("net"),
    members: members === null ? null : Number(members),
    perCapita: of("perCapita"),
  };
}
