/** Where a draft comes in: pasted, typed, dropped or chosen; and an example for whoever only wants to see. */
import { useId, useState } from "react";
import type { DragEvent, SubmitEvent } from "react";
import { mostCharacters, mostFileMegabytes } from "../../../domains/proofing/core/draft-limits.ts";
import { formatDecimal } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { exampleDraft } from "./example-draft.ts";

type DraftEntryProps = {
  onText: (text: string) => void;
  onFile: (file: File) => void;
  isChecking: boolean;
  share: number | undefined;
  error: unknown;
};

export function DraftEntry({ onText, onFile, isChecking, share, error }: DraftEntryProps) {
  const { t } = useSpeech();
  const id = useId();
  const [text, setText] = useState("");
  const [isOver, setOver] = useState(false);
  const [fault, setFault] = useState<string>();
  const count = (n: number) => formatDecimal(String(n));

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() === "") return setFault(t.proofing.nothing);
    if (text.length > mostCharacters)
      return setFault(t.proofing.tooLong(count(mostCharacters), count(text.length)));
    setFault(undefined);
    onText(text);
  };
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > mostFileMegabytes * 1024 * 1024) return setFault(t.proofing.tooLarge(mostFileMegabytes));
    setFault(undefined);
    onFile(file);
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file === undefined) return; // a piece of text goes into the field by itself
    event.preventDefault();
    take(file);
  };

  return (
    <div
      className={isOver ? "draft-drop over" : "draft-drop"}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <form className="draft-entry" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}-text`}>{t.proofing.paste}</label>
          <textarea
            id={`${id}-text`}
            placeholder={t.proofing.placeholder}
            value={text}
            spellCheck={false}
            onChange={(event) => {
              setText(event.target.value);
              setFault(undefined);
            }}
            aria-invalid={fault !== undefined}
            aria-describedby={fault === undefined ? undefined : `${id}-fault`}
          />
          {fault !== undefined && (
            <p className="wrong" id={`${id}-fault`} role="alert">
              {fault}
            </p>
          )}
        </div>
        <div className="actions">
          <button type="submit" className="button first" aria-disabled={isChecking}>
            {t.proofing.check}
          </button>
          <button type="button" className="text-button" onClick={() => setText(exampleDraft)}>
            {t.proofing.example}
          </button>
          <span className="draft-file">
            <input
              id={`${id}-file`}
              type="file"
              accept=".txt,.md,.docx"
              className="unseen"
              onChange={(event) => {
                take(event.target.files?.[0]);
                event.target.value = ""; // the same file may be chosen again after it was mended
              }}
            />
            <span className="note">{t.proofing.drop}</span>
            <label htmlFor={`${id}-file`} className="button">
              {t.proofing.choose}
            </label>
          </span>
        </div>
        {isChecking && <Progress share={share} />}
        {error !== null && <Trouble error={error} />}
      </form>
    </div>
  );
}

export function Progress({ share }: { share: number | undefined }) {
  const { t } = useSpeech();
  const isSent = share === undefined || share >= 1;
  const words = isSent ? t.proofing.checking : t.proofing.uploading;
  return (
    <div role="status">
      <p className="note">{words}</p>
      <progress aria-label={words} max={1} value={isSent ? undefined : share} />
    </div>
  );
}
