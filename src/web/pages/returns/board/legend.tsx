import { STATUSES } from "../../../../domains/returns/core/course.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ReturnMark } from "../return-mark.tsx";

export function Legend() {
  const r = useReturnTexts();
  return (
    <ul className="legend" aria-label={r.board.legend}>
      {STATUSES.map((status) => (
        <li key={status}>
          <ReturnMark status={status} />
        </li>
      ))}
    </ul>
  );
}
