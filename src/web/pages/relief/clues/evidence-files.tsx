import type { ClueView } from "../../../../domains/relief/contract.ts";
import { downloads } from "../../../api/routes.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";

/** 照片与签名, with when and where they were taken. */
export function EvidenceFiles({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  if (clue.files.length === 0) return null;
  return (
    <section className="section" aria-labelledby="files">
      <header>
        <h2 id="files">{t.clues.files}</h2>
      </header>
      <ul className="evidence-files">
        {clue.files.map((file) => (
          <li key={file.id}>
            <EvidenceFile clue={clue.id} file={file} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EvidenceFile({ clue, file }: { clue: number; file: ClueView["files"][number] }) {
  const { t } = useSpeech();
  const kind = t.clues.fileKinds[file.kind];
  const at = formatInstant(file.takenAt ?? file.recordedAt);
  const address = downloads.clueFile(clue, file.id);
  return (
    <figure>
      <a href={address} target="_blank" rel="noreferrer">
        <img src={address} alt={`${kind} ${at}`} loading="lazy" className={file.kind} />
      </a>
      <figcaption className="fine">
        {kind} {at}
        {file.kind === "photo" && <PhotoPlace file={file} />}
      </figcaption>
    </figure>
  );
}

/** Measured or typed: whoever reviews weighs the one more than the other. */
function PhotoPlace({ file }: { file: ClueView["files"][number] }) {
  const { t } = useSpeech();
  const { latitude, longitude, place, noFix } = file;
  if (latitude !== null && longitude !== null)
    return (
      <ShapeMark shape="done">
        {t.clues.measured(`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`)}
      </ShapeMark>
    );
  if (place === null || noFix === null) return <ShapeMark shape="late">{t.clues.noPlace}</ShapeMark>;
  return (
    <>
      <ShapeMark shape="watch">{t.clues.typed(place)}</ShapeMark>
      <span className="sub">{t.clues.noFix.reasons[noFix]}</span>
    </>
  );
}
