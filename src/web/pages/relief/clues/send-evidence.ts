import type { z } from "zod";
import type { EvidenceFileView } from "../../../../domains/relief/contract.ts";
import { upload } from "../../../api/upload.ts";
import type { Place } from "./take-photo.ts";

export type Taken = { kind: "photo" | "signature"; blob: Blob; takenAt: string; place: Place | undefined };

/** Throws RequestFailed. The server reads the fields before the file, so the file comes last. */
export function sendEvidence(clue: number, { kind, blob, takenAt, place }: Taken) {
  const form = new FormData();
  form.set("kind", kind);
  form.set("takenAt", takenAt);
  if (place !== undefined) {
    form.set("latitude", String(place.latitude));
    form.set("longitude", String(place.longitude));
  }
  form.set("file", blob, `${kind}.${blob.type === "image/png" ? "png" : "jpg"}`);
  return upload<z.output<typeof EvidenceFileView>>({
    path: `/clues/${clue}/files`,
    form,
    onProgress: () => undefined,
  });
}
