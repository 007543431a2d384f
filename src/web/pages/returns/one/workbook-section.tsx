/** 工作簿: out, filled in elsewhere, and in again; every problem with its sheet and cell. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReturnView, UploadProgress, UploadView } from "../../../../domains/returns/contract.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { returnDownloads, returnsApi } from "../../../api/returns.ts";
import { upload } from "../../../api/upload.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { DropPlace } from "../../../shell/drop-place.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import type { ReturnSheet } from "../sheet/use-return-sheet.ts";
import { UploadOutcome } from "./upload-outcome.tsx";

type WorkbookSectionProps = { view: ReturnView; sheet: ReturnSheet };

export function WorkbookSection({ view, sheet }: WorkbookSectionProps) {
  const r = useReturnTexts();
  const { id } = view.brief;
  return (
    <section className="workbook no-print" aria-label={r.workbook.title}>
      <p className="actions">
        <a href={returnDownloads.workbook(id, true)} download className="button">
          {r.workbook.prefilled}
        </a>
        <a href={returnDownloads.workbook(id, false)} download>
          {r.workbook.template}
        </a>
        {view.mayEdit && <span className="note">{r.workbook.hint}</span>}
      </p>
      {view.mayEdit && <WorkbookUpload view={view} sheet={sheet} />}
    </section>
  );
}

function WorkbookUpload({ view, sheet }: WorkbookSectionProps) {
  const r = useReturnTexts();
  const client = useQueryClient();
  const { id } = view.brief;
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState(0);
  const [progressKey, setProgressKey] = useState("");
  const sending = useMutation({
    mutationFn: async ({ chosen, key }: { chosen: File; key: string }) => {
      await sheet.flush(); // what was typed is there before what the workbook brings
      const form = new FormData();
      form.set("progress", key);
      form.set("file", chosen);
      return upload<UploadView>({ path: `/returns/${id}/workbook`, form, onProgress: setShare });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["return", id] });
      await client.invalidateQueries({ queryKey: ["returns"] });
    },
  });
  const take = (chosen: File) => {
    if (sending.isPending) return;
    const key = makeRequestKey();
    setFile(chosen);
    setShare(0);
    setProgressKey(key);
    sending.mutate({ chosen, key });
  };
  return (
    <>
      <DropPlace
        file={file}
        endings={[".xlsx"]}
        words={{ drop: r.workbook.drop, choose: r.workbook.choose, other: r.workbook.other }}
        onFile={take}
      />
      {sending.isPending && <UploadingLine progressKey={progressKey} share={share} />}
      {sending.error !== null && <Trouble error={sending.error} />}
      {sending.data !== undefined && <UploadOutcome outcome={sending.data} view={view} />}
    </>
  );
}

function UploadingLine({ progressKey, share }: { progressKey: string; share: number }) {
  const r = useReturnTexts();
  const isSent = share >= 1;
  const progress = useQuery({
    queryKey: ["return-upload", progressKey],
    queryFn: ({ signal }) => returnsApi.uploadProgress(undefined, { key: progressKey }, signal),
    enabled: isSent,
    refetchInterval: ({ state }) => (state.error === null ? 400 : false),
    gcTime: 0,
    retry: false,
  });
  const step: UploadProgress = progress.data ?? { step: "waiting", done: 0, of: null };
  const words = isSent ? r.workbook.progress[step.step] : r.workbook.uploading;
  const done = !isSent ? share : step.of === null || step.of === 0 ? undefined : step.done / step.of;
  const count = (n: number | null): string => (n === null ? "" : formatDecimal(String(n)));
  return (
    <div>
      <p className="note">
        <span role="status">{words}</span>
        {isSent && step.done > 0 && (
          <span className="fine"> {r.workbook.rowsOf(count(step.done), count(step.of))}</span>
        )}
      </p>
      <progress aria-label={words} max={1} value={done} />
    </div>
  );
}
