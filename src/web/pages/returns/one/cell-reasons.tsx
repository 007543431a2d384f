/** Why single cells are sent back: a click on a cell asks for the reason, a second click changes it. */
import { useState } from "react";
import type { CellReason, ReturnView } from "../../../../domains/returns/contract.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { cellKey } from "../sheet/cell-key.ts";
import type { CellPlace } from "../sheet/cell-key.ts";
import { reasonsByCell } from "../sheet/marking.ts";

type Asked = CellPlace & { name: string };

export type ReasonDraft = {
  /** somebody who may send it back is at the page */
  isOpen: boolean;
  cells: readonly CellReason[];
  byCell: ReadonlyMap<string, string>;
  asked: Asked | undefined;
  ask: (place: CellPlace, name: string) => void;
  put: (place: CellPlace, reason: string) => void;
  close: () => void;
  clear: () => void;
};

export function useReasonDraft(view: ReturnView): ReasonDraft {
  const [cells, setCells] = useState<readonly CellReason[]>([]);
  const [asked, setAsked] = useState<Asked>();
  return {
    isOpen: view.may.includes("sendBack"),
    cells,
    byCell: reasonsByCell(cells),
    asked,
    ask: (place, name) => setAsked({ ...place, name }),
    put: ({ subject, column }, reason) => {
      const key = cellKey(subject, column);
      const others = cells.filter((one) => cellKey(one.subject, one.column) !== key);
      setCells(reason === "" ? others : [...others, { subject, column, reason }]);
      setAsked(undefined);
    },
    close: () => setAsked(undefined),
    clear: () => setCells([]),
  };
}

export function CellReasonDialog({ draft }: { draft: ReasonDraft }) {
  if (draft.asked === undefined) return null;
  return <Ask key={cellKey(draft.asked.subject, draft.asked.column)} asked={draft.asked} draft={draft} />;
}

function Ask({ asked, draft }: { asked: Asked; draft: ReasonDraft }) {
  const r = useReturnTexts();
  const before = draft.byCell.get(cellKey(asked.subject, asked.column)) ?? "";
  const [text, setText] = useState(before);
  const isShort = text.trim().length === 1;
  return (
    <ConfirmDialog
      title={asked.name}
      confirm={text.trim() === "" && before !== "" ? r.ask.removeReason : r.ask.sendBack}
      isWorking={isShort || (text.trim() === "" && before === "")}
      onConfirm={() => draft.put(asked, text.trim())}
      onCancel={draft.close}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isShort) draft.put(asked, text.trim());
        }}
      >
        <TextField label={r.ask.cellReason} value={text} onValue={setText} maxLength={500} minLength={2} />
      </form>
    </ConfirmDialog>
  );
}
