import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReturnBrief } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { DueWords } from "../due-words.tsx";
import { ReturnMark } from "../return-mark.tsx";
import { useReturnNames } from "../return-words.ts";

type ReturnTableProps = {
  items: readonly ReturnBrief[];
  /** of other units: their names stand in a column */
  ofOthers?: boolean;
  /** why it was sent back, below the name */
  showReasons?: boolean;
};

/** A row where there is room, a card on a phone. */
export function ReturnTable({ items, ofOthers = false, showReasons = false }: ReturnTableProps) {
  const r = useReturnTexts();
  return (
    <table className="table return-table">
      <thead>
        <tr>
          <th scope="col">{r.form}</th>
          <th scope="col">{r.period}</th>
          {ofOthers && <th scope="col">{r.unit}</th>}
          <th scope="col">{r.statusLabel}</th>
          <th scope="col">{r.due}</th>
          <th scope="col">{r.submittedAt}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((brief) => (
          <ReturnLine key={brief.id} brief={brief} ofOthers={ofOthers} showReason={showReasons} />
        ))}
      </tbody>
    </table>
  );
}

type ReturnLineProps = { brief: ReturnBrief; ofOthers: boolean; showReason: boolean };

function ReturnLine({ brief, ofOthers, showReason }: ReturnLineProps) {
  const { t, nameOf } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames()(brief);
  return (
    <tr>
      <th scope="row">
        <Link to="/returns/$id" params={{ id: String(brief.id) }}>
          {names.form}
        </Link>
        {brief.isAmendment && <span className="badge">{r.amendment}</span>}
        {brief.origin === "synthetic" && <span className="badge badge-synthetic">{r.synthetic}</span>}
        {showReason && <SentBackReason id={brief.id} />}
      </th>
      <td className="period">{names.period}</td>
      {ofOthers && <td className="unit">{nameOf(brief.unit)}</td>}
      <td className="standing">
        <ReturnMark status={brief.status} />
        {brief.status === "submitted" && brief.levels > 1 && (
          <span className="sub">{r.level(brief.level + 1, brief.levels)}</span>
        )}
      </td>
      <td className="due">
        <DueWords brief={brief} />
      </td>
      <td className="at fine">
        {brief.submittedAt === null ? t.app.nowhere : formatInstant(brief.submittedAt)}
      </td>
    </tr>
  );
}

function SentBackReason({ id }: { id: number }) {
  const r = useReturnTexts();
  const view = useQuery({
    queryKey: ["return", id],
    queryFn: ({ signal }) => returnsApi.one({}, { id }, signal),
  });
  const last = view.data?.actions.findLast(({ verb }) => verb === "sendBack");
  if (last === undefined) return null;
  return (
    <span className="sub red">
      {last.reason === null ? r.sentBackWith(last.cells.length) : r.sentBackBecause(last.reason)}
      {last.reason !== null && last.cells.length > 0 && ` · ${r.sentBackWith(last.cells.length)}`}
    </span>
  );
}
