/** Random text that names one attempt; `crypto.randomUUID` is missing where a page is served without TLS. */
export function makeRequestKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
