import { useId, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";

type DropPlaceProps = {
  file: File | undefined;
  onFile: (file: File) => void;
  /** endings of names, in small letters, with their dot */
  endings: readonly string[];
  words: { drop: string; choose: string; other: string };
};

/** A file dropped here or chosen by the browser's own picker, which is what keyboards and screen readers use. */
export function DropPlace({ file, onFile, endings, words }: DropPlaceProps) {
  const { t } = useSpeech();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [isOther, setOther] = useState(false);
  const take = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const isTaken = endings.some((ending) => chosen.name.toLowerCase().endsWith(ending));
    setOther(!isTaken);
    if (isTaken) onFile(chosen);
  };
  return (
    <div
      className={isOver ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <p>{words.drop}</p>
      <input
        id={id}
        type="file"
        accept={endings.join(",")}
        className="unseen"
        onChange={(event) => take(event.target.files?.[0])}
      />
      <label htmlFor={id} className="button">
        {words.choose}
      </label>
      <p className="note" aria-live="polite">
        {file !== undefined && t.importing.chosen(file.name, formatSize(file.size))}
      </p>
      {isOther && (
        <p className="red" role="alert">
          {words.other}
        </p>
      )}
    </div>
  );
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
