import type { z } from "zod";
import type { EvidenceFileView } from "../../../../domains/relief/contract.ts";
import { upload } from "../../../api/upload.ts";
import type { NoFix } from "../../../../domains/relief/core/clues/no-fix.ts";
import type { Fix } from "./take-photo.ts";

/** Measured; or to be typed, and why: without `place` it waits for that. */
export type Where = Fix | { noFix: NoFix; place?: string };
export type Taken = { kind: "photo" | "signature"; blob: Blob; takenAt: string; where: Where | undefined };

/** Throws RequestFailed. The server reads the fields before the file, so the file comes last. */
export function sendEvidence(clue: number, { kind, blob, takenAt, where }: Taken) {
  const form = new FormData();
  form.set("kind", kind);
  form.set("takenAt", takenAt);
  for (const [name, value] of Object.entries(where ?? {})) form.set(name, String(value));
  form.set("file", blob, `${kind}.${blob.type === "image/png" ? "png" : "jpg"}`);
  return upload<z.output<typeof EvidenceFileView>>({
    path: `/clues/${clue}/files`,
    form,
    onProgress: () => undefined,
  });
}
