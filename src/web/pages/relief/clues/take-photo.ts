import type { NoFix } from "../../../../domains/relief/core/clues/no-fix.ts";

export type Fix = { latitude: number; longitude: number };

const longestSide = 1600; // px: a number plate can be read, and a village's network can carry it
const quality = 0.85;
const patience = 6000; // ms
/** A picture that is older was not taken where the phone is now. */
const fresh = 10 * 60_000; // ms

/** A photo small enough to send from a village; one that the browser cannot read comes back as it is. */
export async function shrinkPhoto(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return (await blobOf(canvas, "image/jpeg")) ?? file;
  } catch {
    return file;
  }
}

export function blobOf(canvas: HTMLCanvasElement, type: "image/jpeg" | "image/png"): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, type, quality);
  });
}

/** Where the phone is, or why it does not say; without TLS a browser refuses as its owner would. */
export function whereNow(): Promise<Fix | NoFix> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator) || !isSecureContext) {
      resolve("unsupported");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? "denied" : "unavailable"),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 60_000 },
    );
  });
}

/** @param takenAt ms @param now ms */
export async function whereTaken(takenAt: number, now: number): Promise<Fix | NoFix> {
  return now - takenAt > fresh ? "later" : await whereNow();
}
