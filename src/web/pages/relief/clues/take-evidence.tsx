/** Photos and the signature of a visit, and what of them has not arrived. */
import { useId, useState } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { formatInstant } from "../../../format/time.ts";
import { TextField } from "../../../shell/text-field.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { SignaturePad } from "./signature-pad.tsx";
import { shrinkPhoto, whereTaken } from "./take-photo.ts";
import type { Taken } from "./send-evidence.ts";
import { useEvidence } from "./use-evidence.ts";
import { filesOfVisit } from "./visit-files.ts";

const shortestPlace = 2; // characters

export function TakeEvidence({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const { waiting, unplaced, add, placeAll, sendAll } = useEvidence(clue);
  const files = filesOfVisit(clue);
  const photos = files.filter((file) => file.kind === "photo").length;
  const signatures = files.length - photos;
  const take = async (chosen: readonly File[]) => {
    for (const file of chosen) {
      const now = Date.now();
      const taken = Math.min(file.lastModified, now);
      const found = await whereTaken(taken, now);
      const where = typeof found === "string" ? { noFix: found } : found;
      add({ kind: "photo", blob: await shrinkPhoto(file), takenAt: new Date(taken).toISOString(), where });
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
      {unplaced.length > 0 && <TypePlace unplaced={unplaced} onPlace={placeAll} />}
      <details className="unfolding">
        <summary>{t.clues.sign}</summary>
        <SignaturePad
          onSigned={(blob) =>
            add({ kind: "signature", blob, takenAt: new Date().toISOString(), where: undefined })
          }
        />
      </details>
      {waiting.length > failed.length + unplaced.length && <p className="note">{t.clues.uploading}</p>}
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

type TypePlaceProps = { unplaced: readonly Taken[]; onPlace: (place: string) => void };

/** Stands within the form of the visit, so it is no form of its own; Enter keeps the place and sends nothing else. */
function TypePlace({ unplaced, onPlace }: TypePlaceProps) {
  const { t } = useSpeech();
  const [place, setPlace] = useState("");
  const words = t.clues.noFix;
  const reasons = new Set(
    unplaced.map(({ where }) => (where !== undefined && "noFix" in where ? where.noFix : "unavailable")),
  );
  const keep = () => {
    if (place.trim().length >= shortestPlace) onPlace(place.trim());
  };
  return (
    <div className="message" role="status">
      <p className="title">{words.missing(unplaced.length)}</p>
      <TextField
        label={words.place}
        value={place}
        onValue={setPlace}
        maxLength={60}
        hint={[...reasons].map((reason) => words.hints[reason]).join(" ")}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          keep();
        }}
      />
      <p>
        <button
          type="button"
          className="button"
          aria-disabled={place.trim().length < shortestPlace}
          onClick={keep}
        >
          {words.keep}
        </button>
      </p>
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
