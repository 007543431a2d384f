/** Who has not reported the newest period, with the reminder: the part of the board that a phone needs. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { BoardView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { Choice } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { ReturnMark } from "../return-mark.tsx";
import { missingOf } from "./missing.ts";

export function Unreported({ board }: { board: BoardView }) {
  const { lang, nameOf } = useSpeech();
  const r = useReturnTexts();
  const periods = board.periods.map(({ period }) => period).toSorted((a, b) => b.localeCompare(a));
  const [chosen, setChosen] = useState<string>();
  const period = chosen !== undefined && periods.includes(chosen) ? chosen : (periods[0] ?? "");
  const missing = missingOf(board, period);
  const due = board.periods.find((one) => one.period === period);
  return (
    <section className="section unreported" aria-labelledby="unreported">
      <header>
        <h2 id="unreported">{r.board.listTitle(formatPeriod(period, "month", lang))}</h2>
        <p className="note">
          {missing.length === 0 ? r.board.allIn : r.board.unreported(missing.length)}
          {due !== undefined && ` · ${r.dueOn(due.dueDay)}`}
        </p>
        {periods.length > 1 && (
          <Choice
            label={r.period}
            value={period}
            onValue={setChosen}
            options={periods.map((one) => ({ value: one, name: formatPeriod(one, "month", lang) }))}
          />
        )}
      </header>
      {missing.length > 0 && (
        <ul className="unreported-list">
          {missing.map(({ unit, cell }) => (
            <li key={cell.id}>
              <Link to="/returns/$id" params={{ id: String(cell.id) }}>
                {nameOf(unit)}
              </Link>
              <ReturnMark status={cell.status} daysLate={cell.daysLate} />
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && board.form.mayRemind && (
        <Remind key={period} form={board.form.code} period={period} count={missing.length} />
      )}
    </section>
  );
}

function Remind({ form, period, count }: { form: string; period: string; count: number }) {
  const { lang } = useSpeech();
  const r = useReturnTexts();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remind = useMutation({
    mutationFn: () => returnsApi.remind({ form, period }),
    onSettled: () => setAsking(false),
    onSuccess: () => client.invalidateQueries({ queryKey: ["returns-inbox"] }),
  });
  return (
    <div className="actions no-print">
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {r.board.remind(count)}
      </button>
      {remind.data !== undefined && (
        <span className="note" role="status">
          {r.board.reminded(remind.data.reminded)}
        </span>
      )}
      {remind.error !== null && <Trouble error={remind.error} />}
      {isAsking && (
        <ConfirmDialog
          title={r.board.remindConfirm(count, formatPeriod(period, "month", lang))}
          confirm={r.board.remind(count)}
          isWorking={remind.isPending}
          onConfirm={() => remind.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{r.board.remindHint}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
