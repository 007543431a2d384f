/** 导入台账: an export of the national system, dropped or chosen; all of it is taken in, or nothing and a list of what to mend. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { ImportView } from "../../../../domains/relief/contract.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { api } from "../../../api/routes.ts";
import { upload } from "../../../api/upload.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { DropPlace } from "../../../shell/drop-place.tsx";
import { ImportProblems } from "../../../shell/import-problems.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { SourceBadge } from "../../../shell/source-badge.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { count } from "../count.ts";
import { FileProgress } from "../file-progress.tsx";

export function RegistryImportPage() {
  const { t } = useSpeech();
  usePageTitle(t.relief.importTitle);
  return (
    <>
      <p className="crumbs">
        <Link to="/relief">{t.relief.title}</Link>
      </p>
      <div className="page-head">
        <h1>{t.relief.importTitle}</h1>
      </div>
      <p className="note page-note">{t.relief.importHint}</p>
      <ImportForm />
      <PastImports />
    </>
  );
}

function ImportForm() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [title, setTitle] = useState("");
  const [keepsDoubts, setKeepsDoubts] = useState(false);
  const [sending, setSending] = useState({ key: "", share: 0 });
  const importing = useMutation({
    mutationFn: ({ chosen, key }: { chosen: File; key: string }) => {
      const form = new FormData();
      form.set("progress", key);
      form.set("title", title.trim() === "" ? chosen.name : title.trim());
      if (keepsDoubts) form.set("doubts", "keep");
      form.set("file", chosen);
      return upload<ImportView>({
        path: "/relief/imports",
        form,
        onProgress: (share) => setSending({ key, share }),
      });
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (file === undefined || importing.isPending) return;
    const key = makeRequestKey();
    setSending({ key, share: 0 });
    importing.mutate({ chosen: file, key });
  };
  if (importing.isSuccess) {
    return (
      <Done
        imported={importing.data}
        onAgain={() => {
          setFile(undefined);
          importing.reset();
        }}
      />
    );
  }
  return (
    <form className="form wide" onSubmit={submit}>
      <DropPlace
        file={file}
        endings={[".csv", ".xlsx"]}
        words={{ drop: t.relief.drop, choose: t.importing.choose, other: t.relief.notTable }}
        onFile={(chosen) => {
          importing.reset();
          setFile(chosen);
        }}
      />
      <TextField
        label={t.importing.name}
        value={title}
        onValue={setTitle}
        hint={t.relief.importNameHint}
        maxLength={200}
      />
      <div className="field">
        <label className="check">
          <input
            type="checkbox"
            checked={keepsDoubts}
            onChange={(event) => setKeepsDoubts(event.target.checked)}
            aria-describedby="doubts-hint"
          />
          {t.relief.keepDoubts}
        </label>
        <p className="fine" id="doubts-hint">
          {t.relief.keepDoubtsHint}
        </p>
      </div>
      {importing.isPending && <FileProgress progressKey={sending.key} share={sending.share} />}
      <div className="actions">
        <button
          type="submit"
          className="button first"
          aria-disabled={file === undefined || importing.isPending}
        >
          {t.importing.submit}
        </button>
      </div>
      {importing.error !== null && <ImportProblems error={importing.error} />}
    </form>
  );
}

function Done({ imported, onAgain }: { imported: ImportView; onAgain: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="message good" role="status">
      <p className="title">
        {imported.repeated
          ? t.relief.importRepeated
          : t.relief.imported(count(imported.households), count(imported.persons))}
      </p>
      {!imported.repeated && (
        <p>
          {t.relief.importedHow(count(imported.added), count(imported.changed))}
          {imported.absent > 0 && ` ${t.relief.importedAbsent(count(imported.absent))}`}
          {imported.doubts > 0 && ` ${t.relief.importedDoubts(count(imported.doubts))}`}
        </p>
      )}
      <p className="actions">
        <Link to="/relief">{t.relief.viewRegistry}</Link>
        <button type="button" className="text-button" onClick={onAgain}>
          {t.importing.again}
        </button>
      </p>
    </div>
  );
}

function PastImports() {
  const { t } = useSpeech();
  const imports = useQuery({
    queryKey: ["registry-imports"],
    queryFn: ({ signal }) => api.registryImports(undefined, {}, signal),
  });
  const head = t.relief;
  if (imports.data === undefined || imports.data.items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="past-imports">
      <header>
        <h2 id="past-imports">{head.pastImports}</h2>
      </header>
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{t.importing.name}</th>
            <th scope="col">{t.figure.fileName}</th>
            <th scope="col" className="r">
              {head.households}
            </th>
            <th scope="col" className="r">
              {head.persons}
            </th>
            <th scope="col" className="r">
              {head.added}
            </th>
            <th scope="col" className="r">
              {head.changed}
            </th>
            <th scope="col">{t.figures.recordedAt}</th>
          </tr>
        </thead>
        <tbody>
          {imports.data.items.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.title} <SourceBadge kind={one.origin} />
              </th>
              <td data-label={t.figure.fileName}>
                <span>
                  {one.fileName} <span className="mono">{one.sha256.slice(0, 12)}</span>
                </span>
              </td>
              <td className="r" data-label={head.households}>
                {count(one.households)}
              </td>
              <td className="r" data-label={head.persons}>
                {count(one.persons)}
              </td>
              <td className="r" data-label={head.added}>
                {count(one.added)}
              </td>
              <td className="r" data-label={head.changed}>
                {count(one.changed)}
              </td>
              <td data-label={t.figures.recordedAt}>{formatInstant(one.recordedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
