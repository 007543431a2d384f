const eighteen = /^[1-9]\d{5}(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const fifteen = /^[1-9]\d{7}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/;

/** Whether a text may be somebody's full ID number, which must not be sent in an address: those are logged. */
export function looksLikeIdNumber(text: string): boolean {
  const bare = text.normalize("NFKC").replaceAll(/[\s-]/g, "");
  return eighteen.test(bare) || fifteen.test(bare);
}
