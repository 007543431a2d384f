import { Link } from "@tanstack/react-router";
import type { Ref } from "react";
import type { ReturnBrief } from "../../../../domains/returns/contract.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { useReturnNames } from "../return-words.ts";

type ReviewTableProps = {
  items: readonly ReturnBrief[];
  chosen: ReadonlySet<number>;
  onToggle: (id: number) => void;
  onToggleAll: () => void;
  ref: Ref<HTMLTableElement>;
};

export function ReviewTable({ items, chosen, onToggle, onToggleAll, ref }: ReviewTableProps) {
  const r = useReturnTexts();
  return (
    <table className="table return-table review-table" ref={ref}>
      <caption className="unseen">{r.review.title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <input
              type="checkbox"
              aria-label={r.review.all}
              checked={chosen.size > 0 && items.every(({ id }) => chosen.has(id))}
              onChange={onToggleAll}
            />
          </th>
          <th scope="col">{r.unit}</th>
          <th scope="col">{r.form}</th>
          <th scope="col">{r.period}</th>
          <th scope="col">{r.review.changed}</th>
          <th scope="col">{r.review.explained}</th>
          <th scope="col">{r.review.lateness}</th>
          <th scope="col">{r.submittedAt}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ReviewLine key={item.id} item={item} isChosen={chosen.has(item.id)} onToggle={onToggle} />
        ))}
      </tbody>
    </table>
  );
}

type ReviewLineProps = { item: ReturnBrief; isChosen: boolean; onToggle: (id: number) => void };

function ReviewLine({ item, isChosen, onToggle }: ReviewLineProps) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames()(item);
  const name = nameOf(item.unit);
  return (
    <tr className={isChosen ? "chosen" : undefined}>
      <td className="choose">
        <input
          type="checkbox"
          aria-label={r.review.select(`${name} ${names.form} ${names.period}`)}
          checked={isChosen}
          onChange={() => onToggle(item.id)}
        />
      </td>
      <th scope="row">
        <Link to="/returns/$id" params={{ id: String(item.id) }}>
          {name}
        </Link>
        {item.isAmendment && <span className="badge">{r.amendment}</span>}
        {item.origin === "synthetic" && <span className="badge badge-synthetic">{r.synthetic}</span>}
      </th>
      <td>{names.form}</td>
      <td className="period">{names.period}</td>
      <td className={item.changed > 0 ? "changed some" : "changed fine"} data-label={r.review.changed}>
        {r.review.changedCells(item.changed)}
      </td>
      <td
        className={item.explained > 0 ? "explained some" : "explained fine"}
        data-label={r.review.explained}
      >
        {r.review.explainedRules(item.explained)}
      </td>
      <td className="due">
        {item.daysLate > 0 ? (
          <ShapeMark shape="late">{r.lateDays(item.daysLate)}</ShapeMark>
        ) : (
          <ShapeMark shape="ok">{r.review.inTime}</ShapeMark>
        )}
      </td>
      <td className="at fine">{item.submittedAt === null ? "" : formatInstant(item.submittedAt)}</td>
    </tr>
  );
}
