/** One spelling of a user name: what people type on different keyboards must find the same account. */

const USERNAME = /^[a-z][a-z0-9._-]{1,63}$/;

/** Lower case, full-width letters of Chinese input made plain, spaces around it dropped. */
export function normaliseUsername(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase();
}

export function isUsername(text: string): boolean {
  return USERNAME.test(text);
}
