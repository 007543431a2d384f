/** 导入: a CSV dropped or chosen; all of it is recorded, or nothing and a list of what to mend. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { RecordedView } from "../../../domains/ledger/contract.ts";
import { upload } from "../../api/upload.ts";
import { formatDecimal } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { DropPlace } from "../../shell/drop-place.tsx";
import { ImportProblems } from "../../shell/import-problems.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { TextField } from "../../shell/text-field.tsx";

const sample = [
  "region,measure,basis,period,value,unit,growth,note",
  "140981000000,fixed_asset_investment,ytd,2016-07,78.5,亿元,9.3,示例",
  "140981000000,urban_disposable_income,ytd,2016-07,13076,元,6.9,示例",
  "",
].join("\r\n");

export function ImportPage() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [title, setTitle] = useState("");
  const [share, setShare] = useState(0);
  usePageTitle(t.importing.title);
  const importing = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.set("title", title.trim() === "" ? chosen.name : title.trim());
      form.set("file", chosen);
      return upload<RecordedView>({ path: "/figures/import", form, onProgress: setShare });
    },
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (file === undefined || importing.isPending) return;
    setShare(0);
    importing.mutate(file);
  };
  const restart = () => {
    setFile(undefined);
    importing.reset();
  };
  return (
    <>
      <p className="crumbs">
        <Link to="/figures">{t.figures.title}</Link>
      </p>
      <div className="page-head">
        <h1>{t.importing.title}</h1>
        <a
          className="note"
          download="taizhang-sample.csv"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${sample}`)}`}
        >
          {t.importing.example}
        </a>
      </div>
      <p className="note page-note">
        {t.importing.hint}
        <br />
        {t.importing.columns}
      </p>
      {importing.isSuccess ? (
        <Done recorded={importing.data} onAgain={restart} />
      ) : (
        <form className="form wide" onSubmit={submit}>
          <DropPlace
            file={file}
            endings={[".csv"]}
            words={{ drop: t.importing.drop, choose: t.importing.choose, other: t.importing.notCsv }}
            onFile={(chosen) => {
              importing.reset();
              setFile(chosen);
            }}
          />
          <TextField
            label={t.importing.name}
            value={title}
            onValue={setTitle}
            hint={t.importing.nameHint}
            maxLength={200}
          />
          {importing.isPending && <Progress share={share} />}
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
      )}
    </>
  );
}

function Progress({ share }: { share: number }) {
  const { t } = useSpeech();
  const isSent = share >= 1;
  const words = isSent ? t.importing.checking : t.importing.uploading;
  return (
    <div role="status">
      <p className="note">{words}</p>
      <progress aria-label={words} max={1} value={isSent ? undefined : share} />
    </div>
  );
}

type DoneProps = { recorded: { rows: number; figures: number; repeated: boolean }; onAgain: () => void };

function Done({ recorded, onAgain }: DoneProps) {
  const { t } = useSpeech();
  const count = (n: number) => formatDecimal(String(n));
  return (
    <div className="message good" role="status">
      <p className="title">
        {recorded.repeated
          ? t.importing.repeated
          : t.importing.done(count(recorded.rows), count(recorded.figures))}
      </p>
      <p className="actions">
        <Link to="/figures" search={{ sort: "-id" }}>
          {t.importing.view}
        </Link>
        <button type="button" className="text-button" onClick={onAgain}>
          {t.importing.again}
        </button>
      </p>
    </div>
  );
}
