/** Photos and the signature of a visit, each sent as soon as it is there; what did not arrive is sent again. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { formatInstant } from "../../../format/time.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { sendEvidence } from "./send-evidence.ts";
import type { Taken } from "./send-evidence.ts";
import { SignaturePad } from "./signature-pad.tsx";
import { shrinkPhoto, whereNow } from "./take-photo.ts";
import { filesOfVisit } from "./visit-files.ts";

type Waiting = Taken & { key: string; error: unknown };

export function TakeEvidence({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const { waiting, add, sendAll } = useEvidence(clue.id);
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

function useEvidence(clue: number) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const mark = (key: string, error: unknown) =>
    setWaiting((all) => all.map((one) => (one.key === key ? { ...one, error } : one)));
  const deliver = async (one: Waiting) => {
    mark(one.key, undefined);
    try {
      const file = await sendEvidence(clue, one);
      client.setQueryData<ClueView>(
        ["clue", clue],
        (view) => view && { ...view, files: [...view.files.filter(({ id }) => id !== file.id), file] },
      );
      setWaiting((all) => all.filter(({ key }) => key !== one.key));
    } catch (error) {
      mark(one.key, error);
    }
  };
  const add = (taken: Taken) => {
    const one = { ...taken, key: makeRequestKey(), error: undefined };
    setWaiting((all) => [...all, one]);
    void deliver(one);
  };
  const sendAll = () => {
    for (const one of waiting) if (one.error !== undefined) void deliver(one);
  };
  const latest = useRef(sendAll);
  useEffect(() => {
    latest.current = sendAll;
  });
  useEffect(() => {
    const onOnline = () => latest.current();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, []);
  return { waiting, add, sendAll };
}
