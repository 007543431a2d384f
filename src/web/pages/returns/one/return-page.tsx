/** 一份报送: filled in, reviewed and followed on one page. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { AddRow } from "../sheet/add-row.tsx";
import { ConflictTable } from "../sheet/conflict-table.tsx";
import { FindingList } from "../sheet/finding-list.tsx";
import { ListSheet } from "../sheet/list-sheet.tsx";
import type { ListSheetHandle } from "../sheet/list-sheet.tsx";
import { ROWS_OF_PAGE } from "../sheet/loaded-rows.ts";
import type { Marking } from "../sheet/marking.ts";
import { sentBackReasons } from "../sheet/marking.ts";
import { RegionSheet } from "../sheet/region-sheet.tsx";
import { SaveTrouble } from "../sheet/save-line.tsx";
import { useReturnSheet } from "../sheet/use-return-sheet.ts";
import type { ReturnSheet } from "../sheet/use-return-sheet.ts";
import { CellReasonDialog, useReasonDraft } from "./cell-reasons.tsx";
import { ChangesSection } from "./changes-section.tsx";
import { CourseSection } from "./course-section.tsx";
import { FilesSection } from "./files-section.tsx";
import { PostedSection } from "./posted-section.tsx";
import { ReturnHead } from "./return-head.tsx";
import { StepBar } from "./step-bar.tsx";
import { WorkbookSection } from "./workbook-section.tsx";

const route = getRouteApi("/returns/$id");

export function ReturnPage() {
  const { id } = route.useParams();
  const r = useReturnTexts();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const view = useQuery({
    queryKey: ["return", Number(id)],
    queryFn: ({ signal }) => returnsApi.one({ limit: ROWS_OF_PAGE }, { id }, signal),
    enabled: isId,
    gcTime: 0, // what was saved since is newer than what was read
  });
  usePageTitle(r.form);
  if (!isId || isMissing(view.error)) return <NotFound />;
  if (view.error !== null && view.data === undefined)
    return <Trouble error={view.error} again={() => void view.refetch()} />;
  if (view.data === undefined) return <Waiting lines={14} />;
  return <Return key={id} view={view.data} />;
}

function Return({ view }: { view: ReturnView }) {
  const sheet = useReturnSheet(view);
  const draft = useReasonDraft(view);
  const [said, setSaid] = useState<string>();
  const marking: Marking = draft.isOpen
    ? { reasons: draft.byCell, onMark: draft.ask }
    : { reasons: sentBackReasons(view) };
  return (
    <>
      <ReturnHead view={view} />
      {said !== undefined && (
        <p className="message good" role="status">
          {said}
        </p>
      )}
      <WorkbookSection view={view} sheet={sheet} />
      <SheetSection sheet={sheet} marking={marking} />
      <StepBar view={view} sheet={sheet} draft={draft} onDone={setSaid} />
      <CellReasonDialog draft={draft} />
      <ChangesSection view={view} changes={sheet.changes} />
      <PostedSection view={view} />
      <FilesSection view={view} />
      <CourseSection view={view} />
    </>
  );
}

function SheetSection({ sheet, marking }: { sheet: ReturnSheet; marking: Marking }) {
  const r = useReturnTexts();
  const { view } = sheet;
  const { subjects } = view.form;
  const isRegion = subjects.kind === "region";
  const list = useRef<ListSheetHandle>(null);
  const [pasted, setPasted] = useState<{ cells: number; outside: number }>();
  const [leaving, setLeaving] = useState<{ subject: string; name: string }>();
  const onPasted = (cells: number, outside: number) => setPasted({ cells, outside });
  return (
    <section className="sheet-section" aria-label={r.sheet.title}>
      {sheet.restored > 0 && (
        <p className="message" role="status">
          {r.save.restored(sheet.restored)}
        </p>
      )}
      <SaveTrouble sheet={sheet} />
      <ConflictTable sheet={sheet} />
      {isRegion ? (
        <RegionSheet sheet={sheet} marking={marking} onPasted={onPasted} />
      ) : (
        <ListSheet sheet={sheet} marking={marking} onPasted={onPasted} onRemove={setLeaving} ref={list} />
      )}
      {view.past === "synthetic" && <p className="note">{r.syntheticPast}</p>}
      {view.mayEdit && (
        <p className="fine keys no-print">
          <span role="status">
            {pasted !== undefined &&
              `${r.sheet.pasted(pasted.cells)}${pasted.outside > 0 ? `；${r.sheet.outside(pasted.outside)}` : ""} · `}
          </span>
          {r.sheet.keys}
        </p>
      )}
      {view.mayEdit && subjects.kind === "list" && subjects.isOpen && <AddRow sheet={sheet} />}
      {leaving !== undefined && (
        <ConfirmDialog
          title={r.sheet.removeRow(leaving.name)}
          confirm={r.sheet.remove}
          isWorking={false}
          onConfirm={() => {
            sheet.removeRow(leaving.subject);
            setLeaving(undefined);
          }}
          onCancel={() => setLeaving(undefined)}
        >
          <p>{r.sheet.removeConfirm(leaving.name)}</p>
        </ConfirmDialog>
      )}
      <FindingList
        sheet={sheet}
        isRegion={isRegion}
        onGoTo={(subject, column) => {
          if (isRegion) focusItem(view, column);
          else list.current?.goTo(subject, column);
        }}
      />
    </section>
  );
}

function focusItem(view: ReturnView, column: string): void {
  const at = view.form.columns.findIndex(({ code }) => code === column);
  document.querySelector<HTMLElement>(`.region-sheet [data-spot="${at},0"]`)?.focus();
}
