export type Place = { latitude: number; longitude: number };

const longestSide = 1600; // px: a number plate can be read, and a village's network can carry it
const quality = 0.85;
const patience = 6000; // ms

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

/** Where the phone is; undefined when its owner does not say, or the page is served without TLS. */
export function whereNow(): Promise<Place | undefined> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve(undefined);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 60_000 },
    );
  });
}
