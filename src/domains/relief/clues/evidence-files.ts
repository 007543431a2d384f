/** Photographs and signatures of a visit: taken in at the door, sealed, and shown to whoever may see the clue. */
import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Tx } from "../../../platform/db/actor.ts";
import { receiveFile } from "../../../platform/http/receive-file.ts";
import { FORBIDDEN, INVALID_REQUEST, NOT_FOUND } from "../../../platform/problem.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { dayInChina } from "../../../shared/china-day.ts";
import { recordAudit } from "../../audit/index.ts";
import { typed } from "../contract.ts";
import { NO_FIX } from "../core/clues/no-fix.ts";
import { findEvidence, insertEvidence } from "./evidence-store.ts";
import type { StoredEvidence } from "./evidence-store.ts";
import { CLUE_NOT_FOUND, PICTURE_REFUSED, WRONG_QUEUE } from "./problems.ts";
import { findClue, listSteps } from "./store.ts";
import type { Looking } from "./view-clues.ts";
import { dayVisitBegan } from "./visit-began.ts";

/** A phone's photograph has 3–6 MB. */
const MOST_BYTES = 12 * 1024 * 1024;

const Fields = z.object({
  kind: z.enum(["photo", "signature"]),
  takenAt: z.iso
    .datetime({ offset: true })
    .refine((moment) => moment >= "1900")
    .optional(),
  latitude: z.coerce.number().min(-90).max(90).optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
  place: typed(2, 60).optional(),
  noFix: z.enum(NO_FIX).optional(),
});

export type Picture = Omit<StoredEvidence, "id" | "recordedAt"> & { bytes: Buffer; mediaType: string };

/** @throws INVALID_REQUEST, TOO_LARGE, PICTURE_REFUSED */
export async function receivePicture(request: FastifyRequest): Promise<Picture> {
  const { file, fields } = await receiveFile(request, MOST_BYTES);
  // A field that a form sends empty was not measured: read as a number it would be 0° N 0° E.
  const given = [...fields].filter(([, value]) => value.trim() !== "");
  const read = Fields.safeParse(Object.fromEntries(given));
  if (!read.success)
    throw INVALID_REQUEST({
      places: read.error.issues.map(({ path }) => ({
        code: "INVALID_FIELD",
        field: String(path[0]),
        zh: `${String(path[0])} 填写有误`,
        en: `${String(path[0])} is not as it should be`,
      })),
    });
  const mediaType = readMediaType(file.bytes);
  if (mediaType === undefined)
    throw PICTURE_REFUSED({
      detail: { zh: "只接收 JPEG、PNG、WebP 图片", en: "Pictures are taken as JPEG, PNG or WebP" },
    });
  const { kind, takenAt = null, latitude = null, longitude = null, place = null, noFix = null } = read.data;
  const where =
    latitude === null || longitude === null
      ? { latitude: null, longitude: null, place, noFix }
      : { latitude, longitude, place: null, noFix: null };
  return { kind, takenAt, ...where, bytes: file.bytes, mediaType };
}

/** A photograph proves a visit by its time and place; the time within the visit. @throws PICTURE_REFUSED */
function requireTimeAndPlace(picture: Picture, visitFrom: string, today: string): void {
  if (picture.kind !== "photo") return;
  const isPlaced = picture.latitude !== null || (picture.place !== null && picture.noFix !== null);
  if (picture.takenAt === null || !isPlaced)
    throw PICTURE_REFUSED({
      detail: {
        zh: "照片须有拍摄时间和地点；没有定位的，填写地点和没有定位的原因",
        en: "A photograph needs its time and place; without a fix, type the place and why there is none",
      },
    });
  const day = dayInChina(new Date(picture.takenAt));
  if (day > today)
    throw PICTURE_REFUSED({
      detail: {
        zh: `照片时间 ${day} 晚于今天，请校准手机时间后重拍`,
        en: `The photograph is of ${day}, which lies ahead: set the clock of the phone and take it again`,
      },
    });
  if (day < visitFrom)
    throw PICTURE_REFUSED({
      detail: {
        zh: `照片拍于 ${day}，早于本次入户的安排（${visitFrom}），请当场重拍`,
        en: `The photograph is of ${day}; this visit was ordered on ${visitFrom}: take another one at the door`,
      },
    });
}

/** By what the file is, whatever it is called. */
function readMediaType(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return "image/png";
  const isWebp = bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP";
  return isWebp ? "image/webp" : undefined;
}

const purposeOf = (clue: number): string => `relief.evidence_files:${clue}`;

/** @throws CLUE_NOT_FOUND, FORBIDDEN, WRONG_QUEUE, PICTURE_REFUSED */
export async function addPicture(
  tx: Tx,
  id: number,
  picture: Picture,
  { sealer, rights, today }: Looking,
): Promise<StoredEvidence> {
  const clue = await findClue(tx, id);
  if (clue === undefined) throw CLUE_NOT_FOUND();
  const need = clue.queue === "recheck" ? "clues.review" : "clues.verify";
  if (!rights.has(need)) throw FORBIDDEN();
  if (clue.queue !== "visit" && clue.queue !== "recheck")
    throw WRONG_QUEUE({
      detail: { zh: "只有待入户的线索可以加照片", en: "Pictures are added while the visit is due" },
    });
  requireTimeAndPlace(picture, dayVisitBegan(await listSteps(tx, clue.county, id)), today);
  const { bytes, ...rest } = picture;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const added = await insertEvidence(tx, clue, {
    ...rest,
    sha256,
    sealed: sealer.seal(bytes, purposeOf(id)),
  });
  await recordAudit(tx, {
    action: "relief.addEvidence",
    object: `clue:${id}`,
    after: { file: added.id, kind: added.kind },
  });
  return added;
}

/** Looked at in full, which the trail keeps. @throws NOT_FOUND */
export async function openPicture(
  tx: Tx,
  clue: number,
  id: number,
  sealer: Sealer,
): Promise<{ mediaType: string; bytes: Buffer }> {
  const found = await findEvidence(tx, clue, id);
  if (found === undefined) throw NOT_FOUND();
  await recordAudit(tx, { action: "relief.viewEvidence", object: `clue:${clue}`, after: { file: id } });
  return { mediaType: found.mediaType, bytes: sealer.open(found.sealed, purposeOf(clue)) };
}
