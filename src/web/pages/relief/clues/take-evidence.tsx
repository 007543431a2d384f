/** Photos and the signature of a visit, and what of them has not arrived. */
import { useId } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { formatInstant } from "../../../format/time.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { SignaturePad } from "./signature-pad.tsx";
import { shrinkPhoto, whereNow } from "./take-photo.ts";
import { useEvidence } from "./use-evidence.ts";
import { filesOfVisit } from "./visit-files.ts";

export function TakeEvidence({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const { waiting, add, sendAll } = useEvidence(clue);
  const files = filesOfVisit(clue);
  const photos = files.filter((file) => file.kind === "photo").length;
  const signatures = files.length - photos;
  const take = async (chosen: readonly File[]) => {
    const place = await whereNow();
    for (const file of chosen) {
      const takenAt = new Date(Math.min(file.lastModified, Date.now())).toISOString();
      add({ kind: "photo", blob: await shrinkPhoto(file), takenAt, place });
    }
  };
  const failed = waiting.filter((one) => one.error !== undefined);
  return (
    <div className="take-evidence">
      <p className="evidence-count" role="status">
        <ShapeMark shape={photos > 0 ? "done" : "plain"}>{t.clues.photos(photos)}</ShapeMark>
        <ShapeMark shape={signatures > 0 ? "done" : "plain"}>{t.clues.signatures(signatures)}</ShapeMark>
      </p>
      <PhotoButton onPhotos={(chosen) => void take(chosen)} />
      <details className="unfolding">
        <summary>{t.clues.sign}</summary>
        <SignaturePad
          onSigned={(blob) =>
            add({ kind: "signature", blob, takenAt: new Date().toISOString(), place: undefined })
          }
        />
      </details>
      {waiting.length > failed.length && <p className="note">{t.clues.uploading}</p>}
      {failed.length > 0 && (
        <div className="message bad" role="alert">
          <p className="title">{t.clues.notUploaded(failed.length)}</p>
          <ul>
            {failed.map((one) => (
              <li key={one.key}>
                {t.clues.fileKinds[one.kind]} {formatInstant(one.takenAt)} · <Why error={one.error} />
              </li>
            ))}
          </ul>
          <p>
            <button type="button" className="button" onClick={sendAll}>
              {t.trouble.again}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

function Why({ error }: { error: unknown }) {
  const { say } = useSpeech();
  const { titles, details } = problemOf(error);
  return <>{say(details ?? titles)}</>;
}

function PhotoButton({ onPhotos }: { onPhotos: (chosen: readonly File[]) => void }) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="photo-button">
      <input
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        className="unseen"
        onChange={(event) => {
          onPhotos([...(event.target.files ?? [])]);
          event.target.value = ""; // the same picture may be chosen again
        }}
      />
      <label htmlFor={id} className="button large">
        {t.clues.takePhoto}
      </label>
      <p className="fine">{t.clues.photoHint}</p>
    </div>
  );
}
